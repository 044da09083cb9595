"""Attendance reports of Microsoft Teams and Zoom, read into names, addresses and minutes.

No standard says how they look: Teams writes UTF-16 with tabs in three sections, Zoom UTF-8 with
commas and a line for each joining; both in the order of dates of whoever exported them.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from saidanddone.core.files import FileRefused
from saidanddone.core.imports import LEFT_OUT, NEW, REFUSED, SAME, Kind, Report, Undecided
from saidanddone.events import permissions, states, verbs
from saidanddone.events.models import Booking, Session
from saidanddone.events.verbs.attendance import matches
from saidanddone.people.models import User

By = User | str  # the clerk, or whoever runs this place, by command
MOST = 2_000_000  # bytes
MOST_ROWS = 5_000
NOT_ONE = (
    "We could not find a list of participants in this file. Export the attendance report of "
    "Teams or Zoom again, as CSV, and send it as it comes."
)
NAMES = {"name", "full name", "name (original name)", "participant", "user name (original name)"}
COLUMNS = {
    "email": {"email", "user email", "e-mail", "email address"},
    "upn": {"participant id (upn)", "upn"},
    "length": {"in-meeting duration", "duration", "duration (minutes)",
               "total duration (minutes)", "attendance duration"},
    "joined": {"first join", "join time", "first join time"},
    "left": {"last leave", "leave time", "last leave time"},
    "role": {"role"},
}  # fmt: skip
HOSTS = {"organizer", "organiser", "presenter", "co-organizer", "host", "co-host"}
DATED = re.compile(
    r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?"
    r"\s*([AaPp]\.?[Mm])?"
)
LENGTH = re.compile(r"(\d+)\s*([^\W\d_]+)")
SECONDS = {"h": 3600, "g": 3600, "u": 3600, "m": 60, "s": 1}


@dataclass
class Person:
    """Somebody in a report, with all their joinings together."""

    name: str
    email: str = ""
    upn: str = ""
    seconds: int = 0
    hosts: bool = False


@dataclass
class Dates:
    """The dates of a report, and which of their numbers is the day."""

    words: list[str] = field(default_factory=list)
    month_first: bool = False

    def settle(self, *, month_first: bool) -> str:
        """Find out from any number above twelve; says what to look at if there is none."""
        found = [DATED.search(words) for words in self.words]
        parts = [(int(one[1]), int(one[2])) for one in found if one and len(one[1]) < 4]
        if any(first > 12 for first, _ in parts):
            self.month_first = False
        elif any(second > 12 for _, second in parts):
            self.month_first = True
        else:
            self.month_first = month_first
            if parts:
                order = "the month" if month_first else "the day"
                return f"Its dates could be read both ways. We took {order} to come first."
        return ""

    def moment(self, words: str) -> datetime | None:
        """A moment as it stands in the report, by the clock of whoever exported it."""
        one = DATED.search(words)
        if not one:
            return None
        first, second, third = int(one[1]), int(one[2]), int(one[3])
        if len(one[1]) == 4:
            year, month, day = first, second, third
        elif self.month_first:
            month, day, year = first, second, third
        else:
            day, month, year = first, second, third
        hour = int(one[4])
        if half := (one[7] or "").lower()[:1]:
            hour = hour % 12 + (12 if half == "p" else 0)
        try:
            return datetime(  # noqa: DTZ001 -- the report names no zone
                year + 2000 if year < 100 else year, month, day, hour, int(one[5]),
                int(one[6] or 0),
            )  # fmt: skip
        except ValueError:
            return None


# ---------------------------------------------------------------- reading


def read(content: bytes, *, month_first: bool = False) -> dict[str, Any]:
    """What the report says, as plain data; raises FileRefused with the reason."""
    lines = _lines(_text(content))
    head, body = _table(lines)
    dates = Dates([cell for line in [*lines[:12], *body[:200]] for cell in line])
    unsure = dates.settle(month_first=month_first)
    people = _people(head, body, dates)
    if not people:
        raise FileRefused("This report lists nobody. Export it again after the session.")
    said = _said(lines)
    notes = [unsure] if unsure else []
    if said is not None and said != len(people):
        notes.append(f"Its summary counts {said} people; it lists {len(people)}.")
    return {
        "via": Booking.Via.ZOOM if _is_zoom(head) else Booking.Via.TEAMS,
        "held_on": _day(lines, head, body, dates),
        "notes": notes,
        "rows": [
            {"name": one.name, "email": one.email, "upn": one.upn, "hosts": one.hosts,
             "minutes": round(one.seconds / 60)}
            for one in people
        ],
    }  # fmt: skip


def _text(content: bytes) -> str:
    """The words, whichever way round their letters are written."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encodings = ["utf-16"]
    elif content[:200].count(0) > len(content[:200]) // 4:
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise FileRefused(NOT_ONE)


def _lines(text: str) -> list[list[str]]:
    tab = text.count("\t") > text.count(",") / 3
    semicolon = text.count(";") > text.count(",")
    sign = "\t" if tab else ";" if semicolon else ","
    try:
        found = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        lines = [[cell.strip() for cell in line] for line in found]
    except csv.Error as broken:
        raise FileRefused(NOT_ONE) from broken
    if len(lines) > MOST_ROWS * 4:
        raise FileRefused("This report is too long to be one session’s.")
    return lines


