"""Calendars that three readers, written by three hands, understand alike."""

import json
import shutil
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from saidanddone.core.calendars import Entry, calendar, enclosure

HERE = Path(__file__).parent
ICAL_JS = HERE.parents[1] / ".cache/calendars/node_modules/ical.js/dist/ical.js"
NODE = shutil.which("node")
LONDON = ZoneInfo("Europe/London")
CHANGED = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
ODD = "Board, part 1; “A\\B” for Peña 🎈\nand again\nNo, really"
TEAMS = "https://teams.example/l/meetup?a=1,2;b=%7B3%7D"

JOINED = Entry(
    "meeting-1@said.example", ODD, date(2026, 6, 9), CHANGED, time(14), time(16, 30),
    place="Town Hall, room 2; upstairs", details="Papers:\nsee the page", joining=TEAMS,
    address="https://said.example/meetings/1/", revision=3,
)  # fmt: skip
# The days on which the clocks change, the days beside them, and a day in each half of the year.
DAYS = [
    date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30), date(2026, 7, 1),
    date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26), date(2027, 1, 6),
]  # fmt: skip


def through_the_year():
    """A meeting in the morning, one at night and one without a time, on each of those days."""
    for number, day in enumerate(DAYS):
        yield Entry(f"early-{number}@x", ODD, day, CHANGED, time(9), time(10, 30), "Room 1")
        yield Entry(f"late-{number}@x", "Late", day, CHANGED, time(23, 15), None, "Peña’s")
        yield Entry(f"day-{number}@x", "Some time", day, CHANGED, details=ODD, cancelled=True)


def as_told(entry):
    """What a reader should find: UID, title, place, state, beginning and end."""
    if entry.starts is None:
        begins, ends = entry.day.isoformat(), (entry.day + timedelta(days=1)).isoformat()
    else:
        begins = datetime.combine(entry.day, entry.starts, LONDON).astimezone(UTC)
        ends = entry.ends and datetime.combine(entry.day, entry.ends, LONDON).astimezone(UTC)
        begins, ends = stamp(begins), stamp(ends)
    state = "CANCELLED" if entry.cancelled else "CONFIRMED"
    return (entry.uid, entry.title, entry.place, entry.details, state, begins, ends)


def stamp(moment):
    """A moment in UTC, or a day, as a word."""
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M}"


def by_icalendar(made):
    """The first reader."""
    for event in icalendar.Calendar.from_ical(made).walk("VEVENT"):
        assert event.errors == []
        end = event["DTEND"].dt if "DTEND" in event else None
        words = [str(event.get(name, "")) for name in ("UID", "SUMMARY", "LOCATION", "DESCRIPTION")]
        yield (*words, str(event["STATUS"]), stamp(event["DTSTART"].dt), stamp(end))


def by_ical(made):
    """The second reader, a strict one."""
    for event in IcsCalendarStream.calendar_from_ics(made.decode()).events:
        words = (event.uid, event.summary, event.location or "", event.description or "")
        yield (*words, event.status.value, stamp(event.dtstart), stamp(event.dtend))


def by_ical_js(made):
    """The third reader, in JavaScript."""
    told = subprocess.run(
        [NODE, HERE / "read_calendar.mjs", ICAL_JS], input=made, capture_output=True, check=True
    )
    return [tuple(event) for event in json.loads(told.stdout)]


@pytest.mark.parametrize("read", [by_icalendar, by_ical])
def test_a_reader_finds_uid_words_and_times_through_both_clock_changes(read):
    entries = list(through_the_year())
    assert list(read(calendar(entries, "Meetings"))) == [as_told(entry) for entry in entries]


@pytest.mark.skipif(not (NODE and ICAL_JS.exists()), reason="./test fetches ical.js")
def test_the_reader_in_javascript_agrees():
    entries = list(through_the_year())
    made = calendar(entries, "Meetings")
    assert by_ical_js(made) == list(by_icalendar(made)) == [as_told(entry) for entry in entries]


def test_the_first_hour_after_the_clocks_go_forward_is_the_next_one():
    made = calendar([Entry("a", "B", date(2026, 3, 29), CHANGED, time(2, 30))], "Meetings")
    assert [event[5] for event in by_icalendar(made)] == ["2026-03-29T01:30"]


def test_an_entry_carries_everything_that_calendars_ask_for():
    event = icalendar.Calendar.from_ical(calendar([JOINED], "Meetings")).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == ODD
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert (event["SEQUENCE"], event["LAST-MODIFIED"].dt, event["DTSTAMP"].dt) == (
        3, CHANGED, CHANGED,
    )  # fmt: skip
    assert str(event["CONFERENCE"]) == TEAMS
    assert event["CONFERENCE"].params["VALUE"] == "URI"
    assert str(event["DESCRIPTION"]).endswith(f"Join online: {TEAMS}")
    assert str(event["URL"]) == "https://said.example/meetings/1/"


def test_a_calendar_names_itself_and_says_how_often_to_look_again():
    lines = calendar([], "Peña’s, board").decode().split("\r\n")
    assert "NAME:Peña’s\\, board" in lines
    assert "X-WR-CALNAME:Peña’s\\, board" in lines
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT8H" in lines
    assert "X-PUBLISHED-TTL:PT8H" in lines
    assert "BEGIN:VTIMEZONE" not in lines  # nothing in it has a time


def test_the_zone_tells_the_rules_since_1996_only():
    made = calendar([JOINED], "Meetings").decode()
    assert made.count("BEGIN:VTIMEZONE") == 1
    assert made.count("BEGIN:STANDARD") == made.count("BEGIN:DAYLIGHT") == 1
    assert "TZOFFSETFROM:-0001" not in made


def test_an_entry_by_itself_is_a_file_for_a_letter():
    made = enclosure(JOINED)
    assert b"METHOD:PUBLISH\r\n" in made
    assert made.count(b"BEGIN:VEVENT") == 1


def test_an_entry_without_a_link_has_no_conference():
    made = calendar([Entry("a", "B", date(2026, 6, 9), CHANGED, time(9))], "Meetings")
    assert b"CONFERENCE" not in made
    assert b"LOCATION" not in made


def test_an_end_before_its_beginning_is_left_out():
    odd = Entry("a", "B", date(2026, 6, 9), CHANGED, time(9), time(8))
    assert b"DTEND" not in calendar([odd], "Meetings")


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_typed_comes_out_as_it_was_and_breaks_no_line(title, place):
    made = calendar([Entry("a", title, date(2026, 6, 9), CHANGED, place=place)], "Meetings")
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert max(map(len, made.split(b"\r\n"))) <= 75
    read = list(by_icalendar(made))
    assert len(read) == 1
    seen = "".join(letter for letter in title if letter.isprintable())
    assert "".join(letter for letter in read[0][1] if letter.isprintable()) == seen.strip()
