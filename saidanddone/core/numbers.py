"""Numbers of records as they come from outside, and the order that somebody puts them in."""

from collections.abc import Iterable, Mapping

LONGEST = 18  # digits: no record has more, and longer ones fit into no column
MOST = 2000
STEPS = {"up": -1, "down": 1}


def number(typed: str | None) -> int:
    """The number of a record; 0, which is nobody's, for whatever else was sent."""
    typed = typed or ""
    is_one = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST
    return int(typed) if is_one else 0


def numbers(typed: Iterable[str]) -> list[int]:
    """The numbers among what was sent, each once, as far as a page can have shown so many."""
    found = dict.fromkeys(number(one) for one in typed)
    return [one for one in found if one][:MOST]


def reordered(keys: list[int], typed: Mapping[str, str]) -> list[int]:
    """The keys after dragging (`order`: "7,12,9") or one step (`move`: "12:up").

    Nonsense leaves them as they are, and whatever is not among them is left out.
    """
    if typed.get("order"):
        return [key for key in numbers(typed["order"].split(",")) if key in keys]
    key, _, way = typed.get("move", "").partition(":")
    if number(key) not in keys:
        return keys
    at = keys.index(number(key))
    to = min(max(at + STEPS.get(way, 0), 0), len(keys) - 1)
    moved = list(keys)
    moved[at], moved[to] = moved[to], moved[at]
    return moved
