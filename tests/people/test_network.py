"""The network: who is found by what, what nobody sees unless it is shared, writing, leaving."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from saidanddone.core.access import Refused
from saidanddone.mail import drawing
from saidanddone.mail.models import Letter
from saidanddone.people import permissions, verbs
from saidanddone.people.models import Post, Profile, User
from tests.factories.people import act, acting, make_organisation, make_user, sign_in
from tests.factories.reference import make_area, make_topic
from tests.people.doors import newest_code

pytestmark = pytest.mark.django_db
ALL = [part.value for part in Profile.Part]


@pytest.fixture(autouse=True)
def no_limits_left_over():
    """Tries of one test do not count in the next."""
    cache.clear()


def member(name="Wren Oakes", *, shares=ALL, areas=(), topics=(), listed=True, **over):
    """Somebody who told of themselves."""
    who = acting("subscriber", strong=False, user=make_user(name=name))
    given = {"works_at": "Lantern Young Carers", "does": "Runs the Friday group", "phone": "0161"}
    return verbs.tell_of_oneself(
        **given | over, areas=areas, topics=topics, shares=shares, listed=listed, by=who
    )


def found(words, by=None):
    """The names that a search brings."""
    seen = permissions.visible_members(by or acting("practitioner"))
    return {one.user.name for one in permissions.members_matching(seen, words)}


def test_joining_takes_four_pages(client):
    make_organisation(name="Kestrel Rise High School")
    area = make_area(parent=make_area())
    told = {
        "name": "Hettie",
        "email": "hettie@club.example",
        "organisation": "kestrel rise high school",
    }
    client.post("/join/", told)
    here = client.post("/join/code/", {"code": newest_code("hettie@club.example")}).url
    assert here == "/network/me/"
    page = client.get(here).content.decode()
    assert "Kestrel Rise High School" in page
    assert "kestrel rise high school" in page, "what was told is not asked again"
    answer = client.post(
        here, {"works_at": "kestrel rise high school", "does": "I teach", "areas": [area.pk],
               "shares": ["works_at", "areas"], "listed": "on"},
    )  # fmt: skip
    assert answer.url == "/bulletin/mine/"
    profile = Profile.objects.get()
    assert (profile.works_at, profile.organisation.name) == ("Kestrel Rise High School",) * 2
    client.post("/bulletin/mine/", {"kind": "corporate"})
    assert client.get("/bulletin/mine/").content.decode().count("Leave the bulletin") == 1


def test_who_does_what_in_radcliffe():
    radcliffe, carers = make_area(name="Radcliffe"), make_topic(name="Young carers")
    member("Wren", areas=[radcliffe], topics=[carers], works_at="Lantern")
    member("Linnet", areas=[make_area(name="Prestwich")], topics=[carers], works_at="Harbour")
    assert found("who does young carers in Radcliffe?") == {"Wren"}
    assert found("carers") == {"Wren", "Linnet"}
    assert found("Lantern") == {"Wren"}
    assert found("zebra") == set()


@pytest.mark.parametrize("part", ALL)
def test_what_is_not_shared_is_neither_shown_nor_found(client, part):
    area, topic = make_area(name="Hiddenham"), make_topic(name="Beekeeping")
    told = {"works_at": "Secretplace", "does": "Quietwork", "phone": "0999777"}
    hidden = {
        "works_at": "Secretplace", "does": "Quietwork", "areas": "Hiddenham", "topics": "Beekeeping",
        "phone": "0999777", "email": "@place.example",
    }[part]  # fmt: skip
    profile = member(
        shares=[one for one in ALL if one != part], areas=[area], topics=[topic], **told
    )
    sign_in(client, acting("practitioner").acting_for)
    for path in ("/network/", profile.get_absolute_url()):
        page = client.get(path).content.decode().replace("hello@partnership.example", "")
        told = re.sub(r'<form class="filters".*?</form>', "", page, flags=re.DOTALL)
        assert hidden not in told
    if part not in {"phone", "email"}:
        assert found(hidden) == set()


def test_who_may_look(client):
    profile = member()
    assert client.get("/network/").status_code == 302
    for role in ("subscriber", "practitioner", "clerk"):
        assert list(permissions.visible_members(acting(role))) == [profile]
    assert (
        list(permissions.visible_members(acting("practitioner", user=make_user(is_young=True))))
        == []
    )
    hiding = member("Hidden", listed=False)
    sign_in(client, acting("officer").acting_for)
    assert client.get(hiding.get_absolute_url()).status_code == 404
    assert "Hidden" not in client.get("/network/").content.decode()


def test_the_young_and_those_who_left_are_not_found():
    profile = member()
    User.objects.filter(pk=profile.user_id).update(is_young=True)
    assert found("") == set()
    gone = member("Gone")
    Post.objects.filter(user=gone.user_id).update(roles=[])
    User.objects.filter(pk=gone.user_id).update(is_active=False)
    assert found("") == set()


def test_writing_shows_no_address_but_the_senders(client):
    profile = member(shares=[])
    sender = acting("practitioner")
    sign_in(client, sender.acting_for)
    page = client.post(
        profile.get_absolute_url(), {"words": "May I visit <b>Friday</b>?"}, follow=True
    ).content.decode()
    assert profile.user.email not in page
    letter = Letter.objects.get(address=profile.user.email)
    text = drawing.fill(letter.wording.text, letter.fill)
    assert "May I visit <b>Friday</b>?" in text
    assert sender.email in text
    with pytest.raises(Refused):
        verbs.write_to_member(member=profile, words="x", by=act(profile.user.posts.get()))


def test_twenty_letters_a_day_are_the_most(client):
    profile = member()
    sign_in(client, acting("practitioner").acting_for)
    answers = [
        client.post(profile.get_absolute_url(), {"words": "Hello"}).status_code for _ in range(21)
    ]
    assert (answers[0], answers[-1]) == (302, 429)


def test_leaving_takes_one_click(client):
    profile = member()
    sign_in(client, profile.user.posts.get(), strong=False)
    assert client.post("/network/leave/").url == "/"
    assert Profile.objects.count() == 0
    assert not Post.objects.live().filter(user=profile.user_id).exists()
    assert client.get("/network/").status_code == 302


def test_leaving_ends_no_post_that_somebody_else_gave():
    who = acting("practitioner")
    verbs.tell_of_oneself(
        works_at="Lantern", does="", phone="", areas=[], topics=[], shares=[], listed=True, by=who
    )
    verbs.leave_network(by=who)
    assert Post.objects.live().filter(user=who).exists()


def test_the_list_asks_the_same_of_one_and_of_three(client, django_assert_max_num_queries):
    sign_in(client, acting("practitioner").acting_for)
    area = make_area()
    for _ in range(3):
        member(areas=[area])
    client.get("/network/")
    with django_assert_max_num_queries(9):
        page = client.get("/network/").content.decode()
    assert len(re.findall("Lantern Young Carers", page)) == 3
    assert Client().get("/network/me/").status_code == 302


def test_a_new_organisation_is_proposed_and_its_members_are_joined_to_it(client):
    profile = member(works_at="Wagtail Trust")
    clerk = acting("clerk")
    sign_in(client, clerk.acting_for)
    page = client.get("/organisations/").content.decode()
    assert "Add Wagtail Trust" in page
    assert "Wagtail Trust" in client.get("/organisations/add/?name=Wagtail+Trust").content.decode()
    verbs.add_organisation(name="Wagtail Trust", sector="voluntary", by=clerk)
    profile.refresh_from_db()
    assert profile.organisation.name == "Wagtail Trust"
    assert "Add Wagtail Trust" not in client.get("/organisations/").content.decode()
    sign_in(client, acting("officer").acting_for)
    assert "Named by members" not in client.get("/organisations/").content.decode()
