"""An administrator says who coordinates where, and sees no family by that."""

import pytest
from django.urls import reverse

from saidanddone.audit.models import Line
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Patch, Story
from tests.factories.earlyhelp import as_, make_family, make_story, make_supervisor
from tests.factories.people import act, acting, make_post, sign_in
from tests.factories.reference import make_area

pytestmark = pytest.mark.django_db


def test_an_area_is_given_on_the_page_and_taken_back_at_once(client):
    family, keeper = make_family(), acting("administrator")
    coordinator = act(make_post("coordinator"))
    page = reverse("coordinators")
    sign_in(client, keeper.acting_for)
    assert "Nobody coordinates yet" in client.get(page).text
    wrong = client.post(page, {"post": family.lead.acting_for.pk, "area": ""})
    assert wrong.status_code == 422
    assert client.post(page, {"post": "", "area": ""}).status_code == 422
    for _ in range(2):
        assert client.post(page, {"post": coordinator.acting_for.pk, "area": ""}).status_code == 302
    patch = Patch.objects.get(ended_at__isnull=True)
    shown = client.get(page).text
    assert coordinator.name in shown
    assert "The whole borough" in shown
    assert "Invented" not in shown
    with as_(coordinator):
        assert Story.objects.filter(pk=family.story.pk).exists()
    with as_(keeper):
        assert not Story.objects.exists()
    assert client.post(reverse("coordinator-end", args=[patch.pk])).status_code == 302
    assert client.post(reverse("coordinator-end", args=[patch.pk])).status_code == 404
    with as_(coordinator):
        assert not Story.objects.exists()
    told = Line.objects.filter(verb__in=["give_patch", "end_patch"]).order_by("pk")
    assert [line.verb for line in told] == ["give_patch", "end_patch"]


def test_one_area_is_no_other():
    family, keeper = make_family(), acting("administrator")
    coordinator = act(make_post("coordinator"))
    with as_(keeper):
        verbs.give_patch(post=coordinator.acting_for, area=make_area(), by=keeper)
    here = make_area()
    with as_(family.lead):
        elsewhere = make_story(family.lead, area=here)
    with as_(coordinator):
        assert not Story.objects.filter(pk=elsewhere.pk).exists()
    with as_(keeper):
        verbs.give_patch(post=coordinator.acting_for, area=here, by=keeper)
    with as_(coordinator):
        assert list(Story.objects.filter(area=here)) == [elsewhere]


@pytest.mark.parametrize("role", ["coordinator", "practitioner", "privacy_officer", "supervisor"])
def test_nobody_else_gives_or_takes(client, role):
    person, keeper = acting(role), acting("administrator")
    coordinator = act(make_post("coordinator"))
    with as_(keeper):
        patch = verbs.give_patch(post=coordinator.acting_for, area=None, by=keeper)
    with as_(person):
        with pytest.raises(Refused):
            verbs.give_patch(post=coordinator.acting_for, area=None, by=person)
        with pytest.raises(Refused):
            verbs.end_patch(patch=patch, by=person)
        assert not permissions.visible_patches(person).exists()
    sign_in(client, person.acting_for)
    assert client.get(reverse("coordinators")).status_code == 403
    assert client.post(reverse("coordinator-end", args=[patch.pk])).status_code == 404


def test_the_role_comes_first():
    keeper, supervisor = acting("administrator"), make_supervisor()
    with as_(keeper), pytest.raises(Refused):
        verbs.give_patch(post=supervisor.acting_for, area=None, by=keeper)
