"""Who came is marked, one by one, on a register, or as they walk in."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import F

from saidanddone.audit.verbs import record
from saidanddone.core.access import require
from saidanddone.core.presses import earlier
from saidanddone.events import permissions, states
from saidanddone.events.models import Booking, Session
from saidanddone.people.models import User
from saidanddone.reference.models import partnership


@transaction.atomic
def mark_attendance(*, booking: Booking, minutes: int | None, via: str, by: User) -> None:
    """Say how long somebody was there; None takes it back. The clerk, or the presenter.

    Whoever was there for less than a certificate asks has come for a part.
    """
    require("mark_attendance", permissions.booking_verbs(by, booking))
    booking.move(
        "mark_attendance", to=state_for(booking.session, minutes), minutes=minutes or None,
        via=via if minutes else "",
    )  # fmt: skip
    record("mark_attendance", booking, by=by)


def state_for(session: Session, minutes: int | None) -> str:
    """What so many minutes make of a booking."""
    if minutes is None:
        return states.BOOKED
    if minutes == 0:
        return states.DID_NOT_COME
    enough = minutes * 100 >= session.minutes * partnership().certificate_share
    return states.CAME if enough else states.CAME_IN_PART


@transaction.atomic
def mark_register(
    *, session: Session, shown: Collection[int], here: Collection[int], by: User
) -> int:
    """Tick off who is here, of those who were shown; says how many are. Clerk or presenter.

    A tick means the whole session. Whoever came for a part by a file keeps their minutes.
    """
    require("mark_register", permissions.session_verbs(by, session))
    session.move("mark_register")
    for booking in session.bookings.expected().filter(pk__in=shown):
        booking.session = session
        is_here = booking.pk in here
        if is_here != booking.was_there:
            minutes = session.minutes if is_here else None
            mark_attendance(booking=booking, minutes=minutes, via=Booking.Via.REGISTER, by=by)
    record("mark_register", session, by=by)
    return session.bookings.filter(state__in=(states.CAME, states.CAME_IN_PART)).count()


@transaction.atomic
def add_walk_in(
    *, session: Session, name: str, by: User, email: str = "", organisation: str = "",
    minutes: int | None = None, via: str = Booking.Via.REGISTER, once: UUID | None = None,
) -> Booking:  # fmt: skip
    """Add somebody who came without a booking. Clerk or presenter; they count as there.

    With an address they get the same letters as the others afterwards. Whoever has a booking is
    not added a second time: that one is ticked.
    """
    require("add_walk_in", permissions.session_verbs(by, session))
    if found := earlier(Booking, once):
        return found
    email = email.strip().lower()
    minutes = session.minutes if minutes is None else minutes
    there = session.bookings.expected().of(email).exclude(email="").first()
    if there:
        there.session = session
        mark_attendance(booking=there, minutes=minutes, via=via, by=by)
        return there
    booking = Booking.objects.create(
        session=session, name=name, email=email, organisation=organisation, walked_in=True,
        minutes=minutes, via=via, state=state_for(session, minutes), once=once,
    )  # fmt: skip
    _count_in(session)
    record("add_walk_in", booking, by=by)
    return booking


def _count_in(session: Session) -> None:
    """A place is taken, as far as there is one: at the door nobody is sent away by a number."""
    found = Session.objects.filter(pk=session.pk)
    room = found.filter(capacity__isnull=True) | found.filter(taken__lt=F("capacity"))
    room.update(taken=F("taken") + 1)
