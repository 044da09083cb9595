"""Sessions are planned, opened, changed, held and called off."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.presses import earlier
from saidanddone.events import emails, permissions, states
from saidanddone.events.models import Session
from saidanddone.events.models.bookings import LIVE
from saidanddone.events.verbs.queue import fill_places
from saidanddone.events.verbs.series import free_slug
from saidanddone.people.models import User
from saidanddone.reference.models import Topic, partnership

By = User | str
TOLD = {"begins_at", "ends_at", "link", "place", "map_link"}  # whoever booked hears of these
IN_CALENDARS = TOLD | {"title", "about"}


class TooSmall(Exception):  # noqa: N818 -- it tells what happened
    """More places are taken than the session would then have; `taken` says how many."""

    def __init__(self, taken: int) -> None:
        super().__init__(f"{taken} places are taken")
        self.taken = taken


@transaction.atomic
def plan_session(
    *, title: str, about: str, begins_at: datetime, ends_at: datetime, by: User,
    topics: Iterable[Topic] = (), slug: str = "", once: UUID | None = None, **more: Any,
) -> Session:  # fmt: skip
    """Plan a session. The clerk; nobody else sees it until it is opened for booking."""
    require("plan_session", permissions.session_verbs(by, None))
    if found := earlier(Session, once):
        return found
    more.setdefault("opens_minutes", partnership().session_opens_minutes)
    made = Session.objects.create(
        title=title, about=about, begins_at=begins_at, ends_at=ends_at,
        slug=slug or free_slug(Session, title), once=once, **more,
    )  # fmt: skip
    made.topics.set(topics)
    record("plan_session", made, by=by)
    return made


@transaction.atomic
def open_session(*, session: Session, by: User) -> None:
    """Open booking. The clerk; it stands on the public page and in every calendar from now on."""
    require("open_session", permissions.session_verbs(by, session))
    session.move("open_session", changed_at=clock.now())
    record("open_session", session, by=by)


@transaction.atomic
def change_session(
    *, session: Session, by: User, topics: Iterable[Topic] | None = None, **changes: Any
) -> None:
    """Change a session. The clerk; those who booked hear of a new time, place or way in.

    Its entry in calendars moves and keeps its identity. With more places, those who wait longest
    are offered them; with fewer than are taken already it is refused: raises TooSmall.
    """
    require("change_session", permissions.session_verbs(by, session))
    changed = {name for name, value in changes.items() if getattr(session, name) != value}
    _refuse_too_small(session, changes)
    if changed & IN_CALENDARS and session.state == states.OPEN:
        changes |= {"revision": session.revision + 1}
    if {"begins_at"} & changed:
        changes |= {"reminded": []}
    session.move("change_session", changed_at=clock.now(), **changes)
    if topics is not None:
        session.topics.set(topics)
    record("change_session", session, by=by)
    if session.state == states.OPEN and changed & TOLD:
        emails.session_moved(session, session.bookings.live())
    fill_places(session, by=by)


def _refuse_too_small(session: Session, changes: dict[str, Any]) -> None:
    capacity = changes.get("capacity")
    if capacity is None:
        return
    taken = Session.objects.select_for_update().values_list("taken", flat=True).get(pk=session.pk)
    if capacity < taken:
        raise TooSmall(taken)


@transaction.atomic
def remind_booked(*, session: Session, step: str, over: list[str], by: By) -> int:
    """Write to all who booked that it comes nearer. By the clock, once for each step.

    Steps that are over already are passed by, so that nobody gets two letters at once.
    """
    require("remind_booked", permissions.session_verbs(by, session))
    held = Session.objects.select_for_update().get(pk=session.pk)
    if step in held.reminded:
        return 0
    session.move("remind_booked", reminded=[*held.reminded, *over, step])
    booked = list(session.bookings.filter(state=states.BOOKED).order_by("pk"))
    emails.reminder(session, booked)
    record("remind_booked", session, by=by, detail=step)
    return len(booked)


@transaction.atomic
def hold_session(*, session: Session, by: By) -> None:
    """Say that it has been held. By the clock once it has ended, or the clerk; queues end."""
    require("hold_session", permissions.session_verbs(by, session))
    session.move("hold_session")
    record("hold_session", session, by=by)


@transaction.atomic
def cancel_session(*, session: Session, why: str, by: User) -> None:
    """Call a session off, with the reason. The clerk; whoever booked or waits hears of it."""
    require("cancel_session", permissions.session_verbs(by, session))
    was_open = session.state == states.OPEN
    session.move(
        "cancel_session", cancelled_why=why, revision=session.revision + 1, changed_at=clock.now()
    )
    record("cancel_session", session, by=by, detail=why)
    if was_open:
        emails.session_cancelled(session, session.bookings.filter(state__in=LIVE))
