"""After a session: it is closed, shared, evaluated, and stands on records of learning."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.files import paper as checked
from saidanddone.core.presses import earlier
from saidanddone.events import emails, permissions, states
from saidanddone.events.models import Booking, Evaluation, Impact, Learning, Session, Wish
from saidanddone.events.models.bookings import HERE
from saidanddone.people.models import User


@transaction.atomic
def share_materials(
    *, session: Session, by: User, upload: File | None = None, recording: str = "",
    shared_with: str = Session.SharedWith.ATTENDERS,
) -> None:  # fmt: skip
    """Add the fact sheet and the film, and say for whom they are. Clerk or presenter.

    Raises core.files.FileRefused with the reason if the fact sheet is not one.
    """
    require("share_materials", permissions.session_verbs(by, session))
    changes: dict[str, Any] = {"recording": recording, "shared_with": shared_with}
    if upload is not None:
        safe = checked(upload)
        ending = safe.name.rpartition(".")[2]
        session.fact_sheet.save(f"{session.uid}.{ending}", safe.file, save=False)
        changes |= {"fact_sheet": session.fact_sheet.name, "fact_sheet_type": safe.media_type}
    session.move("share_materials", **changes)
    record("share_materials", session, by=by)


@transaction.atomic
def close_session(*, session: Session, by: User) -> None:
    """Close the register: whoever is not ticked did not come. The clerk.

    Those who came are asked how it was; those who did not are told what there is, if that is
    shared with them.
    """
    require("close_session", permissions.session_verbs(by, session))
    session.move("close_session")
    missed = list(session.bookings.filter(state=states.BOOKED).order_by("pk"))
    for booking in missed:
        booking.move("mark_attendance", to=states.DID_NOT_COME, minutes=None)
    record("close_session", session, by=by)
    emails.told_afterwards(session, session.bookings.filter(state__in=HERE).order_by("pk"))
    shared = session.shared_with != Session.SharedWith.ATTENDERS
    if shared and session.has_materials:
        emails.told_what_was_missed(session, missed)


@transaction.atomic
def evaluate_session(
    *, booking: Booking, sure_before: int, sure_after: int, differently: str, by: User | None,
    wish: str = "",
) -> Evaluation:  # fmt: skip
    """Say how a session was. Whoever came; if the certificate waits for it, that is ready now.

    What they would like next stands among the wishes, without their name.
    """
    require("evaluate_session", permissions.booking_verbs(by, booking))
    booking.move("evaluate_session")
    made = Evaluation.objects.create(
        booking=booking, sure_before=sure_before, sure_after=sure_after, differently=differently,
        wish=wish,
    )  # fmt: skip
    if wish:
        Wish.objects.create(words=wish, source=Wish.Source.EVALUATION)
    record("evaluate_session", booking, by=by)
    return made


@transaction.atomic
def ask_impact(*, session: Session, by: str) -> int:
    """Ask those who came what came of it. By the clock, months later, once; says how many."""
    require("ask_impact", permissions.session_verbs(by, session))
    if session.impact_asked_at is not None:
        return 0
    session.move("ask_impact", impact_asked_at=clock.now())
    came = list(session.bookings.filter(state__in=HERE).order_by("pk"))
    emails.impact_asked(session, came)
    record("ask_impact", session, by=by)
    return len(came)


@transaction.atomic
def tell_impact(*, booking: Booking, used: str, by: User | None, changed: str = "") -> Impact:
    """Say months later what came of a session. Whoever came; it stands on their record."""
    require("tell_impact", permissions.booking_verbs(by, booking))
    booking.move("tell_impact")
    made = Impact.objects.create(booking=booking, used=used, changed=changed)
    record("tell_impact", booking, by=by)
    return made


@transaction.atomic
def add_learning(
    *, email: str, title: str, by: User | str | None, on: date | None = None, minutes: int = 0,
    provider: str = "", reflection: str = "", path: str = "", once: UUID | None = None,
) -> Learning:  # fmt: skip
    """Add a line to somebody's learning record: their own, or from an area above.

    Whoever signs in adds to their own; areas above look at the right themselves. What comes from
    one page (`path`) stands there once.
    """
    email = email.strip().lower()
    if isinstance(by, User):
        require("add_learning", {"add_learning"} if by.email.lower() == email else set())
    if found := earlier(Learning, once):
        return found
    if path and (there := Learning.objects.filter(email=email, path=path).first()):
        return there
    made = Learning.objects.create(
        email=email, on=on or clock.today(), title=title, provider=provider, minutes=minutes,
        reflection=reflection, path=path, once=once,
    )  # fmt: skip
    record("add_learning", made, by=by)
    return made


@transaction.atomic
def send_learning_link(*, email: str, by: None = None) -> None:
    """Send an address the link to its own learning record. Anybody may ask, and learns nothing.

    Only an address that has booked here gets a letter, once a day at most.
    """
    newest = Booking.objects.of(email).exclude(email="").select_related("session").last()
    if newest is not None:
        emails.learning_link(newest)
