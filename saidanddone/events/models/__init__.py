"""The nouns of this area: series and sessions, bookings, attendance, what was learned, wishes."""

from saidanddone.events.models.attendance import AttendanceFile
from saidanddone.events.models.bookings import Booking
from saidanddone.events.models.learning import Evaluation, Impact, Learning
from saidanddone.events.models.sessions import Series, Session
from saidanddone.events.models.wishes import Wish

__all__ = [
    "AttendanceFile", "Booking", "Evaluation", "Impact", "Learning", "Series", "Session", "Wish",
]  # fmt: skip
