"""What somebody looks for, as PostgreSQL asks for it; and the words around a hit."""

import re
from itertools import product

from django.contrib.postgres.search import (
    CombinedSearchQuery,
    SearchHeadline,
    SearchQuery,
)
from django.db.models import Expression
from markupsafe import Markup, escape

CONFIG = "english"
# The stemmer knows "plans" and "plan", but not words that change inside.
ALIKE = [
    ("child", "children"), ("person", "people"), ("man", "men"), ("woman", "women"),
    ("bus", "buses"), ("foot", "feet"), ("life", "lives"),
]  # fmt: skip
OTHER = {word: pair for pair in ALIKE for word in pair}
MOST_CHANGED = 3  # words of one question: each doubles what is asked
Question = SearchQuery | CombinedSearchQuery
HEADING = re.compile(r"^# (.+)\n", re.MULTILINE)  # as `reader` writes them
# Two signs that nobody types stand around a hit until the words are escaped.
START, STOP = "\ue000", "\ue001"


def asked(words: str) -> Question:
    """The question: all of the words, a "phrase", -not this, one or another; child is children."""
    parts = [each for word in words.split() for each in _both_left_out(word)]
    changed = [place for place, word in enumerate(parts) if _changes(word)][:MOST_CHANGED]
    query: Question | None = None
    for choice in product((0, 1), repeat=len(changed)):
        variant = list(parts)
        for place, which in zip(changed, choice, strict=True):
            variant[place] = _swapped(parts[place], which)
        one = SearchQuery(" ".join(variant), search_type="websearch", config=CONFIG)
        query = one if query is None else query | one
    return query or SearchQuery("", config=CONFIG)


def around(text: Expression, query: Question) -> SearchHeadline:
    """Some of the words around the first hits; `marked` makes them fit for a page."""
    return SearchHeadline(
        text, query, config=CONFIG, start_sel=START, stop_sel=STOP, max_words=32, min_words=14,
        max_fragments=1,
    )  # fmt: skip


def marked(found: str) -> Markup:
    """An excerpt, escaped, with its hits marked."""
    told = HEADING.sub(r"\1: ", found)
    safe = str(escape(" ".join(told.split())))
    return Markup(safe.replace(START, "<mark>").replace(STOP, "</mark>"))  # noqa: S704 -- escaped above


def has_hit(found: str) -> bool:
    """Whether the excerpt shows a hit, and not only how the text begins."""
    return START in found


def _bare(word: str) -> str:
    return word.strip('"“”-.,;:').lower()


def _changes(word: str) -> bool:
    return _bare(word) in OTHER and not word.startswith("-")


def _both_left_out(word: str) -> list[str]:
    """Whoever leaves out -people means -person too."""
    pair = OTHER.get(_bare(word)) if word.startswith("-") else None
    return [f"-{one}" for one in pair] if pair else [word]


def _swapped(word: str, which: int) -> str:
    """The word, or its other form, with the signs around it left as they are."""
    bare = _bare(word)
    place = word.lower().index(bare)
    return word[:place] + OTHER[bare][which] + word[place + len(bare) :]
