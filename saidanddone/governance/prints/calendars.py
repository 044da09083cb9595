"""Meetings as calendars know them: of one body for everybody, of one person for them alone."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from saidanddone.core.calendars import Entry, calendar, enclosure
from saidanddone.governance import states
from saidanddone.governance.models import Body, Meeting
from saidanddone.people.models import User
from saidanddone.reference.models import partnership


def body_calendar(body: Body, meetings: Iterable[Meeting]) -> bytes:
    """A body's meetings, without what only its members may know."""
    return calendar([_entry(meeting) for meeting in meetings], body.name)


def personal_calendar(holder: User, meetings: Iterable[Meeting]) -> bytes:
    """One person's meetings, with the links by which they join.

    Calendars are shared with colleagues and families: a body that meets in private is marked so,
    and a young person's calendar never says which body it is.
    """
    ours = partnership().short_name
    entries = [
        _entry(meeting, joining=True, title=f"{ours} meeting" if holder.is_young else "")
        for meeting in meetings
    ]
    return calendar(entries, f"{ours}: my meetings")


def calendar_entry(meeting: Meeting) -> bytes:
    """One meeting as the file that comes with a letter to those who sit there."""
    return enclosure(_entry(meeting, joining=True))


def _entry(meeting: Meeting, *, joining: bool = False, title: str = "") -> Entry:
    """The meeting, on its day; whoever passes one whose day is not known has not looked."""
    off = meeting.state == states.CANCELLED
    host = urlsplit(settings.SITE_ADDRESS).hostname or "said-and-done"
    return Entry(
        uid=f"meeting-{meeting.pk}@{host}",
        title=title or meeting.body.name,
        day=meeting.on,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        place=meeting.place,
        details=f"Called off: {meeting.cancelled_why}" if off else "",
        address=settings.SITE_ADDRESS + meeting.get_absolute_url(),
        joining=meeting.link if joining and not off else "",
        changed_at=meeting.changed_at,
        revision=meeting.revision,
        cancelled=off,
        private=meeting.body.meets_in_private,
    )
