"""Joining by oneself and by invitation, as a person would."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from saidanddone.core import clock
from saidanddone.mail.models import Letter
from saidanddone.people.models import Invitation, Post, User
from tests.factories.people import (
    invitation_to,
    make_organisation,
    make_post,
    make_user,
    sign_in,
)
from tests.people.doors import app_code, app_key, newest_code, text_of

pytestmark = pytest.mark.django_db
PASSWORD = "harbour lantern quilt sparrow"


@pytest.fixture(autouse=True)
def no_limits_left_over():
    """Tries of one test do not count in the next."""
    cache.clear()


def test_join_by_code(client):
    told = {
        "name": "Hettie Cloudesley",
        "email": "Hettie@Club.example",
        "organisation": "Youth club",
    }
    assert client.post("/join/", told).url == "/join/code/"
    assert not User.objects.filter(email="hettie@club.example").exists(), "nothing is kept yet"
    assert "does not fit" in client.post("/join/code/", {"code": "BBBBCCCC"}).content.decode()
    code = newest_code("hettie@club.example")
    assert client.post("/join/code/", {"code": code.lower()}).url == "/network/me/"
    post = Post.objects.get(user__email="hettie@club.example")
    assert (post.roles, post.title, post.organisation.name) == (
        ["subscriber"],
        "Youth club",
        "The network",
    )
    text = client.get("/account/").content.decode()
    assert "Network member" in text
    assert client.get("/people/").status_code == 403


def test_join_writes_once_a_day_and_the_code_works_in_another_browser(client):
    told = {"name": "Hettie", "email": "hettie@club.example", "organisation": "Youth club"}
    for _ in range(3):
        Client().post("/join/", told)
    assert Letter.objects.filter(address="hettie@club.example").count() == 1
    client.post("/join/", told)
    response = client.post("/join/code/", {"code": newest_code("hettie@club.example")})
    assert response.url == "/network/me/"


def test_join_does_not_tell_who_is_known():
    known = make_post("officer").user.email
    pages = []
    for address in (known, "never.seen@place.example"):
        client = Client()
        told = {"name": "Somebody", "email": address, "organisation": "Youth club"}
        first = client.post("/join/", told, follow=True)
        pages.append(
            [text_of(first, address), text_of(client.post("/join/code/", {"code": "B"}), address)]
        )
    assert pages[0] == pages[1]
    assert Letter.objects.get(address=known).wording.kind == "already_joined"


def test_join_code_tries_are_limited(client):
    told = {"name": "Hettie", "email": "hettie@club.example", "organisation": "Youth club"}
    client.post("/join/", told)
    for _ in range(5):
        client.post("/join/code/", {"code": "BBBBCCCC"})
    response = client.post("/join/code/", {"code": newest_code("hettie@club.example")})
    assert response.status_code == 429
    assert not User.objects.exists()


def test_invitation_to_passkey_page(client):
    admin, place = make_post("administrator"), make_organisation(name="Kestrel School")
    sign_in(client, admin)
    told = {"name": "Wilf", "email": "wilf@school.example", "organisation": place.pk,
            "title": "Pastoral lead", "roles": ["practitioner"]}  # fmt: skip
    assert client.post("/people/invite/", told).status_code == 302
    letter = Letter.objects.get(address="wilf@school.example")
    link = re.search(r"http://[^/]+(/join/\S+)", letter.wording.text)[1]
    assert "Kestrel" not in letter.wording.text
    guest = Client()
    opened = guest.get(link).content.decode()
    assert "wilf@school.example" not in opened
    assert guest.post(link).url == "/sign-in/code/confirm/?next=/join/welcome/"
    response = guest.post(
        "/sign-in/code/confirm/",
        {"code": newest_code("wilf@school.example"), "next": "/join/welcome/"},
    )
    assert response.url == "/join/welcome/"
    assert "Kestrel School" in guest.get("/join/welcome/").content.decode()
    assert guest.post("/join/welcome/", {"name": ""}).status_code == 200
    response = guest.post("/join/welcome/", {"name": "Wilf Tanglewood", "way": "passkey"})
    assert response.url == "/account/passkeys/add/"
    assert guest.get(response.url).status_code == 200
    assert guest.get("/people/").status_code == 403, "the role does nothing before the passkey"
    assert guest.get(link).status_code == 302, "until then the link stays open"
    Invitation.objects.update(opened_at=clock.now())
    assert "no longer open" in Client().get(link).content.decode()
    assert Client().post(link).status_code == 200


def test_a_letter_box_alone_adds_no_passkey_and_no_app(client):
    """Somebody came and added nothing; later, whoever reads their letters signs in by code."""
    post = make_post("practitioner")
    old = invitation_to(post, days_ago=15)
    client.post("/sign-in/code/", {"email": post.user.email})
    client.post("/sign-in/code/confirm/", {"code": newest_code(post.user.email)})
    client.post("/account/password/set/", {"password1": PASSWORD})
    for path in ("/account/passkeys/add/", "/account/second-factor/app/"):
        for token in ("", old.token):
            if token:
                client.get(f"/join/{token}/")
            assert client.get(path).status_code == 403
            page = client.post(path, {"code": "123456", "name": "phone", "credential": "{}"})
            assert "Open your invitation first" in page.content.decode()
    assert not Authenticator.objects.exists()
    old.delete()
    fresh = invitation_to(post)
    assert client.get("/account/passkeys/add/").status_code == 403, "this browser did not open it"
    client.get(f"/join/{fresh.token}/")
    assert client.get("/account/passkeys/add/").status_code == 200


def test_an_invitation_serves_nobody_else(client):
    theirs = invitation_to(make_post("practitioner"))
    mine = make_post("officer")
    sign_in(client, mine, strong=False)
    assert "for somebody else" in client.get(f"/join/{theirs.token}/").content.decode()
    session = client.session
    session["invitation"] = str(theirs.token)
    session.save()
    assert client.get("/account/passkeys/add/").status_code == 403


def test_invitation_to_password_and_app(client):
    post = make_post("practitioner", user=make_user(joined_at=None))
    user, link = post.user, f"/join/{invitation_to(post).token}/"
    client.post(link)
    told = {"code": newest_code(user.email), "next": "/join/welcome/"}
    response = client.post("/sign-in/code/confirm/", told)
    assert response.url == "/join/welcome/"
    response = client.post("/join/welcome/", {"name": "Wilf", "way": "password"})
    assert response.url == "/account/password/set/?next=/account/second-factor/app/"
    response = client.post(
        response.url, {"password1": PASSWORD, "next": "/account/second-factor/app/"}
    )
    assert response.url == "/account/second-factor/app/"
    page = client.get(response.url).content.decode()
    secret = app_key(page)
    client.post("/account/second-factor/app/", {"code": app_code(secret)})
    assert client.get("/people/").status_code == 200
