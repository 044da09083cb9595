"""The guard of every family page: who comes in, what is kept first, and what strangers are told."""

import uuid

import pytest
from django.urls import reverse

from saidanddone.core import clock, identity
from saidanddone.earlyhelp.models import Look, Story
from tests.factories.earlyhelp import as_, make_family, make_story, make_worker
from tests.factories.people import sign_in
from tests.house.source import PACKAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return make_family()


def looks():
    with identity.as_system("test"):
        return list(Look.objects.order_by("at").values_list("person", "part", "purpose", "refused"))


def test_a_look_is_kept_before_the_story_is_shown(client, family):
    sign_in(client, family.member)
    page = client.get(reverse("story", args=[family.story.pk]))
    assert page.status_code == 200
    assert "Kit Invented" in page.text
    assert page["Cache-Control"] == "no-store"
    assert looks() == [(family.member.pk, "story", "membership", False)]


def test_if_the_look_cannot_be_kept_nothing_is_shown(client, family, monkeypatch):
    sign_in(client, family.member)
    monkeypatch.setattr(Look.objects, "create", lambda **_: 1 / 0)
    client.raise_request_exception = False
    page = client.get(reverse("story", args=[family.story.pk]))
    assert page.status_code == 500
    assert "Invented" not in page.text


def test_a_stranger_cannot_tell_whether_it_exists(client, family):
    stranger = make_worker()
    sign_in(client, stranger)
    there = client.get(reverse("story", args=[family.story.pk]))
    nowhere = client.get(reverse("story", args=[uuid.UUID(int=7)]))
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content
    assert looks() == [(stranger.pk, "story", "none", True)] * 2


def test_the_list_shows_references_until_names_are_asked_for(client, family):
    sign_in(client, family.lead)
    page = client.get(reverse("stories"))
    assert family.story.reference in page.text
    assert "Invented" not in page.text
    assert looks() == []
    page = client.post(reverse("stories"))
    assert "Invented" in page.text
    assert looks() == [(family.lead.pk, "name", "list", False)]


def test_what_is_closed_stands_last_and_is_due_for_nothing(client, family):
    with as_(family.lead):
        other = make_story(family.lead, called="Elsewhere")
    with identity.as_system("test"):
        Story.objects.filter(pk=family.story.pk).update(
            state="closed", review_due_on=clock.today(), closed_at=clock.now(),
            close_reason="met", keep_until=clock.today(),
        )  # fmt: skip
    sign_in(client, family.lead)
    page = client.get(reverse("stories")).text
    assert page.index(other.reference) < page.index(family.story.reference)
    assert "Review due" not in page


@pytest.mark.parametrize(
    ("who", "why"),
    [("lead", "you lead this"), ("member", "you are in this"), ("supervisor", "you supervise")],
)
def test_each_page_says_why_one_sees_it(client, family, who, why):
    sign_in(client, getattr(family, who))
    for page in ("story", "story-plan"):
        shown = client.get(reverse(page, args=[family.story.pk])).text
        assert f"You see this because {why}" in shown


def test_a_stranger_s_list_is_empty(client, family):
    sign_in(client, make_worker())
    page = client.get(reverse("stories"))
    assert family.story.reference not in page.text


def test_whoever_came_by_a_code_alone_is_nobody_s_worker(client, family):
    sign_in(client, family.lead, strong=False)
    assert family.story.reference not in client.get(reverse("stories")).text
    assert client.get(reverse("story", args=[family.story.pk])).status_code == 404


def test_no_page_acts_as_the_product():
    rooms = [PACKAGE / "earlyhelp" / room for room in ("views", "forms", "permissions")]
    files = [one for room in rooms for one in ([room] if room.is_file() else room.rglob("*.py"))]
    assert files
    assert [one for one in files if "system" in one.read_text().lower()] == []
