"""Meetings read in from ModernGov: looked at, taken in whole, shown as they are, undone exactly."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saidanddone.core import clock, commands
from saidanddone.core.access import Refused
from saidanddone.core.imports import Undecided
from saidanddone.governance import states, verbs
from saidanddone.governance.imports.moderngov import read
from saidanddone.governance.models import (
    AgendaItem,
    Attendance,
    Body,
    Import,
    Meeting,
    Minutes,
    Paper,
)
from tests.factories.governance import make_body, make_decision, make_meeting
from tests.factories.people import acting, sign_in
from tests.governance.browsing import signed_in, text

DATA = Path(__file__).parent / "data"
MEETINGS = (DATA / "meetings.xml").read_bytes()
MEETING = (DATA / "meeting.xml").read_bytes()
NAME = "Children & Families Scrutiny Committee"
COUNTED = (Body, Meeting, AgendaItem, Paper, Attendance)


def taken(content, by, board=""):
    """Read and take in a file."""
    record = verbs.read_meetings(
        plan=read(content), file_name="f.xml", digest="d", by=by, board=board
    )
    verbs.import_meetings(record=record, by=by)
    return record


def fates(record):
    """What became of how many."""
    found = {}
    for row in record.rows:
        found[row["fate"]] = found.get(row["fate"], 0) + 1
    return found


def everything():
    """All that an import could have touched."""
    return [list(model.objects.order_by("pk").values()) for model in COUNTED]


@pytest.fixture
def both(clerk):
    """The list of meetings, then one of them with its agenda."""
    return taken(MEETINGS, clerk), taken(MEETING, clerk)


def test_looking_keeps_nothing(clerk):
    before = everything()
    record = verbs.read_meetings(plan=read(MEETINGS), file_name="f.xml", digest="d", by=clerk)
    assert fates(record) == {"new": 4}
    assert everything() == before


def test_a_list_of_meetings_makes_the_committee_and_its_meetings(clerk):
    taken(MEETINGS, clerk)
    body = Body.objects.get()
    assert (body.name, body.slug, body.short_name, body.kind) == (
        NAME, "children-families-scrutiny-committee", "CFSC", "committee",
    )  # fmt: skip
    told = list(Meeting.objects.order_by("on").values_list("source_ref", "state", "on"))
    assert told == [
        ("moderngov:7000", states.CANCELLED, date(2026, 1, 13)),
        ("moderngov:7001", states.MINUTED, date(2026, 2, 10)),
        ("moderngov:7002", states.PLANNED, date(2099, 12, 14)),
    ]


def test_everybody_sees_what_was_held_and_called_off_and_nothing_to_come(client, both):
    page = text(client.get("/boards/children-families-scrutiny-committee/meetings/"))
    assert "10 February" in page
    assert "Called off" in page
    assert "2099" not in page
    off = Meeting.objects.get(source_ref="moderngov:7000")
    assert "ModernGov says: Cancelled" in text(client.get(off.get_absolute_url()))


def test_an_agenda_comes_in_its_printed_order_with_minutes_and_papers(both):
    meeting = Meeting.objects.get(source_ref="moderngov:7001")
    items = list(meeting.items.order_by("order"))
    assert [item.printed_number for item in items] == ["1.", "2.", "3.", "9.", "10.", ""]
    assert items[3].minute.endswith("Decision: Agreed.")
    assert [paper.url for paper in items[3].papers.all()] == [
        "https://democracy.council.example/documents/s62/Report.pdf"
    ]
    assert {item.state for item in items} == {states.ENDED}
    assert meeting.present == 2
    assert meeting.source == "Held and minuted elsewhere. Read from ModernGov"
    assert list(meeting.attendance.order_by("pk").values_list("named", "how"))[:2] == [
        ("Councillor Ada Moss", "present"), ("Councillor Ben Fern", "apologies"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "address",
    ["/boards/{slug}/", "/boards/{slug}/meetings/", "/boards/{slug}/meetings.ics", "{meeting}",
     "/popolo/events/", "/popolo/motions/", "/decisions/", "/search/?q=MARKED", "{shut}"],
)  # fmt: skip
def test_nothing_restricted_is_anywhere_for_the_public(client, both, address):
    meeting = Meeting.objects.get(source_ref="moderngov:7001")
    shut = AgendaItem.objects.get(source_ref="moderngov:item:90012")
    answer = client.get(
        address.format(slug=meeting.body.slug, meeting=meeting.get_absolute_url(),
                       shut=shut.get_absolute_url())
    )  # fmt: skip
    assert "MARKED-SECRET" not in answer.content.decode()
    assert "marked-secret" not in answer.content.decode()


def test_the_report_itself_never_tells_a_restricted_title(both):
    assert "MARKED-SECRET" not in json.dumps(both[1].rows)


def test_the_same_file_again_changes_nothing(clerk, both):
    before = everything()
    again = taken(MEETING, clerk)
    assert set(fates(again)) == {"same"}
    assert everything() == before


def test_a_changed_file_changes_what_it_tells(clerk, both):
    again = taken(MEETING.replace(b"Committee Room 2, Town Hall", b"Library"), clerk)
    meeting = Meeting.objects.get(source_ref="moderngov:7001")
    assert (meeting.place, meeting.revision) == ("Library", 2)
    assert [row["why"] for row in again.rows if row["fate"] == "changed"] == ["Place"]


def test_a_restriction_lifted_there_stays_here(clerk, both):
    lifted = MEETING.replace(b"<isrestricted>True", b"<isrestricted>False")
    taken(lifted, clerk)
    assert AgendaItem.objects.get(source_ref="moderngov:item:90012").restricted


def test_an_item_that_becomes_restricted_there_is_restricted_here(clerk, both):
    was = b"<fulldisplaynumberformat>9.</fulldisplaynumberformat>\n      <isrestricted>False"
    taken(MEETING.replace(was, was.replace(b"False", b"True")), clerk)
    assert AgendaItem.objects.get(source_ref="moderngov:item:90011").restricted


def test_a_meeting_alone_must_say_whose_it_is(clerk):
    record = verbs.read_meetings(plan=read(MEETING), file_name="f.xml", digest="d", by=clerk)
    assert fates(record) == {"refused": 1}
    with pytest.raises(Undecided, match="does not say which committee"):
        verbs.import_meetings(record=record, by=clerk)
    body = make_body(slug="ours")
    taken(MEETING, clerk, board="ours")
    assert Meeting.objects.get().body == body


def test_one_bad_row_and_nothing_is_taken_in(clerk):
    before = everything()
    with pytest.raises(Undecided, match="30/02/2026"):
        taken(MEETINGS.replace(b"10/02/2026", b"30/02/2026"), clerk)
    assert everything() == before


def test_a_board_of_that_name_is_the_same_one(clerk):
    body = make_body(name=NAME.upper())
    record = taken(MEETINGS, clerk)
    body.refresh_from_db()
    assert body.source_ref == "moderngov:144"
    verbs.undo_import(record=record, by=clerk)
    body.refresh_from_db()
    assert (body.source_ref, Meeting.objects.count()) == ("", 0)


def test_what_is_kept_here_is_left_alone(clerk, both):
    meeting = Meeting.objects.get(source_ref="moderngov:7001")
    Minutes.objects.create(meeting=meeting)
    again = taken(MEETING.replace(b"Town Hall", b"Elsewhere"), clerk)
    assert fates(again) == {"left out": 1}
    meeting.refresh_from_db()
    assert meeting.place == "Committee Room 2, Town Hall"


def test_a_meeting_planned_here_on_that_day_is_not_doubled(clerk):
    body = make_body(name=NAME)
    make_meeting(body=body, on=date(2026, 2, 10))
    assert fates(taken(MEETINGS, clerk)) == {"changed": 1, "new": 2, "left out": 1}


def test_undoing_puts_everything_back(clerk):
    empty = everything()
    first = taken(MEETINGS, clerk)
    listed = everything()
    second = taken(MEETING, clerk)
    verbs.undo_import(record=second, by=clerk)
    assert everything() == listed
    verbs.undo_import(record=first, by=clerk)
    assert everything() == empty
    first.refresh_from_db()
    assert (first.state, first.undone_by) == (states.UNDONE, clerk)


def test_undoing_refuses_when_something_was_changed_since(clerk, both):
    item = AgendaItem.objects.get(source_ref="moderngov:item:90003")
    item.title = "Apologies and welcome"
    item.save()
    before = everything()
    with pytest.raises(Undecided, match="has been changed since"):
        verbs.undo_import(record=both[1], by=clerk)
    assert everything() == before


def test_undoing_refuses_when_something_was_used_since(clerk, both):
    item = AgendaItem.objects.get(source_ref="moderngov:item:90011")
    make_decision(item=item)
    with pytest.raises(Undecided, match="has been used since"):
        verbs.undo_import(record=both[1], by=clerk)


def test_the_list_cannot_be_undone_while_the_agenda_stands(clerk, both):
    with pytest.raises(Undecided, match=r"changed since|used since"):
        verbs.undo_import(record=both[0], by=clerk)


def test_a_look_that_has_grown_old_is_taken_anew(clerk):
    record = verbs.read_meetings(plan=read(MEETINGS), file_name="f.xml", digest="d", by=clerk)
    taken(MEETINGS, clerk)
    with pytest.raises(Undecided, match="changed since you looked"):
        verbs.import_meetings(record=record, by=clerk)
    verbs.look_again(record=record, by=clerk)
    assert fates(record) == {"same": 4}


def test_what_the_file_said_is_forgotten_once_it_is_decided_on(both):
    assert {record.plan == {} for record in Import.objects.all()} == {True}


def test_what_nobody_decides_on_is_forgotten_after_a_week(clerk):
    verbs.read_meetings(plan=read(MEETINGS), file_name="f.xml", digest="d", by=clerk)
    assert verbs.forget_undecided_imports(by="system:imports") == 0
    Import.objects.update(read_at=clock.now() - timedelta(days=8))
    assert verbs.forget_undecided_imports(by="system:imports") == 1
    taken(MEETINGS, clerk)
    Import.objects.update(read_at=clock.now() - timedelta(days=8))
    assert verbs.forget_undecided_imports(by="system:imports") == 0


def test_each_step_leaves_its_line(clerk, lines):
    record = taken(MEETINGS, clerk)
    verbs.undo_import(record=record, by=clerk)
    told = [verb for _, verb, subject in lines() if subject == f"governance.import:{record.pk}"]
    assert told == ["read_meetings", "import_meetings", "undo_import"]


@pytest.mark.parametrize("role", ["officer", "administrator", "councillor"])
def test_nobody_but_the_clerk_reads_files_in(client, role, db):
    with pytest.raises(Refused):
        verbs.read_meetings(plan=read(MEETINGS), file_name="f", digest="d", by=acting(role))
    signed_in(client, role)
    assert client.get("/boards/import/").status_code == 403
    assert client.post("/boards/import/", {}).status_code == 403


# ------------------------------------------------------------------ pages


def upload(client, content, **more):
    """Send a file with the form."""
    file = SimpleUploadedFile("GetMeetings.xml", content, "text/xml")
    return client.post("/boards/import/", {"upload": file, **more})


def test_the_clerk_looks_takes_in_and_undoes(client, clerk):
    sign_in(client, clerk.acting_for)
    assert "/boards/import/" in text(client.get("/boards/"))
    shown = upload(client, MEETINGS)
    assert shown.status_code == 302
    page = text(client.get(shown.url))
    assert "What this file would do" in page
    assert "10 February" in page
    assert client.post(f"{shown.url}take/").status_code == 302
    assert client.post(f"{shown.url}take/").status_code == 302  # a second press does nothing twice
    assert Meeting.objects.count() == 3
    assert "Undo this import" in text(client.get(shown.url))
    assert client.post(f"{shown.url}undo/").status_code == 302
    assert Meeting.objects.count() == 0
    assert "Undone" in text(client.get("/boards/import/"))


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "empty"), (b"\x89PNG", "not an XML file"), (MEETING[:900], "broken")],
)
def test_a_bad_file_is_told_beside_its_field(client, clerk, content, says):
    sign_in(client, clerk.acting_for)
    assert says in text(upload(client, content))
    assert Import.objects.count() == 0


def test_a_refused_row_stands_first_and_offers_no_button(client, clerk):
    sign_in(client, clerk.acting_for)
    shown = upload(client, MEETINGS.replace(b"10/02/2026", b"30/02/2026"))
    page = text(client.get(shown.url))
    assert "is not a day that exists" in page
    assert "Take all of it in" not in page
    answer = client.post(f"{shown.url}take/")
    assert (answer.status_code, Meeting.objects.count()) == (409, 0)


def test_an_undoing_that_is_refused_says_why(client, clerk, both):
    Body.objects.update(purpose="Changed since")
    sign_in(client, clerk.acting_for)
    answer = client.post(f"{both[0].get_absolute_url()}undo/")
    assert answer.status_code == 409
    assert "changed since" in text(answer)


def test_a_stranger_finds_no_import(client, both):
    signed_in(client, "officer")
    assert client.get(both[0].get_absolute_url()).status_code == 404


# ------------------------------------------------------------------ by command


def test_the_command_looks_first_and_keeps_nothing(db, capsys):
    assert commands.import_file(["meetings", str(DATA / "meetings.xml")]) == 0
    told = capsys.readouterr()
    assert "new       Children & Families Scrutiny Committee, 10 February" in told.out
    assert "4 new." in told.out
    assert "--commit" in told.err
    assert (Meeting.objects.count(), Import.objects.count()) == (0, 0)


def test_the_command_takes_it_in(db, capsys):
    words = ["meetings", str(DATA / "meetings.xml"), "--commit", "--json"]
    assert commands.import_file(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["kept"], told["counts"]["new"], Meeting.objects.count()) == (True, 4, 3)
    assert Import.objects.get().read_by is None


def test_the_command_refuses_with_a_reason_for_each_row(db, capsys):
    for more in ([], ["--commit"]):
        assert commands.import_file(["meetings", str(DATA / "meeting.xml"), *more]) == 1
        told = capsys.readouterr()
        assert "does not say which committee" in told.out + told.err
    assert Meeting.objects.count() == 0


def test_the_command_is_told_whose_meeting_it_is(db, capsys):
    make_body(slug="ours")
    words = ["meetings", str(DATA / "meeting.xml"), "--commit", "--board", "ours"]
    assert commands.import_file(words) == 0
    assert "MARKED-SECRET" not in capsys.readouterr().out
    assert commands.import_file([*words[:-1], "nobodys"]) == 1
    assert "no board" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused(db, capsys, tmp_path):
    assert commands.import_file(["meetings", str(tmp_path / "none.xml"), "--json"]) == 1
    assert "No such file" in json.loads(capsys.readouterr().out)["refused"][0]


def test_everybody_reads_what_was_published_elsewhere(client, both):
    meeting = Meeting.objects.get(source_ref="moderngov:7001")
    page = text(client.get(meeting.get_absolute_url()))
    assert "Held elsewhere" in page
    assert "Councillor Ben Fern" in page
    assert "/minutes/" not in page  # they stand on the council's own site
    item = AgendaItem.objects.get(source_ref="moderngov:item:90011")
    page = text(client.get(item.get_absolute_url()))
    assert "The committee heard young people first." in page
    assert "number 9 on the council’s agenda" in page
    paper = item.papers.get()
    answer = client.get(paper.get_absolute_url())
    assert (answer.status_code, answer.url) == (302, paper.url)


def test_a_restricted_paper_leads_nobody_to_its_place(client, both):
    paper = AgendaItem.objects.get(source_ref="moderngov:item:90012").papers.get()
    assert client.get(paper.get_absolute_url()).status_code == 404
