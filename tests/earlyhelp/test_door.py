"""The family's own door: each sees what is theirs, says, scores, answers; nobody is betrayed."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from saidanddone.audit.models import Line
from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import (
    Agreement,
    ChildsWords,
    FamilyMember,
    Goal,
    Look,
    ParentsWords,
    Scale,
    Step,
    Story,
    TeamMembership,
)
from tests.factories.earlyhelp import as_, child_of, door_for, make_family, make_worker
from tests.factories.people import acting, make_user, sign_in

pytestmark = pytest.mark.django_db
PAGES = ["home", "said", "plan", "words", "score", "team", "looked", "agreement", "stop"]


@pytest.fixture
def family():
    """With a son who has a door of his own, and another grown-up who has one too."""
    found = make_family()
    found.son, found.other = make_user(name="Son"), make_user(name="Other")
    with identity.as_system("test"):
        door_for(found.story, child_of(found.story), found.son)
        him = FamilyMember.objects.create(
            family_id=found.story.family_id, kind="adult", name="Piet Invented"
        )
        door_for(found.story, him, found.other)
        Agreement.objects.create(
            family_id=found.story.family_id, story=found.story, member=him, version=1, words="Yes",
            agencies=[found.member.acting_for.organisation_id], how="typed",
            until=clock.today() + timedelta(days=90),
        )  # fmt: skip
    return found


def at(page, family):
    return reverse(f"our-story-{page}", args=[family.story.pk])


def fresh(family):
    return Story.objects.get(pk=family.story.pk)


def planned(family):
    """A plan with a step that is the mother's, and one of a colleague of whom it is unsafe to tell."""
    with identity.as_system("test"):
        Story.objects.update(state="authorised", review_due_on=clock.today() + timedelta(days=9))
        goal = Goal.objects.create(story=family.story, words="Calm mornings")
        own = {"story": family.story, "goal": goal, "due_on": clock.today()}
        mother = child_of(family.story, "Marta Invented")
        Step.objects.create(what="Lay out clothes", member=mother, **own)
        return Step.objects.create(what="Ring the school", post=family.lead.acting_for, **own)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_drawn_for_the_family_and_is_nowhere_for_others(client, family, page):
    sign_in(client, family.parent, strong=False)
    shown = client.get(at(page, family))
    assert shown.status_code == 200
    assert shown["Cache-Control"] == "no-store"
    assert "Invented" not in shown.text.partition("</title>")[0]
    with identity.as_system("test"):
        assert Look.objects.get().purpose == "family"
    for stranger in (make_user(), make_worker(), acting("administrator"), family.lead):
        sign_in(client, stranger)
        there = client.get(at(page, family))
        nowhere = client.get(reverse(f"our-story-{page}", args=[uuid.UUID(int=7)]))
        assert there.status_code == nowhere.status_code == 404
        assert there.content == nowhere.content


def test_the_way_in_leads_to_ones_own_story(client, family):
    sign_in(client, family.parent, strong=False)
    assert client.get(reverse("our-story"))["Location"] == at("home", family)
    sign_in(client, make_user(), strong=False)
    assert client.get(reverse("our-story"))["Location"] == reverse("account")


def test_what_a_son_says_to_one_worker_is_read_by_nobody_else(client, family):
    sign_in(client, family.son, strong=False)
    just = f"just-{family.member.acting_for.pk}"
    once = uuid.uuid4()
    for _ in range(2):
        client.post(at("words", family), {"words": "Only you", "readers": just, "once": once})
    assert "Only you" in client.get(at("words", family)).text
    counts = []
    for person in (family.son, family.member, family.lead, family.supervisor, family.parent):
        with as_(person):
            seen = permissions.visible_words(person, fresh(family)).count()
            counts.append((seen, ChildsWords.objects.count()))
    assert counts == [(1, 1), (1, 1), (0, 0), (0, 0), (0, 0)]
    for person in (family.parent, family.other):
        sign_in(client, person, strong=False)
        for page in PAGES:
            assert "Only you" not in client.get(at(page, family)).text
    assert Line.objects.filter(verb="say_words").count() == 1


def test_only_the_child_lets_more_people_read(client, family):
    with as_(family.son):
        said = verbs.say_words(
            story=fresh(family), words="Only you", audience="worker", by=family.son,
            worker=family.member.acting_for,
        )  # fmt: skip
    with as_(family.parent), pytest.raises(Refused):
        verbs.widen_words(story=fresh(family), words=said, by=family.parent)
    sign_in(client, family.son, strong=False)
    client.post(reverse("our-story-widen", args=[family.story.pk, said.pk]))
    with as_(family.lead):
        assert permissions.visible_words(family.lead, fresh(family)).count() == 1
    with as_(family.parent):
        assert permissions.visible_words(family.parent, fresh(family)).count() == 0


