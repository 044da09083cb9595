"""Writing on a bad line: nothing is lost, nothing written over, and what is signed stands."""

import uuid

import pytest
from django.urls import reverse

from saidanddone.core import identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import verbs
from saidanddone.earlyhelp.models import Contribution, Look, RivalText
from tests.factories.earlyhelp import as_, fresh, make_family, make_worker
from tests.factories.people import act, make_post, sign_in

pytestmark = pytest.mark.django_db
EMPTY = {"strengths": "", "worries": "", "needs": ""}


@pytest.fixture
def family():
    return make_family()


@pytest.fixture
def section(family):
    """Where the school writes, by address."""
    return lambda name, *more: reverse(name, args=[family.story.pk, "home", *more])


def save(client, section, **sent):
    told = EMPTY | {"seen": "0", "once": str(uuid.uuid4())} | sent
    return client.post(section("section-save"), told, headers={"X-In-Place": "1"})


def everything(model):
    with identity.as_system("test"):
        return list(model.objects.all())


def test_what_is_typed_is_saved_and_its_version_answered(client, family, section):
    sign_in(client, family.member)
    first = save(client, section, strengths="Warm and fun")
    assert first.json()["version"] == 1
    assert save(client, section, strengths="Warm and fun", seen="0").json()["version"] == 1
    assert save(client, section, strengths="Warm, fun", seen="1").json()["version"] == 2
    (draft,) = everything(Contribution)
    assert (draft.strengths, draft.post) == ("Warm, fun", family.member.acting_for)
    assert "Warm, fun" in client.get(section("story-section")).text
    assert [one.part for one in everything(Look)] == ["writing"]  # saving itself leaves no look


def test_two_windows_are_kept_side_by_side_and_a_person_chooses(client, family, section):
    sign_in(client, family.member)
    save(client, section, strengths="The first window")
    told = save(client, section, strengths="The second window").json()
    assert "The first window" in told["html"]
    again = save(client, section, strengths="The second, longer", beside=told["beside"]).json()
    assert again["beside"] == told["beside"]
    (rival,) = everything(RivalText)
    assert rival.strengths == "The second, longer"
    page = client.get(section("story-section")).text
    assert "The first window" in page
    assert "The second, longer" in page
    client.post(section("section-settle", rival.pk), {"choice": "both", "seen": "1"})
    assert everything(Contribution)[0].strengths == "The first window\n\nThe second, longer"


@pytest.mark.parametrize(
    ("choice", "stands", "kept"), [("take", "Second", "First"), ("aside", "First", "Second")]
)
def test_what_is_not_chosen_is_kept_aside(family, choice, stands, kept):
    by, story = family.member, family.story
    with as_(by):
        verbs.write_section(
            story=story, section="home", seen=0, by=by, **EMPTY | {"needs": "First"}
        )
        _, rival = verbs.write_section(
            story=story, section="home", seen=0, by=by, **EMPTY | {"needs": "Second"}
        )
        with pytest.raises(verbs.NothingToSign):
            verbs.sign_contribution(contribution=rival.contribution, by=by)
        with pytest.raises(verbs.Overtaken):
            verbs.settle_rival(rival=rival, choice="take", seen=9, by=by)
        verbs.settle_rival(rival=rival, choice=choice, seen=1, by=by)
    assert everything(Contribution)[0].needs == stands
    assert everything(RivalText)[0].needs == kept


def test_signed_it_is_read_by_all_and_only_added_to(client, family, section):
    sign_in(client, family.member)
    save(client, section, worries="Tired on Mondays")
    page = client.get(section("section-sign"))
    assert "Tired on Mondays" in page.text
    client.post(section("section-sign"), {"seen": "1"})
    # What was signed was version 1; what is added to it goes on from there.
    assert save(client, section, worries="More", seen="1").json()["version"] == 3
    with as_(family.member):
        first, second = Contribution.objects.order_by("begun_at")
        assert second.adds_to == first
    assert (first.worries, second.worries) == ("Tired on Mondays", "More")
    sign_in(client, family.lead)
    page = client.get(section("story-section")).text
    assert "Tired on Mondays" in page
    assert ">More<" not in page


def test_a_version_that_was_not_read_is_not_signed(client, family, section):
    sign_in(client, family.member)
    save(client, section, worries="One")
    save(client, section, worries="Two", seen="1")
    page = client.post(section("section-sign"), {"seen": "1"}, follow=True)
    assert "Write something first" in page.text
    assert everything(Contribution)[0].state == "writing"


def test_nothing_written_nothing_signed(client, family, section):
    sign_in(client, family.member)
    assert client.get(section("section-sign")).status_code == 302
    page = client.get(reverse("story-write", args=[family.story.pk])).text
    assert "Home and everyday life" in page
    assert (
        client.get(reverse("story-section", args=[family.story.pk, "nowhere"])).status_code == 404
    )


def test_too_much_and_a_closed_story_are_told_in_words(client, family, section):
    sign_in(client, family.member)
    told = save(client, section, needs="x" * 40_001)
    assert (told.status_code, told.json()["sentence"][:18]) == (422, "There is more here")
    with as_(family.lead):
        verbs.withdraw_agreement(story=fresh(family.story), words="Enough", by=family.lead)
    shut_out = save(client, section, needs="Late")  # with their own work, and one button
    assert (shut_out.status_code, "ask or tell" in shut_out.text) == (403, True)


PAGES = ["story-section", "section-save", "section-sign"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["stranger", "parent", "administrator"])
def test_others_find_nothing_there(client, family, name, who):
    people = {"stranger": make_worker, "administrator": lambda: act(make_post("administrator"))}
    sign_in(client, people[who]() if who in people else getattr(family, who))
    ask = client.post if name == "section-save" else client.get
    there = ask(reverse(name, args=[family.story.pk, "home"]))
    nowhere = ask(reverse(name, args=[uuid.UUID(int=7), "home"]))
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
    assert everything(Contribution) == []


def test_another_s_window_is_not_theirs_to_settle(client, family, section):
    sign_in(client, family.member)
    save(client, section, needs="Mine")
    save(client, section, needs="Also mine")
    (rival,) = everything(RivalText)
    sign_in(client, family.lead)
    answer = client.post(section("section-settle", rival.pk), {"choice": "take", "seen": "1"})
    assert answer.status_code == 404
    with as_(family.member):
        rival = RivalText.objects.select_related("contribution__story").get()
    with as_(family.lead), pytest.raises(Refused):
        verbs.settle_rival(rival=rival, choice="take", seen=1, by=family.lead)
