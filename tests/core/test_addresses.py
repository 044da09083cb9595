"""Whoever asks by the first word is led to the very view that Django would find."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, get_resolver, include, path, re_path
from django.urls.resolvers import RoutePattern

from saidanddone.core.addresses import ByFirstWord
from saidanddone.urls import everything

SAMPLES = {"int": "7", "slug": "a-b", "uuid": str(UUID(int=7)), "str": "word", "path": "a/b"}
PLACE = re.compile(r"<(?:(\w+):)?\w+>")


def written(patterns: list, before: str = "") -> Iterator[str]:
    """An address for every pattern whose places we can fill."""
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from written(one.url_patterns, route)
        elif isinstance(one.pattern, RoutePattern):
            filled = PLACE.sub(lambda found: SAMPLES.get(found[1] or "str", "word"), route)
            yield filled


def answer(resolver: URLResolver, address: str) -> tuple:
    try:
        match = resolver.resolve(address)
    except Resolver404:
        return ("not found",)
    return match.func, match.kwargs, match.url_name, match.route, match.view_name


def test_every_address_leads_where_it_led() -> None:
    plain = URLResolver(RoutePattern("", is_endpoint=False), everything)
    ours = ByFirstWord(everything)
    addresses = set(written(everything))
    assert len(addresses) > 200
    strange = {"", "nowhere/", "issues/seven/", "/issues/", "a" * 300, "issues//", "robots.txt/"}
    for address in addresses | strange:
        assert answer(ours, address) == answer(plain, address), address
    assert any(isinstance(one, ByFirstWord) for one in get_resolver().url_patterns)


def seen(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponse()


@pytest.mark.parametrize("address", ["board/", "boards/", "board/7/", "b/own/", "r9/", "mine/x/"])
def test_what_begins_with_any_word_keeps_its_place(address: str) -> None:
    patterns = [
        path("board", include([path("s/", seen, {"one": "glued"})])),
        path("<slug:any>/", seen, {"one": "first"}),
        path("board/", seen, {"one": "too late"}),
        path("board/<int:n>/", seen, name="board"),
        re_path(r"^r\d+/$", seen),
        path("", include(([path("mine/<str:x>/", seen, name="mine")], "named"))),
        path("<slug:any>/own/", seen),
    ]
    plain = URLResolver(RoutePattern("", is_endpoint=False), patterns)
    assert answer(ByFirstWord(patterns), address) == answer(plain, address)
