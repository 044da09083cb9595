"""Finds the view of an address by its first word, so that hundreds of addresses cost what a few do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

Pattern = URLPattern | URLResolver


class ByFirstWord(URLResolver):
    """Addresses in their order, of which only those that can begin with the first word are tried.

    What Django does besides (reverse, checks, names) is Django's.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        super().__init__(RoutePattern("", is_endpoint=False), list(patterns))

    def resolve(self, path: str) -> ResolverMatch:
        """The first pattern in order that knows this path, as Django would find it."""
        found = self._by_word.get(path.partition("/")[0], self._any_word)
        for pattern in found:
            try:
                match = pattern.resolve(path)
            except Resolver404:
                continue
            if match:
                if isinstance(pattern, URLResolver):  # an address is told whole, as Django tells it
                    match.route = str(pattern.pattern) + match.route
                return match
        raise Resolver404({"tried": [[pattern] for pattern in found], "path": path})

    @cached_property
    def _flat(self) -> list[Pattern]:
        return list(_opened(self.url_patterns))

    @cached_property
    def _any_word(self) -> list[Pattern]:
        return [pattern for pattern in self._flat if _first_word(pattern) is None]

    @cached_property
    def _by_word(self) -> dict[str, list[Pattern]]:
        """Each first word with its own patterns and those that may begin with any, in order."""
        words = {word for word in map(_first_word, self._flat) if word is not None}
        found: dict[str, list[Pattern]] = defaultdict(list)
        for pattern in self._flat:
            for word in words if (own := _first_word(pattern)) is None else [own]:
                found[word].append(pattern)
        return dict(found)


def _opened(patterns: Iterable[Pattern]) -> Iterator[Pattern]:
    """The patterns of plain includes in their place; whatever adds something stays closed."""
    for one in patterns:
        if isinstance(one, URLResolver) and _is_plain(one):
            yield from _opened(one.url_patterns)
        else:
            yield one


def _is_plain(one: URLResolver) -> bool:
    return not (str(one.pattern) or one.namespace or one.app_name or one.default_kwargs)


def _first_word(pattern: Pattern) -> str | None:
    """The word with which each of its addresses begins; None if that may be any."""
    route = str(pattern.pattern)
    word, slash, _ = route.partition("/")
    whole = slash or isinstance(pattern, URLPattern)  # else the next word goes on where it ends
    known = isinstance(pattern.pattern, RoutePattern) and whole and "<" not in word
    return word if known else None
