"""Attendance files: read in every shape, matched with care, taken in once, undone exactly."""

import codecs
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from saidanddone.core.commands import import_file
from saidanddone.core.files import FileRefused
from saidanddone.core.imports import Undecided
from saidanddone.events import imports, states, verbs
from saidanddone.events.models import AttendanceFile
from saidanddone.events.verbs.attendance import matches, words_of
from tests.factories.events import make_booking, make_session
from tests.factories.people import make_post, sign_in

SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples/06-attendance"
TEAMS = """1. Summary
Meeting title|Lunch
Attended participants|4
Start time|9/16/26, 11:50:00 AM

2. Participants
Name|First join|Last leave|In-Meeting Duration|Email|Participant ID (UPN)|Role
QUILL Ada (Guest)|9/16/26, 11:58:00 AM|9/16/26, 1:00:00 PM|1h 2m 0s|||Attendee
Fen, Bo|9/16/26, 12:00:00 PM|9/16/26, 12:20:00 PM|20m 0s|Bo@X.example|bo@x.example|Attendee
Clerk, The|9/16/26, 11:50:00 AM|9/16/26, 1:00:00 PM|1h 10m|c@x.example||Organizer

3. In-Meeting activities
Name|Join time|Leave time|Duration|Email|Role""".replace("|", "\t")
ZOOM = (
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
    "A,a@b.org,2026-09-03 18:00:00,2026-09-03 18:20:00,20,No\n"
    "A,a@b.org,2026-09-03 18:25:00,2026-09-03 18:50:00,25,No\n"
)


def held(**over):
    """The cyber-crime hour, just over."""
    begins = timezone.make_aware(datetime(2026, 9, 16, 12))  # noqa: DTZ001
    given = {"begins_at": begins, "ends_at": begins + timedelta(hours=1)} | over
    return make_session(states.HELD, **given)


def rows(plan):
    return [(row["name"], row["email"], row["minutes"], row["hosts"]) for row in plan["rows"]]


# ----------------------------------------------------------------- reading


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF16_LE + TEAMS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEAMS.encode("utf-16-be"),
        TEAMS.encode("utf-16-le"),
        TEAMS.encode(),
        codecs.BOM_UTF8 + TEAMS.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-16 le", "utf-16 be", "no mark", "utf-8", "utf-8 with mark"],
)
def test_teams_is_read_however_it_is_written(content):
    plan = imports.read(content)
    assert rows(plan) == [
        ("QUILL Ada (Guest)", "", 62, False), ("Fen, Bo", "bo@x.example", 20, False),
        ("Clerk, The", "c@x.example", 70, True),
    ]  # fmt: skip
    assert plan["held_on"] == "2026-09-16"
    assert plan["via"] == "teams"
    assert plan["notes"] == ["Its summary counts 4 people; it lists 3."]


def test_whoever_joined_zoom_twice_is_one_with_the_minutes_of_both():
    plan = imports.read(ZOOM.encode())
    assert rows(plan) == [("A", "a@b.org", 45, False)]
    assert (plan["via"], plan["held_on"]) == ("zoom", "2026-09-03")


def test_zooms_block_about_the_meeting_is_passed_by():
    block = "Meeting ID,Topic,Start Time\n123,Lunch,09/03/2026 05:58:00 PM\n\n"
    assert rows(imports.read((block + ZOOM).encode())) == [("A", "a@b.org", 45, False)]


def test_reports_from_before_2022_are_read():
    old = (
        "Meeting Summary\nTotal Number of Participants\t1\nMeeting Start Time\t3/2/2021, 10:00:00 AM"
        "\n\nFull Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
        "Ada Quill\t3/2/2021, 10:00:00 AM\t3/2/2021, 11:03:00 AM\t1h 3m\ta@x.example\tPresenter\n"
    )
    plan = imports.read(codecs.BOM_UTF16_LE + old.encode("utf-16-le"), month_first=True)
    assert rows(plan) == [("Ada Quill", "a@x.example", 63, True)]
    assert plan["held_on"] == "2021-03-02"
    assert "both ways" in plan["notes"][0]


def test_a_length_in_another_language_is_found_from_its_ends():
    polish = TEAMS.replace("20m 0s", "20 chwil 0 mgnień")
    assert rows(imports.read(polish.encode()))[1][2] == 20


@pytest.mark.parametrize("day", ["15/11/22", "11/15/22"])
def test_the_order_of_dates_is_seen_from_a_number_above_twelve(day):
    plan = imports.read(TEAMS.replace("9/16/26", day).encode())
    assert plan["held_on"] == "2022-11-15"
    assert not [note for note in plan["notes"] if "both ways" in note]


@pytest.mark.parametrize(
    "content", [b"hello", b"\x00\x01\x02" * 50, b"Name,Email\nx,y\n", b"PK\x03\x04" + b"\0" * 90]
)
def test_what_is_no_report_is_refused_kindly(content):
    with pytest.raises(FileRefused):
        imports.read(content)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
def test_the_real_reports_are_read():
    teams = imports.read((SAMPLES / "teams-attendance-utf16be.csv").read_bytes())
    assert [row["minutes"] for row in teams["rows"]] == [11, 11, 11, 10, 10, 10, 10, 5]
    assert teams["rows"][5]["name"] == "Núñez Holcombe, Zoë"
    assert teams["held_on"] == "2022-11-15"
    zoom = imports.read((SAMPLES / "zoom-participants-rejoin.csv").read_bytes())
    assert rows(zoom) == [("A", "a@b.org", 45, False)]


