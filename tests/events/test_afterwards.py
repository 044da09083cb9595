"""After a session: certificates by the rule, evaluations, impact, records, materials, wishes."""

import csv
import io
from datetime import timedelta

import icalendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.events import jobs, permissions, prints, states, verbs
from saidanddone.events.models import Booking, Learning, Session, Wish
from tests.core.test_calendars import by_ical, by_icalendar
from tests.factories.events import end, make_booking, make_series, make_session, make_wish
from tests.factories.people import acting, make_post, make_user, sign_in

pytestmark = pytest.mark.django_db
SAID = {"sure_before": 2, "sure_after": 4, "differently": "Ask first."}
PDF = b"%PDF-1.7\n%%EOF\n"


def anew(record):
    return type(record).objects.get(pk=record.pk)


def closed(**over):
    return make_session(states.CLOSED, days=-10, **over)


# ----------------------------------------------------------------- closing


def test_closing_marks_who_did_not_come_and_asks_who_did(clerk, letters):
    session = end(make_session())
    came = make_booking(states.CAME, session=session)
    missed = make_booking(session=session)
    waited = make_booking(states.WAITING, session=session)
    verbs.close_session(session=session, by=clerk)
    assert [anew(one).state for one in (came, missed, waited)] == [
        states.CAME, states.DID_NOT_COME, states.WAITING,
    ]  # fmt: skip
    assert letters() == [("session_afterwards", came.email)]


def test_those_who_missed_it_hear_of_what_there_is_if_that_is_theirs(clerk, letters):
    session = make_session(states.HELD, days=-1)
    missed = make_booking(session=session)
    verbs.share_materials(
        session=session, recording="https://film.example/1", shared_with="booked", by=clerk
    )
    verbs.close_session(session=anew(session), by=clerk)
    assert letters() == [("session_missed", missed.email)]


def test_a_session_that_has_not_ended_is_not_closed(clerk):
    with pytest.raises(Refused):
        verbs.close_session(session=make_session(), by=clerk)


# ------------------------------------------------------------ certificates


@pytest.mark.parametrize(
    ("state", "minutes", "evaluated", "first", "earned"),
    [
        (states.CAME, 60, True, True, True),
        (states.CAME, 54, True, True, True),
        (states.CAME, 60, False, True, False),
        (states.CAME, 60, False, False, True),
        (states.CAME_IN_PART, 53, True, True, False),
        (states.DID_NOT_COME, None, False, False, False),
        (states.BOOKED, None, False, False, False),
    ],
)
def test_the_rule_of_the_certificate(state, minutes, evaluated, first, earned):
    session = closed(evaluation_first=first)
    booking = make_booking(state, session=session, minutes=minutes)
    if evaluated:
        verbs.evaluate_session(booking=booking, **SAID, by=None)
    found = permissions.booking_by(booking.token)
    assert permissions.earns_certificate(found, 90) is earned


