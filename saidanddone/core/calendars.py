"""Calendar files that every calendar reads (RFC 5545 and 7986): entries in, bytes out.

Times are the clock on the wall in London. The file brings that clock's rules from 1996 on and no
older ones: Outlook on the web refuses a calendar that tells of the odd seconds of history.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Component,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vRecur,
    vText,
    vUri,
)

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Said & Done//calendars//EN"
LONDON = ZoneInfo("Europe/London")
REFRESH = timedelta(hours=8)
HOUR = timedelta(hours=1)
# A zone tells of its own rules by the clock on its wall.
SUMMER_BEGINS = datetime(1996, 3, 31, 1)  # noqa: DTZ001
WINTER_BEGINS = datetime(1996, 10, 27, 2)  # noqa: DTZ001
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


@dataclass(frozen=True)
class Entry:
    """One thing on a day, at a time if that is known. `uid` stays when anything else changes."""

    uid: str
    title: str
    day: date
    changed_at: datetime
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    details: str = ""
    address: str = ""  # its page
    joining: str = ""  # never in a calendar that everybody may have
    revision: int = 0
    cancelled: bool = False
    private: bool = False  # colleagues with whom a calendar is shared see that one is busy


def calendar(entries: Iterable[Entry], name: str) -> bytes:
    """A calendar to follow, under this name. The same entries give the same bytes."""
    made = _empty()
    for key, value in (("name", name), ("x-wr-calname", name)):
        made.add(key, vText(_tidy(value)))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT8H")
    return _filled(made, entries)


def enclosure(entry: Entry) -> bytes:
    """One entry as the file that comes with a letter."""
    made = _empty()
    made.add("method", "PUBLISH")
    return _filled(made, [entry])


def _empty() -> Calendar:
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    return made


def _filled(made: Calendar, entries: Iterable[Entry]) -> bytes:
    entries = list(entries)
    if any(entry.starts for entry in entries):
        made.add_component(_london())
    for entry in entries:
        made.add_component(_event(entry))
    return made.to_ical()


def _event(entry: Entry) -> Event:
    """The entry as calendars know it. DTSTAMP says when it last changed, as RFC 5545 wants here."""
    event = Event()
    changed = entry.changed_at.astimezone(UTC).replace(microsecond=0)
    event.add("uid", entry.uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", entry.revision)
    event.add("summary", _tidy(entry.title))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    _add_when(event, entry)
    details = [entry.details, f"Join online: {entry.joining}" if entry.joining else ""]
    _add_text(event, "location", entry.place or ("Online" if entry.joining else ""))
    _add_text(event, "description", "\n".join(filter(None, details)))
    if entry.address:
        event.add("url", vUri(entry.address))
    if entry.joining:
        about = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Join online"}
        event.add("conference", vUri(_tidy(entry.joining)), parameters=about)
    if entry.private:
        event.add("class", "PRIVATE")
    return event


def _add_when(event: Event, entry: Entry) -> None:
    """A time on the wall, or the whole day when no time is known; free once it is called off."""
    busy = entry.starts is not None and not entry.cancelled
    event.add("transp", "OPAQUE" if busy else "TRANSPARENT")
    if entry.starts is None:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        return
    event.add("dtstart", datetime.combine(entry.day, entry.starts, LONDON))
    if entry.ends and entry.ends > entry.starts:
        event.add("dtend", datetime.combine(entry.day, entry.ends, LONDON))


def _add_text(event: Event, name: str, words: str) -> None:
    if words := _tidy(words):
        event.add(name, words)


def _tidy(words: str) -> str:
    """Text without what no calendar can show: controls, and ends of line in more than one way."""
    return UNSEEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _london() -> Timezone:
    zone = Timezone()
    zone.add("tzid", "Europe/London")
    zone.add_component(_rule(TimezoneDaylight(), "BST", SUMMER_BEGINS, HOUR))
    zone.add_component(_rule(TimezoneStandard(), "GMT", WINTER_BEGINS, timedelta()))
    return zone


def _rule(part: Any, name: str, first: datetime, ahead: timedelta) -> Component:
    """From this day on and each year on the month's last Sunday: so far ahead of Greenwich."""
    part.add("tzname", name)
    part.add("dtstart", first)
    part.add("tzoffsetfrom", HOUR - ahead)
    part.add("tzoffsetto", ahead)
    part.add("rrule", vRecur(freq="YEARLY", bymonth=first.month, byday="-1SU"))
    return part