# ---------------------------------------------------------------- matching


@pytest.mark.parametrize(
    "name", ["Ada Quill", "QUILL Ada (Guest)", "Quill, Ada", "ada QUILL (EXT)", "Ada  Quíll"]
)
def test_a_name_is_known_in_every_order(name):
    assert words_of(name) == {"ada", "quill"}


@pytest.mark.django_db
def test_an_address_is_sure_and_a_name_asks_for_a_person():
    session = held()
    ada = make_booking(session=session, name="Ada Quill", email="ada@home.example")
    bo = make_booking(session=session, name="Somebody Else", email="bo@x.example")
    found = matches(imports.read(TEAMS.encode())["rows"], session.bookings.all())
    assert [(m.booking, m.sure) for m in found] == [(ada, False), (bo, True), (None, False)]


@pytest.mark.django_db
def test_two_of_one_name_are_not_guessed():
    session = held()
    for number in range(2):
        make_booking(session=session, name="Ada Quill", email=f"ada{number}@x.example")
    found = matches(imports.read(TEAMS.encode())["rows"], session.bookings.all())
    assert found[0].booking is None


# ---------------------------------------------------------------- taking in


def read_for(session, clerk, content=TEAMS):
    plan = imports.read(content.encode())
    return verbs.read_attendance(
        session=session, file_name="t.csv", digest=content[:20], plan=plan, by=clerk
    )


def test_nothing_is_marked_until_every_row_is_sure(clerk):
    session = held()
    ada = make_booking(session=session, name="Ada Quill", email="ada@home.example")
    bo = make_booking(session=session, email="bo@x.example")
    file = read_for(session, clerk)
    with pytest.raises(Undecided):
        verbs.take_attendance(file=file, choices={2: "skip"}, by=clerk)
    assert set(session.bookings.values_list("state", flat=True)) == {states.BOOKED}
    verbs.take_attendance(file=file, choices={0: str(ada.pk), 2: "skip"}, by=clerk)
    ada.refresh_from_db()
    bo.refresh_from_db()
    assert (ada.state, ada.minutes, ada.via) == (states.CAME, 60, "teams")
    assert (bo.state, bo.minutes) == (states.CAME_IN_PART, 20)


def test_whoever_had_not_booked_is_added_if_a_person_says_so(clerk):
    session = held()
    file = read_for(session, clerk)
    count = verbs.take_attendance(file=file, choices={0: "new", 1: "new", 2: "skip"}, by=clerk)
    assert count == 2
    assert list(session.bookings.order_by("name").values_list("name", "walked_in")) == [
        ("Fen, Bo", True), ("QUILL Ada (Guest)", True),
    ]  # fmt: skip


def test_the_same_file_is_never_taken_in_twice_and_undone_exactly(clerk):
    session = held()
    bo = make_booking(session=session, email="bo@x.example")
    file = read_for(session, clerk)
    assert read_for(session, clerk).pk == file.pk
    verbs.take_attendance(file=file, choices={0: "new", 2: "skip"}, by=clerk)
    with pytest.raises(verbs.Taken):
        read_for(session, clerk)
    verbs.undo_attendance(file=file, by=clerk)
    bo.refresh_from_db()
    assert (bo.state, bo.minutes, bo.via) == (states.BOOKED, None, "")
    assert session.bookings.count() == 1
    assert AttendanceFile.objects.get().state == states.UNDONE


def test_the_page_shows_row_by_row_and_takes_it_in(client, db):
    session = held()
    ada = make_booking(session=session, name="Ada Quill", email="ada@home.example")
    make_booking(session=session, email="bo@x.example")
    sign_in(client, make_post("clerk"))
    path = f"{session.get_absolute_url()}attendance/"
    sent = client.post(path, {"upload": SimpleUploadedFile("t.csv", TEAMS.encode())})
    page = client.get(sent["Location"])
    words = page.content.decode()
    assert "1 row needs your word" in words
    assert "Perhaps Ada Quill" in words
    unsure = client.post(sent["Location"], {"row_1": "", "row_2": "skip"})
    assert unsure.status_code == 422
    chosen = {"row_0": str(ada.pk), "row_1": str(session.bookings.last().pk), "row_2": "skip"}
    assert client.post(sent["Location"], chosen).status_code == 302
    again = client.post(path, {"upload": SimpleUploadedFile("t.csv", TEAMS.encode())})
    assert "Nothing is counted twice" in again.content.decode()
    assert client.post(f"{sent['Location']}undo/").status_code == 302
    assert set(session.bookings.values_list("state", flat=True)) == {states.BOOKED}


def test_a_file_of_another_day_is_noticed(db):
    notes = imports.notes_for(imports.read(ZOOM.encode()), held())
    assert "It tells of 3/9/2026" in notes[-1]


def test_by_command_first_looked_at_then_taken_in(tmp_path, capsys, db):
    session = held()
    make_booking(session=session, email="bo@x.example", name="Bo Fen")
    sure = "\n".join(line for line in TEAMS.splitlines() if "QUILL" not in line)
    file = tmp_path / "t.csv"
    file.write_text(sure)
    assert import_file(["attendance", str(file)]) == 0
    assert session.bookings.get().state == states.BOOKED
    assert import_file(["attendance", str(file), "--commit"]) == 0
    assert session.bookings.get().state == states.CAME_IN_PART
    file.write_text(TEAMS)
    assert import_file(["attendance", str(file), "--commit", "--session", session.slug]) == 1
    assert "Fen, Bo" in capsys.readouterr().out
