"""Each verb of minutes and actions: it does, it refuses, it records."""

import threading
import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.governance import jobs, states, verbs
from saidanddone.governance.models import Action, ActionUpdate, Decision
from saidanddone.mail.models import Letter
from tests.factories.governance import (
    make_action,
    make_appointment,
    make_body,
    make_decision,
    make_item,
    make_meeting,
)
from tests.factories.people import act, acting, make_post, make_user

pytestmark = pytest.mark.django_db
DECIDED = {"wording": "Buses run later", "outcome": "agreed", "reasons": "Clubs end at eight"}


def an_item(**over):
    """An item of the board CSPB, at a meeting on 3 March 2026."""
    body = over.pop("body", None) or make_body(short_name="CSPB")
    meeting = make_meeting(states.PUBLISHED, body=body, on=date(2026, 3, 3))
    return make_item(meeting=meeting, **over)


# ------------------------------------------------------------------ minutes


def test_minute_item_and_note_answer(clerk, lines):
    item, voice = make_item(), make_item(kind="voice")
    verbs.minute_item(item=item, minute="It was discussed.", by=clerk)
    verbs.minute_item(item=item, minute="It was discussed at length.", by=clerk)
    verbs.note_answer(item=voice, answer="Yes, from May.", by=clerk)
    item.refresh_from_db()
    voice.refresh_from_db()
    assert (item.minute, voice.answer) == ("It was discussed at length.", "Yes, from May.")
    assert [line[1] for line in lines()] == ["minute_item", "note_answer"]


@pytest.mark.parametrize(
    ("verb", "given"),
    [("minute_item", {"minute": "x"}), ("note_answer", {"answer": "x"}), ("end_item", {}),
     ("record_decision", DECIDED)],
)  # fmt: skip
def test_minuting_is_the_clerks(verb, given):
    item = make_item(kind="voice")
    post = make_post()
    make_appointment(body=item.body, post=post, part="chair")
    for who in (act(post), acting("participation_worker"), acting("administrator")):
        with pytest.raises(Refused):
            getattr(verbs, verb)(item=item, **given, by=who)


def test_nothing_is_minuted_before_the_agenda_is_out(clerk):
    item = make_item(meeting=make_meeting())
    with pytest.raises(Refused):
        verbs.record_decision(item=item, **DECIDED, by=clerk)
    with pytest.raises(Refused):
        verbs.end_item(item=item, by=clerk)


def test_end_item(clerk, lines):
    item = make_item()
    verbs.end_item(item=item, by=clerk)
    item.refresh_from_db()
    assert item.state == states.ENDED
    assert item.ended_at is not None
    assert [line[1] for line in lines()] == ["end_item"]


def test_a_voice_item_does_not_end_as_noted(clerk, lines):
    item = make_item(kind="voice")
    with pytest.raises(verbs.VoiceNotAnswered):
        verbs.end_item(item=item, by=clerk)
    assert lines() == []


@pytest.mark.parametrize("how", ["decision", "action", "answer"])
def test_a_voice_item_ends_with_what_came_of_it(how, clerk):
    item = make_item(kind="voice")
    if how == "decision":
        verbs.record_decision(item=item, **DECIDED, by=clerk)
    elif how == "action":
        verbs.assign_action(
            what="Ask", owner=make_post(), due_on=clock.today(), item=item, by=clerk
        )
    else:
        verbs.note_answer(item=item, answer="From May.", by=clerk)
    verbs.end_item(item=item, by=clerk)
    assert item.state == states.ENDED


def test_an_empty_heading_for_voices_ends_by_itself(clerk):
    item = make_item(kind="voice", wording="")
    verbs.end_item(item=item, by=clerk)
    assert item.state == states.ENDED


# ------------------------------------------------------------------ decisions


def test_record_decision(clerk, lines):
    item = an_item(origin_path="/issues/4/")
    decision = verbs.record_decision(item=item, **DECIDED, alternatives="Taxis", by=clerk)
    assert (decision.number, decision.on, decision.origin_path, decision.restricted) == (
        "CSPB/2026/001", date(2026, 3, 3), "/issues/4/", False
    )  # fmt: skip
    assert lines() == [
        (f"person:{clerk.pk}", "record_decision", f"governance.decision:{decision.pk}")
    ]


def test_numbers_run_by_body_and_year_and_closed_ones_apart(clerk):
    item = an_item()
    closed = make_item(meeting=item.meeting, restricted=True)
    other = an_item(body=make_body(short_name="YC"))
    numbers = [
        verbs.record_decision(item=item, **DECIDED, by=clerk).number,
        verbs.record_decision(item=closed, **DECIDED, by=clerk).number,
        verbs.record_decision(item=item, **DECIDED, restricted=True, by=clerk).number,
        verbs.record_decision(item=item, **DECIDED, by=clerk).number,
        verbs.record_decision(item=item, **DECIDED, on=date(2027, 1, 1), by=clerk).number,
        verbs.record_decision(item=other, **DECIDED, by=clerk).number,
    ]
    assert numbers == [
        "CSPB/2026/001", "CSPB/2026/R001", "CSPB/2026/R002", "CSPB/2026/002", "CSPB/2027/001",
        "YC/2026/001",
    ]  # fmt: skip
    assert Decision.objects.filter(restricted=True).count() == 2


