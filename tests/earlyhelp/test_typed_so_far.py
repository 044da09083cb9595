"""What is typed into a form and not sent stands there again for its author, and for nobody else."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from saidanddone.core import clock, identity
from saidanddone.earlyhelp import verbs
from saidanddone.earlyhelp.models import TypedSoFar
from tests.factories.earlyhelp import as_, fresh, make_family, make_worker
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
WORDS = {
    "what": "She was tired but came to the door",
    "kind": "visit",
    "once": "x",
    "code": "S3CRET",
}


@pytest.fixture
def family():
    return make_family()


def ask(client, place, deed, said=None, door=False):
    address = reverse("typed-at-the-door" if door else "typed-so-far")
    return client.post(address, said or {}, headers={"X-Place": place, "X-Deed": deed})


def waiting():
    """How many rows wait, and all that is written in them, as whoever steals the table reads it."""
    with identity.as_system("test"), connection.cursor() as cursor:
        cursor.execute("SELECT t::text, encode(closed, 'escape') FROM earlyhelp_typedsofar AS t")
        return [" ".join(row) for row in cursor.fetchall()]


def test_a_worker_finds_their_words_again_until_the_form_is_sent(client, family):
    place = reverse("contact-keep", args=[family.story.pk])
    sign_in(client, family.lead.acting_for)
    assert ask(client, place, "find").status_code == 204
    for words in ("She was", WORDS["what"]):
        kept = ask(client, place, "keep", WORDS | {"what": words})
        assert kept.json()["at"]
    (row,) = waiting()
    assert "tired" not in row
    found = ask(client, place, "find").json()
    assert found["words"].startswith("You typed this at ")
    assert dict(found["fields"]) == {"what": WORDS["what"], "kind": "visit"}
    with as_(make_worker()), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM earlyhelp_typedsofar")
        assert cursor.fetchone()[0] == 0
    assert client.post(place, {"what": ""}).status_code != 302
    assert len(waiting()) == 1
    sent = {
        "kind": "visit", "what": WORDS["what"], "on": f"{clock.today():%d %B %Y}",
        "once": "11111111-1111-4111-8111-111111111111",
    }  # fmt: skip
    assert client.post(place, sent).status_code == 302
    assert waiting() == []


def test_nobody_else_and_nobody_without_the_right_keeps_or_finds_any(client, family):
    place = reverse("contact-keep", args=[family.story.pk])
    sign_in(client, family.member.acting_for)
    ask(client, place, "keep", WORDS)
    sign_in(client, family.lead.acting_for)
    assert ask(client, place, "find").status_code == 204
    for nowhere in (
        "",
        "/my-day/",
        "/nothing/",
        f"/stories/{'0' * 8}-0000-4000-8000-000000000000/",
    ):
        assert ask(client, nowhere, "keep", WORDS).status_code == 404
    sign_in(client, make_worker().acting_for)
    for deed in ("keep", "find"):
        assert ask(client, place, deed, WORDS).status_code == 404
    with as_(family.lead):
        verbs.withdraw_agreement(
            story=fresh(family.story), agency=family.member.acting_for.organisation, words="No",
            by=family.lead,
        )  # fmt: skip
    sign_in(client, family.member.acting_for)
    for deed in ("keep", "find"):
        assert ask(client, place, deed, WORDS).status_code == 404
    with as_(family.member):
        assert not TypedSoFar.objects.exists()
    sign_in(client, family.lead.acting_for)
    ask(client, place, "keep", WORDS)
    assert verbs.forget_typing(by="system:families") == 1  # the member's, who is out
    with clock.stand_at(clock.now() + timedelta(days=6)):
        assert verbs.forget_typing(by="system:families") == 0
    with clock.stand_at(clock.now() + timedelta(days=7)):
        assert verbs.forget_typing(by="system:families") == 1


def test_at_their_own_door_and_where_no_story_is_yet(client, family):
    own = reverse("our-story-words", args=[family.story.pk])
    client.force_login(family.parent)
    said = {"words": "Only mornings are hard"}
    assert ask(client, own, "keep", said, door=True).status_code == 200
    assert ask(client, own, "find", door=True).json()["fields"] == [["words", said["words"]]]
    opens = reverse("story-open")
    sign_in(client, family.lead.acting_for)
    ask(client, opens, "keep", {"why_now": "x" * 200_001})
    assert ask(client, opens, "find").status_code == 204
    ask(client, opens, "keep", {"why_now": "No sleep"})
    with clock.stand_at(clock.now() + timedelta(days=1)):
        sign_in(client, family.lead.acting_for)
        told = json.loads(ask(client, opens, "find").content)
    assert told["words"].startswith("You typed this on ")
    assert ask(client, opens, "drop").status_code == 204
    assert ask(client, opens, "find").status_code == 204
