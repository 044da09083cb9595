"""The lead opens and shuts the family's doors; a card opens one, and is soon over."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from saidanddone.audit.models import Line
from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import FamilyCode, FamilyMember
from saidanddone.earlyhelp.verbs.doors import NotTheirDoor
from saidanddone.mail.models import Wording
from saidanddone.people.models import User
from tests.factories.earlyhelp import as_, child_of, fresh, make_family, make_worker
from tests.factories.people import acting, sign_in

pytestmark = pytest.mark.django_db
CARD = "/our-story/card/"


@pytest.fixture
def family():
    cache.clear()
    return make_family()


def kit(family):
    with identity.as_system("test"):
        return child_of(family.story)


def a_card(family):
    with as_(family.lead):
        return verbs.make_card(story=family.story, member=kit(family), by=family.lead)


def test_a_door_is_opened_by_an_address_and_shut_again(client, family):
    sign_in(client, family.lead)
    address = reverse("story-doors", args=[family.story.pk])
    child = kit(family)
    assert client.post(address, {"who": child.pk, "email": "nonsense"}).status_code == 422
    client.post(address, {"who": child.pk, "email": "Kit@place.example"})
    person = User.objects.get(email="kit@place.example")
    assert person.is_young
    assert "Invented" not in person.name
    with as_(person):
        assert permissions.own_member(person, fresh(family.story)).pk == child.pk
    wording = Wording.objects.get(kind="door_opened")
    assert "Invented" not in wording.subject + wording.text
    client.post(reverse("story-door-shut", args=[family.story.pk]), {"who": child.pk})
    with as_(person):
        assert permissions.own_stories(person).count() == 0
    assert set(Line.objects.values_list("verb", flat=True)) >= {"open_door", "shut_door"}


def test_whoever_works_with_the_family_is_not_shut_out_by_a_door(family):
    for address in (family.lead.email, family.member.email, family.parent.email):
        with as_(family.lead), pytest.raises(NotTheirDoor):
            verbs.open_door(story=family.story, member=kit(family), email=address, by=family.lead)


def test_nobody_but_the_lead_opens_a_door(client, family):
    address = reverse("story-doors", args=[family.story.pk])
    for person in (family.member, make_worker(), acting("administrator"), family.supervisor):
        with as_(person), pytest.raises(Refused):
            verbs.open_door(
                story=family.story, member=kit(family), email="a@place.example", by=person
            )
        with as_(person), pytest.raises(Refused):
            verbs.make_card(story=family.story, member=kit(family), by=person)
        sign_in(client, person)
        there = client.get(address)
        nowhere = client.get(reverse("story-doors", args=[uuid.UUID(int=7)]))
        assert there.status_code == nowhere.status_code == 404
        assert there.content == nowhere.content


def test_a_card_opens_one_door_until_it_is_over(client, family):
    code = a_card(family)
    with identity.as_system("test"):
        assert code.replace("-", "") not in FamilyCode.objects.get().digest
    entered = client.post(CARD, {"code": code.lower()})
    assert entered["Location"] == reverse("our-story")
    home = client.get(reverse("our-story"))["Location"]
    assert "Kit" in client.get(home).text
    assert client.get(reverse("story", args=[family.story.pk])).status_code == 302
    client.logout()
    newer = a_card(family)
    assert client.post(CARD, {"code": code}).status_code == 422
    with identity.as_system("test"):
        FamilyCode.objects.update(ends_at=clock.now() - timedelta(minutes=1))
    assert client.post(CARD, {"code": newer}).status_code == 422


def test_a_shut_door_ends_the_card_and_whoever_is_in(client, family):
    code = a_card(family)
    client.post(CARD, {"code": code})
    with as_(family.lead):
        member = FamilyMember.objects.get(pk=kit(family).pk)
        verbs.shut_door(story=family.story, member=member, by=family.lead)
    assert "/sign-in/" in client.get(reverse("our-story"))["Location"]
    assert client.post(CARD, {"code": code}).status_code == 422


def test_guessing_is_soon_over(client, family):
    answers = [client.post(CARD, {"code": f"BBBB-CCCC-{n:04}"}).status_code for n in range(12)]
    assert answers[0] == 422
    assert answers[-1] == 429


def test_who_comes_in_by_their_own_address_has_no_card(family):
    with as_(family.lead):
        mother = child_of(family.story, "Marta Invented")
        with pytest.raises(NotTheirDoor):
            verbs.make_card(story=family.story, member=mother, by=family.lead)
