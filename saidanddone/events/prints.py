"""Files that this area makes: calendars, certificates, and one's learning record for appraisal."""

import csv
import io
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import typst
from django.conf import settings

from saidanddone.core import calendars
from saidanddone.events import states
from saidanddone.events.models import Booking, Learning, Session
from saidanddone.reference.models import partnership
from saidanddone.ui.filters import fullday

SHEET = Path(__file__).parent / "jinja2" / "events" / "typst" / "certificate.typ"
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


# -------------------------------------------------------------- calendars


def calendar_of(sessions: Iterable[Session], name: str) -> bytes:
    """Sessions to follow, as everybody may have them: without the way in."""
    return calendars.calendar([_entry(one, one.get_absolute_url()) for one in sessions], name)


def session_entry(session: Session) -> bytes:
    """One session as a file."""
    return calendars.enclosure(_entry(session, session.get_absolute_url()))


def booking_entry(booking: Booking) -> bytes:
    """One's own place as a file: it leads to the booking, where the way in opens on the day."""
    return calendars.enclosure(_own_entry(booking))


def own_calendar(bookings: Iterable[Booking]) -> bytes:
    """All places of one person, to follow."""
    return calendars.calendar(
        [_own_entry(one) for one in bookings], f"{partnership().short_name}: my sessions"
    )


def _own_entry(booking: Booking) -> calendars.Entry:
    given_up = booking.state in {states.GIVEN_UP, states.LAPSED}
    return _entry(booking.session, booking.get_absolute_url(), off=given_up)


def _entry(session: Session, path: str, *, off: bool = False) -> calendars.Entry:
    called_off = session.state == states.CANCELLED
    host = urlsplit(settings.SITE_ADDRESS).hostname or "said-and-done"
    return calendars.Entry(
        uid=f"session-{session.uid}@{host}",
        title=session.title,
        day=session.on,
        starts=session.starts,
        ends=session.ends,
        place=session.place or "Online",
        details=f"Called off: {session.cancelled_why}" if called_off else session.about,
        address=settings.SITE_ADDRESS + path,
        changed_at=session.changed_at,
        revision=session.revision,
        cancelled=called_off or off,
    )


# ----------------------------------------------------------- certificates


def certificate(booking: Booking) -> bytes:
    """A certificate of attendance as a tagged PDF."""
    session, place = booking.session, partnership()
    told = {
        "partnership": place.name,
        "name": booking.name,
        "organisation": booking.organisation,
        "title": session.title,
        "kind": session.get_kind_display(),
        "day": f"{fullday(session.on)}".removesuffix(f" {session.on.year}") + f" {session.on.year}",
        "minutes": min(booking.minutes or 0, session.minutes),
        "speakers": [", ".join(filter(None, one)) for one in session.speakers],
        "outcomes": session.outcomes,
        "number": f"{session.pk}-{booking.pk}",
    }
    return typst.compile(
        _sheet(), sys_inputs={"told": json.dumps(told)}, pdf_standards="ua-1",
        ignore_system_fonts=True,  # the same on every machine
    )  # fmt: skip


@cache
def _sheet() -> bytes:
    return SHEET.read_bytes()


# --------------------------------------------------------------- learning

HEADINGS = ["Day", "Title", "Held by", "Minutes", "What I will do differently", "What came of it"]


def learning_table(bookings: Iterable[Booking], learned: Iterable[Learning]) -> str:
    """One's learning record as a table for appraisal, the latest first; no cell is a formula."""
    rows = [_of_booking(one) for one in bookings if one.was_there]
    rows += [
        [one.on.isoformat(), one.title, one.provider, str(one.minutes), one.reflection, ""]
        for one in learned
    ]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for row in sorted(rows, reverse=True):
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue()


def _of_booking(one: Booking) -> list[str]:
    told = one.evaluation.differently if one.evaluated else ""
    came = ""
    if one.told_impact:
        came = f"{one.impact.get_used_display()}. {one.impact.changed}".strip()
    minutes = min(one.minutes or 0, one.session.minutes)
    return [
        one.session.on.isoformat(), one.session.title, partnership().name, str(minutes), told, came
    ]  # fmt: skip


def _plain(cell: str) -> str:
    """Words that a spreadsheet shows and never works out."""
    return f"'{cell}" if cell.startswith(BEGINS_A_FORMULA) else cell