def test_pressing_twice_records_one_decision(clerk):
    item, once = an_item(), uuid.uuid4()
    first = verbs.record_decision(item=item, **DECIDED, once=once, by=clerk)
    assert verbs.record_decision(item=item, **DECIDED, once=once, by=clerk) == first
    assert Decision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_double_when_many_decide_at_once():
    clerk, item = acting("clerk"), an_item()
    same = uuid.uuid4()
    problems = []

    def decide(once):
        try:
            verbs.record_decision(item=item, **DECIDED, once=once, by=clerk)
        except Exception as problem:  # noqa: BLE001 -- whatever it is, the test tells it
            problems.append(problem)
        finally:
            connection.close()

    presses = [None] * 8 + [same] * 4
    threads = [threading.Thread(target=decide, args=[once]) for once in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    expected = [f"CSPB/2026/{n:03}" for n in range(1, 10)]
    assert sorted(Decision.objects.values_list("number", flat=True)) == expected


def test_a_decision_of_an_unknown_day_says_so(clerk):
    body = make_body(short_name="OLD")
    meeting = make_meeting(states.PUBLISHED, body=body, on=None, precision="unknown", source="old")
    decision = verbs.record_decision(item=make_item(meeting=meeting), **DECIDED, by=clerk)
    assert (decision.on, decision.precision) == (None, "unknown")
    assert decision.number == f"OLD/{clock.today().year}/001"


# ------------------------------------------------------------------ actions


def test_assign_action_inherits_from_its_decision(clerk, lines, letters):
    item = make_item(states.ENDED, restricted=True, origin_path="/issues/9/")
    decision, owner = make_decision(item=item), make_post()
    action = verbs.assign_action(
        what="Ask the firm", owner=owner, due_on=clock.today(), decision=decision, by=clerk
    )
    assert (action.item, action.decision, action.restricted, action.origin_path) == (
        item, decision, True, "/issues/9/"
    )  # fmt: skip
    assert lines() == [(f"person:{clerk.pk}", "assign_action", f"governance.action:{action.pk}")]
    assert letters() == [("action_assigned", owner.user.email)]


def test_a_promise_is_an_action_without_an_item():
    for by in (acting("officer"), acting("participation_worker"), None, "system:replies"):
        action = verbs.assign_action(
            what="Mend the swing", owner=make_post(), due_on=clock.today(), by=by,
            origin_path="/issues/3/",
        )  # fmt: skip
        assert (action.item, action.origin_path) == (None, "/issues/3/")
    for by in (acting("administrator"), acting("councillor")):
        with pytest.raises(Refused):
            verbs.assign_action(what="x", owner=make_post(), due_on=clock.today(), by=by)


def test_an_officer_assigns_nothing_at_a_meeting():
    with pytest.raises(Refused):
        verbs.assign_action(
            what="x", owner=make_post(), due_on=clock.today(), item=make_item(),
            by=acting("officer"),
        )  # fmt: skip


def test_an_owner_signed_in_by_code_updates_and_completes(lines):
    post = make_post()
    owner = act(post, strong=False)
    action = make_action(owner=post)
    verbs.update_action(action=action, text="Asked them", by=owner)
    assert action.state == states.IN_HAND
    verbs.complete_action(action=action, evidence="Their letter of 3 May", by=owner)
    action.refresh_from_db()
    assert (action.state, action.evidence) == (states.DONE, "Their letter of 3 May")
    found = list(action.updates.values_list("verb", "text"))
    assert found == [
        ("update_action", "Asked them"), ("complete_action", "Their letter of 3 May")
    ]  # fmt: skip
    assert [line[1] for line in lines()] == ["update_action", "complete_action"]
    with pytest.raises(Refused):
        verbs.hand_action_on(action=make_action(owner=post), to=make_post(), by=owner)


def test_nobody_elses_action():
    action = make_action(item=make_item())
    for who in (acting("officer"), acting("administrator"), acting("participation_worker")):
        with pytest.raises(Refused):
            verbs.update_action(action=action, text="Mine", by=who)
        with pytest.raises(Refused):
            verbs.complete_action(action=action, evidence="Mine", by=who)
        with pytest.raises(Refused):
            verbs.drop_action(action=action, why="Mine", by=who)


def test_an_update_pressed_twice_is_one_line():
    post, once = make_post(), uuid.uuid4()
    action = make_action(owner=post)
    for _ in "ab":
        verbs.update_action(action=action, text="Asked", once=once, by=act(post))
    assert ActionUpdate.objects.count() == 1


def test_hand_action_on(lines, letters):
    post, to = make_post(), make_post(user=make_user(name="Juniper Weir"))
    action = make_action(owner=post)
    verbs.hand_action_on(action=action, to=to, why="She knows the firm.", by=act(post))
    action.refresh_from_db()
    assert action.owner == to
    assert action.updates.get().text == "Handed on to Juniper Weir. She knows the firm."
    assert letters() == [("action_assigned", to.user.email)]
    verbs.hand_action_on(action=action, to=to, by=act(to))
    assert [line[1] for line in lines()] == ["hand_action_on"]


def test_an_owner_asks_and_the_chair_agrees_or_not(clerk, letters, lines):
    item, post, owner = make_item(), make_post(), make_post()
    make_appointment(body=item.body, post=post, part="chair")
    action = make_action(item=item, owner=owner)
    with pytest.raises(Refused):
        verbs.drop_action(action=action, why="The firm closed", by=clerk)
    verbs.ask_to_drop(action=action, why="The firm closed", by=act(owner))
    assert action.state == states.OPEN
    verbs.keep_action(action=action, why="Find another firm", by=act(post))
    assert (action.state, action.drop_asked_why) == (states.OPEN, "")
    verbs.ask_to_drop(action=action, why="There is no other", by=clerk)
    verbs.drop_action(action=action, by=act(post))
    action.refresh_from_db()
    assert (action.state, action.dropped_why) == (states.DROPPED, "There is no other")
    assert action.dropped_by_id == post.user_id
    told = ["ask_to_drop", "keep_action", "ask_to_drop", "drop_action"]
    assert [line[1] for line in lines()] == told
    assert [text for _, text in action.updates.values_list("verb", "text")][1:3] == [
        "Find another firm", "There is no other"
    ]  # fmt: skip
    assert ("drop_asked", post.user.email) in letters()
    assert letters().count(("drop_settled", owner.user.email)) == 2


def test_where_young_people_chair_their_worker_agrees():
    body = make_body(kind="young_people")
    action = make_action(item=make_item(body=body))
    verbs.drop_action(action=action, why="Not ours", by=acting("participation_worker"))
    assert action.state == states.DROPPED


def test_two_people_finish_it_at_once(clerk):
    post = make_post()
    action = make_action(owner=post)
    same = Action.objects.get(pk=action.pk)
    verbs.complete_action(action=action, evidence="Seen", by=act(post))
    with pytest.raises(Moved):
        verbs.drop_action(action=same, why="No money", by=clerk)
    same.refresh_from_db()
    assert same.state == states.DONE


def test_letters_of_a_finished_action_are_called_back(clerk):
    post = make_post()
    action = verbs.assign_action(what="Ask", owner=post, due_on=clock.today(), by=clerk)
    assert Letter.objects.filter(state="queued").count() == 1
    verbs.complete_action(action=action, evidence="Asked", by=act(post))
    assert Letter.objects.filter(state="queued").count() == 0


def test_letters_hold_no_content(clerk):
    item = make_item(restricted=True, title="CANARY title")
    verbs.assign_action(
        what="CANARY what", owner=make_post(), due_on=clock.today(), item=item, by=clerk
    )
    verbs.propose_item(
        body=item.body, kind="voice", title="CANARY t", wording="CANARY w", origin_path="", by=None
    )
    meeting = make_meeting(body=make_body(name="CANARY body"))
    make_appointment(body=meeting.body)
    make_item(meeting=meeting, kind="voice", title="CANARY i")
    verbs.publish_agenda(meeting=meeting, by=clerk)  # its letter goes with the pack: test_packs
    verbs.change_meeting(meeting=meeting, place="CANARY place", by=clerk)
    wordings = [letter.wording for letter in Letter.objects.select_related("wording")]
    assert len(wordings) == 3
    for wording in wordings:
        assert "CANARY" not in wording.subject + wording.text + wording.html
        assert "/" in wording.text


def test_late_actions_are_reminded_once_a_week(letters, lines):
    late = make_action(due_on=clock.today() - timedelta(days=2))
    make_action(due_on=clock.today())
    make_action(due_on=clock.today() - timedelta(days=2), state=states.DONE)
    assert (jobs.remind_late(), jobs.remind_late()) == (1, 0)
    assert letters() == [("action_late", late.owner.user.email)]
    assert lines() == [("system:reminders", "remind_of_action", f"governance.action:{late.pk}")]
    with clock.stand_at(clock.now() + timedelta(days=7)):
        assert jobs.remind_late() == 2  # the second one's day has passed by then


def test_somebody_who_left_is_sent_nothing(letters):
    left = make_post(ends_on=clock.today() - timedelta(days=1), starts_on=date(2020, 1, 1))
    make_action(owner=left, due_on=clock.today() - timedelta(days=2))
    jobs.remind_late()
    assert letters() == []


def test_constraints_hold():
    decision = make_decision()
    broken = [
        lambda: make_action(state=states.DONE, evidence=""),
        lambda: make_action(state=states.DROPPED, dropped_why=""),
        lambda: make_decision(wording=""),
        lambda: make_decision(item=decision.item, year=decision.year, place=decision.place),
        lambda: make_decision(closed_series=True, restricted=False),
    ]
    for make in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
