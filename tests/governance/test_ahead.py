"""What lies ahead of a body: terms, forward plan, escalations; each does, refuses, records."""

import uuid
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.governance import counts, permissions, states, verbs
from saidanddone.governance.jobs import boards as jobs
from saidanddone.governance.models import (
    AgendaItem,
    Body,
    Escalation,
    ForwardItem,
    Meeting,
    Seat,
)
from saidanddone.governance.views.series import dates, nth_weekday
from tests.factories.governance import (
    make_action,
    make_appointment,
    make_body,
    make_decision,
    make_item,
    make_meeting,
    make_seat,
)
from tests.factories.people import act, acting, make_organisation, make_post

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
SOON = clock.today() + timedelta(days=10)


def seated(body, part="member"):
    """Somebody who plays this part on a body."""
    post = make_post()
    make_appointment(body=body, post=post, part=part)
    return act(post)


def add_terms(body, clerk, **over):
    """A version of its terms."""
    given = {"text": "We meet.", "agreed_on": clock.today(), "review_on": SOON} | over
    return verbs.add_terms(body=body, by=clerk, **given)


def foretell(body, clerk, **over):
    """Something that it will decide."""
    given = {"kind": "decision", "title": "Bus passes"} | over
    return verbs.add_forward_item(body=body, by=clerk, **given)


# ------------------------------------------------------------------ terms and what a body lacks


def test_terms_are_numbered_and_the_older_ones_stay(clerk, lines):
    body, once = make_body(), uuid.uuid4()
    first = add_terms(body, clerk, once=once)
    assert add_terms(body, clerk, once=once) == first
    second = add_terms(body, clerk, text="We meet more.", what_changed="More")
    assert [one.number for one in permissions.visible_terms(NOBODY).filter(body=body)] == [2, 1]
    assert second.number == 2
    assert [line[1] for line in lines()] == ["add_terms", "add_terms"]
    with pytest.raises(Refused):
        add_terms(body, seated(body, "chair"))


def test_terms_of_a_private_body_are_for_those_it_invites(clerk):
    body = make_body(kind="young_people", meets_in_private=True)
    add_terms(body, clerk)
    member = seated(body)
    assert not permissions.visible_terms(NOBODY).exists()
    assert not permissions.visible_terms(acting("officer")).exists()
    assert permissions.visible_terms(member).count() == 1
    assert permissions.visible_terms(acting("participation_worker")).count() == 1


def test_the_clerk_is_warned_of_terms_once(clerk, letters):
    body = make_body()
    add_terms(body, clerk, review_on=clock.today() + timedelta(days=5))
    newest = add_terms(body, clerk, review_on=clock.today() + timedelta(days=59))
    assert (jobs.warn_of_terms(), jobs.warn_of_terms()) == (1, 0)
    newest.refresh_from_db()
    assert newest.warned_on == clock.today()
    assert [kind for kind, _ in letters()] == ["terms_due"]


def test_what_a_body_lacks():
    body = make_body(quorum=2, quorum_sectors=["health", "council"])
    there = make_seat(body=body, title="Council", organisation=make_organisation(sector="council"))
    soon = make_appointment(seat=there, ends_on=SOON)
    needed = make_seat(body=body, title="Parents", needed_for_quorum=True)
    seats = list(Seat.objects.standing().filter(body=body).with_holders())
    codes = [lack.code for lack in counts.lacks(body, seats)]
    assert codes == ["sector:health", "quorum", f"empty:{needed.pk}", f"ending:{soon.pk}"]


def test_an_adviser_fills_no_seat():
    body = make_body()
    seat = make_seat(body=body)
    make_appointment(seat=seat, part="adviser")
    seats = list(Seat.objects.standing().filter(body=body).with_holders())
    assert [lack.code for lack in counts.lacks(body, seats)] == [f"empty:{seat.pk}"]


