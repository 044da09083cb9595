"""Writing minutes: who is there, whether they are enough, and two writers at one item."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.governance import permissions, verbs
from saidanddone.governance.models import (
    AgendaItem,
    Attendance,
    MinuteText,
    Seat,
)
from saidanddone.governance.models.quorum import count_quorum, may_decide
from tests.factories.governance import (
    make_body,
    make_meeting,
    make_seat,
)
from tests.factories.people import acting, make_organisation
from tests.governance.held import DECIDED, held, mark, seated

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------------ who is there


def test_marks_are_kept_changed_and_taken_back(clerk, lines):
    meeting, _ = held()
    _, member = seated(meeting.body)
    mark(meeting, member, "present", clerk)
    mark(meeting, member, "apologies", clerk)
    row = Attendance.objects.get()
    assert (row.seat, row.how, row.recorded_by) == (member.seat, "apologies", clerk)
    mark(meeting, member, "", clerk)
    assert not Attendance.objects.exists()
    assert {line[1] for line in lines()} == {"mark_attendance"}
    _, stranger = seated(make_body())
    with pytest.raises(ValueError, match="guest"):
        mark(meeting, stranger, "present", clerk)


def test_only_the_clerk_keeps_the_sheet(clerk):
    meeting, _ = held()
    chair, appointment = seated(meeting.body, "chair")
    for who in (chair, acting("officer"), acting("participation_worker")):
        with pytest.raises(Refused):
            mark(meeting, appointment, "present", who)
    planned = make_meeting()
    with pytest.raises(Refused):
        verbs.add_attendee(meeting=planned, named="Ada Quill", how="present", by=clerk)


def test_quorum_is_counted_by_seats_and_told_in_words():
    body = make_body(quorum=2, quorum_sectors=["health"])
    health = make_organisation(sector="health")
    nurse = make_seat(body=body, title="Nurse", organisation=health)
    young = make_seat(body=body, title="Young people", count=3)
    director = make_seat(body=body, title="Director", needed_for_quorum=True)
    seats = Seat.objects.filter(body=body).select_related("organisation")
    assert count_quorum(body, seats, {}).lack == ("2 more seats, somebody from health and Director")
    found = count_quorum(body, seats, {young.pk: 5, director.pk: 2})
    assert (found.here, found.seats, found.enough) == (4, 5, False)
    assert found.lack == "somebody from health"
    assert count_quorum(body, seats, {nurse.pk: 1, director.pk: 1}).enough


def test_too_few_can_only_recommend_or_put_off(clerk):
    meeting, item = held(body=make_body(quorum=2))
    _, member = seated(meeting.body)
    assert may_decide(meeting)  # nobody has marked anybody: nobody has said that too few came
    mark(meeting, member, "present", clerk)
    assert verbs.record_decision(item=item, **DECIDED, by=clerk).outcome == "recommended"
    refused = DECIDED | {"outcome": "refused"}
    assert verbs.record_decision(item=item, **refused, by=clerk).outcome == "deferred"
    verbs.declare_quorum(meeting=meeting, quorate=True, note="One more on line", by=clerk)
    assert verbs.record_decision(item=item, **DECIDED, by=clerk).outcome == "agreed"
    verbs.declare_quorum(meeting=meeting, quorate=False, note="They left", by=clerk)
    assert verbs.record_decision(item=item, **DECIDED, by=clerk).outcome == "recommended"


def test_a_stand_in_represents_a_seat_and_a_guest_does_not(clerk):
    meeting, _ = held(body=make_body(quorum=1))
    seat = make_seat(body=meeting.body)
    once = uuid.uuid4()
    for _ in "ab":
        verbs.add_attendee(meeting=meeting, named="A guest", how="present", once=once, by=clerk)
    assert Attendance.objects.count() == 1
    assert not may_decide(meeting)
    row = verbs.add_attendee(meeting=meeting, named="Ada Quill", seat=seat, how="online", by=clerk)
    assert may_decide(meeting)
    verbs.remove_attendee(attendance=row, by=clerk)
    assert not may_decide(meeting)


def test_a_task_and_finish_group_takes_no_decisions(clerk):
    body = make_body(kind="task_group", parent=make_body(), ends_on=clock.today())
    _, item = held(body=body)
    assert verbs.record_decision(item=item, **DECIDED, by=clerk).outcome == "recommended"


def test_an_interest_is_declared_and_the_chair_says_what_follows(clerk, lines):
    meeting, item = held()
    chair, _ = seated(meeting.body, "chair")
    told = {"kind": "indirect", "nature": "Her child goes there", "named": "Ada Quill"}
    declared = verbs.declare_interest(meeting=meeting, item=item, **told, private=True, by=clerk)
    verbs.act_on_interest(declaration=declared, action="leaves", by=chair)
    declared.refresh_from_db()
    assert (declared.action, declared.decided_by) == ("leaves", chair)
    assert permissions.shows_nature(chair, declared, meeting.body)
    assert not permissions.shows_nature(acting("officer"), declared, meeting.body)
    assert [line[1] for line in lines()] == ["declare_interest", "act_on_interest"]


# ------------------------------------------------------------------ two writers


def test_the_slower_of_two_writers_is_kept_beside(clerk, lines):
    _, item = held()
    other = acting("clerk")
    same = AgendaItem.objects.get(pk=item.pk)
    assert verbs.minute_item(item=item, minute="Mine", by=clerk) is None
    kept = verbs.minute_item(item=same, minute="Theirs", by=other)
    item.refresh_from_db()
    assert (item.minute, item.minute_version, item.minute_by) == ("Mine", 1, clerk)
    assert (kept.text, kept.written_by, kept.based_on) == ("Theirs", other, 0)
    again = verbs.minute_item(item=item, minute="Theirs, longer", beside=kept.pk, by=other)
    assert (again, again.text) == (kept, "Theirs, longer")
    assert MinuteText.objects.count() == 1
    assert [line[1] for line in lines()] == ["minute_item", "keep_beside"]


def test_the_same_words_sent_twice_change_nothing(clerk):
    _, item = held()
    verbs.minute_item(item=item, minute="Said", seen=0, by=clerk)
    assert verbs.minute_item(item=item, minute="Said", seen=0, by=clerk) is None
    once = uuid.uuid4()
    for _ in "ab":
        verbs.minute_item(item=item, minute="Other", seen=0, once=once, by=clerk)
    item.refresh_from_db()
    assert (item.minute_version, MinuteText.objects.count()) == (1, 1)


@pytest.mark.parametrize(("choice", "minute"), [("take", "B"), ("both", "A\n\nB"), ("aside", "A")])
def test_somebody_says_which_text_it_is_and_neither_is_lost(choice, minute, clerk):
    _, item = held()
    verbs.minute_item(item=item, minute="A", by=clerk)
    text = verbs.minute_item(item=item, minute="B", seen=0, by=clerk)
    with pytest.raises(verbs.Overtaken), transaction.atomic():
        verbs.settle_text(text=text, choice="take", seen=0, by=clerk)
    for _ in "ab":  # pressed twice
        verbs.settle_text(text=text, choice=choice, seen=1, by=clerk)
    item.refresh_from_db()
    everywhere = {item.minute, *MinuteText.objects.values_list("text", flat=True)}
    assert item.minute == minute
    assert {"A", "B"} <= set("".join(everywhere))
    assert not MinuteText.objects.filter(settled_at__isnull=True).exists()


def test_whoever_lost_their_place_takes_none_unasked(clerk):
    _, item = held()
    verbs.minute_item(item=item, minute="A", by=clerk)
    text = verbs.minute_item(item=item, minute="B", seen=0, by=clerk)
    verbs.settle_text(text=text, choice="aside", seen=1, by=clerk)
    later = verbs.minute_item(item=item, minute="B and more", seen=1, beside=text.pk, by=clerk)
    item.refresh_from_db()
    assert (item.minute, later.text) == ("A", "B and more")
    assert later != text


def test_drafts_make_no_history_and_what_was_checked_does(clerk):
    meeting, item = held()
    chair, _ = seated(meeting.body, "chair")
    events = AgendaItem.pgh_event_model.objects.filter(pgh_obj=item.pk)
    before = events.count()
    for n in range(5):
        verbs.minute_item(item=item, minute=f"Draft {n}", by=clerk)
    assert events.count() == before
    verbs.close_meeting(meeting=meeting, by=clerk)
    verbs.check_minutes(minutes=meeting.minutes, by=chair)
    assert events.latest("pgh_id").minute == "Draft 4"


def test_one_audit_line_for_a_sitting(clerk, lines):
    _, item = held()
    for n in range(3):
        verbs.minute_item(item=item, minute=f"{n}", by=clerk)
    with clock.stand_at(clock.now() + timedelta(minutes=11)):
        verbs.minute_item(item=item, minute="After the break", by=clerk)
    assert [line[1] for line in lines()] == ["minute_item", "minute_item"]
