"""A story is opened at the kitchen table: what it needs, what it refuses, and what follows."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from saidanddone.audit.models import Line
from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import verbs
from saidanddone.earlyhelp.models import Agreement, DutyCheck, FamilyMember, Look, Story
from saidanddone.earlyhelp.verbs import Impossible, NewMember
from tests.factories.earlyhelp import as_, child_of, make_family, make_story, make_worker
from tests.factories.people import act, make_organisation, make_post, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return make_family()


@pytest.fixture
def lead():
    return make_worker()


def day(back):
    return (clock.today() - timedelta(days=back)).isoformat()


def filled(**over):
    """The page as a health visitor sends it: a mother who agrees, and her child."""
    rows = {
        "person-TOTAL_FORMS": "9", "person-INITIAL_FORMS": "0",
        "person-0-name": "Orla Invented", "person-0-kind": "parent", "person-0-born_on": day(9000),
        "person-0-words": "You may talk to school, not to my mother.",
        "person-1-name": "Pip Invented", "person-1-kind": "child", "person-1-born_on": day(900),
        **{f"person-{n}-kind": "child" for n in range(2, 9)},
    }  # fmt: skip
    told = {
        "called": "Invented", "why_now": "The mornings", "until": day(-100), "how": "spoken",
        "witness": "her sister", "once": str(uuid.uuid4()),
    }  # fmt: skip
    return rows | told | over


def everything(model):
    with identity.as_system("test"):
        return list(model.objects.all())


def test_a_story_is_opened_with_what_each_agreed_to(client, lead):
    school = make_organisation(sector="school")
    sign_in(client, lead)
    page = client.post(
        reverse("story-open"), filled(agencies=[str(school.pk)], hold_back="the flat"), follow=True
    )
    assert "The duty desk will check" in page.text
    (agreement,) = everything(Agreement)
    assert agreement.words == "You may talk to school, not to my mother."
    assert agreement.agencies == [lead.acting_for.organisation_id, school.pk]
    assert (agreement.hold_back, agreement.witness) == ("the flat", "her sister")
    assert [one.name for one in everything(FamilyMember)] == ["Orla Invented", "Pip Invented"]
    assert everything(Story)[0].lead == lead.acting_for
    (check,) = everything(DutyCheck)
    assert (check.name, check.match) == ("Pip Invented", None)
    assert Line.objects.filter(verb="open_story").count() == 1


def test_pressed_twice_it_is_one_story(client, lead):
    sign_in(client, lead)
    sent = filled()
    assert [client.post(reverse("story-open"), sent).status_code for _ in range(2)] == [302, 302]
    assert len(everything(Story)) == 1


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"person-0-words": ""}, "Nobody has agreed yet"),
        ({"person-1-born_on": day(-30)}, "not born yet"),
        ({"person-1-born_on": day(9500)}, "makes Pip Invented older than Orla Invented"),
        ({"until": ""}, "Nothing stays open without an end"),
        ({"until": day(-300)}, "Six months at the most"),
        ({"until": day(2)}, "This day is over"),
        ({"witness": ""}, "Write who heard them"),
        ({"person-1-name": ""}, "A first name is enough"),
        ({"person-1-due_on": day(-30)}, "no longer due"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_typed_is_lost(client, lead, over, sentence):
    sign_in(client, lead)
    page = client.post(reverse("story-open"), filled(**over))
    assert page.status_code == 422
    assert sentence in page.text
    assert "The mornings" in page.text
    assert "her sister" in page.text or "witness" in over
    assert page.text.count("Orla Invented") >= 1
    assert everything(Story) == []


@pytest.mark.parametrize("roles", ["officer", "administrator", "coordinator"])
def test_only_those_who_work_with_children_open_one(client, roles):
    sign_in(client, act(make_post(roles)))
    assert client.get(reverse("story-open")).status_code == 403
    assert client.post(reverse("story-open"), filled()).status_code == 403
    assert everything(Story) == []


def test_the_verb_refuses_what_cannot_be(lead):
    tomorrow, old = clock.today() + timedelta(days=1), clock.today() - timedelta(days=900)
    parent = NewMember("adult", "Marta", old, True, more={"has_parental_responsibility": True})
    for people in (
        [NewMember("adult", "Marta", tomorrow, agrees=True)],
        [parent, NewMember("child", "Kit", old)],
    ):
        with as_(lead), pytest.raises(Impossible):
            make_story(lead, members=people)


def member(**over):
    told = {"kind": "child", "name": "Moss Invented", "lives_here": "on", "once": str(uuid.uuid4())}
    return told | over


def test_the_lead_adds_somebody_not_born_yet(client, family):
    sign_in(client, family.lead)
    sent = member(due_on=day(-60))
    for _ in range(2):
        client.post(reverse("family-member-add", args=[family.story.pk]), sent)
    with as_(family.lead):
        assert child_of(family.story, "Moss Invented").due_on == clock.today() + timedelta(days=60)
    assert [one.name for one in everything(DutyCheck)].count("Moss Invented") == 1


def test_the_lead_puts_right_what_is_known(client, family):
    sign_in(client, family.lead)
    with as_(family.lead):
        kit = child_of(family.story)
    address = reverse("family-member", args=[family.story.pk, kit.pk])
    assert "Kit Invented" in client.get(address).text
    client.post(address, member(name="Kit Invented", setting="Hill School", language="Polish"))
    with as_(family.lead):
        assert child_of(family.story).setting == "Hill School"
    assert Line.objects.filter(verb="change_member").count() == 1


def test_a_child_never_interprets(client, family):
    sign_in(client, family.lead)
    page = client.post(
        reverse("family-member-add", args=[family.story.pk]), member(interpreter="Kit")
    )
    assert "A child never interprets" in page.text
    assert "Moss Invented" in page.text


PAGES = ["family-member-add", "story-begin"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["stranger", "parent", "administrator", "member"])
def test_others_find_nothing_there(client, family, name, who):
    people = {"stranger": make_worker, "administrator": lambda: act(make_post("administrator"))}
    sign_in(client, people[who]() if who in people else getattr(family, who))
    there = client.post(reverse(name, args=[family.story.pk]), member())
    nowhere = client.post(reverse(name, args=[uuid.UUID(int=7)]), member())
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
    with identity.as_system("test"):
        assert FamilyMember.objects.filter(name="Moss Invented").count() == 0


def test_somebody_of_another_family_is_not_found(client, family):
    other = make_family()
    sign_in(client, family.lead)
    with as_(other.lead):
        theirs = child_of(other.story)
    address = reverse("family-member", args=[family.story.pk, theirs.pk])
    assert client.get(address).status_code == 404
    with as_(other.lead), pytest.raises(Refused):
        verbs.change_member(story=family.story, member=theirs, by=other.lead, name="X")


def test_from_the_beginning_on_the_team_writes(client, family):
    sign_in(client, family.lead)
    client.post(reverse("story-begin", args=[family.story.pk]))
    with as_(family.lead):
        assert Story.objects.get(pk=family.story.pk).state == "assessing"
    assert everything(Look)[0].part == "story"


def test_a_form_without_its_counts_is_refused_in_words_and_with_no_name_twice(client, lead):
    sign_in(client, lead)
    page = client.post(reverse("story-open"), {"called": "Invented"})
    assert page.status_code == 422
    assert page.text.count('id="to-fix"') == 1
    assert everything(Story) == []


def test_a_mark_that_somebody_else_used_is_answered_as_done_meanwhile(client, lead, family):
    with identity.as_system("test"):
        used = family.story.once or uuid.uuid4()
        Story.objects.filter(pk=family.story.pk).update(once=used)
    sign_in(client, lead)
    page = client.post(reverse("story-open"), filled(once=str(used)))
    assert page.status_code == 409
    assert "The mornings" in page.text
