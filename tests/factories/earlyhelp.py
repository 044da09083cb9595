"""Families, stories and their teams for tests, made by the product's own verbs."""

import contextlib
from datetime import timedelta
from types import SimpleNamespace

from saidanddone.core import clock, identity
from saidanddone.earlyhelp import verbs
from saidanddone.earlyhelp.models import (
    Access,
    Confirmation,
    Contribution,
    FamilyMember,
    Patch,
    SharingAgreement,
    Story,
)
from saidanddone.earlyhelp.verbs import NewMember
from tests.factories.people import act, make_organisation, make_post, make_user


@contextlib.contextmanager
def as_(person, purpose="test"):
    """What is done inside is done by this person, as the database believes too."""
    with identity.acting(person.pk, getattr(person.acting_for, "pk", None), purpose=purpose):
        yield person


def make_worker(organisation=None, lead=None):
    """A practitioner of an agency, strongly signed in."""
    post = make_post("practitioner", organisation=organisation or make_organisation(), lead=lead)
    return act(speak_for(post))


def speak_for(post, *, days=4000):
    """The agency of this post has signed, and speaks for it for so many days."""
    today = clock.today()
    with identity.as_system("test"):
        SharingAgreement.objects.create(
            organisation=post.organisation, version="1", signed_by="Somebody", signed_on=today,
            review_on=today + timedelta(days=4000), recorded_by=post.user,
        )  # fmt: skip
        Confirmation.objects.create(post=post, until=today + timedelta(days=days))
    return post


def make_story(lead, *agencies, **over):
    """A story with a mother who agrees to these agencies and two children; who leads acts in it."""
    people = [
        NewMember("adult", "Marta Invented", agrees=True),
        NewMember("child", "Kit Invented", clock.today() - timedelta(days=3000)),
        NewMember("child", "Wren Invented", clock.today() - timedelta(days=5000)),
    ]
    agreed = {
        "words": "You may talk to school.", "until": clock.today() + timedelta(days=150),
        "how": "spoken", "witness": "her sister",
        "agencies": [lead.acting_for.organisation_id, *(agency.pk for agency in agencies)],
    }  # fmt: skip
    given = {"called": "Invented", "members": people, "agreement": agreed, "why_now": "Mornings"}
    return verbs.open_story(**(given | over), by=lead)


def make_supervisor(organisation=None):
    """A supervisor, strongly signed in."""
    post = make_post("supervisor", organisation=organisation or make_organisation())
    return act(speak_for(post))


def make_coordinator(area=None):
    """Somebody who coordinates an area; without one, the whole borough."""
    person = act(make_post("coordinator"))
    with identity.as_system("test"):
        Patch.objects.create(post=person.acting_for, area=area, given_by=person)
    return person


def make_family():
    """A family with two children, and everybody round it: .story .lead .member .supervisor .parent."""
    supervisor = make_supervisor()
    lead = make_worker(supervisor.acting_for.organisation, lead=supervisor.acting_for)
    member, parent = make_worker(make_organisation(sector="school")), make_user()
    with as_(lead):
        story = make_story(lead, member.acting_for.organisation)
        verbs.invite_to_team(story=story, post=member.acting_for, purpose="School", by=lead)
        mother = child_of(story, "Marta Invented")
    with identity.as_system("test"):
        door_for(story, mother, parent)
    return SimpleNamespace(
        story=story, lead=lead, member=member, supervisor=supervisor, parent=parent
    )


def child_of(story, name="Kit Invented"):
    """A child of the story's family, by name."""
    return FamilyMember.objects.get(family=story.family_id, name=name)


def door_for(story, member, user):
    """Give somebody of the family their own door."""
    FamilyMember.objects.filter(pk=member.pk).update(user=user)
    Access.objects.create(
        story=story, family_id=story.family_id, person=user, part="family", kind="family",
        ends_at=clock.now() + timedelta(days=1000),
    )  # fmt: skip


def fresh(story):
    """The story as the database has it now."""
    return Story.objects.get(pk=story.pk)


def make_assessed():
    """A family as make_family gives it, whose story has a signed part and waits to be authorised."""
    family = make_family()
    with as_(family.lead):
        verbs.begin_assessment(story=family.story, by=family.lead)
        part = verbs.contribute(story=family.story, section="home", by=family.lead)
        verbs.save_contribution(contribution=part, seen=0, strengths="Warm home", by=family.lead)
        verbs.sign_contribution(contribution=Contribution.objects.get(pk=part.pk), by=family.lead)
        verbs.send_for_authorising(story=fresh(family.story), by=family.lead)
        family.story = fresh(family.story)
    return family


def make_planned(weeks_ago=0):
    """A family whose plan the mother agreed to, so many weeks ago: also .goal .step .mother."""
    with clock.stand_at(clock.now() - timedelta(weeks=weeks_ago)):
        family = make_assessed()
        with as_(family.supervisor):
            verbs.authorise_story(story=family.story, by=family.supervisor)
        with as_(family.lead):
            family.story = fresh(family.story)
            family.mother = child_of(family.story, "Marta Invented")
            family.goal = verbs.add_goal(story=family.story, words="Calm mornings", by=family.lead)
            family.step = verbs.add_step(
                goal=family.goal, what="Pack bags at night", member=family.mother,
                due_on=clock.today() + timedelta(days=14), by=family.lead,
            )  # fmt: skip
            verbs.agree_plan(
                story=fresh(family.story), member=family.mother, witness="her sister",
                by=family.lead,
            )  # fmt: skip
            family.story = fresh(family.story)
            family.goal.refresh_from_db()
            family.step.refresh_from_db()
    return family
