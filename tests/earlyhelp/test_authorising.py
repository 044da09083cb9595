"""A second pair of eyes: who sends, who authorises, who does not, and what each may read meanwhile."""

import pytest

from saidanddone.audit.models import Line
from saidanddone.core import identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, states, verbs
from saidanddone.earlyhelp.models import Cover, Patch
from saidanddone.mail.models import Letter, Wording
from saidanddone.people.models import Post
from saidanddone.reference.models import partnership
from tests.factories.earlyhelp import (
    as_,
    fresh,
    make_assessed,
    make_coordinator,
    make_family,
    make_worker,
)
from tests.factories.people import acting

pytestmark = pytest.mark.django_db
SECOND = {"authorise_story", "return_story"}


def may(person, story):
    with as_(person):
        return permissions.story_verbs(person, fresh_or(story)) & SECOND


def fresh_or(story):
    return type(story).objects.filter(pk=story.pk).first() or story


def test_nothing_is_sent_before_something_is_signed():
    family = make_family()
    with as_(family.lead):
        verbs.begin_assessment(story=family.story, by=family.lead)
        with pytest.raises(verbs.NotReady, match="Sign at least one part"):
            verbs.send_for_authorising(story=fresh(family.story), by=family.lead)


def test_the_supervisor_alone_authorises():
    family = make_assessed()
    for person in (family.lead, family.member, family.parent, make_worker(), make_coordinator(),
                   acting("administrator")):  # fmt: skip
        assert may(person, family.story) == set()
        with as_(person), pytest.raises(Refused):
            verbs.authorise_story(story=family.story, by=person)
    assert may(family.supervisor, family.story) == SECOND
    with as_(family.supervisor):
        verbs.authorise_story(story=family.story, by=family.supervisor)
        story = fresh(family.story)
    assert (story.state, story.authorised_by) == (
        states.AUTHORISED, family.supervisor.acting_for,
    )  # fmt: skip
    assert story.authorise_asked_at is None
    assert may(family.supervisor, story) == set()
    assert list(Line.objects.order_by("pk").values_list("verb", flat=True))[-2:] == [
        "send_for_authorising", "authorise_story",
    ]  # fmt: skip


def test_letters_say_that_something_waits_and_no_more():
    family = make_assessed()
    wording = Wording.objects.filter(kind="story_needs_you").latest("pk")
    assert wording.subject == "Something needs you"
    for word in ("Invented", "Marta", family.story.reference, "authoris"):
        assert word not in wording.text
    assert [one.address for one in Letter.objects.filter(wording=wording)] == [
        family.supervisor.email
    ]


def test_what_comes_back_says_why():
    family = make_assessed()
    with as_(family.supervisor):
        verbs.return_story(story=family.story, why="Ask the dad too", by=family.supervisor)
    with as_(family.lead):
        assert Cover.objects.get().returned_why == "Ask the dad too"
        assert fresh(family.story).state == states.ASSESSING
        assert "send_for_authorising" in permissions.story_verbs(family.lead, fresh(family.story))


def test_where_settings_say_so_a_coordinator_reads_while_it_waits_and_not_after():
    place = partnership()
    place.story_coordinators_authorise = True
    place.save()
    coordinator, family = make_coordinator(), make_assessed()
    assert may(coordinator, family.story) == SECOND
    with as_(coordinator):
        assert permissions.readable_stories(coordinator).count() == 1
        assert permissions.visible_contributions(coordinator, family.story).count() == 1
        verbs.authorise_story(story=fresh(family.story), by=coordinator)
    with as_(coordinator):
        assert permissions.readable_stories(coordinator).count() == 0
        assert permissions.visible_stories(coordinator).count() == 1


def test_without_a_supervisor_it_waits_for_a_coordinator():
    coordinator, family = make_coordinator(), make_family()
    Post.objects.filter(pk=family.lead.acting_for.pk).update(lead=None)
    with as_(family.lead):
        verbs.begin_assessment(story=family.story, by=family.lead)
        part = verbs.contribute(story=family.story, section="home", by=family.lead)
        verbs.save_contribution(contribution=part, seen=0, needs="Sleep", by=family.lead)
        part.refresh_from_db()
        verbs.sign_contribution(contribution=part, by=family.lead)
        verbs.send_for_authorising(story=fresh(family.story), by=family.lead)
    assert may(coordinator, family.story) == SECOND


def test_whoever_leads_and_coordinates_does_not_authorise_their_own():
    place = partnership()
    place.story_coordinators_authorise = True
    place.save()
    family = make_assessed()
    post = family.lead.acting_for
    Post.objects.filter(pk=post.pk).update(roles=["practitioner", "coordinator"])
    with identity.as_system("test"):
        Patch.objects.create(post=post, given_by=family.lead)
    family.lead.acting_for.refresh_from_db()
    assert may(family.lead, family.story) == set()
