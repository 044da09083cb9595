"""Agreements version by version, shares outside them, and who comes into the team and goes."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from saidanddone.audit.models import Line
from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Agreement, SharingDecision, TeamMembership
from saidanddone.mail.models import Letter
from tests.factories.earlyhelp import as_, child_of, fresh, make_family, make_worker
from tests.factories.people import act, make_organisation, make_post, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    made = make_family()
    with as_(made.lead):
        made.mother = child_of(made.story, "Marta Invented")
    return made


def everything(model):
    with identity.as_system("test"):
        return list(model.objects.all())


def at(family, name, *more):
    return reverse(name, args=[family.story.pk, *more])


def agreed(family, *agencies, **over):
    told = {
        "member": str(family.mother.pk), "words": "School no longer",
        "how": "typed", "agencies": [str(one.pk) for one in agencies], "once": str(uuid.uuid4()),
    }  # fmt: skip
    until = {"until": (clock.today() + timedelta(days=100)).isoformat()}
    return told | until | over


def test_a_new_version_takes_the_place_of_the_earlier_one(client, family):
    health = make_organisation(sector="health")
    sign_in(client, family.lead)
    sent = agreed(family, health)
    for _ in range(2):
        client.post(at(family, "agreement-record"), sent)
    page = client.get(at(family, "story-agreements")).text
    assert "School no longer" in page
    assert "Replaced by version 2" in page
    with as_(family.member):  # the school is out, in the same transaction
        assert TeamMembership.objects.filter(story=family.story.pk, ended_at=None).count() == 0
    sign_in(client, family.member)
    assert client.get(at(family, "story")).status_code in (302, 403, 404)
    sign_in(client, family.lead)
    assert client.get(at(family, "story-section", "home")).status_code == 200


@pytest.mark.parametrize(
    ("over", "sentence"),
    [({"until": ""}, "without an end"), ({"how": "spoken"}, "Write who heard them")],
)
def test_an_agreement_without_an_end_or_a_witness_is_refused_in_words(
    client, family, over, sentence
):
    sign_in(client, family.lead)
    page = client.post(at(family, "agreement-record"), agreed(family, **over)).text
    assert sentence in page
    assert "School no longer" in page
    assert len(everything(Agreement)) == 1


def test_taken_back_for_one_agency_it_bites_at_once(client, family):
    sign_in(client, family.lead)
    school = family.member.acting_for.organisation
    client.post(at(family, "agreement-withdraw"), {"agency": str(school.pk), "words": "Not school"})
    assert Line.objects.filter(verb="withdraw_agreement").count() == 1
    with as_(family.member):
        assert permissions.story_verbs(family.member, family.story) == set()
    with as_(family.lead):
        assert "contribute" in permissions.story_verbs(family.lead, fresh(family.story))


def share(health, **over):
    told = {
        "organisation": str(health.pk), "shared": "yes", "what": "School days missed",
        "power": "Children Act 2004, section 11", "why": "Safety", "family_told": "no",
        "not_told_why": "He reads her letters", "once": str(uuid.uuid4()),
    }  # fmt: skip
    return told | over


def invited(post, **over):
    told = {
        "post": str(post.pk), "purpose": "Sleep", "once": str(uuid.uuid4()),
        "until": (clock.today() + timedelta(days=30)).isoformat(),
    }  # fmt: skip
    return told | over


def test_somebody_comes_in_by_a_share_and_the_family_is_not_told(client, family):
    nurse = make_worker(make_organisation(sector="health"))
    sign_in(client, family.lead)
    page = client.post(at(family, "team-invite"), invited(nurse.acting_for))
    assert page.status_code == 422  # nobody named their agency: they cannot be chosen
    client.post(at(family, "share-record"), share(nurse.acting_for.organisation))
    assert len(everything(SharingDecision)) == 1
    letters = len(everything(Letter))
    for _ in range(2):
        sent = invited(nurse.acting_for, once="7ad4bb3f-94a2-4c29-9db3-3f1a5a0a9f11")
        client.post(at(family, "team-invite"), sent)
    assert len(everything(Letter)) == letters + 1
    with as_(nurse):
        there = TeamMembership.objects.get(story=family.story.pk, post=nurse.acting_for)
        assert (there.quiet, there.ends_on) == (True, clock.today() + timedelta(days=30))
    with as_(family.parent):
        assert TeamMembership.objects.filter(post=nurse.acting_for.pk).count() == 0
    sign_in(client, family.member)
    assert nurse.email in client.get(at(family, "story-team")).text


def test_why_telling_is_not_safe_must_be_said(client, family):
    sign_in(client, family.lead)
    sent = share(family.member.acting_for.organisation, not_told_why="")
    page = client.post(at(family, "share-record"), sent).text
    assert "Say why telling them is not safe" in page
    assert "School days missed" in page
    assert everything(SharingDecision) == []


def test_nobody_is_in_a_team_without_an_end(client, family):
    nurse = make_worker(family.member.acting_for.organisation)
    sign_in(client, family.lead)
    page = client.post(at(family, "team-invite"), invited(nurse.acting_for, until="")).text
    assert "without an end" in page
    assert "Sleep" in page


def test_the_lead_passes_on_by_the_family_s_choice(client, family):
    sign_in(client, family.lead)
    sent = {"to": str(family.member.acting_for.pk), "why": "She asks for her teacher"}
    client.post(at(family, "story-hand-over"), sent)
    with as_(family.member):
        assert fresh(family.story).lead == family.member.acting_for
    assert client.get(at(family, "story-hand-over")).status_code == 404  # in the team, not the lead


def test_one_leaves_and_sees_nothing_more(client, family):
    with as_(family.member):
        own = TeamMembership.objects.get(post=family.member.acting_for)
        lead = TeamMembership.objects.get(post=family.lead.acting_for)
        with pytest.raises(Refused):
            verbs.leave_team(membership=lead, why="x", by=family.member)
    sign_in(client, family.member)
    assert client.post(at(family, "team-leave", lead.pk), {"why": "x"}).status_code == 404
    client.post(at(family, "team-leave", own.pk), {"why": "moved class"})
    assert client.get(at(family, "story-team")).status_code != 200
    with as_(family.lead), pytest.raises(ValueError, match="hands over first"):
        verbs.leave_team(membership=lead, why="x", by=family.lead)


LEADS = ["agreement-record", "agreement-withdraw", "share-record", "team-invite", "story-hand-over"]


@pytest.mark.parametrize("who", ["stranger", "parent", "administrator", "member"])
def test_others_find_nothing_there(client, family, who):
    people = {"stranger": make_worker, "administrator": lambda: act(make_post("administrator"))}
    sign_in(client, people[who]() if who in people else getattr(family, who))
    names = LEADS if who == "member" else [*LEADS, "story-team", "story-agreements"]
    for name in names:
        there, nowhere = (
            client.get(at(family, name)),
            client.get(reverse(name, args=[uuid.UUID(int=7)])),
        )
        assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content), name
