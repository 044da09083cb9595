"""The way of minutes: checked, circulated, corrected, agreed at a later meeting, locked."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from pypdf import PdfReader

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.governance import jobs, permissions, states, verbs
from saidanddone.governance.models import (
    AgendaItem,
    Attendance,
    Correction,
    Decision,
    Meeting,
    Minutes,
    MinuteText,
)
from tests.factories.governance import (
    make_body,
    make_decision,
    make_item,
    make_meeting,
)
from tests.factories.people import acting
from tests.governance.held import DECIDED, circulated, closed, held, mark, seated

pytestmark = pytest.mark.django_db


def test_checked_circulated_corrected_agreed_locked(clerk, lines):
    body = make_body()
    chair, _ = seated(body, "chair")
    member, _ = seated(body)
    _, item, minutes = circulated(clerk, chair, body=body)
    assert minutes.corrections_until > clock.today()
    asked = verbs.propose_correction(minutes=minutes, item=item, text="Not so", by=member)
    later, _ = held(body=body)
    with pytest.raises(verbs.CorrectionsWait), transaction.atomic():
        verbs.approve_minutes(minutes=minutes, at=later, by=clerk)
    item.refresh_from_db()
    told = {"minute": "It was talked about twice.", "seen": item.minute_version}
    verbs.make_correction(correction=asked, **told, by=clerk)
    verbs.approve_minutes(minutes=minutes, at=later, amendments="At item 1.", by=clerk)
    minutes.refresh_from_db()
    item.refresh_from_db()
    assert (minutes.state, minutes.approved_in) == (states.APPROVED, later)
    assert item.minute == "It was talked about twice."
    assert MinuteText.objects.get().text == "It was talked about."
    way = [
        line[1] for line in lines() if line[2].startswith(("governance.minutes", "governance.c"))
    ]
    assert way == [
        "check_minutes", "circulate_minutes", "propose_correction", "make_correction",
        "approve_minutes",
    ]  # fmt: skip


def agreed(clerk):
    """A meeting whose minutes are agreed, and its item."""
    body = make_body()
    chair, _ = seated(body, "chair")
    meeting, item, minutes = circulated(clerk, chair, body=body)
    later, _ = held(body=body)
    verbs.approve_minutes(minutes=minutes, at=later, by=clerk)
    return meeting, item, minutes


def test_agreed_minutes_are_locked_in_the_verbs(clerk):
    _, item, minutes = agreed(clerk)
    item = AgendaItem.objects.select_related("meeting__minutes", "body").get(pk=item.pk)
    with pytest.raises(Refused):
        verbs.minute_item(item=item, minute="No", by=clerk)
    with pytest.raises(Refused):
        verbs.return_minutes(minutes=minutes, why="No", by=clerk)
    with pytest.raises(Refused):
        verbs.mark_attendance(meeting=item.meeting, marks=[], by=clerk)


def test_agreed_minutes_are_locked_in_the_database(clerk):
    meeting, item, minutes = agreed(clerk)
    rows = AgendaItem.objects.filter(pk=item.pk)
    broken = [
        lambda: rows.update(minute="No"),
        lambda: rows.update(title="No"),
        rows.delete,
        lambda: make_item(states.ENDED, meeting=meeting),
        lambda: make_decision(item=item),
        lambda: Attendance.objects.create(meeting=meeting, named="x", how="present"),
        lambda: Meeting.objects.filter(pk=meeting.pk).update(quorate=False),
        lambda: Minutes.objects.filter(pk=minutes.pk).update(state=states.DRAFT),
        lambda: Minutes.objects.filter(pk=minutes.pk).update(amendments="No"),
    ]
    for change in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    rows.update(young_minute="In plain words, later")
    Minutes.objects.filter(pk=minutes.pk).update(printed="minutes/x.pdf")


def test_the_lock_is_not_the_runtime_roles_to_lift():
    with (
        pytest.raises(ProgrammingError, match="must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("ALTER TABLE governance_minutes DISABLE TRIGGER ALL")


def test_decisions_of_agreed_minutes_stay(clerk):
    body = make_body()
    chair, _ = seated(body, "chair")
    meeting, item = held(body=body)
    decision = verbs.record_decision(item=item, **DECIDED, by=clerk)
    verbs.close_meeting(meeting=meeting, by=clerk)
    verbs.check_minutes(minutes=meeting.minutes, by=chair)
    verbs.circulate_minutes(minutes=meeting.minutes, by=clerk)
    verbs.approve_minutes(minutes=meeting.minutes, at=held(body=body)[0], by=clerk)
    for change in (
        lambda: Decision.objects.filter(pk=decision.pk).update(wording="No"),
        lambda: Decision.objects.filter(pk=decision.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_nothing_is_written_into_checked_minutes(clerk):
    body = make_body()
    chair, _ = seated(body, "chair")
    _, item, minutes = closed(clerk, body=body)
    late = AgendaItem.objects.select_related("meeting__minutes", "body").get(pk=item.pk)
    verbs.check_minutes(minutes=minutes, by=chair)
    with pytest.raises(Moved):  # the page was opened before the chair's word
        verbs.minute_item(item=late, minute="Late", by=clerk)
    with pytest.raises(Moved):
        verbs.check_minutes(minutes=Minutes(pk=minutes.pk, meeting=minutes.meeting), by=chair)


def test_two_texts_side_by_side_go_to_no_chair(clerk):
    body = make_body()
    chair, _ = seated(body, "chair")
    _, item, minutes = closed(clerk, body=body)
    verbs.minute_item(item=AgendaItem.objects.get(pk=item.pk), minute="Other", seen=0, by=clerk)
    with pytest.raises(verbs.TextsWait), transaction.atomic():
        verbs.check_minutes(minutes=minutes, by=chair)


def test_the_chair_sends_them_back(clerk, letters):
    body = make_body()
    chair, _ = seated(body, "chair")
    *_, minutes = closed(clerk, body=body)
    verbs.return_minutes(minutes=minutes, why="Item 1 is not what was said", by=chair)
    assert minutes.returned_why == "Item 1 is not what was said"
    assert ("minutes_returned", clerk.email) in letters()
    verbs.check_minutes(minutes=minutes, by=chair)
    verbs.return_minutes(minutes=minutes, why="I found a slip", by=clerk)
    minutes.refresh_from_db()
    assert (minutes.state, minutes.checked_by) == (states.DRAFT, None)


def test_the_vice_chair_checks_when_the_chair_was_away(clerk):
    body = make_body()
    _, chair = seated(body, "chair")
    vice, _ = seated(body, "vice_chair")
    meeting, _ = held(body=body)
    mark(meeting, chair, "apologies", clerk)
    verbs.close_meeting(meeting=meeting, by=clerk)
    verbs.check_minutes(minutes=meeting.minutes, by=vice)
    other, _ = held(body=body)
    mark(other, chair, "present", clerk)
    verbs.close_meeting(meeting=other, by=clerk)
    with pytest.raises(Refused):
        verbs.check_minutes(minutes=other.minutes, by=vice)


def test_corrections_are_the_members_until_their_day(clerk, letters):
    body = make_body()
    chair, _ = seated(body, "chair")
    member, _ = seated(body)
    adviser, _ = seated(body, "adviser")
    *_, minutes = circulated(clerk, chair, body=body)
    with pytest.raises(Refused):
        verbs.propose_correction(minutes=minutes, text="x", by=adviser)
    once = uuid.uuid4()
    for _ in "ab":
        verbs.propose_correction(minutes=minutes, text="A name", once=once, by=member)
    asked = Correction.objects.get()
    verbs.refuse_correction(correction=asked, answer="That is how it was said", by=clerk)
    assert ("correction_settled", member.email) in letters()
    with clock.stand_at(clock.now() + timedelta(days=30)), pytest.raises(Refused):
        verbs.propose_correction(minutes=minutes, text="Late", by=member)


def test_minutes_are_agreed_at_a_later_meeting_of_the_same_body(clerk):
    body = make_body()
    chair, _ = seated(body, "chair")
    meeting, _, minutes = circulated(clerk, chair, body=body)
    wrong = [
        meeting,
        held()[0],
        held(body=body, on=clock.today() - timedelta(days=1))[0],
        held(body=body, on=clock.today() + timedelta(days=1))[0],
        make_meeting(body=body, on=clock.today()),
    ]
    for at in wrong:
        with pytest.raises(ValueError, match="later meeting"):
            verbs.approve_minutes(minutes=minutes, at=at, by=clerk)


def test_circulated_minutes_come_onto_the_next_agenda(clerk):
    body = make_body(standing_items=[])
    chair, _ = seated(body, "chair")
    ahead = verbs.plan_meeting(body=body, on=clock.today() + timedelta(days=40), by=clerk)
    assert not ahead.items.filter(kind="minutes").exists()
    meeting, _, _ = circulated(clerk, chair, body=body)
    item = ahead.items.get(kind="minutes")
    assert item.title == f"Minutes of {meeting.on.day} {meeting.on:%B %Y}"
    later = verbs.plan_meeting(body=body, on=clock.today() + timedelta(days=80), by=clerk)
    assert later.items.filter(kind="minutes").count() == 1


def test_what_was_public_elsewhere_is_not_checked_again(clerk):
    day = clock.today() - timedelta(days=400)
    meeting, item = held(source="from public minutes", on=day)
    verbs.minute_item(item=item, minute="It was said.", by=clerk)
    verbs.close_meeting(meeting=meeting, by=clerk)
    minutes = Minutes.objects.get(meeting=meeting)
    assert minutes.state == states.CIRCULATED
    assert permissions.minutes_verbs(clerk, minutes) == set()


def test_how_each_seat_voted(clerk):
    meeting, item = held()
    _, one = seated(meeting.body)
    _, two = seated(meeting.body)
    decision = verbs.record_decision(item=item, **DECIDED, by=clerk)
    verbs.record_votes(decision=decision, votes={one: "for", two: "against"}, by=clerk)
    verbs.record_votes(decision=decision, votes={one: "for", two: ""}, by=clerk)
    assert list(decision.votes.values_list("appointment", "how")) == [(one.pk, "for")]
    with pytest.raises(Refused):
        verbs.record_votes(decision=decision, votes={}, by=acting("officer"))


def test_the_young_peoples_version_may_come_after_the_minutes(clerk):
    _, item, _ = agreed(clerk)
    item = AgendaItem.objects.select_related("meeting__minutes", "body").get(pk=item.pk)
    told = {"young_title": "Buses", "plain": "Later buses.", "young_minute": "They said yes."}
    verbs.write_young_version(item=item, **told, by=acting("participation_worker"))
    item.refresh_from_db()
    assert item.young_minute == "They said yes."
    with pytest.raises(Refused):
        verbs.write_young_version(item=item, **told, by=acting("officer"))


def test_the_print_holds_what_is_open_and_is_made_anew(clerk, client):
    body = make_body()
    chair, _ = seated(body, "chair")
    meeting, item = held(body=body)
    closed_item = make_item(meeting=meeting, title="CANARY", restricted=True)
    verbs.minute_item(item=item, minute="Said in the open.", by=clerk)
    verbs.minute_item(item=closed_item, minute="CANARY said", by=clerk)
    told = {"kind": "indirect", "nature": "CANARY child", "named": "CANARY name"}
    verbs.declare_interest(meeting=meeting, item=item, **told, private=True, by=clerk)
    decided = {"wording": "CANARY decision", "outcome": "agreed", "reasons": "R"}
    verbs.record_decision(item=item, **decided, restricted=True, by=clerk)
    verbs.close_meeting(meeting=meeting, by=clerk)
    verbs.check_minutes(minutes=meeting.minutes, by=chair)
    verbs.circulate_minutes(minutes=meeting.minutes, by=clerk)
    assert (jobs.print_waiting(), jobs.print_waiting()) == (1, 0)
    here = f"/meetings/{meeting.pk}/minutes.pdf"
    pdf = b"".join(client.get(here))
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "Said in the open." in words
    assert "Not yet agreed" in words
    assert "CANARY" not in words
    assert b"<pdfuaid:part>1<" in pdf
    later = held(body=body)[0]
    verbs.approve_minutes(minutes=meeting.minutes, at=later, by=clerk)
    assert client.get(here).status_code == 404
    assert jobs.print_waiting() == 1
    words = PdfReader(BytesIO(b"".join(client.get(here)))).pages[0].extract_text()
    assert "Agreed at the meeting of" in words
