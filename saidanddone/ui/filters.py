"""How dates, times, numbers and other people's words are written, once for every page."""

import re
from datetime import date, datetime, time

from django.utils import timezone
from markupsafe import Markup, escape

from saidanddone.core import clock

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = ("winter", "spring", "summer", "autumn")
Day = date | datetime


def _local(when: Day) -> Day:
    """The same moment as the clocks in this place show it."""
    if isinstance(when, datetime) and timezone.is_aware(when):
        return timezone.localtime(when)
    return when


def _this_year(when: Day) -> bool:
    return when.year == clock.today().year


def day(when: Day) -> str:
    """4 December, or 4 December 2027 in another year."""
    when = _local(when)
    words = f"{when.day} {MONTHS[when.month - 1]}"
    return words if _this_year(when) else f"{words} {when.year}"


def fullday(when: Day) -> str:
    """Friday 4 December, with the year when it is another."""
    return f"{WEEKDAYS[_local(when).weekday()]} {day(when)}"


def weekday(when: Day) -> str:
    """Friday."""
    return WEEKDAYS[_local(when).weekday()]


def shortday(when: Day) -> str:
    """4 Dec, for margins and tables."""
    when = _local(when)
    words = f"{when.day} {SHORT[when.month - 1]}"
    return words if _this_year(when) else f"{words} {when.year}"


def clocktime(when: datetime | time) -> str:
    """2.20pm; whole hours without minutes."""
    if isinstance(when, datetime):
        when = _local(when)
    minutes = f".{when.minute:02}" if when.minute else ""
    return f"{when.hour % 12 or 12}{minutes}{'am' if when.hour < 12 else 'pm'}"


def moment(when: datetime) -> str:
    """4 December, 2.20pm."""
    return f"{day(when)}, {clocktime(when)}"


def isodate(when: Day) -> str:
    """2026-12-04, or with the time and the offset: for machines."""
    return (
        _local(when).isoformat(timespec="minutes")
        if isinstance(when, datetime)
        else when.isoformat()
    )


def plural(number: int, one: str, many: str) -> str:
    """1 day, 3 days, 1,200 days."""
    return f"{number:,} {one if number == 1 else many}"


def daysago(when: Day) -> str:
    """How many days have passed since: 19 days."""
    local = _local(when)
    start = local.date() if isinstance(local, datetime) else local
    days = (clock.today() - start).days
    return plural(days, "day", "days") if days > 0 else "less than a day"


def paragraphs(words: str) -> Markup:
    """Somebody's words: escaped, blank lines part paragraphs, each in its own direction."""
    safe = str(escape(words)).replace("\r\n", "\n").replace("\r", "\n")
    parts = [part.strip() for part in re.split(r"\n\s*\n", safe) if part.strip()]
    drawn = "".join(f'<p dir="auto">{part.replace("\n", "<br>")}</p>' for part in parts)
    return Markup(drawn)  # noqa: S704 -- escaped above


def historic(when: date | None, precision: str) -> str:
    """A day long ago, said only as exactly as it is known."""
    if when is None or precision == "unknown":
        return "date not known"
    if precision == "year":
        return str(when.year)
    if precision == "season":
        year = when.year + (when.month == 12)  # December's winter is called after its January
        return f"{SEASONS[when.month % 12 // 3]} {year}"
    if precision == "month":
        return f"{MONTHS[when.month - 1]} {when.year}"
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def tel(number: str) -> str:
    """A number as a telephone dials it."""
    return re.sub(r"[^\d+]", "", number)


def filesize(size: int) -> str:
    """340 kB, 1.2 MB."""
    return f"{max(1, round(size / 1000))} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


FILTERS = {
    f.__name__: f
    for f in (
        day, fullday, weekday, shortday, clocktime, moment, isodate, plural, daysago, paragraphs,
        historic, tel, filesize,
    )
}  # fmt: skip