def test_the_clerk_hears_of_each_lack_once(clerk, letters):
    body = make_body()
    make_seat(body=body)
    assert (jobs.warn_of_seats(), jobs.warn_of_seats()) == (1, 0)
    make_seat(body=body)
    assert jobs.warn_of_seats() == 1
    assert [kind for kind, _ in letters()] == ["seats_lapse", "seats_lapse"]


def test_a_task_group_needs_a_parent_and_an_end():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_body(kind=Body.Kind.TASK, ends_on=SOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_body(kind=Body.Kind.TASK, parent=make_body())
    assert make_body(kind=Body.Kind.TASK, parent=make_body(), ends_on=SOON).parent


# ------------------------------------------------------------------ a series


def test_a_series_is_planned_once(clerk):
    body, once = make_body(), uuid.uuid4()
    days = [SOON + timedelta(days=70), SOON]
    for _ in "ab":
        planned = verbs.plan_series(body=body, days=days, once=once, by=clerk)
    assert [meeting.on for meeting in planned] == sorted(days)
    assert body.meetings.count() == 2
    with pytest.raises(Refused):
        verbs.plan_series(body=body, days=days, by=seated(body, "chair"))


def test_days_of_a_rhythm():
    weeks = {
        "rhythm": "weeks",
        "weeks": 6,
        "starts_on": date(2027, 1, 5),
        "until": date(2027, 4, 1),
    }
    assert dates(weeks) == [date(2027, 1, 5), date(2027, 2, 16), date(2027, 3, 30)]
    months = {
        "rhythm": "months", "nth": "2", "weekday": "1", "months": 2, "starts_on": date(2026, 11, 12),
        "until": date(2027, 5, 12),
    }  # fmt: skip
    assert dates(months) == [date(2027, 1, 12), date(2027, 3, 9), date(2027, 5, 11)]
    assert nth_weekday(2026, 12, -1, 3) == date(2026, 12, 31)


# ------------------------------------------------------------------ the forward plan


def test_what_is_foretold_comes_onto_the_agenda_by_itself(clerk, lines):
    body = make_body()
    first = foretell(body, clerk, due_on=SOON)
    later = foretell(body, clerk, due_on=SOON + timedelta(days=90), title="Later")
    meeting = verbs.plan_meeting(body=body, on=SOON + timedelta(days=1), by=clerk)
    first.refresh_from_db()
    later.refresh_from_db()
    assert (first.state, first.meeting, later.state) == (states.TAKEN, meeting, states.AHEAD)
    assert [item.title for item in meeting.items.all()] == ["Bus passes"]
    assert verbs.fill_agenda(meeting=meeting, by=clerk) == []
    told = [line[1] for line in lines()]
    assert told[2:] == ["plan_meeting", "add_agenda_item", "take_forward_item"]


def test_what_is_added_later_comes_before_the_agenda_goes_out(clerk):
    meeting = make_meeting(on=SOON)
    make_item(meeting=meeting, kind="voice")
    foretell(meeting.body, clerk, meeting=meeting)
    verbs.publish_agenda(meeting=meeting, by=clerk)
    assert meeting.items.filter(title="Bus passes").exists()


def test_the_clock_fills_agendas_in_the_weeks_before(clerk):
    meeting = make_meeting(on=SOON)
    foretell(meeting.body, clerk, meeting=meeting)
    assert (jobs.fill_agendas(), jobs.fill_agendas()) == (1, 0)


def test_a_voice_waits_for_its_words(clerk):
    meeting = make_meeting(on=SOON)
    item = foretell(meeting.body, clerk, meeting=meeting, kind="voice")
    assert verbs.fill_from_plan(meeting, clerk) == []
    assert item.state == states.AHEAD


def test_the_plan_is_the_clerks_and_its_day_stays(clerk):
    body = make_body()
    item = foretell(body, clerk, due_on=SOON)
    verbs.change_forward_item(item=item, title="All bus passes", by=clerk)
    assert (item.title, item.first_published_on) == ("All bus passes", clock.today())
    for chair in (seated(body, "chair"), acting("officer")):
        with pytest.raises(Refused):
            verbs.drop_forward_item(item=item, why="Mine", by=chair)
    with pytest.raises(ValueError, match="of that body"):
        verbs.change_forward_item(item=item, meeting=make_meeting(), by=clerk)
    verbs.drop_forward_item(item=item, why="Settled elsewhere", by=clerk)
    assert not permissions.visible_forward(NOBODY).exists()


def test_what_will_be_private_is_nowhere_for_others(clerk):
    body = make_body()
    secret = foretell(body, clerk, due_on=SOON, restricted=True, restricted_why="One person")
    for outsider in (NOBODY, acting("officer"), seated(make_body()), seated(body, "adviser")):
        assert not permissions.visible_forward(outsider).filter(pk=secret.pk).exists()
    for insider in (clerk, seated(body), seated(body, "chair")):
        assert permissions.visible_forward(insider).filter(pk=secret.pk).exists()
    meeting = verbs.plan_meeting(body=body, on=SOON, by=clerk)
    assert meeting.items.get().restricted
    with pytest.raises(IntegrityError), transaction.atomic():
        ForwardItem.objects.create(body=body, kind="decision", title="X", restricted=True)


def test_late_actions_bring_their_log(clerk):
    body = make_body()
    done = make_meeting(states.MINUTED, body=body, on=clock.today() - timedelta(days=60))
    make_action(
        item=make_item(states.ENDED, meeting=done), due_on=clock.today() - timedelta(days=3)
    )
    meeting = verbs.plan_meeting(body=body, on=SOON, by=clerk)
    assert [item.kind for item in meeting.items.all()] == ["action_log"]
    assert verbs.fill_agenda(meeting=meeting, by=clerk) == []
    elsewhere = verbs.plan_meeting(body=make_body(), on=SOON, by=clerk)
    assert not elsewhere.items.exists()


# ------------------------------------------------------------------ sent up and answered


@pytest.fixture
def sent(clerk):
    """A question of a group on its way to the board above it."""
    board = make_body()
    group = make_body(parent=board)
    item = make_item(meeting=make_meeting(states.PUBLISHED, body=group))
    chair = seated(group, "chair")
    return verbs.escalate_item(item=item, question="May we?", why="It binds all", by=chair)


def test_a_question_waits_among_the_boards_proposals(sent, letters):
    asked = sent.board_item
    assert (asked.state, asked.body) == (states.PROPOSED, sent.to_body)
    assert (asked.kind, asked.wording) == ("decision", "May we?\n\nIt binds all")
    top = make_item(body=sent.to_body)
    with pytest.raises(Refused):  # nobody is above
        verbs.escalate_item(item=top, question="?", why="?", by=seated(sent.to_body, "chair"))
    with pytest.raises(Refused):
        verbs.escalate_item(
            item=sent.source_item, question="?", why="?", by=seated(sent.source_item.body)
        )


def test_the_boards_decision_is_the_answer_and_comes_back(sent, clerk, lines):
    group = sent.source_item.body
    coming = make_meeting(body=group, on=SOON)
    meeting = make_meeting(states.PLANNED, body=sent.to_body)
    verbs.accept_item(item=sent.board_item, meeting=meeting, by=clerk)
    board = make_meeting(states.PUBLISHED, body=sent.to_body)
    AgendaItem.objects.filter(pk=sent.board_item_id).update(meeting=board)
    item = AgendaItem.objects.get(pk=sent.board_item_id)
    make_decision(item=item, number="B/2026/001", wording="You may.", reasons="It is right.")
    verbs.end_item(item=item, by=clerk)
    sent.refresh_from_db()
    assert sent.state == states.BACK
    assert sent.answer == "B/2026/001, Agreed: You may.\n\nWhy: It is right."
    back = coming.items.get()
    assert (back.pk, back.kind) == (sent.answer_item_id, "information")
    assert [line[1] for line in lines()][-3:] == [
        "answer_escalation", "add_agenda_item", "return_answer"
    ]  # fmt: skip


def test_an_answer_waits_for_the_groups_next_agenda(sent, clerk):
    verbs.answer_escalation(escalation=sent, answer="Yes", by=seated(sent.to_body, "chair"))
    assert sent.state == states.ANSWERED
    meeting = verbs.plan_meeting(body=sent.source_item.body, on=SOON, by=clerk)
    sent.refresh_from_db()
    assert (sent.state, sent.answer_item) == (states.BACK, meeting.items.get())


def test_a_closed_decision_is_no_answer_by_itself(sent, clerk):
    board = make_meeting(states.PUBLISHED, body=sent.to_body)
    AgendaItem.objects.filter(pk=sent.board_item_id).update(meeting=board, state=states.ON_AGENDA)
    item = AgendaItem.objects.get(pk=sent.board_item_id)
    make_decision(item=item, restricted=True, wording="CLOSED")
    verbs.end_item(item=item, by=clerk)
    sent.refresh_from_db()
    assert (sent.state, sent.answer) == (states.SENT_UP, "")


def test_what_the_board_closed_since_is_no_answer_by_itself(sent, clerk):
    board = make_meeting(states.PUBLISHED, body=sent.to_body)
    AgendaItem.objects.filter(pk=sent.board_item_id).update(meeting=board, state=states.ON_AGENDA)
    item = AgendaItem.objects.get(pk=sent.board_item_id)
    verbs.change_item(item=item, restricted=True, restricted_why="A person", by=clerk)
    make_decision(item=item, restricted=True, wording="CLOSED")
    verbs.end_item(item=item, by=clerk)
    sent.refresh_from_db()
    assert (sent.state, sent.answer) == (states.SENT_UP, "")


def test_closing_an_item_closes_the_question_and_the_answer_that_tell_of_it(sent, clerk):
    coming = make_meeting(states.PLANNED, body=sent.source_item.body, on=SOON)
    verbs.answer_escalation(escalation=sent, answer="Yes", by=seated(sent.to_body, "chair"))
    verbs.change_item(item=sent.source_item, restricted=True, restricted_why="A person", by=clerk)
    assert coming.items.get().restricted
    assert AgendaItem.objects.get(pk=sent.board_item_id).restricted
    assert not permissions.visible_escalations(acting("officer")).exists()


def test_a_question_of_an_agenda_that_is_not_out_is_for_members_only(sent):
    assert permissions.visible_escalations(acting("officer")).exists()
    Meeting.objects.filter(pk=sent.source_item.meeting_id).update(state=states.PLANNED)
    assert not permissions.visible_escalations(acting("officer")).exists()
    assert permissions.visible_escalations(seated(sent.to_body)).exists()


def test_a_question_may_be_taken_back(sent, clerk):
    chair = seated(sent.source_item.body, "chair")
    with pytest.raises(Refused):
        verbs.answer_escalation(escalation=sent, answer="Mine", by=chair)
    verbs.withdraw_escalation(escalation=sent, why="Settled", by=chair)
    sent.board_item.refresh_from_db()
    assert (sent.state, sent.board_item.state) == (states.WITHDRAWN, states.DECLINED)


def test_a_closed_items_question_is_closed(clerk):
    group = make_body(parent=make_body())
    meeting = make_meeting(states.PUBLISHED, body=group)
    item = make_item(meeting=meeting, restricted=True)
    sent = verbs.escalate_item(item=item, question="CLOSED?", why="Private", by=clerk)
    assert sent.board_item.restricted
    assert not permissions.visible_escalations(acting("officer")).exists()
    assert not permissions.visible_escalations(NOBODY).exists()
    for insider in (seated(group), seated(group.parent), clerk):
        assert permissions.visible_escalations(insider).get() == sent
    assert Escalation.objects.count() == 1
