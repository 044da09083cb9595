"""The pages where areas meet: each shows what this person may see, and hints at nothing else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saidanddone.core import clock
from saidanddone.people.models import Post
from tests.factories.governance import make_action, make_body, make_item, make_meeting
from tests.factories.issues import make_replied, make_routed
from tests.factories.participation import make_public_voice, make_voice
from tests.factories.people import make_organisation, make_post, sign_in

pytestmark = pytest.mark.django_db
OWN_QUERIES = 5
FIXED_QUERIES = 4


def test_front_page_without_anything_invites(client):
    assert "Be the first" in client.get("/").text


def test_front_page_tells_one_answered_thread(client):
    voice = make_public_voice()
    issue = make_replied(voices=[voice])
    page = client.get("/").text
    assert voice.public_words in page
    assert f"/you-said-we-did/{issue.pk}/" in page


def test_my_day_without_anything_says_what_will_come(client):
    sign_in(client, make_post("officer"))
    assert "Nothing needs you today" in client.get("/my-day/").text


def test_my_day_follows_at_once_whatever_its_person_holds(client):
    post = make_post("participation_worker")
    make_voice()
    sign_in(client, post)
    for roles, shown in (
        (["participation_worker"], True), (["officer"], False), (["participation_worker"], True)
    ):  # fmt: skip
        Post.objects.filter(pk=post.pk).update(roles=roles)
        assert ("/voices/?state=waiting" in client.get("/my-day/").text) is shown
    make_voice()
    assert "Read 2 new voices" in client.get("/my-day/").text


def test_my_day_shows_what_waits_for_this_post_alone(client):
    mine, theirs = make_post("officer"), make_post("officer")
    issue, other = make_routed(owner=mine), make_routed(owner=theirs)
    make_action(owner=mine, what="Ring the bus firm")
    sign_in(client, mine)
    page = client.get("/my-day/").text
    assert f"Answer: {issue.title}" in page
    assert "Do: Ring the bus firm" in page
    assert f"/issues/{other.pk}/" not in page


def test_my_day_counts_new_voices_without_their_words(client):
    first, second = make_voice(), make_voice(words="Quite other words")
    sign_in(client, make_post("participation_worker"))
    page = client.get("/my-day/").text
    assert "Read 2 new voices" in page
    assert first.words not in page
    assert second.words not in page


@pytest.mark.parametrize("number", [1, 3])
def test_my_day_asks_the_same_however_much_waits(client, number):
    post = make_post("participation_worker")
    for _ in range(number):
        make_routed(owner=post)
        make_voice()
    sign_in(client, post)
    client.get("/my-day/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/my-day/")
    questions = [one for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(questions) <= OWN_QUERIES + FIXED_QUERIES


def test_search_finds_across_areas(client):
    issue = make_routed()
    make_body(name="Zebra crossing board", short_name="ZCB", slug="zebra")
    sign_in(client, make_post("officer"))
    assert "Zebra crossing board" in client.get("/search/?q=zebra").text
    word = issue.title.split()[0]
    assert issue.title in client.get("/search/", {"q": word}).text


def test_search_never_hints_at_a_restricted_item(client):
    meeting = make_meeting("published")
    make_item(meeting=meeting, title="Xylophone", restricted=True, restricted_why="A person")
    sign_in(client, make_post("officer"))
    page = client.get("/search/?q=xylophone").text
    assert "Nothing found that you may see" in page


def test_search_knows_people_by_the_posts_that_they_hold_now(client):
    was = make_post("practitioner", title="Warden", organisation=make_organisation(name="Refuge"))
    make_post("officer", user=was.user, title="Bailiff", organisation=was.organisation)
    Post.objects.filter(pk=was.pk).update(
        starts_on=clock.today() - timedelta(days=9), ends_on=clock.today() - timedelta(days=2)
    )
    sign_in(client, make_post("officer"))
    assert was.user.name in client.get("/search/?q=bailiff").text
    assert "Nothing found that you may see" in client.get("/search/?q=warden").text


@pytest.mark.parametrize("words", ["\x00", "'; --", "a" * 5000, "😀", "\u202e", "& | ! ( <->", '"'])
def test_search_answers_whatever_is_typed(client, words):
    sign_in(client, make_post("officer"))
    assert client.get("/search/", {"q": words}).status_code == 200


def test_status_is_for_administrators(client):
    sign_in(client, make_post("administrator"))
    page = client.get("/status/").text
    assert "Letters" in page
    assert "Audit" in page
    sign_in(client, make_post("clerk"))
    assert client.get("/status/").status_code == 403


def test_healthz_says_ok_and_nothing_more(client):
    assert client.get("/healthz").content == b"ok"


def test_leaving_goes_elsewhere_and_lets_the_browser_forget(client):
    answer = client.get("/leave/")
    assert answer.status_code == 302
    assert "storage" in answer["Clear-Site-Data"]
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/about/", "/your-words/", "/accessibility/", "/privacy/"])
def test_pages_that_explain_are_for_everybody(client, path):
    assert client.get(path).status_code == 200
