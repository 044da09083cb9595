"""Everything that a family said or drew, as far as it is theirs to read who ask: one question."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf, TruncDate

from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models import Story
from saidanddone.earlyhelp.permissions.drawings import visible_drawings
from saidanddone.earlyhelp.permissions.rights import Asker
from saidanddone.earlyhelp.permissions.stories import visible_contributions, visible_words
from saidanddone.earlyhelp.permissions.telling import visible_parents_words

WORDS, DRAWN, PARENTS, SIGNED = "words", "drawn", "parents", "signed"
COLUMNS = ("deed", "pk", "member_of", "called", "line", "day", "way", "chosen", "kept_at")


class Said(NamedTuple):
    """What one of the family said, or drew: `words` then says what is on it."""

    deed: str
    pk: UUID
    by: UUID  # which of the family
    name: str
    words: str
    on: date
    how: str  # empty of a drawing
    audience: str  # whom a child chose; empty of a grown-up, whom the team reads
    kept_at: datetime


def all_said(user: Asker, story: Story) -> dict[str, list[Said]]:
    """Children's words, their drawings and grown-ups' words, each from the oldest to the newest."""
    words = _rows(visible_words(user, story), WORDS, "child", "words", "said_on")
    drawn = _rows(visible_drawings(user, story), DRAWN, "child", "described", "drawn_on")
    parents = _rows(visible_parents_words(user, story), PARENTS, "member", "words", "said_on")
    found: dict[str, list[Said]] = {WORDS: [], DRAWN: [], PARENTS: []}
    for row in words.union(drawn, parents, all=True).order_by("day", "kept_at"):
        one = Said(*row)
        found[one.deed].append(one)
    return found


def sealable(user: Asker, story: Story) -> list[Said]:
    """What of a record can be sealed by itself: what children said or drew, and what is signed.

    Of what is signed, `name` is the agency's and there are no words.
    """
    words = _rows(visible_words(user, story), WORDS, "child", "words", "said_on")
    drawn = _rows(visible_drawings(user, story), DRAWN, "child", "described", "drawn_on")
    nothing = Value("", CharField())
    signed = visible_contributions(user, story).filter(state=states.SIGNED).order_by()
    written = signed.annotate(
        deed=Value(SIGNED, CharField()), member_of=F("story__family"),
        called=F("post__organisation__name"), line=nothing, day=TruncDate("signed_at"), way=nothing,
        chosen=nothing, kept_at=F("signed_at"),
    ).values_list(*COLUMNS)  # fmt: skip
    return [Said(*row) for row in written.union(words, drawn, all=True).order_by("deed", "kept_at")]


def _rows(found: QuerySet, deed: str, by: str, words: str, day: str) -> QuerySet:
    nothing = Value("", CharField())
    name = Coalesce(NullIf(f"{by}__known_as", nothing), f"{by}__name")
    rows = found.order_by().annotate(
        deed=Value(deed, CharField()), member_of=F(by), called=name, line=F(words), day=F(day),
        way=nothing if deed == DRAWN else F("how"),
        chosen=nothing if deed == PARENTS else F("audience"), kept_at=F("recorded_at"),
    )  # fmt: skip
    return rows.values_list(*COLUMNS)
