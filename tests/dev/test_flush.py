"""A test that writes for good leaves nothing for the next, save what can never be removed."""

import pytest
from django.contrib.contenttypes.models import ContentType

from saidanddone.audit import verbs
from saidanddone.audit.models import Line
from saidanddone.reference.models import StoryTerm, Topic

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", [1, 2])
def test_each_turn_begins_empty(turn):
    assert not Topic.objects.exists()
    Topic.objects.create(code="buses", name="Buses")
    assert ContentType.objects.exists()
    assert StoryTerm.objects.exists()


def test_the_audit_goes_on_and_stays_whole():
    lines = Line.objects.count()
    verbs.record("try_it", "test.thing:1", by=None)
    assert Line.objects.count() == lines + 1
    assert verbs.verify().faults == []
