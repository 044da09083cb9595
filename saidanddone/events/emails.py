"""Letters about sessions. They hold a link, the session's public title, and nobody's name."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from saidanddone.events.models import Booking, Session, Wish
from saidanddone.mail.verbs import Recipient, cancel, write
from saidanddone.reference.models import partnership

KINDS = {
    "booked": "place_booked", "with_manager": "place_held", "waiting": "place_waited_for",
}  # fmt: skip


def booked(booking: Booking, *, proven: bool = False) -> None:
    """To whoever booked: their place, or their place in the queue. One a day to a new address.

    Where a manager is asked first, to that manager too: the place is held, and until when.
    """
    one(
        KINDS[booking.state], f"Your booking: {booking.session.title}", booking,
        unconfirmed=not proven, number=booking.number if booking.state == "waiting" else 0,
    )  # fmt: skip
    if booking.state == "with_manager":
        _manager_asked(booking)


def _manager_asked(booking: Booking) -> None:
    write(
        "manager_asked", "Somebody you manage asks for a place",
        "events/emails/manager_asked.txt", about=about(booking), to=[booking.manager_email],
        unconfirmed=True, session=booking.session, booking=booking, partnership=partnership(),
        link=settings.SITE_ADDRESS + reverse("approval", args=[booking.manager_token]),
    )  # fmt: skip


def not_approved(booking: Booking) -> None:
    """To whoever booked: their manager said no; why is behind the link."""
    cancel(about=about(booking))
    one("not_approved", f"Your booking: {booking.session.title}", booking)


def approval_lapsed(booking: Booking) -> None:
    """To whoever booked: their manager has not answered, and the place went on."""
    cancel(about=about(booking))
    one("approval_lapsed", f"The place has gone on: {booking.session.title}", booking)


def place_offered(booking: Booking) -> None:
    """To whoever stood first in the queue: a place is free, for a while."""
    one("place_offered", f"A place is free: {booking.session.title}", booking)


def offer_lapsed(booking: Booking) -> None:
    """To whoever did not take it: the place went on."""
    one("offer_lapsed", f"The place has gone on: {booking.session.title}", booking)


def colleague_sent(booking: Booking) -> None:
    """To a colleague who takes over a place."""
    one("colleague_sent", f"A place for you: {booking.session.title}", booking)


def booking_cancelled(booking: Booking) -> None:
    """To whoever gave their place up; other letters about it need not go."""
    cancel(about=about(booking))
    one("booking_cancelled", f"Cancelled: {booking.session.title}", booking)


def reminder(session: Session, bookings: Iterable[Booking]) -> None:
    """To all who booked: it comes nearer."""
    many("session_reminder", f"Coming up: {session.title}", session, bookings)


def session_moved(session: Session, bookings: Iterable[Booking]) -> None:
    """To all who booked or wait: look again when and where it is."""
    many("session_moved", f"Changed: {session.title}", session, bookings)


def session_cancelled(session: Session, bookings: Iterable[Booking]) -> None:
    """To all who booked or wait: it is off, and why. Reminders that wait need not go."""
    cancel(about=about(session))
    many("session_cancelled", f"Called off: {session.title}", session, bookings)


def told_afterwards(session: Session, bookings: Iterable[Booking]) -> None:
    """To those who came: how was it, and what there is to keep."""
    many("session_afterwards", f"How was it? {session.title}", session, bookings)


def told_what_was_missed(session: Session, bookings: Iterable[Booking]) -> None:
    """To those who could not come: what there is to keep."""
    many("session_missed", f"What you missed: {session.title}", session, bookings)


def impact_asked(session: Session, bookings: Iterable[Booking]) -> None:
    """To those who came, months later: what came of it."""
    many("session_impact", f"What came of it? {session.title}", session, bookings)


def learning_link(booking: Booking) -> None:
    """To an address that asked for its learning record: the link."""
    link = settings.SITE_ADDRESS + reverse("booking-learning", args=[booking.token])
    write(
        "learning_link", "Your learning record", "events/emails/learning_link.txt",
        about=about(booking), to=[booking.email], unconfirmed=True, link=link,
        partnership=partnership(),
    )  # fmt: skip


def wish_answered(wish: Wish) -> None:
    """To whoever asked for a session: there will be one."""
    if not wish.email:
        return
    session = wish.session
    write(
        "wish_answered", f"You asked for it: {session.title}", "events/emails/wish_answered.txt",
        about=about(session), to=[wish.email], unconfirmed=True,
        link=settings.SITE_ADDRESS + session.get_absolute_url(), partnership=partnership(),
    )  # fmt: skip


def about(record: Any) -> str:
    """By what letters about a record are found again."""
    return f"{record._meta.label_lower}:{record.pk}"


def one(
    kind: str, subject: str, booking: Booking, *, unconfirmed: bool = False, **more: Any
) -> None:
    """A letter to one, with the link to their own booking."""
    if not booking.email:
        return
    write(
        kind, subject, f"events/emails/{kind}.txt", about=about(booking), to=[booking.email],
        unconfirmed=unconfirmed, session=booking.session, booking=booking, link=_link(booking),
        partnership=partnership(), **more,
    )  # fmt: skip


def many(kind: str, subject: str, session: Session, bookings: Iterable[Booking]) -> None:
    """A letter to all of these, each with the link to their own booking."""
    to = [Recipient(b.email, fill={"link": _link(b)}) for b in bookings if b.email]
    if not to:
        return
    write(
        kind, subject, f"events/emails/{kind}.txt", about=about(session), to=to, session=session,
        partnership=partnership(),
    )  # fmt: skip


def _link(booking: Booking) -> str:
    return settings.SITE_ADDRESS + booking.get_absolute_url()
