"""Good practice: sent in, read, published, confirmed; each deed and each page."""

import uuid
from datetime import date, timedelta

import pytest

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.library import states, verbs
from saidanddone.library.models import Practice
from tests.factories.library import make_practice
from tests.factories.people import act, acting, make_organisation, make_post, sign_in
from tests.factories.reference import make_partnership, make_topic
from tests.library.browsing import FIXED, OWN, asks, signed_in, words

pytestmark = pytest.mark.django_db
TOLD = {
    "title": "Letters they wrote", "sector": "health", "done": "We asked them to write ours.",
    "children": "Twelve of them, aged 11 to 16.", "changed": "More of them came.",
}  # fmt: skip


def fresh(practice):
    """The example as the database has it now."""
    return Practice.objects.get(pk=practice.pk)


# ------------------------------------------------------------------ deeds


def test_an_example_goes_from_hand_to_hand(letters, lines):
    worker, contact = make_post("participation_worker"), make_post("practitioner")
    example = verbs.submit_practice(**TOLD, topics=[make_topic()], by=act(contact))
    assert (example.state, example.contact) == (states.WAITING, contact)
    assert letters() == [("practice_sent", worker.user.email)]
    verbs.ask_for_change(practice=example, why="How many came?", by=act(worker))
    verbs.mend_practice(practice=fresh(example), changed="Forty came.", topics=[], by=act(contact))
    assert fresh(example).why == ""
    verbs.publish_practice(practice=fresh(example), by=act(worker))
    verbs.confirm_practice(practice=fresh(example), by=act(contact))
    verbs.withdraw_practice(practice=fresh(example), why="It ended", by=act(contact))
    assert [verb for _, verb in lines()] == [
        "submit_practice", "ask_for_change", "mend_practice", "publish_practice",
        "confirm_practice", "withdraw_practice",
    ]  # fmt: skip


def test_nobody_publishes_their_own():
    clerk = acting("clerk")
    example = verbs.submit_practice(**TOLD, by=clerk)
    with pytest.raises(Refused):
        verbs.publish_practice(practice=example, by=clerk)


def test_the_network_may_send_one_too(letters):
    network = make_organisation(sector="network")
    member = acting("subscriber", strong=False, organisation=network)
    assert verbs.submit_practice(**TOLD, by=member).state == states.WAITING


def test_the_same_form_twice_is_one():
    who, once = acting("practitioner"), uuid.uuid4()
    for _ in "ab":
        verbs.submit_practice(**TOLD, once=once, by=who)
    assert Practice.objects.count() == 1


def test_it_is_confirmed_every_two_years_as_the_settings_say():
    make_partnership(practice_years=3, practice_grace_days=10)
    example = make_practice(states.WAITING)
    with clock.stand_at(clock.now().replace(year=2028, month=2, day=29)):
        verbs.publish_practice(practice=example, by=acting("clerk"))
    assert fresh(example).confirm_by == date(2031, 2, 28)
    assert fresh(example).unlisted_from == date(2031, 3, 10)


def test_confirming_brings_it_back_to_the_list():
    example = make_practice(
        confirm_by=clock.today() - timedelta(days=90), unlisted_from=clock.today()
    )
    assert not example.is_listed
    verbs.confirm_practice(practice=example, by=act(example.contact))
    assert fresh(example).is_listed


@pytest.mark.parametrize("verb", ["ask_for_change", "decline_practice"])
def test_others_answer_nothing(verb):
    example = make_practice(states.WAITING)
    for who in (acting("officer"), act(example.contact)):
        with pytest.raises(Refused):
            getattr(verbs, verb)(practice=example, why="No", by=who)


# ------------------------------------------------------------------ pages


def test_the_list_invites_when_it_is_empty(client):
    assert "sign in" in words(client, "/good-practice/")
    signed_in(client, "practitioner")
    assert "Tell us the first one" in words(client, "/good-practice/")


