"""Pages of people and organisations: as the right person, as the wrong one, lists of any length."""

import re
from urllib.parse import urlencode

import pytest
from allauth.mfa.totp.internal.auth import TOTP

from saidanddone.people.models import Invitation, Organisation, Post
from tests.factories.people import make_organisation, make_post, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """An organisation with one practitioner."""
    organisation = make_organisation(name="Kestrel School", sector="school")
    make_post("practitioner", organisation=organisation, user=make_user(name="Wilf Tanglewood"))
    return organisation


def pages(place):
    """Every page of this area with one post and one organisation in it."""
    post = place.posts.get()
    return {
        "list": ["/people/", "/organisations/", f"/people/{post.user_id}/",
                 f"/organisations/{place.pk}/"],
        "keep": ["/people/invite/", f"/people/{post.user_id}/give-post/",
                 f"/posts/{post.pk}/change/", f"/posts/{post.pk}/end/", "/organisations/add/",
                 f"/organisations/{place.pk}/change/", f"/organisations/{place.pk}/end/"],
    }  # fmt: skip


def test_administrator_opens_all(client, place):
    sign_in(client, make_post("administrator"))
    for path in [*pages(place)["list"], *pages(place)["keep"]]:
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("role", ["practitioner", "officer", "analyst", "privacy_officer"])
def test_professional_reads_and_changes_nothing(client, place, role):
    sign_in(client, make_post(role))
    for path in pages(place)["list"]:
        assert client.get(path).status_code == 200, path
    for path in pages(place)["keep"]:
        assert client.get(path).status_code == 403, path
        assert client.post(path).status_code == 403, path


@pytest.mark.parametrize(("role", "strong"), [("subscriber", False), ("subscriber", True),
                                              ("practitioner", False)])  # fmt: skip
def test_network_and_code_sessions_see_nobody(client, place, role, strong):
    sign_in(client, make_post(role), strong=strong)
    paths = [*pages(place)["list"], *pages(place)["keep"]]
    answers = {path: client.get(path) for path in paths}
    assert {answer.status_code for answer in answers.values()} == {403, 404}
    for path, answer in answers.items():
        assert "Wilf" not in answer.content.decode(), path
        assert "Kestrel" not in answer.content.decode(), path


def test_clerk_brings_people_but_leaves_strong_posts_alone(client, place):
    sign_in(client, make_post("clerk"))
    strong = make_post("safeguarding_lead")
    assert client.get("/people/invite/").status_code == 200
    assert client.get(f"/posts/{place.posts.get().pk}/end/").status_code == 200
    assert client.get(f"/posts/{strong.pk}/end/").status_code == 403
    page = client.get("/people/invite/").content.decode()
    assert "Safeguarding lead" not in page
    response = client.post("/people/invite/", {
        "name": "X", "email": "x@y.example", "organisation": place.pk, "title": "Y",
        "roles": ["safeguarding_lead"],
    })  # fmt: skip
    assert response.status_code == 200, "a role that was not offered is not taken"
    assert not Post.objects.filter(user__email="x@y.example").exists()


def test_search_finds_by_name_post_and_organisation(client, place):
    sign_in(client, make_post("officer", title="Head of Roads", user=make_user(name="Marigold")))
    for words, found in {"wilf": True, "KESTREL": True, "wilf kestrel": True, "tanglewood x": False,
                         "roads": False, "%": False, "'; --": False}.items():  # fmt: skip
        page = client.get("/people/", {"q": words}).content.decode()
        assert ("Wilf Tanglewood" in page) == found, words


def test_young_people_are_never_listed(client, place):
    make_post("young_assessor", user=make_user(name="Skylark", is_young=True), organisation=place)
    admin = make_post("administrator")
    young = Post.objects.get(user__name="Skylark")
    sign_in(client, admin)
    for path in [
        "/people/",
        "/people/?q=skylark",
        f"/organisations/{place.pk}/",
        "/people/invite/",
    ]:
        assert "Skylark" not in re.sub(r"q=skylark|“skylark”|value=\"skylark\"", "",
                                       client.get(path).content.decode()), path  # fmt: skip
    assert client.get(f"/people/{young.user_id}/").status_code == 404
    assert client.get(f"/posts/{young.pk}/end/").status_code == 404


def test_leavers_are_shown_to_administrators_alone(client, place):
    gone = make_user(name="Left Lastyear")
    sign_in(client, make_post("practitioner"))
    assert client.get(f"/people/{gone.pk}/").status_code == 404
    sign_in(client, make_post("administrator"))
    assert client.get(f"/people/{gone.pk}/").status_code == 200
    assert "Left Lastyear" not in client.get("/people/").content.decode()


def test_lists_cost_the_same_however_long(client, place, django_assert_max_num_queries):
    sign_in(client, make_post("practitioner"))
    client.get("/organisations/")  # settings are read once
    with django_assert_max_num_queries(5):
        client.get("/people/")
    for _ in range(5):
        make_post("officer")
    with django_assert_max_num_queries(5):
        client.get("/people/")
    with django_assert_max_num_queries(6):  # with the areas and forums to choose from
        client.get("/organisations/")


