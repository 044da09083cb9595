"""Public pages are kept for a minute, and what is somebody's own is never kept."""

import pytest
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory

from saidanddone.core.pages import for_everyone


@pytest.fixture
def page():
    caches["pages"].clear()
    drawn = []

    @for_everyone
    def view(request):
        drawn.append(request)
        return HttpResponse(str(len(drawn)))

    return view


def _get(path="/", **cookies):
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    return request


def test_page_is_drawn_once_for_everyone(page):
    assert [page(_get()).content, page(_get()).content] == [b"1", b"1"]
    assert page(_get("/?page=2")).content == b"2"


def test_kept_page_may_be_kept_by_browsers_until_the_cookie_changes(page):
    for _ in range(2):
        response = page(_get())
        assert response["Cache-Control"] == "public, max-age=60"
        assert response["Vary"] == "Cookie"


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, "messages"])
def test_page_of_one_reader_is_not_kept(page, cookie):
    response = page(_get(**{cookie: "x"}))
    assert "Cache-Control" not in response
    assert page(_get()).content == b"2"


def test_deed_is_not_kept(page):
    page(RequestFactory().post("/"))
    assert page(_get()).content == b"2"


def test_a_long_address_is_answered_and_not_kept(page):
    for length in (200, 241, 5000):
        assert page(_get("/" + "x" * (length - 1))).status_code == 200
    kept = page(_get("/" + "x" * 199)).content
    assert page(_get("/" + "x" * 199)).content == kept
    assert page(_get("/" + "x" * 240)).content != page(_get("/" + "x" * 240)).content
