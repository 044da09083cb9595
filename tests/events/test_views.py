"""Everybody's pages: they open, ask the database little, and tell a stranger nothing."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saidanddone.core import clock
from saidanddone.events import states
from saidanddone.events.models import Booking
from saidanddone.mail.models import Letter
from saidanddone.reference.models import Topic, partnership
from tests.factories.events import end, make_booking, make_series, make_session, make_wish
from tests.factories.people import make_post, make_user, sign_in

pytestmark = pytest.mark.django_db
OWN, FIXED, A_BOOKING = 5, 4, 20
TRANSACTIONS = re.compile(r"(?:^|; )(?:SAVEPOINT|RELEASE|BEGIN|COMMIT)")
SECRET = "https://meet.example/secret"
ASKED = {"name": "Ada Quill", "email": "Ada@School.example", "organisation": "A school (example)"}


def counted(found):
    """Statements other than those of transactions."""
    return [q["sql"] for q in found if not TRANSACTIONS.search(q["sql"])]


def asked(client, path):
    """How many queries a page takes, with nothing kept but the settings."""
    partnership()
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200, path
    return len(counted(found))


def text(answer):
    return answer.content.decode()


@pytest.fixture
def some(db):
    """A series with a session to come and one past."""
    series = make_series()
    coming = make_session(series=series, capacity=3)
    coming.topics.add(Topic.objects.create(code="caring", name="Young carers"))
    make_booking(session=coming)
    past = make_session(states.CLOSED, series=series, days=-10, recording="https://film.example/1",
                        shared_with="everybody")  # fmt: skip
    return coming, past


def public(coming, past):
    """Addresses that anybody may open."""
    return [
        "/sessions/", "/sessions/?q=Session", "/sessions/past/", coming.get_absolute_url(),
        past.get_absolute_url(), coming.series.get_absolute_url(), "/sessions/calendar/",
        f"{coming.get_absolute_url()}calendar/", f"{coming.series.get_absolute_url()}calendar/",
        "/sessions/topics/caring/calendar/",
    ]  # fmt: skip


def test_public_pages_open_for_all_and_hold_nothing_secret(client, some):
    for path in public(*some):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert SECRET not in text(answer)
        assert "Booker" not in text(answer)
        assert "csrf" not in text(answer)


@pytest.mark.parametrize("role", ["", "clerk"])
def test_pages_ask_little_and_the_same_at_any_length(client, some, role):
    coming, past = some
    if role:
        sign_in(client, make_post(role))
    before = {path: asked(client, path) for path in public(coming, past)}
    for _ in range(3):
        more = make_session(series=coming.series)
        more.topics.set(coming.topics.all())
        make_booking(session=coming) if coming.taken < 3 else None
    after = {path: asked(client, path) for path in public(coming, past)}
    assert after == before
    assert max(after.values()) <= OWN + (FIXED if role else 0)


def test_a_draft_is_not_there_for_strangers(client):
    draft = make_session(states.DRAFT)
    for path in ("", "book/", "calendar/"):
        assert client.get(f"{draft.get_absolute_url()}{path}").status_code == 404


# -------------------------------------------------------------- booking


def test_booking_takes_three_requests_and_few_queries(client, some):
    coming, _ = some
    partnership()
    with CaptureQueriesContext(connection) as found:
        client.get(coming.get_absolute_url())
        client.get(f"{coming.get_absolute_url()}book/")
        done = client.post(f"{coming.get_absolute_url()}book/", ASKED)
    assert "Your place is booked" in text(done)
    booking = Booking.objects.get(email="ada@school.example")
    assert booking.state == states.BOOKED
    assert Letter.objects.get(address="ada@school.example").wording.kind == "place_booked"
    assert len(counted(found)) <= A_BOOKING, "\n".join(counted(found))


def test_what_was_typed_stays_and_is_put_right_beside_its_field(client, some):
    coming, _ = some
    told = client.post(f"{coming.get_absolute_url()}book/", ASKED | {"email": "ada@"})
    assert told.status_code == 422
    assert "Enter an e-mail address" in text(told)
    assert "Ada Quill" in text(told)


def test_a_price_is_said_before_one_books_and_stays(client):
    free, dear = make_session(), make_session(cost="£50, to the employer")
    assert "Free" in text(client.get(free.get_absolute_url()))
    for path in (dear.get_absolute_url(), f"{dear.get_absolute_url()}book/"):
        assert "£50, to the employer" in text(client.get(path))
    sign_in(client, make_post("clerk"))
    told = client.post(f"{dear.get_absolute_url()}change/", {"cost": ""})
    assert "It was booked at what was said" in text(told)


def test_a_name_is_one_line_and_turns_nothing_round(client):
    name = "  Nia\u202egnp\r\nBcc:  evil@x.example"
    told = {"name": name, "email": "nia@stranger.example", "organisation": "Club\nHouse"}
    client.post(f"{make_session().get_absolute_url()}book/", told)
    made = Booking.objects.get(email="nia@stranger.example")
    assert (made.name, made.organisation) == ("Niagnp Bcc: evil@x.example", "Club House")


@pytest.mark.parametrize("full", [False, True])
def test_a_second_booking_looks_like_a_first(client, full):
    session = make_session(capacity=1)
    if full:
        make_booking(session=session, email="ada@school.example")
    first = client.post(f"{session.get_absolute_url()}book/", ASKED | {"email": "new@x.example"})
    again = client.post(f"{session.get_absolute_url()}book/", ASKED)
    if full:
        plain = text(first).replace("new@x.example", "ada@school.example")
        assert text(again) == plain
    assert Booking.objects.filter(email="ada@school.example").count() == 1


def test_only_those_for_whom_it_is_may_book(client):
    session = make_session(only_sectors=["school"], only_roles="Designated safeguarding lead")
    path = f"{session.get_absolute_url()}book/"
    wrong = client.post(path, ASKED | {"sector": "health", "role": "none"})
    assert wrong.status_code == 422
    assert text(wrong).count("Look for one that is open to yours") >= 2
    right = ASKED | {"sector": "school", "role": "Designated safeguarding lead"}
    assert client.post(path, right).status_code == 200
    assert Booking.objects.get().role == "Designated safeguarding lead"


def test_somebody_signed_in_finds_their_name_there(client, some):
    sign_in(client, make_post("practitioner", user=make_user(name="Juniper Weir")))
    assert "Juniper Weir" in text(client.get(f"{some[0].get_absolute_url()}book/"))


# ------------------------------------------------------- one's own booking


def test_the_link_in_the_letter_opens_the_booking_and_no_other(client, some):
    coming, _ = some
    mine, other = make_booking(session=coming), make_booking(session=coming)
    page = client.get(mine.get_absolute_url())
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert mine.name in text(page)
    assert other.name not in text(page)
    for wrong in (mine.key.hex, f"{mine.key.hex}.x", mine.token[:-1] + "_", str(mine.pk)):
        assert client.get(f"/bookings/{wrong}/").status_code == 404


def test_the_way_in_opens_when_sign_in_does(client):
    session = make_session(days=1)
    booking = make_booking(session=session)
    waiting = make_booking(states.WAITING, session=session)
    assert SECRET not in text(client.get(booking.get_absolute_url()))
    session.begins_at = clock.now() + timedelta(minutes=14)
    session.ends_at = session.begins_at + timedelta(hours=1)
    session.save()
    assert SECRET in text(client.get(booking.get_absolute_url()))
    assert SECRET not in text(client.get(waiting.get_absolute_url()))


def test_pages_of_a_booking_open(client):
    session = make_session()
    booking = make_booking(session=session)
    for path in ("", "change/", "colleague/", "cancel/", "calendar/", "all/calendar/", "learning/",
                 "learning/table/"):  # fmt: skip
        assert client.get(f"{booking.get_absolute_url()}{path}").status_code == 200, path
    for path in ("certificate/", "fact-sheet/"):
        assert client.get(f"{booking.get_absolute_url()}{path}").status_code == 404, path
    for path in ("evaluate/", "impact/"):
        assert client.get(f"{booking.get_absolute_url()}{path}").status_code == 302, path


def test_a_colleague_takes_over_and_the_old_link_ends(client):
    booking = make_booking()
    old = booking.get_absolute_url()
    told = {"name": "Bo", "email": "bo@x.example", "organisation": "Elsewhere"}
    assert client.post(f"{old}colleague/", told).status_code == 200
    assert client.get(old).status_code == 404
    booking.refresh_from_db()
    assert (booking.name, booking.email) == ("Bo", "bo@x.example")
    assert client.get(booking.get_absolute_url()).status_code == 200


# --------------------------------------------------------- the clerk's pages


def test_the_clerks_pages_open_for_the_clerk_alone(client, some):
    coming, past = some
    wish = make_wish()
    paths = [
        "/sessions/new/", "/sessions/wishes/", "/series/new/",
        f"{coming.series.get_absolute_url()}change/",
        *(f"{coming.get_absolute_url()}{page}/" for page in (
            "change", "cancel", "register", "register/walk-in", "attendance")),
        *(f"{past.get_absolute_url()}{page}/" for page in ("materials", "evaluations")),
    ]  # fmt: skip
    for path in paths:
        assert client.get(path).status_code == 302, path
    sign_in(client, make_post("practitioner"))
    for path in paths:
        assert client.get(path).status_code == 403, path
    sign_in(client, make_post("clerk"))
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
    assert wish.words in text(client.get("/sessions/wishes/"))


def test_the_presenter_sees_who_comes_and_what_they_ask(client):
    post = make_post("practitioner")
    session = make_session(presented_by=post)
    make_booking(session=session, name="Ada Quill", needs="Captions", question="Why?")
    sign_in(client, post)
    page = text(client.get(f"{session.get_absolute_url()}register/"))
    assert "Ada Quill" in page
    assert "Why?" in page
    assert "Captions" not in page
    assert client.get(f"{session.get_absolute_url()}attendance/").status_code == 403


def test_ticks_are_kept_and_taken_back(client):
    session = end(make_session())
    one, two = make_booking(session=session), make_booking(session=session)
    sign_in(client, make_post("clerk"))
    path = f"{session.get_absolute_url()}register/"
    client.post(path, {"shown": [one.pk, two.pk], "here": [one.pk]})
    one.refresh_from_db()
    assert (one.state, one.minutes) == (states.CAME, 60)
    client.post(path, {"shown": [one.pk, two.pk], "here": [two.pk]})
    assert sorted(session.bookings.values_list("state", flat=True)) == ["booked", "came"]


def test_the_register_of_a_conference_fits_into_one_form(client):
    session = end(make_session())
    one = make_booking(session=session)
    sign_in(client, make_post("clerk"))
    path = f"{session.get_absolute_url()}register/"
    strangers = [str(one.pk + number) for number in range(1, 600)]
    ticks = {"shown": [one.pk, *strangers, "9" * 5000], "here": [one.pk, *strangers]}
    assert client.post(path, ticks).status_code == 302
    one.refresh_from_db()
    assert one.state == states.CAME


def test_my_day_and_search_know_sessions(client):
    session = make_session(states.HELD, days=-1, title="Noticing young carers")
    sign_in(client, make_post("clerk"))
    assert "Close the register: Noticing young carers" in text(client.get("/my-day/"))
    assert session.get_absolute_url() in text(client.get("/search/?q=carers"))
    assert client.get(f"/sessions/{session.pk}/")["Location"] == session.get_absolute_url()


def test_an_empty_search_offers_to_ask(client, letters):
    assert "/sessions/ask/?words=owls" in text(client.get("/sessions/?q=owls"))
    assert client.get("/sessions/ask/?words=owls").status_code == 200
    answer = client.post("/sessions/ask/", {"words": "Owls"})
    assert "Thank you for asking" in text(answer)
    assert letters() == []