def test_form_keeps_what_was_typed_and_says_what_to_mend(client, place):
    sign_in(client, make_post("administrator"))
    told = {"name": "Perpetua", "email": "nonsense", "organisation": place.pk, "title": "Nurse",
            "roles": ["administrator", "clerk"], "starts_on": "31 February"}  # fmt: skip
    page = client.post("/people/invite/", told).content.decode()
    assert "Perpetua" in page
    assert "carries no other role" in page
    assert "Enter the date" in page
    told |= {
        "email": "p@v.example",
        "roles": ["officer"],
        "starts_on": "4/5/2027",
        "ends_on": "1/5/2027",
    }
    assert "comes before the first" in client.post("/people/invite/", told).content.decode()


def test_post_is_changed_through_the_page(client, place):
    post = place.posts.get()
    sign_in(client, make_post("administrator"))
    page = client.get(f"/posts/{post.pk}/change/").content.decode()
    assert "Pastoral" not in page
    told = {"title": "Pastoral lead", "roles": ["practitioner", "officer"], "ends_on": "1/1/2000"}
    assert "began later" in client.post(f"/posts/{post.pk}/change/", told).content.decode()
    assert client.post(f"/posts/{post.pk}/change/", told | {"ends_on": ""}).status_code == 302
    post.refresh_from_db()
    assert (post.title, post.roles) == ("Pastoral lead", ["practitioner", "officer"])


def test_organisation_is_added_changed_and_ended_through_pages(client):
    sign_in(client, make_post("administrator"))
    told = {"name": "Early Break", "sector": "voluntary", "contact_name": "", "contact_email": ""}
    made = client.post("/organisations/add/", told).url
    assert "already an organisation" in client.post("/organisations/add/", told).content.decode()
    assert client.post(f"{made}change/", told | {"name": "Early Broke"}).url == made
    assert client.get(f"{made}end/").status_code == 200
    assert client.post(f"{made}end/").url == "/organisations/"
    assert Organisation.objects.get(name="Early Broke").ended_on is not None
    assert client.get(f"{made}change/").status_code == 403


def test_deeds_ask_to_be_posted(client, place):
    post = place.posts.get()
    sign_in(client, make_post("administrator"))
    for path in (f"/posts/{post.pk}/invite-again/", f"/people/{post.user_id}/sign-out/",
                 "/account/sign-out-everywhere/"):  # fmt: skip
        assert client.get(path).status_code == 405
    assert client.post(f"/people/{post.user_id}/sign-out/").status_code == 302
    TOTP.activate(post.user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert client.post(f"/posts/{post.pk}/invite-again/").status_code == 403, (
        "they have come already, and have an app"
    )


def test_the_network_has_a_page_for_administrators_alone(client):
    member = make_post("subscriber", user=make_user(name="Hettie Cloudesley"),
                       organisation=make_organisation(name="The network", sector="network"))  # fmt: skip
    path = member.organisation.get_absolute_url()
    sign_in(client, make_post("administrator"))
    page = client.get(path).content.decode()
    assert "Hettie Cloudesley" in page
    assert "Stop working with them" not in page
    assert client.get(f"{path}end/").status_code == 404
    sign_in(client, make_post("clerk"))
    assert client.get(path).status_code == 404


def test_an_administrator_renews_the_invitation_of_who_has_no_passkey(client, place):
    post = place.posts.get()
    sign_in(client, make_post("administrator"))
    assert "Send a new invitation" in client.get(f"/people/{post.user_id}/").content.decode()
    assert client.post(f"/posts/{post.pk}/invite-again/").status_code == 302
    assert Invitation.objects.get().post == post
    sign_in(client, make_post("clerk"))
    assert "Send a new invitation" not in client.get(f"/people/{post.user_id}/").content.decode()
    assert client.post(f"/posts/{post.pk}/invite-again/").status_code == 403


def test_network_member_ends_through_the_administrator(client):
    member = make_post("subscriber", user=make_user(name="Hettie Cloudesley"))
    sign_in(client, make_post("administrator"))
    assert "Hettie" in client.get("/people/").content.decode()
    assert client.get(f"/posts/{member.pk}/change/").status_code == 403
    client.post(f"/posts/{member.pk}/end/", {"why": "Asked to leave"})
    assert not Post.objects.live().filter(pk=member.pk).exists()


@pytest.mark.parametrize("words", ["\0", "x" * 5000, "\u202egnp", "🦊", "\ud800"])
def test_odd_words_never_fail(client, place, words):
    sign_in(client, make_post("administrator"))
    sent = urlencode({"q": words}, errors="surrogatepass")
    assert client.get(f"/people/?{sent}").status_code == 200
    for path, name in [("/people/invite/", "title"), ("/organisations/add/", "name"),
                       ("/account/name/", "name")]:  # fmt: skip
        sent = urlencode({name: words}, errors="surrogatepass")
        answer = client.post(path, sent, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in {200, 302}, (path, answer.status_code)
