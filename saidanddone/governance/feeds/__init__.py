"""What machines read: calendars, the latest decisions as Atom, and who decides what as Popolo."""

from saidanddone.governance.feeds.atom import decisions_feed
from saidanddone.governance.feeds.calendars import body_calendar, personal_calendar
from saidanddone.governance.feeds.popolo import popolo, popolo_collection

__all__ = [
    "body_calendar", "decisions_feed", "personal_calendar", "popolo", "popolo_collection",
]  # fmt: skip
