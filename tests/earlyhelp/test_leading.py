"""Who leads: handed over with its history kept, and stood in for until a day that ends it by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Story, TeamMembership
from saidanddone.mail.models import Letter
from tests.factories.earlyhelp import as_, fresh, make_coordinator, make_family, make_worker
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    family = make_family()
    family.other = make_worker(family.lead.acting_for.organisation)
    return family


def leads(user, story):
    """Whether they lead it now, as code and database agree."""
    with as_(user):
        found = permissions.visible_stories(user, {"lead"}).filter(pk=story.pk).exists()
        assert Story.objects.filter(pk=story.pk).exists() or not found
        return found


def test_a_coordinator_names_a_stand_in_by_reference_and_it_ends_by_itself(client, family):
    coordinator, story = make_coordinator(), family.story
    until = clock.today() + timedelta(days=28)
    sign_in(client, coordinator.acting_for)
    address = reverse("stand-in", args=[story.pk])
    page = client.get(address)
    assert family.other.name in page.text
    assert "Invented" not in page.text
    assert family.member.name not in page.text
    late = client.post(
        address, {"to": family.other.acting_for.pk, "until": f"{until + timedelta(1):%d %B %Y}"}
    )
    assert "within the next 28 days" in late.text
    kept = client.post(address, {"to": family.other.acting_for.pk, "until": f"{until:%d %B %Y}"})
    assert kept.status_code == 302
    assert leads(family.other, story)
    assert leads(family.lead, story)
    with as_(family.other), pytest.raises(Refused):
        verbs.name_stand_in(
            story=fresh(story), to=family.member.acting_for, until=until, by=family.other
        )
    assert Letter.objects.filter(address=family.parent.email).exists()
    with clock.stand_at(clock.now() + timedelta(days=28)):
        assert leads(family.other, story)
    with clock.stand_at(clock.now() + timedelta(days=29)):
        assert not leads(family.other, story)
        assert leads(family.lead, story)
        with as_(family.other):
            assert not Story.objects.exists()
        with as_(coordinator):
            stories = permissions.coordinated_stories(coordinator)
            assert not permissions.leadless(stories).exists()
    with as_(family.supervisor):
        verbs.end_stand_in(story=fresh(story), by=family.supervisor)
    assert not leads(family.other, story)
    with as_(family.lead):
        assert TeamMembership.objects.get(post=family.other.acting_for).ended_at
    sign_in(client, make_worker().acting_for)
    assert client.get(address).status_code == 404


def test_a_supervisor_who_stood_in_names_another_once_their_own_time_is_over(family):
    supervisor, until = family.supervisor, clock.today() + timedelta(days=3)
    with as_(family.lead):
        verbs.name_stand_in(
            story=family.story, to=supervisor.acting_for, until=until, by=family.lead
        )
    with as_(supervisor):
        assert "name_stand_in" not in permissions.story_verbs(supervisor, fresh(family.story))
    with clock.stand_at(clock.now() + timedelta(days=4)), as_(supervisor):
        assert "name_stand_in" in permissions.story_verbs(supervisor, fresh(family.story))


def test_a_stand_in_is_of_an_agency_that_the_family_agreed_to(family):
    stranger = make_worker()
    with as_(family.lead), pytest.raises(verbs.NotAgreed):
        verbs.name_stand_in(
            story=fresh(family.story), to=stranger.acting_for, until=clock.today(), by=family.lead
        )


def test_handing_over_keeps_who_led_and_ends_what_the_stand_in_held(client, family):
    with as_(family.lead):
        verbs.name_stand_in(
            story=fresh(family.story), to=family.other.acting_for, by=family.lead,
            until=clock.today() + timedelta(days=5),
        )  # fmt: skip
        verbs.hand_over(story=fresh(family.story), to=family.member.acting_for, by=family.lead)
    assert leads(family.member, family.story)
    assert not leads(family.lead, family.story)
    assert not leads(family.other, family.story)
    with as_(family.member):
        story = fresh(family.story)
        assert story.stand_in is None
        told = [post for post, _ in permissions.past_leads(family.member, story)]
    assert told == [family.member.acting_for, family.lead.acting_for]
    sign_in(client, family.member.acting_for)
    page = client.get(reverse("story-team", args=[family.story.pk])).text
    assert "Who has led" in page


def test_the_night_writes_down_whose_time_is_over_and_nobody_who_leads():
    family = make_family()
    leaver, story = family.member.acting_for, family.story
    assert verbs.lapse_memberships(by="system:families") == 0
    leaver.ends_on, leaver.starts_on = clock.today() - timedelta(1), clock.today() - timedelta(9)
    leaver.save(update_fields=["ends_on", "starts_on"])
    assert verbs.lapse_memberships(by="system:families") == 1
    assert verbs.lapse_memberships(by="system:families") == 0
    with clock.stand_at(clock.now() + timedelta(days=400)):
        assert verbs.lapse_memberships(by="system:families") == 0
    with as_(family.lead):
        assert TeamMembership.objects.get(story=story, post=leaver).ended_at
        with pytest.raises(Refused):
            verbs.lapse_memberships(by=family.lead)
