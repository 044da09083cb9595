"""What machines read: calendars, the latest decisions as Atom, and who decides what as Popolo."""

from saidanddone.governance.feeds.atom import decisions_feed
from saidanddone.governance.feeds.calendars import body_calendar, personal_calendar

__all__ = ["body_calendar", "decisions_feed", "personal_calendar"]
