"""Calendars: of a body for everybody, of a person at their own secret address."""

import re
import uuid
from datetime import time, timedelta

import icalendar
import pytest
import time_machine

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.governance import prints, states, verbs
from saidanddone.governance.models import CalendarAddress
from tests.factories.governance import make_appointment, make_body, make_meeting
from tests.factories.people import act, acting, make_post, make_user, sign_in
from tests.governance.browsing import signed_in, text

LINK = "https://teams.example/secret-link"


@pytest.fixture
def body(db):
    """A board with a meeting whose agenda is out, and one that is only planned."""
    found = make_body(slug="the-board", name="The Board")
    make_meeting(states.PUBLISHED, body=found, link=LINK, starts_at=time(14), ends_at=time(16))
    make_meeting(body=found, link=LINK, on=clock.today() + timedelta(days=60))
    return found


@pytest.fixture
def member(body):
    """Somebody who sits on it, signed in strongly."""
    post = make_post()
    make_appointment(body=body, post=post)
    return act(post)


def events(answer):
    """What a calendar program finds in it."""
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def follow(client, token):
    """Fetch a personal calendar as a program does: without a session."""
    return client.get(f"/calendar/{token}/meetings.ics")


def test_the_boards_calendar_holds_what_everybody_may_know(client, body):
    answer = client.get("/boards/the-board/meetings.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = events(answer)
    assert str(event["SUMMARY"]) == "The Board"
    assert LINK.encode() not in answer.content
    assert b"CONFERENCE" not in answer.content


def test_a_member_sees_no_more_at_the_boards_own_calendar(client, body):
    signed_in(client, body=body)
    answer = client.get("/boards/the-board/meetings.ics")
    assert (len(events(answer)), LINK.encode() in answer.content) == (1, False)


def test_a_private_bodys_calendar_is_not_there(client, body):
    body.meets_in_private = True
    body.save()
    assert client.get("/boards/the-board/meetings.ics").status_code == 404


def test_a_meeting_whose_day_is_not_known_is_left_out(client, body):
    make_meeting(states.MINUTED, body=body, on=None, precision="unknown")
    make_meeting(states.MINUTED, body=body, on=clock.today(), precision="month")
    assert len(events(client.get("/boards/the-board/meetings.ics"))) == 1


def test_a_meeting_called_off_stays_with_its_reason(client, body, clerk):
    meeting = body.meetings.get(state=states.PUBLISHED)
    before = prints.calendar_entry(meeting)
    verbs.cancel_meeting(meeting=meeting, why="Snow; all day", by=clerk)
    [event] = events(client.get("/boards/the-board/meetings.ics"))
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)
    assert str(event["DESCRIPTION"]) == "Called off: Snow; all day"
    assert str(event["UID"]) in before.decode()


def test_a_meeting_that_moves_keeps_its_uid_and_rises(clerk, body):
    meeting = body.meetings.get(state=states.PUBLISHED)
    [was] = icalendar.Calendar.from_ical(prints.calendar_entry(meeting)).walk("VEVENT")
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        verbs.change_meeting(meeting=meeting, place="Library", by=clerk)
    [now] = icalendar.Calendar.from_ical(prints.calendar_entry(meeting)).walk("VEVENT")
    assert now["UID"] == was["UID"]
    assert now["SEQUENCE"] == was["SEQUENCE"] + 1
    assert now["LAST-MODIFIED"].dt > was["LAST-MODIFIED"].dt
    assert str(now["LOCATION"]) == "Library"