def _table(lines: list[list[str]]) -> tuple[dict[str, int], list[list[str]]]:
    """The first table of people: where each column stands, and its rows."""
    for number, line in enumerate(lines):
        words = [cell.casefold() for cell in line]
        if not words or words[0] not in NAMES or len(words) < 3:
            continue
        head = {"name": 0}
        for column, called in COLUMNS.items():
            place = next((n for n, cell in enumerate(words) if cell in called), None)
            if place is not None:
                head[column] = place
        body = []
        for row in lines[number + 1 :]:
            if not any(row):
                break
            body.append(row)
        if {"length", "joined"} & head.keys():
            return head, body
    raise FileRefused(NOT_ONE)


def _is_zoom(head: dict[str, int]) -> bool:
    return "role" not in head and "upn" not in head


def _people(head: dict[str, int], body: list[list[str]], dates: Dates) -> list[Person]:
    """One for each who was there, however often they joined."""
    people: dict[str, Person] = {}
    for row in body[:MOST_ROWS]:

        def cell(column: str, row: list[str] = row) -> str:
            place = head.get(column)
            return row[place] if place is not None and place < len(row) else ""

        name = cell("name")[:200]
        email, upn = cell("email").lower(), cell("upn").lower()
        if not name and not email:
            continue
        key = email or upn or name.casefold()
        one = people.setdefault(key, Person(name, _address(email), _address(upn)))
        one.seconds += _seconds(cell("length"), cell("joined"), cell("left"), dates)
        one.hosts = one.hosts or cell("role").casefold() in HOSTS
    return list(people.values())


def _address(words: str) -> str:
    return words if "@" in words and len(words) <= 254 else ""


def _seconds(length: str, joined: str, left: str, dates: Dates) -> int:
    """How long a joining lasted: as it says, or from its two ends."""
    if length.isdecimal():
        return int(length) * 60
    parts = LENGTH.findall(length)
    known = [(int(n), SECONDS[unit[0].lower()]) for n, unit in parts if unit[0].lower() in SECONDS]
    if known and len(known) == len(parts):
        return sum(number * unit for number, unit in known)
    begins, ends = dates.moment(joined), dates.moment(left)
    if begins and ends and timedelta() < ends - begins < timedelta(days=1):
        return int((ends - begins).total_seconds())
    return 0


def _said(lines: list[list[str]]) -> int | None:
    """How many people the summary counts, if it does."""
    for line in lines[:12]:
        counts = {"attended participants", "total number of participants"}
        if len(line) > 1 and line[0].casefold() in counts and line[1].isdecimal():
            return int(line[1])
    return None


def _day(lines: list[list[str]], head: dict[str, int], body: list[list[str]], dates: Dates) -> str:
    """The day of the meeting, as the report has it."""
    joined = [row[head["joined"]] for row in body if head.get("joined", 99) < len(row)]
    for words in [*joined, *(cell for line in lines[:12] for cell in line)]:
        if moment := dates.moment(words):
            return moment.date().isoformat()
    return ""


def notes_for(plan: dict[str, Any], session: Session) -> list[str]:
    """What a person should know before this file is taken in for this session."""
    notes = list(plan["notes"])
    held = plan["held_on"]
    if held and date.fromisoformat(held) != session.on:
        day = date.fromisoformat(held)
        notes.append(
            f"It tells of {day.day}/{day.month}/{day.year}, and the session was on "
            f"{session.on.day}/{session.on.month}/{session.on.year}. Is it the right file?"
        )
    return notes


# ----------------------------------------------------- by the command line


def look(*, plan: dict[str, Any], by: By, session: str = "") -> Report:
    """Row by row what the file would do to a session; nothing is kept."""
    found = _session(plan, by, session)
    report = Report()
    for match in matches(plan["rows"], found.bookings.expected()):
        minutes = f"{match.row['minutes']} minutes"
        if match.sure:
            here = match.booking is not None and match.booking.was_there
            report.add(match.row["name"], SAME if here else NEW, minutes)
        elif match.row["hosts"]:
            report.add(match.row["name"], LEFT_OUT, "They held it, and had not booked.")
        else:
            report.add(match.row["name"], REFUSED, "A person must say who this is, on its page.")
    return report


def take(*, plan: dict[str, Any], by: By, file_name: str, digest: str, session: str = "") -> Report:
    """The same for good, if every row is sure; raises Undecided otherwise."""
    report = look(plan=plan, by=by, session=session)
    if report.refused:
        raise Undecided("Not every row is sure. Send the file on the session’s page.")
    found = _session(plan, by, session)
    told = plan | {"notes": notes_for(plan, found)}
    file = verbs.read_attendance(
        session=found, file_name=file_name, digest=digest, plan=told, by=by
    )
    skips = {n: "skip" for n, row in enumerate(plan["rows"]) if row["hosts"]}
    sure = {m.number: str(m.booking.pk) for m in matches(file.rows, found.bookings.expected())
            if m.sure and m.booking}  # fmt: skip
    verbs.take_attendance(file=file, choices=skips | sure, by=by)
    return report


def _session(plan: dict[str, Any], by: By, slug: str) -> Session:
    """The session that is named, else the only one of that day."""
    found = permissions.visible_sessions(by).filter(state__in=(states.OPEN, states.HELD))
    if slug:
        chosen = list(found.filter(slug=slug))
    else:
        chosen = [one for one in found if one.on.isoformat() == plan["held_on"]]
    if len(chosen) != 1:
        raise FileRefused("Say of which session this is: give its address, the last part of it.")
    return chosen[0]


ATTENDANCE = Kind(
    name="attendance", about="who was at a session, as Teams or Zoom tell it", most=MOST,
    options=("session",), read=read, look=look, take=take,
)  # fmt: skip
