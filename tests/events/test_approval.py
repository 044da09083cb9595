"""A manager is asked: the place is held in order, looking answers nothing, a no passes it on."""

from datetime import timedelta

import pytest

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.events import jobs, permissions, states, verbs
from saidanddone.events.models import Booking
from saidanddone.mail.models import Letter
from tests.factories.events import make_booking, make_session
from tests.factories.reference import make_partnership

pytestmark = pytest.mark.django_db
BOSS = "boss@school.example"
ASKED = {
    "name": "Ada Quill", "email": "ada@school.example", "organisation": "A school (example)",
    "manager_email": BOSS,
}  # fmt: skip


@pytest.fixture
def session():
    """One place, for which a manager is asked."""
    return make_session(capacity=1, asks_manager=True)


def anew(record):
    return type(record).objects.get(pk=record.pk)


def asks(session, number=0):
    told = {"name": "Ada Quill", "email": f"ada{number}@school.example", "manager_email": BOSS}
    return verbs.book_place(session=anew(session), by=None, **told)


def page_of(booking):
    return f"/approvals/{booking.manager_token}/"


def text(answer):
    return answer.content.decode()


def test_the_whole_way_from_the_form_to_a_yes(client, session, verbs_told, letters):
    path = f"{session.get_absolute_url()}book/"
    assert "Your manager is asked" in text(client.get(session.get_absolute_url()))
    missing = client.post(path, ASKED | {"manager_email": ASKED["email"]})
    assert missing.status_code == 422
    assert "This is your own address" in text(missing)
    assert "Your place is kept" in text(client.post(path, ASKED))
    booking = Booking.objects.get()
    assert booking.state == states.WITH_MANAGER
    assert anew(session).taken == 1
    assert letters() == [("manager_asked", BOSS), ("place_held", "ada@school.example")]
    assert "Kept for you" in text(client.get(booking.get_absolute_url()))
    assert "Ada Quill" in text(client.get(page_of(booking)))
    assert anew(booking).state == states.WITH_MANAGER, "looking answers nothing"
    assert "You said yes" in text(client.post(page_of(booking), {"answer": "yes"}))
    assert anew(booking).state == states.BOOKED
    assert ("place_booked", "ada@school.example") in letters()
    again = client.post(page_of(booking), {"answer": "no", "why": "Changed my mind"})
    assert "You said yes" in text(again)
    assert anew(booking).state == states.BOOKED, "one answer, once"
    assert verbs_told() == ["book_place", "approve_booking"]


def test_a_no_needs_its_reason_and_passes_the_place_on(client, session):
    first, second = asks(session), asks(session, 1)
    assert second.state == states.WAITING
    refused = client.post(page_of(first), {"answer": "no"})
    assert refused.status_code == 422
    assert "Say in a few words why not" in text(refused)
    client.post(page_of(first), {"answer": "no", "why": "We are two short that day."})
    assert anew(first).state == states.NOT_APPROVED
    assert anew(second).state == states.OFFERED
    assert "We are two short" in text(client.get(first.get_absolute_url()))
    letter = Letter.objects.get(wording__kind="not_approved").wording
    assert "two short" not in letter.text
    assert "Ada" not in letter.text


def test_whoever_waited_is_asked_about_once_they_take_the_place(session):
    verbs.cancel_booking(booking=asks(session), by=None)
    taken = make_booking(session=anew(session))
    waiting = asks(session, 1)
    verbs.cancel_booking(booking=anew(taken), by=None)
    verbs.accept_offer(booking=anew(waiting), by=None)
    assert anew(waiting).state == states.WITH_MANAGER
    assert anew(session).taken == 1
    assert Letter.objects.filter(wording__kind="manager_asked").count() == 2


def test_it_passes_on_after_a_time_that_is_a_setting(client, session, letters):
    make_partnership(approval_hours=5)
    first, second = asks(session), asks(session, 1)
    assert clock.now() + timedelta(hours=4) < first.manager_until < clock.now() + timedelta(hours=6)
    assert jobs.lapse_approvals() == 0
    Booking.objects.filter(pk=first.pk).update(manager_until=clock.now() - timedelta(minutes=1))
    late = client.post(page_of(first), {"answer": "yes"})
    assert "nothing left to answer" in text(late)
    assert jobs.lapse_approvals() == 1
    assert anew(first).state == states.LAPSED
    assert anew(second).state == states.OFFERED
    assert ("approval_lapsed", "ada0@school.example") in letters()


def test_it_is_never_kept_past_the_beginning():
    soon = make_session(asks_manager=True, begins_at=clock.now() + timedelta(hours=2))
    assert asks(soon).manager_until == soon.opens_at


def test_a_link_is_for_one_question_only(client, session):
    booking = asks(session)
    for path in (f"/approvals/{booking.token}/", f"/bookings/{booking.manager_token}/"):
        assert client.get(path).status_code == 404
    assert "send_colleague" not in permissions.booking_verbs(None, booking)
    verbs.cancel_booking(booking=booking, by=None)
    assert "nothing left to answer" in text(client.get(page_of(booking)))
    with pytest.raises(Refused):
        verbs.approve_booking(booking=anew(booking))
    plain = make_booking()
    assert client.get(page_of(plain)).status_code == 404


def test_two_answers_at_once_count_once(session):
    booking = asks(session)
    one, other = anew(booking), anew(booking)
    verbs.approve_booking(booking=one)
    with pytest.raises(Moved):
        verbs.decline_booking(booking=other, why="No")


def test_without_the_setting_nobody_is_asked(client, letters):
    plain = make_session()
    path = f"{plain.get_absolute_url()}book/"
    assert "manager" not in text(client.get(path))
    client.post(path, ASKED)
    assert Booking.objects.get().state == states.BOOKED
    assert [kind for kind, _ in letters()] == ["place_booked"]


@pytest.mark.parametrize(
    ("over", "told", "why"),
    [
        ({"only_sectors": ["school"]}, {"sector": "health"}, "for other organisations"),
        ({"only_roles": "Safeguarding lead"}, {"role": "none"}, "for these posts only"),
    ],
)
def test_whom_it_is_for_is_said_and_kept_to(client, over, told, why):
    session = make_session(**over)
    assert "Only for:" in text(client.get(session.get_absolute_url()))
    answer = client.post(f"{session.get_absolute_url()}book/", ASKED | told)
    assert answer.status_code == 422
    assert why in text(answer)
    assert not Booking.objects.exists()
