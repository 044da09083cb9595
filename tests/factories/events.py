"""Sessions, bookings and wishes for tests, made as rows and not by verbs."""

from datetime import timedelta
from itertools import count

from saidanddone.core import clock
from saidanddone.events import states
from saidanddone.events.models import Booking, Series, Session, Wish

_numbers = count(1)
HOUR = timedelta(hours=1)


def make_series(**over):
    """A series."""
    number = next(_numbers)
    given = {"title": f"Series {number}", "slug": f"series-{number}", "about": "Once a month."}
    return Series.objects.create(**given | over)


def make_session(state=states.OPEN, *, days=30, **over):
    """An online session of an hour, in a month, with booking open."""
    number = next(_numbers)
    begins = over.pop("begins_at", clock.now() + timedelta(days=days))
    given = {
        "title": f"Session {number}", "slug": f"a-session-{number}", "about": "To learn.",
        "begins_at": begins, "ends_at": begins + HOUR, "link": "https://meet.example/secret",
        "state": state, "presenters": "Zora Fennimore, Lantern (example)", "learn": "See\nAsk",
    } | over  # fmt: skip
    if state == states.CANCELLED:
        given.setdefault("cancelled_why", "Snow")
    return Session.objects.create(**given)


def make_booking(state=states.BOOKED, **over):
    """Somebody's place, counted."""
    number = next(_numbers)
    given = {
        "name": f"Booker {number}", "email": f"booker{number}@place.example",
        "organisation": "A school (example)", "state": state,
    } | over  # fmt: skip
    given["session"] = given.get("session") or make_session()
    if state == states.OFFERED:
        given.setdefault("offered_until", clock.now() + HOUR)
    if state in {states.CAME, states.CAME_IN_PART}:
        given.setdefault("minutes", 60 if state == states.CAME else 20)
    booking = Booking.objects.create(**given)
    if state not in {states.WAITING, states.LAPSED, states.GIVEN_UP}:
        session = given["session"]
        session.taken += 1
        session.save(update_fields=["taken"])
    return booking


def make_wish(**over):
    """Something asked for."""
    return Wish.objects.create(**{"words": f"Wish {next(_numbers)}"} | over)


def end(session):
    """Let a session have begun two hours ago."""
    session.begins_at = clock.now() - 2 * HOUR
    session.ends_at = session.begins_at + HOUR
    session.save(update_fields=["begins_at", "ends_at"])
    return session
