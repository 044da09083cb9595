"""Nobody stands before a shut door: what a page links to opens, and one's own page is one link away."""

import pytest
from django.urls import reverse

from tests.factories.earlyhelp import as_, make_coordinator, make_family, make_story
from tests.factories.people import make_post, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return make_family()


def test_one_of_a_family_comes_back_to_their_story_from_every_page(client, family):
    sign_in(client, family.parent)
    for path in ("/", "/account/", "/sessions/"):
        assert 'href="/our-story/"' in client.get(path).text, path
    day = client.get("/my-day/", follow=True)
    assert day.redirect_chain[-1][0] == reverse("our-story-home", args=[family.story.pk])


def test_whoever_coordinates_is_sent_to_no_story_that_they_only_know_of(client, family):
    coordinator = make_coordinator()
    sign_in(client, coordinator)
    page = client.get(reverse("stories"))
    assert family.story.reference in page.text
    assert reverse("story", args=[family.story.pk]) not in page.text
    assert reverse("break-glass") not in page.text


def test_who_works_with_a_family_goes_from_the_list_to_its_story(client, family):
    sign_in(client, family.member)
    page = client.get(reverse("stories"))
    assert reverse("story", args=[family.story.pk]) in page.text
    assert reverse("break-glass") in page.text


def test_a_list_that_is_cut_says_so(client, family, monkeypatch):
    with as_(family.lead):
        make_story(family.lead)
    sign_in(client, family.lead)
    for most, said in ((2, False), (1, True)):
        monkeypatch.setattr("saidanddone.earlyhelp.views.stories.LONGEST", most)
        page = client.get(reverse("stories")).text
        assert (f"The first {most} stand here" in page) is said


def test_my_day_of_a_member_of_the_network_leads_to_what_is_theirs(client):
    sign_in(client, make_post("subscriber"))
    page = client.get("/my-day/").text
    for name in ("network", "sessions", "bulletin", "bulletin-suggest", "my-learning"):
        assert f'href="{reverse(name)}"' in page, name
    assert "Meetings to come" not in page
