"""Files that governance makes."""

from saidanddone.governance.prints.calendars import (
    body_calendar,
    calendar_entry,
    personal_calendar,
)

__all__ = ["body_calendar", "calendar_entry", "personal_calendar"]
