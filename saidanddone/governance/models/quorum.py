"""Whether enough of a body is there to decide: counted from seats, told in words."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from saidanddone.governance.models.bodies import Appointment, Body, Seat
from saidanddone.governance.models.meetings import Meeting
from saidanddone.governance.models.minuting import Attendance
from saidanddone.people.models import Organisation

HERE = frozenset({Attendance.How.PRESENT, Attendance.How.ONLINE})


class Quorum(NamedTuple):
    """How many seats are represented, how many must be, and who is still missing, in words."""

    seats: int
    here: int
    needed: int
    missing: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether the body may decide."""
        return self.here >= self.needed and not self.missing

    @property
    def lack(self) -> str:
        """What is missing, as the end of a sentence: "2 more seats, and somebody from health"."""
        more = self.needed - self.here
        parts = [f"{more} more {'seat' if more == 1 else 'seats'}"] if more > 0 else []
        parts += self.missing
        return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def count_quorum(body: Body, seats: Iterable[Seat], came: Mapping[int, int]) -> Quorum:
    """What the people who are there amount to. A seat counts once, whoever fills it.

    `came`: how many came for each seat. A seat that is held for several young people counts for as
    many as came.
    """
    seats = list(seats)
    here = [seat for seat in seats if came.get(seat.pk)]
    sectors = {seat.organisation.sector if seat.organisation else seat.sector for seat in here}
    missing = [
        f"somebody from {_sector(code)}" for code in body.quorum_sectors if code not in sectors
    ]
    missing += [seat.title for seat in seats if seat.needed_for_quorum and seat not in here]
    return Quorum(
        seats=sum(seat.count for seat in seats),
        here=sum(min(came[seat.pk], seat.count) for seat in here),
        needed=body.quorum,
        missing=tuple(missing),
    )


def may_decide(meeting: Meeting) -> bool:
    """Whether what this meeting agrees is a decision; otherwise it can only recommend.

    A task-and-finish group never decides. The chair's word counts; until it is given, what was
    marked does. Where nobody has marked anything, nobody has said that too few came.
    """
    if meeting.body.kind == Body.Kind.TASK:
        return False
    if meeting.quorate is not None:
        return meeting.quorate
    marked = list(meeting.attendance.all())
    if not marked:
        return True
    seats = Seat.objects.standing().filter(body=meeting.body_id).select_related("organisation")
    came: dict[int, int] = {}
    for row in marked:
        if row.how in HERE and row.seat_id is not None:
            came[row.seat_id] = came.get(row.seat_id, 0) + row.count
    return count_quorum(meeting.body, seats, came).enough


def with_added(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Each with guests and those who stand in for a seat on the day, as `added`."""
    rows = Attendance.objects.filter(meeting=OuterRef("pk")).exclude(named="").order_by("pk")
    shown = JSONObject(id="id", named="named", seat="seat", how="how", office="seat__title")
    return meetings.annotate(added=ArraySubquery(rows.values(data=shown)))


def came_for(seats: Iterable[Seat], added: Iterable[dict]) -> dict[int, int]:
    """How many came for each seat of a sheet, those who stand in included."""
    came = {
        seat.pk: (seat.came or 0) + sum(person["how"] in HERE for person in seat.people)
        for seat in seats
    }
    for row in added:
        if row["seat"] in came and row["how"] in HERE:
            came[row["seat"]] += 1
    return came


def as_a_sheet(seats: QuerySet[Seat], meeting: Meeting) -> QuerySet[Seat]:
    """Each seat with who sits in it and how they were marked, in one query.

    As `people`; `came` is how many came where a seat is counted.
    """
    marked = Attendance.objects.filter(meeting=meeting.pk)
    theirs = marked.filter(appointment=OuterRef("pk")).values("how")
    counted = marked.filter(seat=OuterRef("pk"), appointment=None, named="").values("count")
    sitting = Appointment.objects.live().filter(seat=OuterRef("pk"))
    person = JSONObject(
        id="id", part="part", post="post", name="post__user__name", pseudonym="pseudonym",
        title="post__title", how=Subquery(theirs),
    )  # fmt: skip
    people = sitting.exclude(part=Appointment.Part.ADVISER).order_by("part", "pk")
    return seats.select_related("organisation").annotate(
        people=ArraySubquery(people.values(data=person)), came=Subquery(counted)
    )


def _sector(code: str) -> str:
    label = dict(Organisation.Sector.choices).get(code, code)
    return label[:1].lower() + label[1:]
