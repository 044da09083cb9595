"""Who may do what to sessions, bookings, files and wishes: whole tables, by equality, no database."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from saidanddone.core import clock
from saidanddone.events import permissions, states
from saidanddone.events.models import AttendanceFile, Booking, Series, Session, Wish
from saidanddone.people import roles
from saidanddone.people.models import Post
from tests.factories.people import unsaved

HOUR = timedelta(hours=1)
OTHERS = [role.code for role in roles.HELD if role.code != "clerk"]
NOBODY, CLOCK = AnonymousUser(), "system:sessions"
EDITS = {"change_session", "cancel_session"}
MARKS = {"mark_register", "add_walk_in", "read_attendance"}
HOLDER = {"change_booking", "cancel_booking"}


def a_session(state, *, over=False, presenter=None):
    """A session in this state, tomorrow or two hours ago."""
    begins = clock.now() - 2 * HOUR if over else clock.now() + 24 * HOUR
    found = Session(pk=3, title="S", begins_at=begins, ends_at=begins + HOUR, state=state)
    found.presented_by = presenter
    return found


def a_booking(state, session=states.OPEN, *, over=False, **more):
    """A booking in this state, of a session in that one."""
    of = a_session(session, over=over)
    of.impact_asked_at = more.pop("asked", None)
    found = Booking(pk=5, session=of, state=state, email="ada@x.example", **more)
    found._state.fields_cache |= {"evaluation": None, "impact": None}  # neither is there
    return found


CLERK_TO_COME = {
    states.DRAFT: EDITS | {"open_session"},
    states.OPEN: EDITS | MARKS | {"book_place"},
    states.HELD: MARKS | {"share_materials"},
    states.CLOSED: {"share_materials"},
    states.CANCELLED: set(),
}
CLERK_OVER = {
    states.DRAFT: EDITS | {"open_session"},
    states.OPEN: EDITS | MARKS | {"hold_session", "close_session"},
    states.HELD: MARKS | {"share_materials", "close_session"},
    states.CLOSED: {"share_materials"},
    states.CANCELLED: set(),
}


@pytest.mark.parametrize("state", CLERK_TO_COME)
@pytest.mark.parametrize("over", [False, True])
def test_the_clerk_keeps_sessions(state, over):
    expected = (CLERK_OVER if over else CLERK_TO_COME)[state]
    assert permissions.session_verbs(unsaved("clerk"), a_session(state, over=over)) == expected


@pytest.mark.parametrize("state", CLERK_TO_COME)
@pytest.mark.parametrize("who", [*OTHERS, "", "weak clerk"])
def test_others_may_only_book_what_is_open(state, who):
    user = {"": NOBODY, "weak clerk": unsaved("clerk", strong=False)}.get(who) or unsaved(who)
    expected = {"book_place"} if state == states.OPEN else set()
    assert permissions.session_verbs(user, a_session(state)) == expected
    assert permissions.session_verbs(user, a_session(state, over=True)) == set()
    assert permissions.session_verbs(user, None) == set()
    assert permissions.series_verbs(user, Series()) == set()


def test_whoever_presents_ticks_and_shares():
    user = unsaved("practitioner", pk=9)
    presenter = Post(pk=9)
    found = {
        state: permissions.session_verbs(user, a_session(state, over=True, presenter=presenter))
        for state in CLERK_OVER
    }
    ticks = {"mark_register", "add_walk_in"}
    assert found == {
        states.DRAFT: set(), states.OPEN: ticks, states.HELD: ticks | {"share_materials"},
        states.CLOSED: {"share_materials"}, states.CANCELLED: set(),
    }  # fmt: skip
    weak = unsaved("practitioner", pk=9, strong=False)
    held = a_session(states.HELD, presenter=presenter)
    assert permissions.session_verbs(weak, held) == set()


def test_the_clock_reminds_holds_and_asks():
    found = {state: permissions.session_verbs(CLOCK, a_session(state, over=True))
             for state in CLERK_OVER}  # fmt: skip
    assert found == {
        states.DRAFT: set(), states.OPEN: {"remind_booked", "hold_session", "read_attendance"},
        states.HELD: {"read_attendance"}, states.CLOSED: {"ask_impact"}, states.CANCELLED: set(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (states.WAITING, HOLDER), (states.OFFERED, HOLDER | {"accept_offer"}),
        (states.BOOKED, HOLDER | {"send_colleague"}), (states.LAPSED, set()),
        (states.GIVEN_UP, set()), (states.DID_NOT_COME, set()),
        (states.CAME, {"evaluate_session"}), (states.CAME_IN_PART, {"evaluate_session"}),
    ],
)  # fmt: skip
def test_whoever_holds_the_link(state, expected):
    assert permissions.booking_verbs(None, a_booking(state)) == expected
    owner = unsaved()
    owner.email = "Ada@x.example"
    assert permissions.booking_verbs(owner, a_booking(state)) == expected
    assert permissions.booking_verbs(unsaved("practitioner"), a_booking(state)) == set()
    assert permissions.booking_verbs(NOBODY, a_booking(state)) == set()


@pytest.mark.parametrize("state", [states.WAITING, states.OFFERED, states.BOOKED])
@pytest.mark.parametrize("session", [states.HELD, states.CLOSED, states.CANCELLED])
def test_nothing_is_changed_once_the_session_is_not_open(state, session):
    assert permissions.booking_verbs(None, a_booking(state, session)) == set()
    assert permissions.booking_verbs(None, a_booking(state, over=True)) == set()


def test_what_came_of_it_is_told_once_it_is_asked():
    asked = a_booking(states.CAME, states.CLOSED, over=True, asked=clock.now())
    assert permissions.booking_verbs(None, asked) == {"evaluate_session", "tell_impact"}


def test_the_clerk_and_the_clock_with_a_booking():
    clerk = unsaved("clerk")
    assert permissions.booking_verbs(clerk, a_booking(states.WAITING)) == HOLDER | {"offer_place"}
    assert permissions.booking_verbs(clerk, a_booking(states.BOOKED)) == HOLDER | {
        "mark_attendance"
    }
    assert permissions.booking_verbs(CLOCK, a_booking(states.WAITING)) == {"offer_place"}
    assert permissions.booking_verbs(CLOCK, a_booking(states.OFFERED)) == {"lapse_offer"}


@pytest.mark.parametrize("session", CLERK_OVER)
def test_files_are_the_clerks_while_the_register_is_open(session):
    file = AttendanceFile(session=a_session(session), state=states.READ)
    opened = session in {states.OPEN, states.HELD}
    expected = {"take_attendance"} if opened else set()
    assert permissions.file_verbs(unsaved("clerk"), file) == expected
    assert permissions.file_verbs(CLOCK, file) == expected
    for code in OTHERS:
        assert permissions.file_verbs(unsaved(code), file) == set()


def test_anybody_asks_and_the_clerk_answers():
    wish = Wish(words="Owls")
    assert permissions.wish_verbs(NOBODY) == {"ask_for_session"}
    assert permissions.wish_verbs(unsaved("clerk"), wish) == {"answer_wish", "let_wish_go"}
    for code in OTHERS:
        assert permissions.wish_verbs(unsaved(code), wish) == set()
