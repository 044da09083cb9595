"""Places that became free are offered to those who wait, and taken up, or pass on."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.events import emails, permissions, states
from saidanddone.events.models import Booking, Session
from saidanddone.people.models import User
from saidanddone.reference.models import partnership

BY_ITSELF = "system:sessions"


@transaction.atomic
def offer_place(*, booking: Booking, by: User | str) -> None:
    """Offer a free place to somebody who waits. By itself, or the clerk; they may take it a while.

    The place stays theirs until then, but never after the session has begun.
    """
    require("offer_place", permissions.booking_verbs(by, booking))
    until = clock.now() + timedelta(hours=partnership().offer_hours)
    until = max(min(until, booking.session.opens_at), clock.now())
    booking.move("offer_place", offered_until=until)
    record("offer_place", booking, by=by)
    emails.place_offered(booking)


@transaction.atomic
def accept_offer(*, booking: Booking, by: User | None) -> None:
    """Take the place that was offered. Whoever waited for it; it is theirs from now on.

    Where a manager is asked first, it is held for them until that is answered.
    """
    require("accept_offer", permissions.booking_verbs(by, booking))
    if booking.offered_until is None or booking.offered_until < clock.now():
        raise Moved(booking, "accept_offer")
    asks = booking.session.asks_manager and booking.manager_email
    booking.move("accept_offer", to=states.WITH_MANAGER if asks else states.BOOKED,
                 **(managers_time(booking.session) if asks else {}))  # fmt: skip
    record("accept_offer", booking, by=by)
    emails.booked(booking, proven=True)


@transaction.atomic
def lapse_offer(*, booking: Booking, by: str) -> None:
    """Let an offer end that nobody took up in time. By the clock; the next in the queue is asked."""
    require("lapse_offer", permissions.booking_verbs(by, booking))
    booking.move("lapse_offer")
    record("lapse_offer", booking, by=by)
    emails.offer_lapsed(booking)
    pass_on(booking.session, by=by)


def managers_time(session: Session) -> dict[str, datetime]:
    """Until when a place is held for a manager's answer: never after sign-in has opened."""
    until = clock.now() + timedelta(hours=partnership().approval_hours)
    return {"manager_until": max(min(until, session.opens_at), clock.now())}


def pass_on(session: Session, *, by: Any) -> None:
    """One place is free again: the next who waits is offered it, else anybody may book it."""
    if session.is_past or session.state != states.OPEN or not _offer_next(session):
        Session.objects.filter(pk=session.pk, taken__gt=0).update(taken=F("taken") - 1)


def fill_places(session: Session, *, by: Any) -> int:
    """Offer places that stand free while people wait; says how many were offered."""
    offered = 0
    while session.state == states.OPEN and session.bookings.queue().exists():
        free = Session.objects.filter(pk=session.pk, state=states.OPEN)
        free = free.filter(capacity__isnull=True) | free.filter(taken__lt=F("capacity"))
        if not free.update(taken=F("taken") + 1):
            break
        if not _offer_next(session):
            Session.objects.filter(pk=session.pk).update(taken=F("taken") - 1)
            break
        offered += 1
    return offered


def _offer_next(session: Session) -> bool:
    """Offer to the first who still waits; whoever leaves the queue this moment is passed by."""
    while (first := session.bookings.queue().first()) is not None:
        first.session = session
        try:
            with transaction.atomic():
                offer_place(booking=first, by=BY_ITSELF)
        except Moved:
            continue
        return True
    return False