def test_the_certificate_is_a_tagged_pdf(client):
    booking = make_booking(states.CAME, session=closed(), name="Zoë Núñez & “Co” #[x]")
    verbs.evaluate_session(booking=booking, **SAID, by=None)
    answer = client.get(f"{booking.get_absolute_url()}certificate/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"<pdfuaid:part>1<" in answer.content
    assert answer["Cache-Control"] == "no-store"


# ------------------------------------------------------- evaluation, impact


def test_one_says_once_how_it_was_and_wishes_stand_without_a_name(client):
    booking = make_booking(states.CAME, session=closed())
    path = f"{booking.get_absolute_url()}evaluate/"
    assert client.get(path).status_code == 200
    assert client.post(path, SAID | {"sure_after": ""}).status_code == 422
    assert client.post(path, SAID | {"wish": "Moths"}).status_code == 302
    assert client.get(path).status_code == 302
    with pytest.raises(Refused):
        verbs.evaluate_session(booking=permissions.booking_by(booking.token), **SAID, by=None)
    assert (Wish.objects.get().words, Wish.objects.get().email) == ("Moths", "")


def test_who_was_not_there_says_nothing():
    for state in (states.BOOKED, states.DID_NOT_COME, states.GIVEN_UP):
        booking = make_booking(state, session=closed())
        with pytest.raises(Refused):
            verbs.evaluate_session(booking=booking, **SAID, by=None)


def test_what_came_of_it_is_asked_three_months_later_once(client, letters):
    begins = clock.now() - timedelta(days=95)
    old = make_session(states.CLOSED, begins_at=begins)
    booking = make_booking(states.CAME, session=old)
    make_booking(states.DID_NOT_COME, session=old)
    make_booking(states.CAME, session=closed())
    assert (jobs.ask_impacts(), jobs.ask_impacts()) == (1, 0)
    assert letters() == [("session_impact", booking.email)]
    path = f"{booking.get_absolute_url()}impact/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"used": "yes", "changed": "A boy smiled."}).status_code == 302
    assert client.get(path).status_code == 302


def test_the_clerk_reads_what_was_said_without_names(client):
    session = closed()
    booking = make_booking(states.CAME, session=session, name="Unmistakable Quill")
    verbs.evaluate_session(booking=booking, **SAID, by=None)
    sign_in(client, make_post("clerk"))
    page = client.get(f"{session.get_absolute_url()}evaluations/").content.decode()
    assert "Ask first." in page
    assert "Unmistakable" not in page


# --------------------------------------------------------------- materials


@pytest.mark.parametrize(
    ("shared", "state", "seen"),
    [
        ("attenders", states.CAME, True), ("attenders", states.DID_NOT_COME, False),
        ("booked", states.DID_NOT_COME, True), ("booked", states.GIVEN_UP, False),
        ("everybody", states.GIVEN_UP, True),
    ],
)  # fmt: skip
def test_materials_are_for_whom_they_are(client, clerk, shared, state, seen):
    session = closed()
    upload = SimpleUploadedFile("x.pdf", PDF)
    verbs.share_materials(session=session, upload=upload, shared_with=shared, by=clerk)
    booking = make_booking(state, session=session)
    status = 200 if seen else 404
    assert fetched(client, f"{booking.get_absolute_url()}fact-sheet/") == status
    public = 200 if shared == "everybody" else 404
    assert fetched(client, f"{session.get_absolute_url()}fact-sheet/") == public


def fetched(client, path):
    """How a file is answered, read to its end."""
    answer = client.get(path)
    if answer.streaming:
        assert b"".join(answer.streaming_content) == PDF
    return answer.status_code


# ---------------------------------------------------------- learning record


def test_ones_record_is_ones_own(client, letters):
    mine = make_booking(states.CAME, email="ada@x.example")
    make_booking(states.CAME, email="bo@x.example", session=mine.session)
    other = make_booking(states.CAME, email="ada@x.example", session=closed(title="Owls"))
    page = client.get(f"{mine.get_absolute_url()}learning/").content.decode()
    assert "Owls" in page
    sign_in(client, make_post(user=make_user(email="ada@x.example")))
    assert "Owls" in client.get("/my-learning/").content.decode()
    sign_in(client, make_post())
    assert "Nothing stands here yet" in client.get("/my-learning/").content.decode()
    assert other.email == "ada@x.example"


def test_the_link_goes_to_the_address_and_says_nothing_of_others(client, letters):
    make_booking(states.CAME, email="ada@x.example")
    answers = [
        client.post("/my-learning/", {"email": address}).content
        for address in ("ada@x.example", "nobody@x.example")
    ]
    assert answers[0] == answers[1]
    assert letters() == [("learning_link", "ada@x.example")]


def test_a_table_for_appraisal_works_nothing_out(client):
    booking = make_booking(states.CAME, session=closed(title="=HYPERLINK(1)"))
    verbs.evaluate_session(booking=booking, **SAID | {"differently": "+1"}, by=None)
    answer = client.get(f"{booking.get_absolute_url()}learning/table/")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == prints.HEADINGS
    assert (rows[1][1], rows[1][4]) == ("'=HYPERLINK(1)", "'+1")


def test_learning_is_added_by_oneself_and_by_other_areas(client):
    who = acting("practitioner")
    verbs.add_learning(email=who.email, title="A course", minutes=90, by=who)
    with pytest.raises(Refused):
        verbs.add_learning(email="other@x.example", title="A course", by=who)
    for _ in range(2):
        verbs.add_learning(email=who.email, title="Read", path="/facts/1/", by="system:toolkit")
    assert Learning.objects.filter(email=who.email).count() == 2
    sign_in(client, who)
    told = {"title": "Elsewhere", "on": "1 March", "minutes": "30"}
    assert client.post("/my-learning/add/", told).status_code == 302
    assert "Elsewhere" in client.get("/my-learning/").content.decode()


# ------------------------------------------------------------------ wishes


def test_wishes_lead_to_the_next_sessions(client, letters):
    for number in range(3):
        make_wish(words="Owls" if number else "owls", email=f"o{number}@x.example")
    make_booking(states.WAITING, session=make_session(title="A full one", capacity=1))
    session = make_session()
    sign_in(client, make_post("clerk"))
    page = client.get("/sessions/wishes/").content.decode()
    assert "Asked 3 times" in page
    assert "A full one" in page
    first = Wish.objects.order_by("pk").first()
    client.post(f"/sessions/wishes/{first.pk}/answer/", {"session": session.pk})
    assert letters() == [("wish_answered", f"o{number}@x.example") for number in range(3)]
    assert set(Wish.objects.values_list("state", "email")) == {("answered", "")}


def test_a_wish_is_let_go(client):
    wish = make_wish(email="o@x.example")
    sign_in(client, make_post("clerk"))
    client.post(f"/sessions/wishes/{wish.pk}/let-go/")
    assert (anew(wish).state, anew(wish).email) == ("let_go", "")


# --------------------------------------------------------------- calendars


def test_calendars_are_understood_alike_and_hold_no_way_in(client):
    series = make_series()
    make_session(series=series, title="Owls, bats; “night”")
    make_session(states.CANCELLED, series=series)
    make_session(states.DRAFT, series=series)
    made = client.get(f"{series.get_absolute_url()}calendar/").content
    found = list(by_icalendar(made))
    assert found == list(by_ical(made))
    assert sorted(row[4] for row in found) == ["CANCELLED", "CONFIRMED"]
    assert b"meet.example" not in made


def test_a_place_that_was_given_up_is_crossed_out(client):
    booking = make_booking()
    path = f"{booking.get_absolute_url()}calendar/"
    before = icalendar.Calendar.from_ical(client.get(path).content).walk("VEVENT")[0]
    verbs.cancel_booking(booking=booking, by=None)
    after = icalendar.Calendar.from_ical(client.get(path).content).walk("VEVENT")[0]
    assert before["UID"] == after["UID"]
    assert (str(before["STATUS"]), str(after["STATUS"])) == ("CONFIRMED", "CANCELLED")


def test_the_clerk_plans_opens_changes_and_calls_off(client):
    sign_in(client, make_post("clerk"))
    told = {
        "title": "Owls", "about": "At night", "kind": "lunchtime", "on": "1/6/2031",
        "starts": "12pm", "ends": "1pm", "opens_minutes": "15", "link": "https://meet.example/x",
    }  # fmt: skip
    assert client.post("/sessions/new/", told | {"ends": "11am"}).status_code == 422
    assert client.post("/sessions/new/", told).status_code == 302
    session = Session.objects.get()
    assert session.state == states.DRAFT
    client.post(f"{session.get_absolute_url()}open/")
    client.post(f"{session.get_absolute_url()}change/", told | {"starts": "12.15pm"})
    assert (anew(session).state, anew(session).revision) == (states.OPEN, 1)
    client.post(f"{session.get_absolute_url()}cancel/", {"why": "Snow"})
    assert anew(session).state == states.CANCELLED
    assert Booking.objects.count() == 0
