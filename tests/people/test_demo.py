"""The page on which a visitor chooses whose part to play."""

import pytest

from saidanddone.dev import personas
from saidanddone.people import roles
from saidanddone.people.models import Post, User
from tests.factories.people import make_post, sign_in

pytestmark = pytest.mark.django_db


def test_page_shows_everybody(client):
    page = client.get("/demo/").content.decode()
    for persona in personas.PERSONAS:
        assert persona.name in page
        assert str(roles.BY_CODE[persona.role].name).replace("'", "&#39;") in page
    assert "A child, a young person or a parent" in page


@pytest.mark.parametrize("key", [persona.key for persona in personas.PERSONAS])
def test_each_can_be_played(client, key):
    persona = personas.BY_KEY[key]
    response = client.post("/demo/sign-in/", {"persona": key})
    assert response.url == persona.links[0][1]
    text = client.get("/account/").content.decode()
    assert persona.name in text
    for place in persona.places[:1]:
        assert f"acting for {place.organisation.replace('&', '&amp;')}" in text
    assert ("By passkey or second step" in text) == persona.strong


def test_one_after_the_other_and_never_two_of_them(client):
    sign_in(client, make_post("administrator"))
    client.post("/demo/sign-in/", {"persona": "member"})
    assert client.get("/settings/").status_code == 403
    client.post("/demo/sign-in/", {"persona": "administrator"})
    assert client.get("/settings/").status_code == 200
    personas.ensure()
    assert User.objects.filter(email__endswith="@demo.example").count() == len(personas.PERSONAS)
    places = sum(len(persona.places) for persona in personas.PERSONAS)
    assert Post.objects.filter(user__email__endswith="@demo.example").count() == places


def test_only_personas_and_only_by_pressing(client):
    assert client.post("/demo/sign-in/", {"persona": "root"}).status_code == 404
    assert client.get("/demo/sign-in/").status_code == 405


def test_every_role_that_can_do_something_here_is_played():
    played = {persona.role for persona in personas.PERSONAS}
    played |= {role for one in personas.PERSONAS for place in one.places for role in place.roles}
    assert played == {role.code for role in roles.ROLES if not role.later} - {"anonymous"}


def test_personas_hold_only_roles_that_exist():
    for persona in personas.PERSONAS:
        for place in persona.places:
            assert set(place.roles) <= {role.code for role in roles.HELD}
