"""The log page: who did what, for privacy officers."""

from datetime import UTC, datetime

import pytest

from saidanddone.audit import verbs
from saidanddone.audit.models import Line
from saidanddone.core import clock
from tests.factories.people import acting, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    """A privacy officer, signed in."""
    sign_in(client, acting("privacy_officer"))
    return client


def page(client, **asked):
    """The log page's text."""
    answer = client.get("/audit/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_lines_are_shown_newest_first_with_names(officer):
    user = make_user(name="Marigold Example")
    verbs.record("read_voice", "participation.voice:7", by=user)
    verbs.record("open_thread", "participation.voice:8", by=None)
    text = page(officer)
    assert text.index("participation.voice:8<") < text.index("participation.voice:7<")
    assert f'Marigold Example</a> <span class="soft">person:{user.pk}<' in text


def test_young_people_keep_their_number(officer):
    user = make_user(name="Bobbin Example", is_young=True)
    verbs.record("sign_in", user, by=user)
    assert "Bobbin" not in page(officer)


@pytest.mark.parametrize(
    "asked",
    [
        {"who": "code"},
        {"verb": "Read voice"},
        {"subject": "participation.voice:7"},
        {"day": "4 December 2026"},
    ],
)
def test_lines_are_found_by_each_part(officer, asked):
    with clock.stand_at(datetime(2026, 12, 4, 9, tzinfo=UTC)):
        verbs.record("read_voice", "participation.voice:7", by=None)
    verbs.record("hold_voice", "participation.voice:9", by="system: triage")
    text = page(officer, **asked)
    assert "participation.voice:7" in text
    assert "participation.voice:9" not in text


def test_a_person_is_found_by_number(officer):
    user = make_user()
    verbs.record("read_voice", "participation.voice:7", by=user)
    for who in (str(user.pk), f"person:{user.pk}"):
        assert "participation.voice:7" in page(officer, who=who)
    assert "No line fits" in page(officer, who=str(user.pk + 1))


def test_looking_is_written_down_with_what_was_asked(officer):
    page(officer, subject="participation.voice:7")
    line = Line.objects.latest("pk")
    assert (line.verb, line.subject) == ("look_at_audit", "participation.voice:7")
    page(officer)
    assert Line.objects.latest("pk").subject == "audit.line:all"


def test_a_day_that_is_none_is_told_kindly_and_kept(officer):
    text = page(officer, day="31 Febtember")
    assert "Enter the day like 4 December 2026" in text
    assert "31 Febtember" in text


def test_older_lines_follow(officer):
    for number in range(verbs.PAGE + 5):
        verbs.record("try_it", f"page.thing:{number}", by="system: test")
    first = page(officer, who="system:test")
    assert "page.thing:54<" in first
    assert "page.thing:4<" not in first
    older = Line.objects.get(subject="page.thing:5")
    assert f"before={older.pk}" in first
    second = page(officer, who="system:test", before=older.pk)
    assert "page.thing:4<" in second
    assert "Older lines" not in second


def test_many_lines_ask_as_little_as_one(officer, django_assert_max_num_queries):
    for _ in range(3):
        verbs.record("try_it", "test.thing:1", by=make_user())
    with django_assert_max_num_queries(9):
        page(officer)


@pytest.mark.parametrize("role", ["administrator", "clerk", "safeguarding_lead"])
def test_nobody_else_looks(client, role):
    sign_in(client, acting(role))
    assert client.get("/audit/").status_code == 403


def test_without_the_second_step_nobody_looks(client):
    sign_in(client, acting("privacy_officer"), strong=False)
    assert client.get("/audit/").status_code == 403


def test_strangers_are_asked_to_sign_in(client):
    assert client.get("/audit/").headers["Location"].startswith("/sign-in/")