def test_everybody_reads_what_is_listed_and_sees_no_name(client):
    example = make_practice(title="Letters they wrote")
    make_practice(states.WAITING, title="CANARY waiting")
    make_practice(states.DECLINED, title="CANARY declined")
    make_practice(title="CANARY unconfirmed", unlisted_from=clock.today())
    page = words(client, "/good-practice/")
    assert "Letters they wrote" in page
    assert "CANARY" not in page
    assert "1 example" in page
    page = words(client, f"/good-practice/{example.pk}/")
    assert example.contact.title in page
    assert example.contact.user.name not in page
    for hidden in Practice.objects.exclude(pk=example.pk):
        assert client.get(f"/good-practice/{hidden.pk}/").status_code == 404
    signed_in(client, "officer")
    assert example.contact.user.name in words(client, f"/good-practice/{example.pk}/")
    assert "CANARY" not in words(client, "/search/?q=unconfirmed")
    assert "Letters they wrote" in words(client, "/search/?q=letter")


def test_a_member_of_the_network_is_never_named(client):
    network = make_organisation(sector="network", name="The network")
    example = make_practice(contact=make_post("subscriber", organisation=network))
    signed_in(client, "officer")
    page = words(client, f"/good-practice/{example.pk}/")
    assert example.contact.user.name not in page
    assert "A member of the Network" in page


def test_the_list_is_narrowed(client):
    topic = make_topic()
    example = make_practice(title="Otters", sector="housing")
    example.topics.add(topic)
    make_practice(title="Geese")
    for query in ("sector=housing", f"topic={topic.code}", "q=otters"):
        page = words(client, f"/good-practice/?{query}")
        assert "Otters" in page, query
        assert "Geese" not in page, query
    assert "No example that fits" in words(client, "/good-practice/?q=nowhere")


@pytest.mark.parametrize("role", ["", "officer", "clerk"])
def test_pages_ask_little_and_the_same_at_any_length(client, role):
    most = OWN + FIXED if role else OWN
    if role:
        signed_in(client, role)
    example = make_practice()
    paths = ["/good-practice/", f"/good-practice/{example.pk}/"]
    paths += ["/good-practice/waiting/"] if role == "clerk" else []
    before = {path: asks(client, path) for path in paths}
    for _ in range(3):
        make_practice()
        make_practice(states.WAITING)
        example.topics.add(make_topic())
    assert {path: asks(client, path) for path in paths} == before
    assert {path: asked for path, asked in before.items() if asked > most} == {}


def test_somebody_sends_one_and_sees_what_becomes_of_it(client):
    contact, clerk = make_post("practitioner"), make_post("clerk")
    sign_in(client, contact)
    answer = client.post("/good-practice/new/", {**TOLD, "changed": ""})
    assert "Fill in: What changed?" in answer.content.decode()
    assert 'value="Letters they wrote"' in answer.content.decode()
    address = client.post("/good-practice/new/", TOLD).headers["Location"]
    assert "Waiting to be read" in words(client, address)
    assert "Yours, not on the list now" in words(client, "/good-practice/")
    assert client.get("/good-practice/waiting/").status_code == 200
    sign_in(client, clerk)
    assert "Letters they wrote" in words(client, "/good-practice/waiting/")
    assert "example of good practice" in words(client, "/my-day/")
    assert client.post(f"{address}ask/", {"why": "How many came?"}).status_code == 302
    sign_in(client, contact)
    assert "Change: Letters they wrote" in words(client, "/my-day/")
    assert "How many came?" in words(client, f"{address}change/")
    assert client.post(f"{address}change/", TOLD | {"changed": "Forty came."}).status_code == 302
    sign_in(client, clerk)
    assert client.post(f"{address}publish/").status_code == 302
    assert "done already" in client.post(f"{address}publish/", follow=True).content.decode()
    sign_in(client, contact)
    assert "Is it still so?" in words(client, f"{address}confirm/")
    assert client.post(f"{address}confirm/").status_code == 302
    assert client.post(f"{address}take-back/", {"why": "It is over"}).status_code == 302


@pytest.mark.parametrize("part", ["ask/", "decline/", "take-back/", "change/", "confirm/"])
def test_those_who_may_look_may_not_do(client, part):
    example = make_practice() if part in {"change/", "confirm/", "take-back/"} else None
    example = example or make_practice(states.WAITING)
    signed_in(client, "officer")
    expected = 403 if example.is_listed else 404
    assert client.get(f"/good-practice/{example.pk}/{part}").status_code == expected


def test_the_wrong_person_publishes_nothing(client):
    example = make_practice(states.WAITING)
    sign_in(client, example.contact)
    assert client.post(f"/good-practice/{example.pk}/publish/").status_code == 403
