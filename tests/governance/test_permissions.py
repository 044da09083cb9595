"""Who may do what to boards, meetings, items and actions: whole tables, by equality, no database."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from saidanddone.core import clock
from saidanddone.governance import permissions, states
from saidanddone.governance.models import Action, AgendaItem, Body, Meeting, Minutes, Pack, Paper
from saidanddone.people import roles
from saidanddone.people.models import Post
from tests.factories.people import unsaved

EVERY = [role.code for role in roles.HELD]
OTHERS = [code for code in EVERY if code != "clerk"]
BODY = Body(pk=3, kind="board", name="A board", short_name="AB")
ENDED = Body(pk=4, kind="board", name="Gone", short_name="G", ends_on=date(2001, 1, 1))
PRIVATE = Body(pk=5, kind="young_people", name="Council", short_name="C", meets_in_private=True)
ABOVE = [None, "system:somebody"]
NOBODY = AnonymousUser()


def somebody(code, *, parts=(), strong=True, body=3):
    """A person with one role, who plays these parts on a body."""
    user = unsaved(code, strong=strong, pk=7)
    user.seats_now = {body: frozenset(parts)} if parts and strong else {}
    return user


def a_meeting(state, body=BODY):
    """A meeting in this state."""
    meeting = Meeting(pk=11, body=body, state=state)
    if state == states.MINUTED:  # and the chair has checked what was written
        Minutes(pk=14, meeting=meeting, state=states.CHECKED)
    return meeting


def an_item(state, meeting=None, kind="discussion", origin_path=""):
    """An item in this state, perhaps at a meeting in that one."""
    at = a_meeting(meeting) if meeting else None
    return AgendaItem(pk=12, body=BODY, meeting=at, kind=kind, state=state, origin_path=origin_path)


def an_action(state=states.OPEN, owner=99, *, restricted=False, item=True):
    """An action of some post, from an item or from none."""
    given = an_item(states.ENDED, states.MINUTED) if item else None
    return Action(
        pk=13, owner=Post(pk=owner), owner_id=owner, state=state, restricted=restricted, item=given,
        due_on=clock.today(),
    )  # fmt: skip


# ------------------------------------------------------------------ bodies

KEEPS = {"change_body", "add_seat", "change_seat", "appoint", "end_appointment", "plan_meeting"}


@pytest.mark.parametrize("code", EVERY)
def test_body_verbs_by_role(code):
    user = somebody(code)
    works_here = code != "subscriber"
    proposes = {"propose_item"} if works_here else set()
    clerk = code == "clerk"
    assert permissions.body_verbs(user, None) == ({"create_body"} if clerk else set())
    assert permissions.body_verbs(user, BODY) == (KEEPS | proposes if clerk else proposes)
    after_its_end = {"change_body", "change_seat", "end_appointment"}
    assert permissions.body_verbs(user, ENDED) == (after_its_end if clerk else set())


@pytest.mark.parametrize("code", EVERY)
def test_body_verbs_signed_in_by_code_only(code):
    user = somebody(code, strong=False)
    assert permissions.body_verbs(user, None) == set()
    assert permissions.body_verbs(user, BODY) == set()


def test_body_verbs_without_an_account():
    assert permissions.body_verbs(NOBODY, None) == set()
    assert permissions.body_verbs(NOBODY, BODY) == set()
    for above in ABOVE:
        assert permissions.body_verbs(above, None) == set()
        assert permissions.body_verbs(above, BODY) == {"propose_item"}


# ------------------------------------------------------------------ what is seen of a body

OPENLY = {"meetings", "seats"}


@pytest.mark.parametrize("code", EVERY)
def test_seen_of_an_open_body(code):
    supports = code in {"clerk", "participation_worker"}
    works_here = code != "subscriber"
    expected = OPENLY | ({"names"} if works_here else set())
    if supports:
        expected |= {"pseudonyms", "link"}
    assert permissions.seen_of_body(somebody(code), BODY) == expected
    assert permissions.seen_of_body(somebody(code, strong=False), BODY) == OPENLY


@pytest.mark.parametrize("code", EVERY)
def test_seen_of_a_body_that_meets_in_private(code):
    supports = code in {"clerk", "participation_worker"}
    expected = OPENLY | {"names", "pseudonyms", "link"} if supports else set()
    assert permissions.seen_of_body(somebody(code), PRIVATE) == expected
    assert permissions.seen_of_body(somebody(code, strong=False), PRIVATE) == set()


@pytest.mark.parametrize("part", ["chair", "vice_chair", "member", "substitute", "adviser"])
def test_seen_of_a_private_body_by_those_invited(part):
    invited = somebody("officer", parts=[part], body=5)
    assert permissions.seen_of_body(invited, PRIVATE) == OPENLY | {"names", "link"}
    elsewhere = somebody("officer", parts=[part], body=3)
    assert permissions.seen_of_body(elsewhere, PRIVATE) == set()


def test_seen_without_an_account():
    assert permissions.seen_of_body(NOBODY, BODY) == OPENLY
    assert permissions.seen_of_body(NOBODY, PRIVATE) == set()


# ------------------------------------------------------------------ meetings

RUNS = {
    states.PLANNED: {"add_agenda_item", "order_agenda", "change_meeting", "publish_agenda",
                     "cancel_meeting"},
    states.PUBLISHED: {"add_agenda_item", "order_agenda", "change_meeting", "close_meeting",
                       "cancel_meeting", "make_supplement"},
    states.MINUTED: set(),
    states.CANCELLED: set(),
}  # fmt: skip


@pytest.mark.parametrize("state", RUNS)
@pytest.mark.parametrize("code", EVERY)
def test_meeting_verbs_by_role(code, state):
    expected = set()
    if code == "clerk":
        expected = RUNS[state]
    if code == "participation_worker" and state == states.PLANNED:
        expected = {"add_agenda_item"}
    assert permissions.meeting_verbs(somebody(code), a_meeting(state)) == expected
    assert permissions.meeting_verbs(somebody(code, strong=False), a_meeting(state)) == set()


@pytest.mark.parametrize("state", RUNS)
@pytest.mark.parametrize("part", ["chair", "vice_chair", "member", "substitute", "adviser"])
def test_meeting_verbs_by_part(part, state):
    user = somebody("officer", parts=[part])
    may = part == "chair" and state == states.PLANNED
    assert permissions.meeting_verbs(user, a_meeting(state)) == (
        {"excuse_missing_voice"} if may else set()
    )
    other = a_meeting(state, body=ENDED)
    assert permissions.meeting_verbs(user, other) == set()


@pytest.mark.parametrize("state", RUNS)
def test_meeting_verbs_without_an_account(state):
    for who in (NOBODY, *ABOVE):
        assert permissions.meeting_verbs(who, a_meeting(state)) == set()


# ------------------------------------------------------------------ items

PLACES = {"accept_item", "decline_item", "change_item", "add_paper"}
MINUTES = {
    "minute_item",
    "record_decision",
    "end_item",
    "change_item",
    "add_paper",
    "assign_action",
}
YOUNG = {"write_young_version"}
# state of the item, of its meeting → what the clerk may do
CLERKS = {
    (states.PROPOSED, None): PLACES,
    (states.DECLINED, None): set(),
    (states.ON_AGENDA, states.PLANNED): {
        "change_item", "add_paper", "hand_in", "put_item_back", *YOUNG
    },
    (states.ON_AGENDA, states.PUBLISHED): MINUTES | YOUNG,
    (states.ON_AGENDA, states.MINUTED): {"assign_action"} | YOUNG,
    (states.ON_AGENDA, states.CANCELLED): set(),
    (states.ENDED, states.PUBLISHED): {"minute_item", "assign_action"} | YOUNG,
    (states.ENDED, states.MINUTED): {"assign_action"} | YOUNG,
}  # fmt: skip
THREAD = {
    (states.PROPOSED, None): {"change_item", "accept_item"},
    (states.ON_AGENDA, states.PLANNED): {"change_item"},
    (states.ON_AGENDA, states.PUBLISHED): {"change_item"},
}


@pytest.mark.parametrize(("state", "meeting"), CLERKS)
def test_item_verbs_of_the_clerk(state, meeting):
    expected = CLERKS[(state, meeting)]
    assert permissions.item_verbs(somebody("clerk"), an_item(state, meeting)) == expected
    voice = an_item(state, meeting, kind="voice", origin_path="/issues/1/")
    noting = {"note_answer"} if (state, meeting) == (states.ON_AGENDA, states.PUBLISHED) else set()
    assert permissions.item_verbs(somebody("clerk"), voice) == expected | noting
    assert permissions.item_verbs(somebody("clerk", strong=False), voice) == set()


@pytest.mark.parametrize(("state", "meeting"), CLERKS)
@pytest.mark.parametrize("code", OTHERS)
def test_item_verbs_of_others(code, state, meeting):
    voice = an_item(state, meeting, kind="voice", origin_path="/issues/1/")
    worker = code == "participation_worker"
    young = YOUNG & CLERKS[(state, meeting)] if worker else set()
    expected = THREAD.get((state, meeting), set()) if worker else set()
    assert permissions.item_verbs(somebody(code), voice) == expected | young
    assert permissions.item_verbs(somebody(code), an_item(state, meeting)) == young
    assert permissions.item_verbs(somebody(code), an_item(state, meeting, kind="voice")) == young
    chair = somebody(code, parts=["chair"])
    assert permissions.item_verbs(chair, an_item(state, meeting)) == young


@pytest.mark.parametrize(("state", "meeting"), CLERKS)
def test_item_verbs_without_an_account(state, meeting):
    voice = an_item(state, meeting, kind="voice", origin_path="/issues/1/")
    assert permissions.item_verbs(NOBODY, voice) == set()
    for above in ABOVE:
        assert permissions.item_verbs(above, voice) == THREAD.get((state, meeting), set())
        assert permissions.item_verbs(above, an_item(state, meeting)) == set()


# ------------------------------------------------------------------ actions

STATES = [states.OPEN, states.IN_HAND, states.DONE, states.DROPPED]
UNDER_WAY = {states.OPEN, states.IN_HAND}
CLERK = {"update_action", "complete_action", "hand_action_on"}
OWNER = {"update_action", "complete_action", "hand_action_on"}
TICKS = {"update_action", "complete_action"}


def only(verbs, state):
    """Nothing is open to anybody once it is done or dropped."""
    return verbs if state in UNDER_WAY else set()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("code", EVERY)
def test_action_verbs_of_its_owner(code, state):
    mine, promise = an_action(state, owner=7), an_action(state, owner=7, item=False)
    asks, drops = OWNER | {"ask_to_drop"}, OWNER | {"drop_action"}
    assert permissions.action_verbs(somebody(code), mine) == only(asks, state)
    assert permissions.action_verbs(somebody(code), promise) == only(drops, state)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("code", EVERY)
def test_action_verbs_of_its_owner_by_code_only(code, state):
    by_code = somebody(code, strong=False)
    assert permissions.action_verbs(by_code, an_action(state, owner=7)) == only(TICKS, state)
    closed = an_action(state, owner=7, restricted=True)
    assert permissions.action_verbs(by_code, closed) == set()
    assert permissions.action_verbs(somebody(code), closed) >= only(OWNER, state)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("code", EVERY)
def test_action_verbs_of_others(code, state):
    expected = CLERK | {"ask_to_drop"} if code == "clerk" else set()
    assert permissions.action_verbs(somebody(code), an_action(state)) == only(expected, state)
    thread = {"complete_action", "hand_action_on", "drop_action"}
    promise = {"clerk": CLERK | {"drop_action"}, "participation_worker": thread}.get(code, set())
    found = permissions.action_verbs(somebody(code), an_action(state, item=False))
    assert found == only(promise, state)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("part", ["chair", "vice_chair", "member", "substitute", "adviser"])
def test_action_verbs_by_part(part, state):
    expected = {"drop_action"} if part in {"chair", "vice_chair"} else set()
    user = somebody("officer", parts=[part])
    assert permissions.action_verbs(user, an_action(state)) == only(expected, state)
    asked = an_action(state)
    asked.drop_asked_why = "No money"
    settles = expected | {"keep_action"} if expected else set()
    assert permissions.action_verbs(user, asked) == only(settles, state)
    assert permissions.action_verbs(user, an_action(state, item=False)) == set()


@pytest.mark.parametrize("state", STATES)
def test_action_verbs_without_an_account(state):
    assert permissions.action_verbs(NOBODY, an_action(state)) == set()
    thread = {"complete_action", "hand_action_on", "drop_action"}
    clock_too = {"remind_of_action"}
    assert permissions.action_verbs(None, an_action(state)) == set()
    assert permissions.action_verbs(None, an_action(state, item=False)) == only(thread, state)
    assert permissions.action_verbs("system:x", an_action(state)) == only(clock_too, state)


@pytest.mark.parametrize("code", EVERY)
def test_who_may_make_a_promise_an_action(code):
    may = code in {"clerk", "participation_worker", "officer"}
    assert permissions.action_verbs(somebody(code), None) == ({"assign_action"} if may else set())
    assert permissions.action_verbs(somebody(code, strong=False), None) == set()
    assert permissions.action_verbs(NOBODY, None) == set()
    assert permissions.action_verbs(None, None) == {"assign_action"}


@pytest.mark.parametrize("code", EVERY)
def test_paper_verbs(code):
    may = {"withdraw_paper"} if code == "clerk" else set()
    item = an_item(states.ON_AGENDA, states.PUBLISHED)
    assert permissions.paper_verbs(somebody(code), Paper(item=item)) == may
    gone = Paper(item=item, withdrawn_at=clock.now())
    assert permissions.paper_verbs(somebody(code), gone) == set()
    assert permissions.paper_verbs(NOBODY, Paper(item=item)) == set()


@pytest.mark.parametrize("state", RUNS)
@pytest.mark.parametrize("restricted", [False, True])
def test_whoever_leads_an_item_hands_in_for_it_until_the_agenda_is_out(state, restricted):
    item = an_item(states.ON_AGENDA, state)
    item.lead_id, item.restricted = 7, restricted
    may = {"hand_in", "add_paper"} if state == states.PLANNED else set()
    lead = somebody("officer")
    assert permissions.item_verbs(lead, item) == may
    assert permissions.paper_verbs(lead, Paper(item=item)) == ({"withdraw_paper"} if may else set())
    by_code = somebody("officer", strong=False)
    assert permissions.item_verbs(by_code, item) == (set() if restricted else may)
    item.lead_id = 8
    assert permissions.item_verbs(lead, item) == set()


@pytest.mark.parametrize("code", EVERY)
def test_pack_verbs(code):
    failed, wanted, made = (Pack(state=state) for state in ("failed", "wanted", "made"))
    user, clerk = somebody(code), code == "clerk"
    assert permissions.pack_verbs(user, failed) == ({"ask_pack_again"} if clerk else set())
    assert permissions.pack_verbs(user, wanted) == set()
    assert permissions.pack_verbs(user, made) == set()
    assert permissions.pack_verbs("system:packs", wanted) == {"make_pack", "fail_pack"}
    assert permissions.pack_verbs("system:packs", made) == set()
    assert permissions.pack_verbs(NOBODY, failed) == set()


@pytest.mark.parametrize("part", ["chair", "vice_chair", "member", "substitute", "adviser"])
def test_is_member(part):
    assert permissions.is_member(somebody("officer", parts=[part]), BODY) is (part != "adviser")
    assert not permissions.is_member(somebody("officer", parts=[part]), PRIVATE)
    assert not permissions.is_member(NOBODY, BODY)
