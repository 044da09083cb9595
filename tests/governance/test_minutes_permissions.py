"""Who writes, checks, corrects and agrees minutes: whole tables, by equality, no database."""

import pytest

from saidanddone.core import clock
from saidanddone.governance import permissions, states
from saidanddone.governance.models import Correction, Meeting, Minutes
from tests.governance.test_permissions import (
    BODY,
    EVERY,
    RUNS,
    YOUNG,
    a_meeting,
    an_item,
    somebody,
)

KEPT = {"mark_attendance", "add_attendee", "remove_attendee", "declare_quorum", "declare_interest",
        "act_on_interest"}  # fmt: skip
PRESIDED = {"declare_quorum", "act_on_interest"}
WAY = {  # state of the minutes → the clerk's, the chair's, a member's
    states.DRAFT: ({"return_minutes"}, {"check_minutes", "return_minutes"}, set()),
    states.CHECKED: ({"return_minutes", "circulate_minutes"}, {"return_minutes"}, set()),
    states.CIRCULATED: (
        {"propose_correction", "approve_minutes"}, {"propose_correction"}, {"propose_correction"},
    ),
    states.APPROVED: (set(), set(), set()),
}  # fmt: skip


def some_minutes(state, **over):
    """Minutes in this state, of a meeting that has ended; corrections may be asked for today."""
    meeting = Meeting(pk=11, body=BODY, state=states.MINUTED, **over)
    return Minutes(pk=14, meeting=meeting, state=state, corrections_until=clock.today())


@pytest.mark.parametrize("state", RUNS)
@pytest.mark.parametrize("code", EVERY)
def test_minuting_verbs_by_role(code, state):
    expected = KEPT if code == "clerk" and state == states.PUBLISHED else set()
    assert permissions.minuting_verbs(somebody(code), a_meeting(state)) == expected
    assert permissions.minuting_verbs(somebody(code, strong=False), a_meeting(state)) == set()


@pytest.mark.parametrize("part", ["chair", "vice_chair", "member", "substitute", "adviser"])
def test_minuting_verbs_by_part(part):
    expected = PRESIDED if part in {"chair", "vice_chair"} else set()
    user = somebody("officer", parts=[part])
    assert permissions.minuting_verbs(user, a_meeting(states.PUBLISHED)) == expected
    assert permissions.minuting_verbs(user, some_minutes(states.DRAFT).meeting) == expected
    assert permissions.minuting_verbs(user, some_minutes(states.CIRCULATED).meeting) == set()


@pytest.mark.parametrize("state", WAY)
@pytest.mark.parametrize("code", EVERY)
def test_minutes_verbs_by_role(code, state):
    expected = WAY[state][0] if code == "clerk" else set()
    assert permissions.minutes_verbs(somebody(code), some_minutes(state)) == expected
    assert permissions.minutes_verbs(somebody(code, strong=False), some_minutes(state)) == set()
    elsewhere = some_minutes(state, source="from public minutes")
    assert permissions.minutes_verbs(somebody(code), elsewhere) == set()


@pytest.mark.parametrize("state", WAY)
@pytest.mark.parametrize("part", ["chair", "member", "substitute", "adviser"])
def test_minutes_verbs_by_part(part, state):
    _, chairs, members = WAY[state]
    expected = {"chair": chairs, "adviser": set()}.get(part, members)
    user = somebody("officer", parts=[part])
    assert permissions.minutes_verbs(user, some_minutes(state)) == expected


@pytest.mark.parametrize("state", [states.ASKED, states.MADE, states.NOT_MADE])
@pytest.mark.parametrize("code", EVERY)
def test_correction_verbs(code, state):
    settles = {"make_correction", "refuse_correction"}
    open_now = code == "clerk" and state == states.ASKED
    asked = Correction(pk=15, state=state, minutes=some_minutes(states.CIRCULATED))
    assert permissions.correction_verbs(somebody(code), asked) == (settles if open_now else set())
    shut = Correction(pk=15, state=state, minutes=some_minutes(states.APPROVED))
    assert permissions.correction_verbs(somebody(code), shut) == set()


def test_the_clerk_writes_drafts_and_nothing_later():
    for state in WAY:
        item = an_item(states.ENDED)
        item.meeting = some_minutes(state).meeting
        expected = {"assign_action"} | YOUNG
        expected |= {"minute_item"} if state == states.DRAFT else set()
        assert permissions.item_verbs(somebody("clerk"), item) == expected
