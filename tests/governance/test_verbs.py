"""Each verb of boards, meetings and agendas: it does, it refuses, it records."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.governance import permissions, states, verbs
from saidanddone.governance.models import Appointment, Body, Meeting, Seat
from tests.factories.governance import (
    make_appointment,
    make_body,
    make_item,
    make_meeting,
    make_paper,
    make_seat,
)
from tests.factories.people import act, acting, make_post

pytestmark = pytest.mark.django_db
A_BODY = {"kind": "board", "name": "Children’s Board", "short_name": "CB", "purpose": "To decide."}


def chair_of(body):
    """The chair of a body, signed in strongly."""
    post = make_post()
    make_appointment(body=body, post=post, part="chair")
    return act(post)


def officer():
    """Somebody who may look and not do."""
    return acting("officer")


# ------------------------------------------------------------------ bodies


def test_create_body(clerk, lines):
    body = verbs.create_body(**A_BODY, by=clerk)
    assert (body.slug, body.name) == ("childrens-board", "Children’s Board")
    assert lines() == [(f"person:{clerk.pk}", "create_body", f"governance.body:{body.pk}")]
    with pytest.raises(Refused):
        verbs.create_body(**A_BODY | {"name": "Other", "short_name": "O"}, by=officer())


def test_create_body_twice(clerk):
    once = uuid.uuid4()
    first = verbs.create_body(**A_BODY, once=once, by=clerk)
    assert verbs.create_body(**A_BODY, once=once, by=clerk) == first
    with pytest.raises(verbs.Taken) as taken:
        verbs.create_body(**A_BODY | {"short_name": "X"}, by=clerk)
    assert taken.value.field == "name"
    with pytest.raises(verbs.Taken) as taken:
        verbs.create_body(**A_BODY | {"name": "Another", "short_name": "cb"}, by=clerk)
    assert taken.value.field == "short_name"
    assert Body.objects.count() == 1


def test_an_address_is_never_that_of_another_page(clerk):
    new = verbs.create_body(**A_BODY | {"name": "New"}, by=clerk)
    again = verbs.create_body(**A_BODY | {"name": "New!", "short_name": "N2"}, by=clerk)
    assert (new.slug, again.slug) == ("new-2", "new-3")


def test_change_body(clerk, lines):
    body = make_body()
    verbs.change_body(body=body, purpose="Something else", quorum=5, by=clerk)
    body.refresh_from_db()
    assert (body.purpose, body.quorum) == ("Something else", 5)
    assert [line[1] for line in lines()] == ["change_body"]
    with pytest.raises(Refused):
        verbs.change_body(body=body, purpose="Mine", by=officer())


def test_seats_and_appointments(clerk, lines):
    body = make_body()
    seat = verbs.add_seat(body=body, title="Police", by=clerk)
    second = verbs.add_seat(body=body, title="Schools", count=2, by=clerk)
    verbs.change_seat(seat=second, title="High schools", by=clerk)
    post = make_post()
    appointment = verbs.appoint(seat=seat, post=post, part="chair", by=clerk)
    assert [s.title for s in body.seats.all()] == ["Police", "High schools"]
    assert permissions.is_member(act(post), body)
    verbs.end_appointment(appointment=appointment, by=clerk)
    assert not permissions.is_member(act(post), body)
    verbs.end_appointment(appointment=appointment, by=clerk)
    expected = ["add_seat", "add_seat", "change_seat", "appoint", "end_appointment"]
    assert [line[1] for line in lines()] == expected


@pytest.mark.parametrize("verb", ["add_seat", "change_seat", "appoint", "end_appointment"])
def test_seats_are_the_clerks(verb):
    appointment = make_appointment()
    seat = appointment.seat
    given = {
        "add_seat": {"body": seat.body, "title": "Mine"},
        "change_seat": {"seat": seat, "title": "Mine"},
        "appoint": {"seat": seat, "post": make_post()},
        "end_appointment": {"appointment": appointment},
    }[verb]
    with pytest.raises(Refused):
        getattr(verbs, verb)(**given, by=chair_of(seat.body))


def test_pressing_twice_adds_one_seat_and_one_appointment(clerk):
    body, once = make_body(), uuid.uuid4()
    seats = [verbs.add_seat(body=body, title="Police", once=once, by=clerk) for _ in "ab"]
    young = [verbs.appoint(seat=seats[0], pseudonym="Kestrel", once=once, by=clerk) for _ in "ab"]
    assert seats[0] == seats[1]
    assert young[0] == young[1]
    assert (Seat.objects.count(), Appointment.objects.count()) == (1, 1)


# ------------------------------------------------------------------ meetings


def test_plan_meeting_copies_what_stands_on_every_agenda(clerk, lines):
    standing = [{"kind": "information", "title": "Welcome"}, {"kind": "voice", "title": "Voices"}]
    body = make_body(standing_items=standing)
    meeting = verbs.plan_meeting(body=body, on=clock.today(), place="Town Hall", by=clerk)
    found = [(item.kind, item.title, item.state, item.order) for item in meeting.items.all()]
    assert found == [
        ("information", "Welcome", "on_agenda", 1), ("voice", "Voices", "on_agenda", 2)
    ]  # fmt: skip
    assert lines() == [(f"person:{clerk.pk}", "plan_meeting", f"governance.meeting:{meeting.pk}")]
    with pytest.raises(Refused):
        verbs.plan_meeting(body=body, on=clock.today(), by=chair_of(body))


def test_plan_meeting_twice(clerk):
    body, once = make_body(), uuid.uuid4()
    first = verbs.plan_meeting(body=body, on=clock.today(), once=once, by=clerk)
    assert verbs.plan_meeting(body=body, on=clock.today(), once=once, by=clerk) == first
    assert Meeting.objects.count() == 1


def test_a_meeting_of_long_ago_may_have_no_exact_day(clerk):
    body = make_body(standing_items=[{"kind": "information", "title": "Welcome"}])
    known = verbs.plan_meeting(
        body=body, on=date(2024, 9, 1), precision="season", source="public minutes",
        by=clerk,
    )  # fmt: skip
    unknown = verbs.plan_meeting(body=body, on=None, source="public minutes", by=clerk)
    assert (known.precision, unknown.precision) == ("season", "unknown")
    assert known.items.count() == 0
    with pytest.raises(ValueError, match="held"):
        verbs.plan_meeting(body=body, on=clock.today(), source="minutes", by=clerk)
    with pytest.raises(ValueError, match="held"):
        verbs.change_meeting(meeting=known, on=clock.today() + timedelta(days=1), by=clerk)


def test_change_meeting_tells_members_once_the_agenda_is_out(clerk, letters):
    body = make_body()
    sits = chair_of(body)
    planned, out = make_meeting(body=body), make_meeting(states.PUBLISHED, body=body)
    verbs.change_meeting(meeting=planned, place="Library", by=clerk)
    assert letters() == []
    verbs.change_meeting(meeting=out, place="Library", by=clerk)
    assert letters() == [("meeting_changed", sits.email)]
    assert Meeting.objects.filter(place="Library").count() == 2
    with pytest.raises(Refused):
        verbs.change_meeting(meeting=out, place="Pub", by=sits)


def test_publish_agenda_with_a_voice(clerk, lines, letters):
    body = make_body()
    chair_of(body)
    meeting = make_meeting(body=body)
    make_item(meeting=meeting, kind="voice")
    verbs.publish_agenda(meeting=meeting, by=clerk)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.published_by) == (states.PUBLISHED, clerk)
    assert [line[1] for line in lines()] == ["publish_agenda", "want_pack"]
    assert letters() == []  # those who sit there hear once the pack is made
    with pytest.raises(Refused):
        verbs.publish_agenda(meeting=meeting, by=clerk)


def test_publish_agenda_without_a_voice_is_refused(clerk, lines, letters):
    meeting = make_meeting()
    make_item(meeting=meeting)
    make_item(meeting=meeting, kind="voice", wording="")  # an empty heading is nobody's voice
    make_item(states.PROPOSED, kind="voice", body=meeting.body)
    with pytest.raises(verbs.NoVoice):
        verbs.publish_agenda(meeting=meeting, by=clerk)
    meeting.refresh_from_db()
    assert meeting.state == states.PLANNED
    assert (lines(), letters()) == ([], [])


def test_the_chairs_reason_lets_an_agenda_out(clerk, lines):
    meeting = make_meeting()
    chair = chair_of(meeting.body)
    verbs.excuse_missing_voice(meeting=meeting, reason="Exams", by=chair)
    verbs.publish_agenda(meeting=meeting, by=clerk)
    meeting.refresh_from_db()
    assert (meeting.no_voice_reason, meeting.no_voice_by) == ("Exams", chair)
    assert [line[:2] for line in lines()] == [
        (f"person:{chair.pk}", "excuse_missing_voice"),
        (f"person:{clerk.pk}", "publish_agenda"), (f"person:{clerk.pk}", "want_pack"),
    ]  # fmt: skip


def test_only_the_chair_of_that_board_excuses(clerk):
    meeting = make_meeting()
    for who in (clerk, officer(), chair_of(make_body())):
        with pytest.raises(Refused):
            verbs.excuse_missing_voice(meeting=meeting, reason="Exams", by=who)


def test_a_meeting_from_old_minutes_tells_what_was(clerk, letters):
    body = make_body()
    chair_of(body)
    old = verbs.plan_meeting(body=body, on=date(2024, 3, 1), source="public minutes", by=clerk)
    verbs.publish_agenda(meeting=old, by=clerk)
    assert old.state == states.PUBLISHED
    assert letters() == []


def test_close_meeting_ends_its_items(clerk, lines):
    meeting = make_meeting(states.PUBLISHED)
    noted = make_item(meeting=meeting)
    verbs.close_meeting(meeting=meeting, present=11, by=clerk)
    noted.refresh_from_db()
    meeting.refresh_from_db()
    assert (noted.state, meeting.state, meeting.present) == (states.ENDED, states.MINUTED, 11)
    assert [line[1] for line in lines()] == ["end_item", "close_meeting"]


def test_close_meeting_waits_for_what_children_are_owed(clerk, lines):
    meeting = make_meeting(states.PUBLISHED)
    noted, voice = make_item(meeting=meeting), make_item(meeting=meeting, kind="voice")
    with pytest.raises(verbs.VoiceNotAnswered) as owed:
        verbs.close_meeting(meeting=meeting, by=clerk)
    assert owed.value.item == voice
    noted.refresh_from_db()
    assert noted.state == states.ON_AGENDA  # nothing was half done
    assert lines() == []
    with pytest.raises(Refused):
        verbs.close_meeting(meeting=meeting, by=chair_of(meeting.body))


def test_cancel_meeting_loses_no_item(clerk, lines, letters):
    body = make_body()
    sits = chair_of(body)
    meeting = make_meeting(states.PUBLISHED, body=body)
    voice = make_item(meeting=meeting, kind="voice")
    verbs.cancel_meeting(meeting=meeting, why="Snow", by=clerk)
    voice.refresh_from_db()
    meeting.refresh_from_db()
    assert (voice.state, voice.meeting) == (states.PROPOSED, None)
    assert (meeting.state, meeting.cancelled_why) == (states.CANCELLED, "Snow")
    assert [line[1] for line in lines()] == ["put_item_back", "cancel_meeting"]
    assert letters() == [("meeting_cancelled", sits.email)]


# ------------------------------------------------------------------ what may never be false


def test_constraints_hold():
    seat = make_seat()
    broken = [
        lambda: make_appointment(seat=seat, pseudonym="Kestrel", post=make_post()),
        lambda: make_appointment(seat=seat, pseudonym="Kestrel", open_office="Youth MP"),
        lambda: make_appointment(seat=seat, ends_on=date(2001, 1, 1)),
        lambda: make_meeting(on=None),
        lambda: make_meeting(states.PUBLISHED, published_at=None),
        lambda: make_meeting(no_voice_reason="Exams"),
        lambda: make_meeting(states.CANCELLED, cancelled_why=""),
        lambda: make_item(restricted=True, restricted_why=""),
        lambda: make_item(states.DECLINED, declined_why=""),
        lambda: make_item(states.ENDED, ended_at=None),
        lambda: make_seat(body=seat.body, count=0),
        lambda: make_paper(withdrawn_at=clock.now()),
    ]
    for make in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
