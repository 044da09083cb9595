"""Who is at a meeting, whether they are enough, and what they declare."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.governance import permissions
from saidanddone.governance.models import (
    AgendaItem,
    Appointment,
    Attendance,
    Declaration,
    Meeting,
    Seat,
)
from saidanddone.governance.verbs.presses import earlier, queue_up
from saidanddone.people.models import Post, User


class Mark(NamedTuple):
    """How somebody takes part; a counted seat has no appointment, and says how many came."""

    seat: Seat
    appointment: Appointment | None
    how: str
    count: int = 1


@transaction.atomic
def mark_attendance(*, meeting: Meeting, marks: list[Mark], by: User) -> None:
    """Mark who is there, who sent apologies and who is not there. The clerk.

    A mark without `how` takes an earlier one back.
    """
    require("mark_attendance", permissions.minuting_verbs(by, meeting))
    queue_up(f"attendance:{meeting.pk}")
    for mark in marks:
        if mark.seat.body_id != meeting.body_id:
            raise ValueError("Whoever sits on another body is a guest")
        row = {"meeting": meeting, "seat": mark.seat, "appointment": mark.appointment, "named": ""}
        if mark.how:
            Attendance.objects.update_or_create(
                **row, defaults={"how": mark.how, "count": mark.count, "recorded_by": by}
            )
        else:
            Attendance.objects.filter(**row).delete()
    record("mark_attendance", meeting, by=by)


@transaction.atomic
def add_attendee(
    *, meeting: Meeting, named: str, how: str, by: User, seat: Seat | None = None,
    once: UUID | None = None,
) -> Attendance:  # fmt: skip
    """Add somebody who stands in for a seat on the day, or a guest. The clerk."""
    require("add_attendee", permissions.minuting_verbs(by, meeting))
    if found := earlier(Attendance, once):
        return found
    if seat is not None and seat.body_id != meeting.body_id:
        raise ValueError("A seat of another body cannot be stood in for here")
    added = Attendance.objects.create(
        meeting=meeting, seat=seat, named=named, how=how, recorded_by=by, once=once
    )
    record("add_attendee", meeting, by=by)
    return added


@transaction.atomic
def remove_attendee(*, attendance: Attendance, by: User) -> None:
    """Take somebody off who was added by mistake. The clerk."""
    meeting = attendance.meeting
    require("remove_attendee", permissions.minuting_verbs(by, meeting))
    attendance.delete()
    record("remove_attendee", meeting, by=by)


@transaction.atomic
def declare_quorum(*, meeting: Meeting, quorate: bool, note: str, by: User) -> None:
    """Keep what the chair declares: whether enough are there to decide. The clerk, or the chair.

    From here on a meeting that is not quorate can only recommend.
    """
    require("declare_quorum", permissions.minuting_verbs(by, meeting))
    meeting.quorate, meeting.quorum_note = quorate, note
    meeting.save(update_fields=["quorate", "quorum_note"])
    record("declare_quorum", meeting, by=by, detail=f"{quorate} {note}")


@transaction.atomic
def declare_interest(
    *, meeting: Meeting, kind: str, nature: str, by: User, item: AgendaItem | None = None,
    post: Post | None = None, named: str = "", private: bool = False, action: str = "",
    once: UUID | None = None,
) -> Declaration:  # fmt: skip
    """Write down an interest that somebody declares, and what the chair says to it. The clerk."""
    require("declare_interest", permissions.minuting_verbs(by, meeting))
    if found := earlier(Declaration, once):
        return found
    if item is not None and item.meeting_id != meeting.pk:
        raise ValueError("The item stands on another agenda")
    declared = Declaration.objects.create(
        meeting=meeting, item=item, post=post, named=named, kind=kind, nature=nature,
        private=private, declared_by=by, once=once, **_decided(action, by),
    )  # fmt: skip
    record("declare_interest", declared, by=by, detail=nature)
    return declared


@transaction.atomic
def act_on_interest(*, declaration: Declaration, action: str, by: User) -> None:
    """Say what follows from a declared interest: noted, silent or out. The chair, or the clerk."""
    require("act_on_interest", permissions.minuting_verbs(by, declaration.meeting))
    changes = _decided(action, by)
    for name, value in changes.items():
        setattr(declaration, name, value)
    declaration.save(update_fields=list(changes))
    record("act_on_interest", declaration, by=by, detail=action)


def _decided(action: str, by: User) -> dict[str, Any]:
    if not action:
        return {}
    return {"action": action, "decided_by": by, "decided_at": clock.now()}
