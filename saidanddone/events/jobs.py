"""What happens to sessions on a clock: offers pass on, reminders go, what is over is held."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from procrastinate.contrib.django import app

from saidanddone.core import clock
from saidanddone.core.lifecycle import Moved
from saidanddone.events import states, verbs
from saidanddone.events.models import Booking, Session
from saidanddone.events.verbs.queue import BY_ITSELF, fill_places
from saidanddone.reference.models import partnership


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sessions", lock="sessions")
def look_round(timestamp: int) -> None:
    """Every minute, in the order in which one leads to the other."""
    lapse_offers()
    lapse_approvals()
    offer_free_places()
    remind()
    hold_what_is_over()


@app.periodic(cron="50 7 * * *")
@app.task(queueing_lock="sessions-impact", lock="sessions-impact")
def ask_what_came_of_it(timestamp: int) -> None:
    """Every morning: sessions that were held so long ago."""
    ask_impacts()


def lapse_offers() -> int:
    """Offers that nobody took in time pass on."""
    due = Booking.objects.filter(state=states.OFFERED, offered_until__lt=clock.now())
    return _each(
        due.select_related("session").order_by("pk"),
        lambda booking: verbs.lapse_offer(booking=booking, by=BY_ITSELF),
    )


def lapse_approvals() -> int:
    """Places for which no manager has answered in time pass on."""
    due = Booking.objects.filter(state=states.WITH_MANAGER, manager_until__lt=clock.now())
    return _each(
        due.select_related("session").order_by("pk"),
        lambda booking: verbs.lapse_approval(booking=booking, by=BY_ITSELF),
    )


def offer_free_places() -> int:
    """Places that stand free while somebody waits, whatever the reason."""
    waiting = Booking.objects.filter(session=OuterRef("pk"), state=states.WAITING)
    room = Q(capacity__isnull=True) | Q(taken__lt=F("capacity"))
    found = Session.objects.filter(
        Exists(waiting), room, state=states.OPEN, begins_at__gt=clock.now()
    )
    return sum(fill_places(session, by=BY_ITSELF) for session in found)


def remind() -> int:
    """Those who booked hear from us as their session comes nearer; each step once."""
    now = clock.now()
    steps = _steps()
    soon = Session.objects.filter(
        state=states.OPEN, begins_at__gt=now, begins_at__lte=now + max(ahead for _, ahead in steps)
    )
    done = 0
    for session in soon:
        step, over = _due(session, now, steps)
        if step and step not in session.reminded:
            done += _each([session], _reminding(step, over))
    return done


def _steps() -> list[tuple[str, timedelta]]:
    """Each reminder and how long before the session it goes, the earliest first."""
    place = partnership()
    return [
        ("first", timedelta(days=place.session_first_days)),
        ("second", timedelta(days=place.session_second_days)),
        ("last", timedelta(minutes=place.session_last_minutes)),
    ]


def _due(
    session: Session, now: datetime, steps: list[tuple[str, timedelta]]
) -> tuple[str, list[str]]:
    """The latest step whose time has come, and the earlier ones, which are over."""
    come = [step for step, ahead in steps if session.begins_at - ahead <= now]
    return (come[-1], come[:-1]) if come else ("", [])


def _reminding(step: str, over: list[str]) -> Callable[[Session], Any]:
    return lambda session: verbs.remind_booked(session=session, step=step, over=over, by=BY_ITSELF)


def hold_what_is_over() -> int:
    """Sessions that have ended are held: their clerk closes the register."""
    over = Session.objects.filter(state=states.OPEN, ends_at__lte=clock.now())
    return _each(over, lambda session: verbs.hold_session(session=session, by=BY_ITSELF))


def ask_impacts() -> int:
    """Sessions that were closed, and held so many days ago."""
    since = clock.now() - timedelta(days=partnership().impact_days)
    found = Session.objects.filter(
        state=states.CLOSED, impact_asked_at__isnull=True, source="",
        ends_at__range=(since - timedelta(days=60), since),
    )  # fmt: skip
    return _each(found, lambda session: verbs.ask_impact(session=session, by=BY_ITSELF))


def _each(found: Any, do: Callable[[Any], Any]) -> int:
    """Call one verb on each; what somebody else has just moved is left alone."""
    done = 0
    for one in found:
        try:
            do(one)
        except Moved:
            continue
        done += 1
    return done
