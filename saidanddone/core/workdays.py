"""Working days and hours: what 'within 30 working days' means on a calendar.

Weekends, the bank holidays of England and the partnership's own closed days do not count.
Bank holidays: the `holidays` library, subdivision ENG.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays
from django.utils import timezone

SATURDAY = 5


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working(day: date, closed: Collection[date] = ()) -> bool:
    """Whether offices are open on that day."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year) and day not in closed


def add(day: date, count: int, closed: Collection[date] = ()) -> date:
    """The day that many working days after `day`; with 0, the day itself or the next open one."""
    while not is_working(day, closed):
        day += timedelta(days=1)
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working(day, closed):
            day += timedelta(days=1)
    return day


def before(day: date, count: int, closed: Collection[date] = ()) -> date:
    """The working day that lies so many working days before `day`; with 0, the day itself."""
    for _ in range(count):
        day -= timedelta(days=1)
        while not is_working(day, closed):
            day -= timedelta(days=1)
    return day


def between(first: date, last: date, closed: Collection[date] = ()) -> int:
    """Working days after `first` up to and including `last`; 0 when `last` is not later."""
    span = (last - first).days
    return sum(is_working(first + timedelta(days=n), closed) for n in range(1, span + 1))


def is_open(moment: datetime, opens: time, closes: time, closed: Collection[date] = ()) -> bool:
    """Whether somebody is at work at that moment, by the local clock."""
    local = timezone.localtime(moment)
    return is_working(local.date(), closed) and opens <= local.time() < closes


def working_minutes(
    start: datetime, end: datetime, opens: time, closes: time, closed: Collection[date] = ()
) -> int:
    """Minutes between two moments that fall into office hours, by the local clock."""
    total = timedelta()
    day, last = timezone.localdate(start), timezone.localdate(end)
    while day <= last:
        if is_working(day, closed):
            begins = max(start, timezone.make_aware(datetime.combine(day, opens)))
            ends = min(end, timezone.make_aware(datetime.combine(day, closes)))
            total += max(ends - begins, timedelta())
        day += timedelta(days=1)
    return int(total.total_seconds() // 60)
