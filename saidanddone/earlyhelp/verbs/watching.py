"""What a privacy officer asks of the looks that are kept: what is unusual, and who has looked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity
from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import FamilyMember, Look, Story
from saidanddone.earlyhelp.verbs.alike import plain
from saidanddone.people.models import User

LONDON = ZoneInfo("Europe/London")
DAYS = 30  # how far back it is looked for what is unusual
MANY, OFTEN = 10, 3  # families in one day; looks that may be chance no more
EARLY, LATE, FRIDAY = 7, 20, 5  # at work between these hours, up to this day of the week
MOST = 200  # looks on one page


class Unusual(NamedTuple):
    """Somebody whose looking is worth a question: what about it, how often, and when last."""

    person: int
    name: str
    what: str
    times: int
    last: datetime


class Looked(NamedTuple):
    """One look as a privacy officer reads it: a reference, never a name of the family."""

    at: datetime
    who: str
    agency: str
    family: str
    part: str
    purpose: str
    refused: bool


@transaction.atomic
def look_for_unusual(*, by: User) -> list[Unusual]:
    """Whose looking is unusual in the last thirty days, the gravest first. Privacy officers.

    Surnames are compared here and told to nobody. What is sealed from the officer is left out.
    """
    require("look_for_unusual", permissions.desk_verbs(by))
    record("look_for_unusual", "earlyhelp.look:all", by=by)
    with identity.as_system("unusual"):
        since = clock.now() - timedelta(days=DAYS)
        looks = permissions.watched_looks(by).filter(at__gte=since).order_by()
        return [*_same_surname(looks), *_many(looks), *_without_purpose(looks), *_late(looks)]


@transaction.atomic
def report_looks(*, by: User, reference: str = "", person: int | None = None) -> list[Looked]:
    """Who has looked at one family's record, or what one person looked at. Privacy officers.

    The asking itself is kept. A record that is sealed from the officer answers as if nobody had
    looked, like one that is not there.
    """
    require("report_looks", permissions.desk_verbs(by))
    asked = f"people.user:{person}" if person else "earlyhelp.look:family"
    record("report_looks", asked, by=by, detail=reference)
    with identity.as_system("report"):
        looks = permissions.watched_looks(by)
        if person:
            looks = looks.filter(person=person)
        else:
            looks = looks.filter(story__reference__iexact=reference.strip())
        found = list(looks.order_by("-at")[:MOST])
        references = dict(
            Story.objects.filter(pk__in={one.story_id for one in found}).values_list(
                "pk", "reference"
            )
        )
        return [_told(one, references) for one in found]


def _told(look: Look, references: dict) -> Looked:
    post = look.post
    return Looked(
        look.at, look.person.name, post.organisation.name if post else "the family",
        references.get(look.story_id, "no record"), look.part, look.purpose, look.refused,
    )  # fmt: skip


def _same_surname(looks: QuerySet[Look]) -> Iterator[Unusual]:
    """Whoever works with a family that is called like them."""
    at_work = looks.filter(post__isnull=False, story__isnull=False)
    pairs = at_work.values_list("person", "person__name", "story__family").annotate(
        Count("pk"), Max("at")
    )
    found = list(pairs)
    members = FamilyMember.objects.filter(family__in={pair[2] for pair in found})
    surnames: dict = {}
    for family, name in members.values_list("family", "name"):
        surnames.setdefault(family, set()).add(_surname(name))
    for person, name, family, times, last in found:
        if _surname(name) in surnames.get(family, set()) - {""}:
            yield Unusual(person, name, "A family of the same surname", times, last)


def _surname(name: str) -> str:
    last = plain(name.rsplit(maxsplit=1)[-1]) if name.split() else ()
    return last[0] if last else ""


def _many(looks: QuerySet[Look]) -> Iterator[Unusual]:
    days = looks.annotate(day=TruncDate("at", tzinfo=LONDON)).values(
        "person", "person__name", "day"
    )
    for row in days.annotate(families=Count("story", distinct=True), last=Max("at")):
        if row["families"] >= MANY:
            what = "Many families in one day"
            yield Unusual(row["person"], row["person__name"], what, row["families"], row["last"])


def _without_purpose(looks: QuerySet[Look]) -> Iterator[Unusual]:
    tried = looks.filter(Q(refused=True) | Q(purpose="none"))
    yield from _often(tried, "Tried to look without a right to")


def _late(looks: QuerySet[Look]) -> Iterator[Unusual]:
    timed = looks.filter(post__isnull=False).annotate(
        hour=ExtractHour("at", tzinfo=LONDON), weekday=ExtractIsoWeekDay("at", tzinfo=LONDON)
    )
    late = timed.filter(Q(hour__lt=EARLY) | Q(hour__gte=LATE) | Q(weekday__gt=FRIDAY))
    yield from _often(late, "Looked out of hours")


def _often(looks: QuerySet[Look], what: str) -> Iterator[Unusual]:
    rows = looks.values("person", "person__name").annotate(times=Count("pk"), last=Max("at"))
    for row in rows.filter(times__gte=OFTEN).order_by("-times"):
        yield Unusual(row["person"], row["person__name"], what, row["times"], row["last"])
