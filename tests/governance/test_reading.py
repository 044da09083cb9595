"""What each person finds in each list: the open for all, the closed for those who sit there."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from saidanddone.core import clock
from saidanddone.governance import permissions, states
from tests.factories.governance import (
    make_action,
    make_appointment,
    make_body,
    make_decision,
    make_item,
    make_meeting,
    make_paper,
)
from tests.factories.people import act, acting, make_organisation, make_post

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
SEATED = ["chair", "vice_chair", "member", "substitute"]


def member(body, part="member", *, strong=True, **over):
    """Somebody who plays this part on a body."""
    post = make_post()
    make_appointment(body=body, post=post, part=part, **over)
    return act(post, strong=strong)


def names(found):
    """Primary keys, in a set."""
    return set(found.values_list("pk", flat=True))


# ------------------------------------------------------------------ meetings


@pytest.fixture
def meetings():
    """One meeting in each state, of an open body and of one that meets in private."""
    found = {}
    for body in (make_body(), make_body(kind="young_people", meets_in_private=True)):
        private = body.meets_in_private
        for state in (states.PLANNED, states.PUBLISHED, states.MINUTED, states.CANCELLED):
            found[private, state] = make_meeting(state, body=body)
        known = make_meeting(states.CANCELLED, body=body, published_at=clock.now())
        found[private, "called off"] = known
    return found


def test_public_meetings_are_those_whose_agenda_is_out(meetings):
    expected = {
        meetings[False, state].pk for state in (states.PUBLISHED, states.MINUTED, "called off")
    }
    assert names(permissions.visible_meetings(NOBODY)) == expected
    for role in ("administrator", "officer", "councillor", "analyst", "practitioner"):
        assert names(permissions.visible_meetings(acting(role))) == expected
    assert names(permissions.visible_meetings(acting("clerk", strong=False))) == expected


def test_clerk_and_participation_worker_see_every_meeting(meetings):
    everything = {meeting.pk for meeting in meetings.values()}
    assert names(permissions.visible_meetings(acting("clerk"))) == everything
    assert names(permissions.visible_meetings(acting("participation_worker"))) == everything


@pytest.mark.parametrize("part", [*SEATED, "adviser"])
def test_members_see_every_meeting_of_their_body(meetings, part):
    private = meetings[True, states.PLANNED].body
    theirs = {meeting.pk for (closed, _), meeting in meetings.items() if closed}
    found = names(permissions.visible_meetings(member(private, part)))
    assert found == theirs | names(permissions.visible_meetings(NOBODY))
    weak = permissions.visible_meetings(member(private, part, strong=False))
    assert names(weak) == names(permissions.visible_meetings(NOBODY))


# ------------------------------------------------------------------ items, papers, decisions


@pytest.fixture
def board():
    """A board with an open and a restricted thing of every kind, at a planned and a past meeting."""
    body = make_body()
    planned, held = make_meeting(body=body), make_meeting(states.MINUTED, body=body)
    made = {
        "proposed": make_item(states.PROPOSED, body=body),
        "declined": make_item(states.DECLINED, body=body),
        "early": make_item(meeting=planned),
        "early closed": make_item(meeting=planned, restricted=True),
        "open": make_item(states.ENDED, meeting=held),
        "closed": make_item(states.ENDED, meeting=held, restricted=True),
    }
    return body, made


def those(made, *called):
    """Primary keys of the named items."""
    return {made[name].pk for name in called}


def test_items_by_who_looks(board):
    body, made = board
    early, closed = ("open", "early"), ("open", "closed", "early", "early closed")
    assert names(permissions.visible_items(NOBODY)) == those(made, "open")
    assert names(permissions.visible_items(acting("officer"))) == those(made, "open")
    assert names(permissions.visible_items(acting("administrator"))) == those(made, "open")
    assert names(permissions.visible_items(acting("participation_worker"))) == those(made, "open")
    assert names(permissions.visible_items(acting("clerk"))) == those(made, *made)
    assert names(permissions.visible_items(acting("clerk", strong=False))) == those(made, "open")
    assert names(permissions.visible_items(member(body, "chair"))) == those(made, *made)
    for part in SEATED[1:]:
        assert names(permissions.visible_items(member(body, part))) == those(made, *closed)
        assert names(permissions.visible_items(member(body, part, strong=False))) == those(
            made, "open"
        )
    assert names(permissions.visible_items(member(body, "adviser"))) == those(made, *early)
    assert names(permissions.visible_items(member(make_body(), "chair"))) == those(made, "open")


def test_a_participation_worker_sees_what_came_from_threads(board):
    _, made = board
    for item in made.values():
        item.origin_path = "/issues/1/"
        item.save()
    open_ones = those(made, "open", "early", "proposed", "declined")
    assert names(permissions.visible_items(acting("participation_worker"))) == open_ones


def test_items_of_a_private_body_are_for_those_invited():
    body = make_body(kind="young_people", meets_in_private=True)
    item = make_item(states.ENDED, meeting=make_meeting(states.MINUTED, body=body))
    decision, action = make_decision(item=item), make_action(item=item)
    for who in (NOBODY, acting("officer"), acting("councillor")):
        assert names(permissions.visible_items(who)) == set()
        assert names(permissions.visible_decisions(who)) == set()
        assert names(permissions.visible_actions(who)) == set()
    for who in (acting("clerk"), acting("participation_worker"), member(body, "adviser")):
        assert names(permissions.visible_items(who)) == {item.pk}
        assert names(permissions.visible_decisions(who)) == {decision.pk}
        assert names(permissions.visible_actions(who)) == {action.pk}


def test_papers_follow_their_item_and_their_own_lock(board):
    body, made = board
    papers = {name: make_paper(item=item) for name, item in made.items()}
    locked = make_paper(item=made["open"], restricted=True)
    gone = make_paper(item=made["open"], withdrawn_at=clock.now(), withdrawn_why="Wrong file")
    out = {papers["open"].pk}
    assert names(permissions.visible_papers(NOBODY)) == out
    assert names(permissions.visible_papers(acting("officer"))) == out
    assert names(permissions.visible_papers(member(body, "adviser"))) == out | {papers["early"].pk}
    seated = {papers[n].pk for n in ("open", "closed", "early", "early closed")} | {locked.pk}
    assert names(permissions.visible_papers(member(body))) == seated
    assert gone.pk in names(permissions.visible_papers(acting("clerk")))


def test_decisions_by_who_looks(board):
    body, made = board
    going_on = make_item(meeting=make_meeting(states.PUBLISHED, body=body))
    out = make_decision(item=made["open"])
    locked = make_decision(item=made["open"], restricted=True)
    closed = make_decision(item=made["closed"])
    early = make_decision(item=going_on)
    slipped = make_decision(item=made["closed"], restricted=False)  # its item was closed later
    every = {out.pk, locked.pk, closed.pk, early.pk, slipped.pk}
    for who in (NOBODY, acting("officer"), acting("participation_worker")):
        assert names(permissions.visible_decisions(who)) == {out.pk}
    assert names(permissions.visible_decisions(member(body))) == every
    assert names(permissions.visible_decisions(acting("clerk"))) == every
    assert names(permissions.visible_decisions(member(body, "adviser"))) == {out.pk, early.pk}
    assert names(permissions.visible_decisions(member(body, strong=False))) == {out.pk}


def test_actions_by_who_looks(board):
    body, made = board
    out = make_action(item=made["open"])
    closed = make_action(item=made["closed"], restricted=True)
    slipped = make_action(item=made["closed"])
    early = make_action(item=made["early"])
    promise = make_action(origin_path="/issues/1/")
    secret_promise = make_action(origin_path="/issues/2/", restricted=True)
    every = {one.pk for one in (out, closed, slipped, early, promise, secret_promise)}
    assert names(permissions.visible_actions(NOBODY)) == {out.pk}
    assert names(permissions.visible_actions(acting("officer", strong=False))) == {out.pk}
    assert names(permissions.visible_actions(acting("officer"))) == {out.pk, promise.pk}
    assert names(permissions.visible_actions(acting("subscriber"))) == {out.pk}
    threads = {out.pk, promise.pk, secret_promise.pk}
    assert names(permissions.visible_actions(acting("participation_worker"))) == threads
    assert names(permissions.visible_actions(member(body))) == every - {secret_promise.pk}
    assert names(permissions.visible_actions(member(body, "adviser"))) == {
        out.pk, early.pk, promise.pk
    }  # fmt: skip
    assert names(permissions.visible_actions(acting("clerk"))) == every


def test_owners_see_their_own_actions_restricted_ones_only_when_strong(board):
    _, made = board
    post = make_post()
    mine = make_action(owner=post, item=made["early"])
    locked = make_action(owner=post, item=made["early"], restricted=True)
    slipped = make_action(owner=post, item=made["closed"])
    assert names(permissions.visible_actions(act(post))) == {mine.pk, locked.pk, slipped.pk}
    assert names(permissions.visible_actions(act(post, strong=False))) == {mine.pk}


# ------------------------------------------------------------------ rights end with what they hang on


def test_rights_end_with_the_appointment_the_seat_and_the_post():
    body = make_body()
    item = make_item(meeting=make_meeting(body=body))
    yesterday = clock.today() - timedelta(days=1)
    gone = member(body, ends_on=yesterday)
    not_yet = member(body, starts_on=clock.today() + timedelta(days=1))
    ended = member(body, ended_at=clock.now())
    no_seat = member(body)
    seat = body.seats.latest("pk")
    seat.ends_on = yesterday
    seat.save()
    no_post = member(body)
    no_post.acting_for.ended_at = clock.now()
    no_post.acting_for.ended_by = no_post
    no_post.acting_for.save()
    for who in (gone, not_yet, ended, no_seat, no_post):
        assert names(permissions.visible_items(who)) == set()
        assert permissions.held_seats(who) == {}
    assert names(permissions.visible_items(member(body))) == {item.pk}


def test_one_person_with_two_employers_has_two_views():
    body = make_body()
    make_item(meeting=make_meeting(body=body))
    sits = member(body)
    other = make_post(user=sits, organisation=make_organisation())
    assert permissions.visible_items(sits).count() == 1
    assert permissions.visible_items(act(other)).count() == 0


def test_seats_that_a_page_has_asked_for_give_the_same_answers(board):
    body, _ = board
    for who in (NOBODY, acting("officer"), member(body), member(body, "chair")):
        asked = {
            door.__name__: names(door(who))
            for door in (permissions.visible_meetings, permissions.visible_items)
        }
        who.seats_now = permissions.held_seats(who)
        assert names(permissions.visible_meetings(who)) == asked["visible_meetings"]
        assert names(permissions.visible_items(who)) == asked["visible_items"]


def test_seats_of_a_private_body_and_appointments():
    body = make_body(kind="young_people", meets_in_private=True)
    appointment = make_appointment(body=body, pseudonym="Kestrel")
    for who in (NOBODY, acting("officer")):
        assert names(permissions.visible_seats(who, body)) == set()
        assert names(permissions.visible_appointments(who, body)) == set()
    assert names(permissions.visible_seats(acting("clerk"), body)) == {appointment.seat_id}
    assert names(permissions.visible_appointments(acting("clerk"), body)) == {appointment.pk}
    assert names(permissions.visible_appointments(acting("participation_worker"), body)) == set()
