"""The glass, its review, and the privacy officer's desk: what each may, and what is told to nobody."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from saidanddone.audit.models import Line
from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import (
    Access,
    BreakGlass,
    ChildsWords,
    Conflict,
    Look,
    SafeAddress,
)
from saidanddone.earlyhelp.verbs.alike import near_name, same_name, why_alike
from saidanddone.mail.models import Letter, Wording
from tests.factories.earlyhelp import as_, child_of, fresh, make_family, make_worker
from tests.factories.people import acting, sign_in

pytestmark = pytest.mark.django_db
WHY = "Found alone at the station, says he must not go home"


@pytest.fixture
def family():
    return make_family()


@pytest.fixture
def stranger():
    return make_worker()


def born(family):
    with as_(family.lead):
        return child_of(family.story).born_on


def smash(family, by, name="Kit Invented", **over):
    day = over.pop("born_on", None) or born(family)
    with as_(by):
        return verbs.break_glass(**({"name": name, "born_on": day, "why": WHY, "by": by} | over))


def seal(family):
    with as_(family.lead):
        verbs.seal_record(
            story=fresh(family.story), readers=[family.supervisor.pk], why="x", by=family.lead
        )


def test_an_hour_to_read_and_no_more(family, stranger):
    made = smash(family, stranger, name="invented KIT")
    assert made.ends_at - made.started_at == timedelta(minutes=60)
    with as_(stranger):
        assert permissions.story_verbs(stranger, fresh(family.story)) == {"read_story"}
        assert SafeAddress.objects.count() == 0
    with identity.as_system("test"):
        type(made).objects.update(started_at=clock.now() - timedelta(hours=2))
        Access.objects.filter(kind="break_glass").update(
            starts_at=clock.now() - timedelta(hours=2), ends_at=clock.now() - timedelta(hours=1)
        )
    with as_(stranger):
        assert permissions.visible_stories(stranger).count() == 0
    assert Line.objects.filter(verb="break_glass").count() == 1


def test_the_lead_and_both_agencies_officers_hear_without_a_name(family, stranger):
    theirs = acting("privacy_officer", organisation=stranger.acting_for.organisation)
    ours = acting("privacy_officer", organisation=family.lead.acting_for.organisation)
    other = acting("privacy_officer")
    smash(family, stranger)
    told = set(Letter.objects.values_list("address", flat=True))
    assert {theirs.email, ours.email, family.lead.email} <= told
    assert other.email not in told
    for wording in Wording.objects.all():
        assert not {"Kit", "Invented", WHY, family.story.reference} & set(wording.text.split())
    assert mail.outbox == []


@pytest.mark.parametrize("name", ["Kit Other", "Kat Invented", "Marta Invented", "Kit"])
def test_only_the_whole_name_finds_and_every_try_is_kept(family, stranger, name):
    made = smash(family, stranger, name=name)
    assert made.story_id is None
    with as_(stranger):
        assert permissions.visible_stories(stranger).count() == 0
        assert BreakGlass.objects.get().why == WHY


def test_what_is_sealed_or_a_relative_s_is_not_found(family, stranger):
    with identity.as_system("test"):
        Conflict.objects.create(
            family_id=family.story.family_id, person=stranger, relation="uncle",
            declared_by=stranger,
        )  # fmt: skip
    assert smash(family, stranger).story_id is None
    seal(family)
    assert smash(family, make_worker()).story_id is None


def test_who_may_not_break_it(family):
    people = [acting("administrator"), acting("analyst"), acting("coordinator"), family.parent]
    for person in [*people, acting("practitioner", strong=False)]:
        with pytest.raises(Refused):
            smash(family, person)


def test_an_agency_whose_glass_was_not_reviewed_breaks_none(family, stranger):
    made = smash(family, stranger)
    colleague = make_worker(stranger.acting_for.organisation)
    officer = acting("privacy_officer")
    with identity.as_system("test"):
        BreakGlass.objects.update(review_by=clock.today() - timedelta(days=1))
    with pytest.raises(verbs.Paused):
        smash(family, colleague)
    assert smash(family, make_worker()).story_id == family.story.pk
    with as_(officer):
        verbs.review_broken_glass(glass=made, outcome="right", words="He was safe", by=officer)
    assert smash(family, colleague).story_id == family.story.pk


def test_nobody_is_paused_for_what_was_sealed_since(family, stranger):
    other = make_family()
    with identity.as_system("test"):
        child = child_of(other.story)
        type(child).objects.filter(pk=child.pk).update(name="Ola Other")
    assert smash(family, stranger).story_id
    seal(family)
    with identity.as_system("test"):
        BreakGlass.objects.update(review_by=clock.today() - timedelta(days=1))
    assert smash(other, stranger, name="Ola Other", born_on=child.born_on).story_id


def test_nobody_reviews_their_own(family):
    both = acting("practitioner", "privacy_officer")
    made = smash(family, both)
    for person in (both, make_worker(), acting("administrator"), family.lead):
        with as_(person), pytest.raises(Refused):
            verbs.review_broken_glass(glass=made, outcome="right", words="x", by=person)


def test_pressed_twice_is_one_try(family, stranger):
    once = uuid4()
    assert smash(family, stranger, once=once) == smash(family, stranger, once=once)


def test_names_are_compared_as_people_write_them():
    assert same_name("Zoë O’Brien", "obrien zoe")
    assert near_name("Mohammed Invented", "Mohamed Invented")
    assert not near_name("Kit Invented", "Ola Elsewhere")
    day = clock.today()
    assert why_alike("Kit Bee", day, "Kitt Bee", day) == "same birth date, name alike"
    assert why_alike("Kit Bee", day, "Kit Bee", None) == "same name, no birth date to compare"
    assert why_alike("Kit Bee", day, "Kit Bee", day - timedelta(days=4000)) == ""


def test_unusual_looking_is_found_and_no_family_named(family):
    officer = acting("privacy_officer")
    cousin = make_worker(family.member.acting_for.organisation)
    type(cousin).objects.filter(pk=cousin.pk).update(name="Una Invented")
    with identity.as_system("test"):
        for person, more in ((cousin, {}), (family.member, {"refused": True, "purpose": "none"})):
            for _ in range(3):
                Look.objects.create(
                    story=family.story, person=person, post=person.acting_for,
                    **({"part": "story", "purpose": "membership"} | more),
                )  # fmt: skip
    with as_(officer):
        found = {(one.person, one.what, one.times) for one in verbs.look_for_unusual(by=officer)}
        assert ChildsWords.objects.count() == 0
    assert (cousin.pk, "A family of the same surname", 3) in found
    assert (family.member.pk, "Tried to look without a right to", 3) in found
    for person in (family.lead, acting("administrator")):
        with as_(person), pytest.raises(Refused):
            verbs.look_for_unusual(by=person)


def test_a_sealed_record_answers_the_officer_like_none(family):
    officer = acting("privacy_officer")
    with as_(family.lead):
        verbs.read_story(story=family.story, part="story", purpose="lead", by=family.lead)
    with as_(officer):
        assert len(verbs.report_looks(reference=family.story.reference, by=officer)) == 1
    seal(family)
    with as_(officer):
        assert verbs.report_looks(reference=family.story.reference, by=officer) == []
        assert verbs.report_looks(person=family.lead.pk, by=officer) == []
        assert Look.objects.count() == 0


# ------------------------------------------------------------------ pages


def test_the_page_answers_alike_until_a_reason_is_given(client, family, stranger):
    sign_in(client, stranger)
    path, day = reverse("break-glass"), f"{born(family):%Y-%m-%d}"
    for name in ("Kit Invented", "Nobody Here"):
        page = client.post(path, {"name": name, "born_on": day, "why": ""})
        assert page.status_code == 422
        assert name in page.text
    found = client.post(path, {"name": "Kit Invented", "born_on": day, "why": WHY})
    assert found["Location"] == reverse("story", args=[family.story.pk])
    assert client.get(found["Location"]).status_code == 200
    with identity.as_system("test"):
        assert Look.objects.filter(purpose="break_glass").count() == 1
    for name in ("story-guards", "story-seal"):
        assert client.get(reverse(name, args=[family.story.pk])).status_code == 404
    nobody = client.post(path, {"name": "Nobody Here", "born_on": day, "why": WHY})
    assert "No record is opened" in nobody.text


def test_guessing_is_over_soon(client, family, stranger):
    sign_in(client, stranger)
    data = {"name": "Nobody Here", "born_on": "2015-05-05", "why": WHY}
    answers = [client.post(reverse("break-glass"), data).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_the_officer_s_pages(client, family, stranger):
    made = smash(family, stranger)
    officer = acting("privacy_officer")
    sign_in(client, officer)
    desk = client.get(reverse("privacy-desk"))
    assert stranger.name in desk.text
    assert "Invented" not in desk.text
    path = reverse("glass-review", args=[made.pk])
    assert WHY in client.get(path).text
    assert client.post(path, {"outcome": "wrong", "words": ""}).status_code == 422
    assert client.post(path, {"outcome": "wrong", "words": "Could have rung"}).status_code == 302
    assert "Could have rung" in client.get(path).text
    with as_(family.lead):
        verbs.read_story(story=family.story, part="story", purpose="lead", by=family.lead)
    looks = client.post(reverse("privacy-looks"), {"reference": family.story.reference})
    assert family.lead.name in looks.text
    one = client.get(reverse("privacy-looks-of", args=[family.lead.pk]))
    assert family.story.reference in one.text


def test_the_desk_is_the_officer_s_alone(client, family, stranger):
    made = smash(family, stranger)
    for person in (stranger, acting("administrator"), family.lead, acting("coordinator")):
        sign_in(client, person)
        assert client.get(reverse("privacy-desk")).status_code == 403
        assert client.get(reverse("privacy-looks")).status_code == 403
        assert client.get(reverse("glass-review", args=[made.pk])).status_code == 404
