"""Places are booked, changed, handed to a colleague and given up."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Exists, F, Q

from saidanddone.audit.verbs import record
from saidanddone.core import clock, workdays
from saidanddone.core.access import require
from saidanddone.core.presses import queue_up
from saidanddone.events import emails, permissions, states
from saidanddone.events.models import Booking, Session
from saidanddone.events.models.bookings import EXPECTED, HOLDING, LIVE
from saidanddone.events.verbs.queue import managers_time, pass_on
from saidanddone.people.models import User
from saidanddone.reference.models import partnership

MOST_A_DAY = 12  # bookings of one address, so that nobody can be flooded through us
By = User | AnonymousUser | None


class TooMany(Exception):  # noqa: N818 -- it tells what happened
    """This address has been booked in very often today."""


class Elsewhere(Exception):  # noqa: N818 -- it tells what happened
    """The colleague has a place there already."""


@transaction.atomic
def book_place(
    *, session: Session, name: str, email: str, by: By, organisation: str = "", sector: str = "",
    role: str = "", needs: str = "", question: str = "", manager_email: str = "",
    once: UUID | None = None,
) -> Booking:  # fmt: skip
    """Book a place, or a place in the queue when there is none. Anybody, with their own address.

    The same person twice is the same booking, and nobody can tell from the answer whether it was
    there before. The last place goes to one: whoever changes the session's count first. Where a
    manager is asked first, the place is held and the manager gets a letter.
    """
    require("book_place", permissions.session_verbs(by, session))
    email = email.strip().lower()
    queue_up(f"booking:{session.pk}:{email}")  # two presses of the same person, one after the other
    known = list(Booking.objects.of(email).filter(_today() | Q(session=session.pk)))
    if there := next((one for one in known if _holds(one, session)), None):
        return there
    if sum(one.made_at >= clock.now() - timedelta(days=1) for one in known) >= MOST_A_DAY:
        raise TooMany(email)
    got_one = take_place(session)
    if not got_one:
        queue_up(f"queue:{session.pk}")  # so that no two are told the same number
    booking = Booking.objects.create(
        session=session, name=name, email=email, organisation=organisation, sector=sector,
        role=role, needs=needs, question=question, manager_email=manager_email, once=once,
        **(_with_a_place(session, manager_email) if got_one else {"state": states.WAITING}),
    )  # fmt: skip
    record("book_place", booking, by=by if isinstance(by, User) else None)
    emails.booked(booking, proven=permissions.holds(by, booking))
    return booking


def _with_a_place(session: Session, manager_email: str) -> dict[str, Any]:
    if session.asks_manager and manager_email:
        return {"state": states.WITH_MANAGER, **managers_time(session)}
    return {"state": states.BOOKED}


def take_place(session: Session) -> bool:
    """Take one of its places, if one is free and nobody waits: one conditional update."""
    waiting = Booking.objects.filter(session=session.pk, state=states.WAITING)
    free = Session.objects.filter(
        Q(capacity__isnull=True) | Q(taken__lt=F("capacity")),
        ~Exists(waiting), pk=session.pk, state=states.OPEN,
    )  # fmt: skip
    return bool(free.update(taken=F("taken") + 1))


def _today() -> Q:
    return Q(made_at__gte=clock.now() - timedelta(days=1))


def _holds(booking: Booking, session: Session) -> bool:
    return booking.session_id == session.pk and booking.state in {*LIVE, *EXPECTED}


@transaction.atomic
def change_booking(*, booking: Booking, by: User | None, **changes: Any) -> None:
    """Change name, organisation, needs or question. Whoever booked; the presenter sees it anew."""
    require("change_booking", permissions.booking_verbs(by, booking))
    booking.move("change_booking", **changes)
    record("change_booking", booking, by=by)


@transaction.atomic
def send_colleague(
    *, booking: Booking, name: str, email: str, by: User | None, organisation: str = ""
) -> None:
    """Let a colleague come instead. Whoever booked; the old link opens nothing any more.

    The colleague gets a letter with a link of their own. Raises Elsewhere if they have a place.
    """
    require("send_colleague", permissions.booking_verbs(by, booking))
    email = email.strip().lower()
    queue_up(f"booking:{booking.session_id}:{email}")
    there = Booking.objects.of(email).filter(session=booking.session_id)
    if there.filter(state__in=[*LIVE, *EXPECTED]).exclude(pk=booking.pk).exists():
        raise Elsewhere(email)
    booking.move(
        "send_colleague", name=name, email=email, key=uuid4(), needs="",
        organisation=organisation or booking.organisation,
    )  # fmt: skip
    record("send_colleague", booking, by=by)
    emails.colleague_sent(booking)


@transaction.atomic
def cancel_booking(*, booking: Booking, by: User | None) -> None:
    """Give a place up, or leave the queue. Whoever booked, or the clerk for them.

    A place that becomes free is offered at once to whoever has waited longest.
    """
    require("cancel_booking", permissions.booking_verbs(by, booking))
    held_place = booking.state in HOLDING
    late = held_place and clock.today() > last_day_in_time(booking.session)
    booking.move(
        "cancel_booking", given_up_at=clock.now(), gave_up_late=late, needs="", question=""
    )
    record("cancel_booking", booking, by=by)
    emails.booking_cancelled(booking)
    if held_place:
        pass_on(booking.session, by=by)


def last_day_in_time(session: Session) -> Any:
    """The last day on which giving a place up is in time for somebody else."""
    return workdays.before(session.on, partnership().session_cancel_days)
