"""The duty desk: every child is looked for alike; the desk sees a match and nobody else does."""

import pytest
from django.urls import reverse

from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Asking, Conflict, DutyCheck, Look
from saidanddone.earlyhelp.verbs import NewMember
from saidanddone.mail.models import Letter, Wording
from tests.factories.earlyhelp import as_, child_of, fresh, make_family, make_story, make_worker
from tests.factories.people import acting, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    return make_family()


@pytest.fixture
def desk():
    return acting("duty_desk")


def again(name="Kit Invented", born=None, lead=None):
    """The same child, written down once more by somebody else."""
    lead = lead or make_worker()
    born = born or clock.today().replace(day=1)
    with as_(lead):
        people = [NewMember("adult", "Other Adult", agrees=True), NewMember("child", name, born)]
        return lead, make_story(lead, called="Other", members=people)


def born(family):
    with as_(family.lead):
        return child_of(family.story).born_on


def checks(**which):
    with identity.as_system("test"):
        return list(DutyCheck.objects.filter(**which))


def twin(family, **over):
    lead, story = again(born=born(family), **over)
    (check,) = checks(story=story)
    return lead, story, check


def test_every_child_is_looked_for_and_nobody_is_told(family):
    assert {one.outcome for one in checks(story=family.story)} == {"none"}
    lead, _, check = twin(family, name="Kitt Invented")
    assert (check.outcome, check.match_name) == ("", "Kit Invented")
    assert check.match_lead == family.lead.acting_for
    for person in (lead, family.lead, acting("coordinator"), acting("administrator")):
        with as_(person):
            assert DutyCheck.objects.count() == 0
            assert permissions.visible_checks(person).count() == 0


def test_a_child_put_right_is_looked_for_again(family):
    lead, story = again(name="Somebody Else", born=born(family))
    assert [one.outcome for one in checks(story=story)] == ["none"]
    with as_(lead):
        other = child_of(story, "Somebody Else")
        verbs.change_member(story=fresh(story), member=other, by=lead, language="Welsh")
        assert len(checks(story=story)) == 1
        verbs.change_member(story=fresh(story), member=other, by=lead, name="Kit Invented")
    assert "Kit Invented" in {one.match_name for one in checks(story=story)}


def test_the_desk_hears_without_a_name(family, desk):
    twin(family)
    assert Letter.objects.filter(address=desk.email).count() == 1
    assert not any("Invented" in one.text + one.subject for one in Wording.objects.all())


def test_a_sealed_child_is_found_too_and_said_to_be_sealed(family, desk):
    with as_(family.lead):
        verbs.seal_record(
            story=fresh(family.story), readers=[family.supervisor.pk], why="x", by=family.lead
        )
    _, _, check = twin(family)
    assert "sealed" in check.why_alike
    with as_(desk):
        assert permissions.visible_checks(desk).filter(pk=check.pk).count() == 1


def test_the_two_who_lead_are_joined_up(family, desk):
    lead, _, check = twin(family)
    with as_(desk):
        verbs.decide_check(check=check, outcome="same", why="Rang both", by=desk)
        with pytest.raises(Moved):
            verbs.decide_check(check=check, outcome="apart", why="Again", by=desk)
    for person, other in ((lead, family.lead), (family.lead, lead)):
        with as_(person):
            note = Asking.objects.get(to_post=person.acting_for)
            assert other.name in note.words


@pytest.mark.parametrize("outcome", ["apart", "kept"])
def test_or_not(family, desk, outcome):
    _, _, check = twin(family)
    with as_(desk):
        verbs.decide_check(check=check, outcome=outcome, why="Her own wish", by=desk)
    with identity.as_system("test"):
        assert Asking.objects.count() == 0


def test_the_desk_s_own_relatives_are_kept_from_it(family, desk):
    twin(family)
    with identity.as_system("test"):
        Conflict.objects.create(
            family_id=family.story.family_id, person=desk, relation="aunt", declared_by=desk
        )
    with as_(desk):
        assert permissions.visible_checks(desk).count() == 0


def test_who_may_not_decide(family):
    lead, _, check = twin(family)
    for person in (lead, family.supervisor, acting("administrator"), acting("privacy_officer")):
        with as_(person), pytest.raises(Refused):
            verbs.decide_check(check=check, outcome="same", why="x", by=person)


def test_the_desk_s_pages(client, family, desk):
    _, _, check = twin(family)
    sign_in(client, desk)
    shown = client.get(reverse("duty-desk"))
    assert "Invented" not in shown.text
    path = reverse("duty-check", args=[check.pk])
    page = client.get(path)
    assert page.text.count("Kit Invented") == 2
    with identity.as_system("test"):
        assert Look.objects.filter(person=desk, part="duty desk").count() == 2
    assert client.post(path, {"outcome": "same", "why": ""}).status_code == 422
    assert client.post(path, {"outcome": "same", "why": "Rang both"}).status_code == 302
    assert "Rang both" in client.get(path).text


def test_the_desk_is_there_for_nobody_else(client, family):
    lead, _, check = twin(family)
    for person in (lead, acting("administrator"), acting("coordinator")):
        sign_in(client, person)
        assert client.get(reverse("duty-desk")).status_code == 403
        assert client.get(reverse("duty-check", args=[check.pk])).status_code == 404
