"""What somebody asked or told about a child goes with the record, once that is sealed from them."""

import uuid

import pytest

from saidanddone.core import clock, identity
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Asking, Conflict
from tests.earlyhelp.test_two_families import entered, same
from tests.factories.earlyhelp import as_, make_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """A family of which the member has asked something, and got an answer."""
    family = make_family()
    with as_(family.member):
        family.asking = Asking.objects.create(
            story=family.story, from_post=family.member.acting_for, words="zqhushzq",
            to_post=family.lead.acting_for, due_on=clock.today(),
        )  # fmt: skip
    return family


def sealed(family):
    with as_(family.lead):
        verbs.seal_record(
            story=family.story, readers=[family.lead.pk, family.supervisor.pk], why="x",
            by=family.lead,
        )  # fmt: skip


def related(family):
    member = family.member.pk
    with identity.as_system("test"):
        Conflict.objects.create(
            family_id=family.story.family_id, person_id=member, relation="aunt",
            declared_by_id=member,
        )  # fmt: skip


@pytest.mark.parametrize("barred", [sealed, related])
def test_it_is_as_if_nothing_had_been_asked(asked, barred):
    """On its page byte by byte; and by each lock alone."""
    client, path = entered(asked.member), f"/askings/{asked.asking.pk}/"
    assert "zqhushzq" in client.get(path).text
    barred(asked)
    nowhere = f"/askings/{uuid.UUID(int=9)}/"
    for ask in (client.get, client.post):
        assert same(ask(path), path) == same(ask(nowhere), nowhere)
    with as_(asked.member):
        assert Asking.objects.count() == 0
    with identity.as_system("test"):
        assert not permissions.visible_askings(asked.member).exists()
    assert "zqhushzq" in entered(asked.lead).get(path).text
