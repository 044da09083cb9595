"""Numbers of bodies: what they lack to decide, how often children are heard, who came."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, ExtractYear, JSONObject

from saidanddone.core import clock
from saidanddone.governance import states
from saidanddone.governance.models import (
    AgendaItem,
    Appointment,
    Attendance,
    Body,
    CoverSheet,
    Meeting,
    Seat,
)
from saidanddone.people.models import Organisation, Post
from saidanddone.ui.filters import day, plural

SOON = timedelta(days=90)  # before the end of somebody's term
SECTORS = dict(Organisation.Sector.choices)
WAS_HELD = [states.PUBLISHED, states.MINUTED]
HELD = Q(state__in=WAS_HELD)
OF_SUBSTANCE = (AgendaItem.Kind.DECISION, AgendaItem.Kind.DISCUSSION, AgendaItem.Kind.VOICE)
ADVISER = Appointment.Part.ADVISER


# ------------------------------------------------------------------ what a body lacks


class Lack(NamedTuple):
    """Something without which a body cannot decide, or soon will not: a code, and words for it."""

    code: str
    words: str
    grave: bool = False


def lacks(body: Body, seats: list[Seat]) -> list[Lack]:
    """What a body lacks, from its standing seats with their holders; the gravest first."""
    found = [*_sectors(body, seats), *_number(body, seats)]
    for seat in seats:
        if not _held(seat):
            needed = " It cannot decide without it." if seat.needed_for_quorum else ""
            words = f"{seat.title}: nobody sits there.{needed}"
            found.append(Lack(f"empty:{seat.pk}", words, seat.needed_for_quorum))
        found += _ending(seat)
    return sorted(found, key=lambda lack: not lack.grave)


def _held(seat: Seat) -> list[dict[str, Any]]:
    """Who counts in a seat: those in attendance advise, and do not."""
    return [one for one in seat.holders if one["part"] != ADVISER]


def sector_of(seat: Seat) -> str:
    """The sector that a seat stands for: its organisation’s, or its own."""
    return seat.organisation.sector if seat.organisation else seat.sector


def _sectors(body: Body, seats: list[Seat]) -> Iterable[Lack]:
    there = {sector_of(seat) for seat in seats if _held(seat)}
    for sector in body.quorum_sectors:
        if sector not in there:
            words = f"{SECTORS.get(sector, sector)}: no seat of this sector is held, and its quorum"
            yield Lack(f"sector:{sector}", f"{words} asks for one.", grave=True)


def _number(body: Body, seats: list[Seat]) -> Iterable[Lack]:
    there = sum(bool(_held(seat)) for seat in seats)
    if seats and there < body.quorum:
        words = f"{plural(there, 'seat is', 'seats are')} held; to decide it needs {body.quorum}."
        yield Lack("quorum", words, grave=True)


def _ending(seat: Seat) -> Iterable[Lack]:
    for one in _held(seat):
        last = one["ends_on"] and date.fromisoformat(one["ends_on"])
        if last and last <= clock.today() + SOON:
            yield Lack(f"ending:{one['id']}", f"{seat.title}: a term ends on {day(last)}.")


# ------------------------------------------------------------------ children’s voice (A15)


def by_year() -> dict[str, ArraySubquery]:
    """Annotations for bodies: meetings held and items dealt with, by year, and how many of them
    were informed by what children say. Closed items are in no number, for nobody.
    """
    here, before = OuterRef("pk"), clock.today()
    heard = AgendaItem.objects.voices().filter(meeting=here, restricted=False)
    meetings = Meeting.objects.filter(HELD, body=here, on__lt=before)
    said = CoverSheet.objects.filter(item=here).exclude(children_said="")
    items = AgendaItem.objects.filter(
        ~Q(kind=AgendaItem.Kind.VOICE, wording=""), kind__in=OF_SUBSTANCE, restricted=False,
        meeting__body=here, meeting__state__in=WAS_HELD, meeting__on__lt=before,
    )  # fmt: skip
    informed = Q(heard=True) | Q(kind=AgendaItem.Kind.VOICE) | ~Q(origin_path="")
    return {
        "meetings_by_year": _counted(
            meetings.annotate(heard=Exists(heard), year=ExtractYear("on")), Q(heard=True)
        ),
        "items_by_year": _counted(
            items.annotate(heard=Exists(said), year=ExtractYear("meeting__on")), informed
        ),
    }


def _counted(found: QuerySet, which: Q) -> ArraySubquery:
    grouped = found.order_by().values("year").annotate(
        all=Count("pk"), some=Count("pk", filter=which)
    )  # fmt: skip
    return ArraySubquery(grouped.values(data=JSONObject(year="year", all="all", some="some")))


class Year(NamedTuple):
    """A year of a body: how many meetings and items, and how many with children’s voice."""

    year: int
    meetings: int
    heard: int
    items: int
    informed: int


def years(body: Body) -> list[Year]:
    """The years of a body that carries `by_year`, the latest first."""
    meetings = {row["year"]: row for row in body.meetings_by_year or []}
    items = {row["year"]: row for row in body.items_by_year or []}
    nothing = {"all": 0, "some": 0}
    return [
        Year(year, row["all"], row["some"], *(items.get(year, nothing)[key] for key in ("all", "some")))
        for year, row in sorted(meetings.items(), reverse=True)
    ]  # fmt: skip


# ------------------------------------------------------------------ who came


def attendance_of(post: Post | None) -> QuerySet:
    """How often somebody came to the meetings that their seats were asked to, by year and body."""
    came = Q(how__in=[Attendance.How.PRESENT, Attendance.How.ONLINE])
    found = Attendance.objects.filter(appointment__post=post.pk if post else None)
    return (
        found.annotate(
            year=Cast(ExtractYear("meeting__on"), IntegerField()), body=F("meeting__body__name")
        )
        .order_by()
        .values("year", "body")
        .annotate(all=Count("pk"), came=Count("pk", filter=came))
        .order_by("-year", "body")
    )