def test_grown_ups_words_and_numbers_are_their_own_and_the_team_s(client, family):
    sign_in(client, family.parent, strong=False)
    client.post(at("words", family), {"words": "I am tired", "once": uuid.uuid4()})
    client.post(at("score", family), {"score": "4", "words": "Tired too", "once": uuid.uuid4()})
    assert "I am tired" in client.get(at("words", family)).text
    assert "Tired too" in client.get(at("score", family)).text
    sign_in(client, family.other, strong=False)
    for page in PAGES:
        assert "ired" not in client.get(at(page, family)).text
    with as_(family.other):
        assert (ParentsWords.objects.count(), Scale.objects.count()) == (0, 0)
    with as_(family.member):
        assert (ParentsWords.objects.count(), Scale.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("words", {"words": "  "}), ("score", {"score": "11", "words": "Why not"}),
        ("plan", {"kind": "disagrees", "version": "0"}), ("stop", {"words": "Because"}),
    ],
)  # fmt: skip
def test_what_was_typed_stays_and_what_is_wrong_is_said(client, family, page, typed):
    planned(family)
    sign_in(client, family.parent, strong=False)
    shown = client.post(at(page, family), typed)
    assert shown.status_code == 422
    assert "There is something to fix" in shown.text
    assert typed.get("words", "").strip() in shown.text


def test_the_plan_is_agreed_on_her_own_phone_and_her_own_step_ticked(client, family):
    others = planned(family)
    sign_in(client, family.parent, strong=False)
    assert "Lay out clothes" in client.get(at("home", family)).text
    once, version = uuid.uuid4(), 0
    client.post(at("plan", family), {"kind": "agrees", "version": version, "once": once})
    with identity.as_system("test"):
        mine = Step.objects.exclude(pk=others.pk).get()
        assert fresh(family).state == "in_plan"
    client.post(reverse("our-story-step", args=[family.story.pk, mine.pk]))
    refused = client.post(reverse("our-story-step", args=[family.story.pk, others.pk]))
    assert refused.status_code == 403
    with identity.as_system("test"):
        assert list(Step.objects.order_by("what").values_list("state", flat=True)) == [
            "done", "to_do",
        ]  # fmt: skip
    assert "We have your yes" in client.get(at("plan", family)).text
    sign_in(client, family.other, strong=False)
    assert "I agree with this plan, " not in client.get(at("plan", family)).text
    with as_(family.other):
        assert permissions.visible_answers(family.other, fresh(family)).count() == 0


def test_a_plan_that_changed_meanwhile_is_not_agreed_to_unseen(client, family):
    planned(family)
    sign_in(client, family.parent, strong=False)
    shown = client.post(at("plan", family), {"kind": "agrees", "version": 3})
    assert shown.status_code == 422
    assert "The plan has changed" in shown.text


def test_the_next_meeting_says_no_word_in_a_calendar(client, family):
    planned(family)
    sign_in(client, family.parent, strong=False)
    file = client.get(at("meeting", family))
    assert b"SUMMARY:Meeting" in file.content
    assert b"Invented" not in file.content
    assert b"CLASS:PRIVATE" in file.content


def look(family, person, part="story", **over):
    with identity.as_system("test"):
        Look.objects.create(
            story=family.story, person=person, post=person.acting_for, part=part,
            purpose="membership", **over,
        )  # fmt: skip


def told(person, family):
    """Whom the code tells them of, with both locks on, and with the database's lock off."""
    person.acting_for = None
    with as_(person):
        one = {look.person_id for look in permissions.told_looks(person, fresh(family))}
    with identity.as_system("test"):
        other = {look.person_id for look in permissions.told_looks(person, fresh(family))}
    assert one == other
    return one


def test_who_has_looked_betrays_nobody(client, family):
    refuge = make_worker()
    above = make_worker(refuge.acting_for.organisation)
    with identity.as_system("test"):
        TeamMembership.objects.create(
            story=family.story, post=refuge.acting_for, purpose="Refuge", quiet=True,
            ends_on=clock.today(), invited_by=family.lead.acting_for,
            agreement=Agreement.objects.order_by("pk").first(),
        )  # fmt: skip
        brother = child_of(family.story)
    look(family, family.member)
    look(family, refuge)
    look(family, above)
    look(family, family.lead, quiet=True)
    look(family, family.supervisor, member=brother)
    for part in ("safe address", "words", "contacts", "duty desk", "oversight"):
        look(family, family.supervisor, part=part)
    look(family, make_worker(), refused=True)
    for person in (family.son, family.other):
        look(family, person, part="home")
    assert told(family.parent, family) == {family.member.pk}
    assert told(family.other, family) == {family.member.pk}
    assert told(family.son, family) == {family.member.pk, family.supervisor.pk}
    with as_(family.parent):
        assert Look.objects.filter(person__in=[family.son, refuge, above]).count() == 0
    sign_in(client, family.parent, strong=False)
    page = client.get(at("looked", family)).text
    assert family.member.name in page
    assert refuge.name not in page
    assert refuge.name not in client.get(at("team", family)).text


def test_after_a_pause_whoever_came_by_a_code_signs_in_again_and_loses_no_letter(client, family):
    sign_in(client, family.parent, strong=False)
    session = client.session
    session["paused_until"] = clock.now().timestamp() + 10
    session.save()
    shown = client.post(at("words", family), {"words": "I was typing this all along"})
    assert shown.status_code == 403
    assert "I was typing this all along" in shown.text
    assert client.get(at("home", family)).status_code == 302


def test_an_agreement_is_said_anew_and_the_old_one_stays(client, family):
    sign_in(client, family.parent, strong=False)
    client.post(at("agreement", family), {"words": "Only about school", "hold_back": "Money"})
    with as_(family.parent):
        assert list(Agreement.objects.values_list("version", "words")) == [
            (2, "Only about school"), (1, "You may talk to school."),
        ]  # fmt: skip
    with as_(family.son), pytest.raises(Refused):
        verbs.change_agreement(story=fresh(family), words="x", hold_back="", by=family.son)
