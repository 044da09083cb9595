"""A partnership that begins with its own words gets the lists, and nothing else."""

import pytest

from saidanddone.dev import demonstration
from saidanddone.governance.models import Body
from saidanddone.participation.models import Issue, Voice
from saidanddone.people.models import Organisation, Post, User
from saidanddone.reference.models import AgeBand, Area, Partnership, Topic, partnership


@pytest.mark.django_db
def test_lists_and_neutral_settings_alone():
    demonstration.load_reference()
    assert [model.objects.count() for model in (Topic, Area, AgeBand, Partnership)] == [14, 7, 6, 1]
    empty = (User, Organisation, Post, Body, Voice, Issue)
    assert not any(model.objects.exists() for model in empty)
    assert (partnership().name, partnership().answer_days) == ("Children’s Partnership", 30)


@pytest.mark.django_db
def test_a_second_time_changes_nothing():
    demonstration.load_reference()
    demonstration.load_reference()
    demonstration.load()
    assert (Partnership.objects.count(), User.objects.count()) == (1, 0)
