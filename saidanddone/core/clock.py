"""What time it is. Verbs read this clock; only dev may set it, to tell a story that began last year."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _standing.get() or timezone.now()


def today() -> date:
    """The local day, Europe/London unless settings say otherwise."""
    return timezone.localdate(now())


@contextmanager
def stand_at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at that moment. For the demonstration and for tests only."""
    token = _standing.set(moment)
    try:
        yield
    finally:
        _standing.reset(token)
