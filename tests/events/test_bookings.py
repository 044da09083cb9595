"""Places: the last goes to one, queues move in order, offers pass on, nothing is told twice."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.events import jobs, states, verbs
from saidanddone.events.models import Booking, Session
from saidanddone.events.verbs.sessions import TooSmall
from saidanddone.mail.models import Letter
from tests.factories.events import end, make_booking, make_session
from tests.factories.people import acting

ASKERS = 50
TOLD_NUMBER = re.compile(r"You are number (\d+)")


def book(session, number=0, **over):
    """One booking by somebody without an account."""
    given = {"name": f"Asker {number}", "email": f"asker{number}@x.example"} | over
    return verbs.book_place(session=Session.objects.get(pk=session.pk), by=None, **given)


def anew(record):
    return type(record).objects.get(pk=record.pk)


# ------------------------------------------------------------------ racing


def test_the_last_place_goes_to_one_and_the_rest_stand_in_order(kept):
    session = make_session(capacity=1)
    together, failed = threading.Barrier(ASKERS), []

    def ask(number):
        try:
            together.wait(timeout=30)
            book(session, number)
        except Exception as trouble:  # noqa: BLE001 -- a thread's trouble is told by the test
            failed.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[number]) for number in range(ASKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert failed == []
        found = list(session.bookings.order_by("pk").values_list("state", flat=True))
        assert found.count(states.BOOKED) == 1
        assert found.count(states.WAITING) == ASKERS - 1
        places = [one.number for one in session.bookings.queue()]
        assert places == list(range(1, ASKERS))
        assert anew(session).taken == 1
        told = Letter.objects.filter(wording__kind="place_waited_for", address__startswith="asker")
        numbers = [TOLD_NUMBER.search(letter.wording.text)[1] for letter in told]
        assert sorted(map(int, numbers)) == places, "no two are told the same"
    finally:
        session.bookings.all().delete()
        Letter.objects.filter(address__startswith="asker").delete()
        session.delete()
        close_old_connections()


def test_the_same_person_at_once_has_one_booking(kept):
    session = make_session(capacity=5)
    together = threading.Barrier(8)

    def ask():
        together.wait(timeout=30)
        book(session)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert session.bookings.count() == 1
        assert anew(session).taken == 1
    finally:
        session.bookings.all().delete()
        Letter.objects.filter(address__startswith="asker").delete()
        session.delete()


# ----------------------------------------------------------------- booking


@pytest.mark.django_db
def test_booking_is_recorded_and_answered(verbs_told, letters):
    booking = book(make_session(), email="Ada@X.example")
    assert (booking.state, booking.email) == (states.BOOKED, "ada@x.example")
    assert verbs_told() == ["book_place"]
    assert letters() == [("place_booked", "ada@x.example")]


@pytest.mark.django_db
def test_who_waits_is_told_their_place(letters):
    session = make_session(capacity=1)
    make_booking(session=session)
    make_booking(states.WAITING, session=session)
    book(session)
    assert letters() == [("place_waited_for", "asker0@x.example")]
    assert "You are number 2 on the waiting list" in Letter.objects.get().wording.text


@pytest.mark.django_db
def test_nobody_jumps_the_queue_when_a_place_is_free():
    session = make_session(capacity=2)
    make_booking(session=session)
    make_booking(states.WAITING, session=session)
    assert book(session).state == states.WAITING


@pytest.mark.django_db
def test_letters_hold_no_name_and_no_way_in():
    session = make_session(capacity=1)
    book(session, name="Quite Unmistakable")
    verbs.remind_booked(session=session, step="last", over=[], by="system:sessions")
    for letter in Letter.objects.select_related("wording"):
        words = letter.wording.subject + letter.wording.text + str(letter.fill)
        assert "Unmistakable" not in words
        assert "meet.example" not in words


@pytest.mark.django_db
def test_an_address_cannot_be_flooded_with_bookings():
    for number in range(12):
        book(make_session(), email="ada@x.example", number=number)
    with pytest.raises(verbs.TooMany):
        book(make_session(), email="ada@x.example")


@pytest.mark.django_db
@pytest.mark.parametrize("state", [states.DRAFT, states.HELD, states.CLOSED, states.CANCELLED])
def test_only_open_sessions_are_booked(state):
    with pytest.raises(Refused):
        book(make_session(state))


@pytest.mark.django_db
def test_what_has_ended_is_not_booked():
    with pytest.raises(Refused):
        book(end(make_session()))


# --------------------------------------------------------------- the queue


@pytest.fixture
def full(db):
    """One place, taken, and two who wait."""
    session = make_session(capacity=1)
    held = make_booking(session=session)
    first = make_booking(states.WAITING, session=session)
    second = make_booking(states.WAITING, session=session)
    return session, held, first, second


def test_a_freed_place_is_offered_to_the_first_and_then_passes_on(full, letters, verbs_told):
    session, held, first, second = full
    verbs.cancel_booking(booking=held, by=None)
    first, second = anew(first), anew(second)
    assert (first.state, second.state) == (states.OFFERED, states.WAITING)
    assert second.number == 1
    assert verbs_told() == ["cancel_booking", "offer_place"]
    Booking.objects.filter(pk=first.pk).update(offered_until=clock.now() - timedelta(1))
    with pytest.raises(Moved):
        verbs.accept_offer(booking=anew(first), by=None)
    assert jobs.lapse_offers() == 1
    assert [anew(one).state for one in (first, second)] == [states.LAPSED, states.OFFERED]
    verbs.accept_offer(booking=anew(second), by=None)
    assert anew(second).state == states.BOOKED
    assert anew(session).taken == 1
    assert [kind for kind, _ in letters()] == [
        "booking_cancelled", "offer_lapsed", "place_booked", "place_offered", "place_offered",
    ]  # fmt: skip


def test_an_offered_place_is_nobody_elses(full):
    session, held, _, _ = full
    verbs.cancel_booking(booking=held, by=None)
    assert book(session).state == states.WAITING


def test_when_nobody_waits_the_place_is_free_again(db):
    session = make_session(capacity=1)
    held = make_booking(session=session)
    verbs.cancel_booking(booking=held, by=None)
    assert anew(session).taken == 0
    assert book(session).state == states.BOOKED


def test_leaving_the_queue_frees_nothing(full):
    session, _, first, _ = full
    verbs.cancel_booking(booking=first, by=None)
    assert anew(session).taken == 1


def test_more_places_go_to_those_who_wait(full, clerk):
    session, _, first, second = full
    verbs.change_session(session=anew(session), capacity=3, by=clerk)
    assert {anew(one).state for one in (first, second)} == {states.OFFERED}
    assert anew(session).taken == 3
    with pytest.raises(TooSmall):
        verbs.change_session(session=anew(session), capacity=2, by=clerk)


def test_a_place_that_stands_free_is_found_by_the_clock(full):
    session, _, first, _ = full
    Session.objects.filter(pk=session.pk).update(capacity=2)
    assert jobs.offer_free_places() == 1
    assert anew(first).state == states.OFFERED
    assert jobs.offer_free_places() == 0


def test_giving_up_late_is_known(db):
    soon, later = make_session(days=1), make_session(days=30)
    late, early = make_booking(session=soon), make_booking(session=later)
    for one in (late, early):
        verbs.cancel_booking(booking=one, by=None)
    assert (anew(late).gave_up_late, anew(early).gave_up_late) == (True, False)


def test_a_colleague_who_is_there_already_is_not_sent_twice(db):
    session = make_session()
    mine, theirs = make_booking(session=session), make_booking(session=session)
    with pytest.raises(verbs.Elsewhere):
        verbs.send_colleague(booking=mine, name="X", email=theirs.email, by=None)


# ------------------------------------------------------- moved and called off


def test_a_moved_session_keeps_its_calendar_entry_and_tells_everyone(full, clerk, letters):
    session = full[0]
    uid, begins = session.uid, session.begins_at + timedelta(days=1)
    ends = begins + timedelta(hours=1)
    verbs.change_session(session=session, begins_at=begins, ends_at=ends, by=clerk)
    assert (anew(session).uid, anew(session).revision) == (uid, 1)
    assert [kind for kind, _ in letters()] == ["session_moved"] * 3


def test_a_session_that_is_called_off_says_so(full, clerk, letters):
    session = full[0]
    verbs.cancel_session(session=session, why="The presenter is ill", by=clerk)
    assert [kind for kind, _ in letters()] == ["session_cancelled"] * 3
    assert anew(session).revision == 1
    assert "The presenter is ill" in Letter.objects.first().wording.text
    with pytest.raises(Refused):
        book(session)


def test_reminders_go_once_for_each_step(db, letters):
    session = make_session(days=4)
    make_booking(session=session)
    make_booking(states.WAITING, session=session)
    assert (jobs.remind(), jobs.remind()) == (1, 0)
    assert anew(session).reminded == ["first", "second"]
    begins = clock.now() + timedelta(minutes=50)
    Session.objects.filter(pk=session.pk).update(
        begins_at=begins, ends_at=begins + timedelta(hours=1)
    )
    assert (jobs.remind(), jobs.remind()) == (1, 0)
    assert [kind for kind, _ in letters()] == ["session_reminder"] * 2


def test_what_is_over_is_held(db):
    session = end(make_session())
    assert (jobs.hold_what_is_over(), jobs.hold_what_is_over()) == (1, 0)
    assert anew(session).state == states.HELD


@pytest.mark.parametrize("role", ["practitioner", "officer", "participation_worker"])
def test_only_the_clerk_keeps_sessions(role, db):
    somebody = acting(role)
    session = make_session()
    with pytest.raises(Refused):
        verbs.cancel_session(session=session, why="No", by=somebody)
    with pytest.raises(Refused):
        verbs.change_session(session=session, title="No", by=somebody)