def test_a_reader_who_has_it_already_hears_that_nothing_changed(client, body):
    first = client.get("/boards/the-board/meetings.ics")
    again = client.get(
        "/boards/the-board/meetings.ics", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_an_address_shows_all_my_meetings_with_the_link(client, member):
    token = verbs.make_calendar_address(by=member, once=uuid.uuid4())
    answer = follow(client, token)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert [str(event["CONFERENCE"]) for event in events(answer)] == [LINK, LINK]
    known = client.get(
        f"/calendar/{token}/meetings.ics", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert known.status_code == 304


def test_only_a_digest_of_the_address_is_kept(member):
    token = verbs.make_calendar_address(by=member, once=uuid.uuid4())
    kept = CalendarAddress.objects.get()
    assert len(token) == 43
    assert token not in str(vars(kept))


def test_a_second_press_shows_the_same_address(member):
    once = uuid.uuid4()
    first = verbs.make_calendar_address(by=member, once=once)
    assert verbs.make_calendar_address(by=member, once=once) == first
    assert CalendarAddress.objects.count() == 1


def test_a_new_address_ends_the_old_one(client, member):
    old = verbs.make_calendar_address(by=member, once=uuid.uuid4())
    new = verbs.make_calendar_address(by=member, once=uuid.uuid4())
    assert [follow(client, token).status_code for token in (old, new)] == [404, 200]


def test_an_ended_address_shows_nothing(client, member):
    token = verbs.make_calendar_address(by=member, once=uuid.uuid4())
    verbs.end_calendar_address(by=member)
    assert follow(client, token).status_code == 404


def test_a_seat_that_ends_takes_its_meetings_along(client, member, body, clerk):
    token = verbs.make_calendar_address(by=member, once=uuid.uuid4())
    seat = body.seats.get()
    verbs.end_appointment(appointment=seat.appointments.get(), by=clerk)
    assert events(follow(client, token)) == []


def test_the_address_ends_with_the_last_post(client, member):
    token = verbs.make_calendar_address(by=member, once=uuid.uuid4())
    post = member.acting_for
    post.ends_on = clock.today() - timedelta(days=1)
    post.starts_on = post.ends_on
    post.save()
    assert follow(client, token).status_code == 404


@pytest.mark.parametrize("token", ["x", "A" * 43, "A" * 43 + "=", "Ä" * 43])
def test_a_guessed_address_is_not_there(client, db, token):
    assert follow(client, token).status_code == 404


def test_guessing_ends_after_a_while(client, db):
    answers = {follow(client, f"{number:043}").status_code for number in range(61)}
    assert answers == {404, 429}


def test_too_many_fetches_are_asked_to_wait(client, member):
    token = verbs.make_calendar_address(by=member, once=uuid.uuid4())
    last = [follow(client, token) for _ in range(61)][-1]
    assert (last.status_code, last.headers["Retry-After"]) == (429, "3600")


def test_a_private_body_is_marked_and_a_young_persons_calendar_never_names_it(client, body):
    body.meets_in_private = True
    body.save()
    young = make_post(user=make_user(is_young=True))
    make_appointment(body=body, post=young)
    token = verbs.make_calendar_address(by=act(young), once=uuid.uuid4())
    answer = follow(client, token)
    assert {str(event["CLASS"]) for event in events(answer)} == {"PRIVATE"}
    assert "The Board" not in answer.content.decode()


def test_signed_in_by_code_only_nobody_makes_an_address(db):
    with pytest.raises(Refused):
        verbs.make_calendar_address(by=acting("clerk", strong=False), once=uuid.uuid4())


def test_my_page_makes_shows_once_and_ends(client, member, body):
    sign_in(client, member.acting_for)
    page = text(client.get("/my-calendar/"))
    assert "The Board" in page
    once = re.search(r'name="once" value="([^"]+)"', page)[1]
    shown = text(client.post("/my-calendar/make/", {"once": once}))
    assert text(client.post("/my-calendar/make/", {"once": once})) != page
    token = re.search(r"/calendar/([A-Za-z0-9_-]{43})/meetings.ics", shown)[1]
    assert follow(client, token).status_code == 200
    assert token not in text(client.get("/my-calendar/"))
    assert client.post("/my-calendar/end/").status_code == 302
    assert follow(client, token).status_code == 404


def test_signed_in_by_code_only_the_page_says_what_is_missing(client, db):
    signed_in(client, strong=False)
    page = text(client.get("/my-calendar/"))
    assert "Make my address" not in page
    assert "passkey" in page


def test_pages_lead_to_the_calendars(client, body):
    assert "/boards/the-board/meetings.ics" in text(client.get("/boards/the-board/"))
    assert "/boards/the-board/meetings.ics" in text(client.get("/boards/the-board/meetings/"))
    signed_in(client, body=body)
    assert "/my-calendar/" in text(client.get("/boards/the-board/"))
