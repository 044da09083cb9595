"""What a migration adds together is added in order, taken away backwards, and only ever added."""

import pytest
from django.db import migrations, models
from django.db.migrations.state import ProjectState

from saidanddone.core.tables import AddTogether


class Told:
    """A schema editor that keeps what it is told."""

    class connection:  # noqa: N801  Django asks an editor for this name
        alias = "default"

    def __init__(self):
        self.deeds = []

    def create_model(self, model):
        self.deeds.append(("made", model.__name__, model._meta.apps))

    def delete_model(self, model):
        self.deeds.append(("dropped", model.__name__, model._meta.apps))


def table(name, **fields):
    return migrations.CreateModel(
        name, [("id", models.BigAutoField(primary_key=True)), *fields.items()]
    )


def two_tables():
    town = models.ForeignKey("example.Town", models.CASCADE)
    return AddTogether(table("Town"), table("Street", town=town))


def test_tables_are_made_in_order_and_dropped_backwards_with_one_picture():
    before, after, told = ProjectState(), ProjectState(), Told()
    assert before.apps is not None  # drawn, as it is in the middle of a migration
    after = before.clone()
    two_tables().state_forwards("example", after)
    two_tables().database_forwards("example", told, before, after)
    two_tables().database_backwards("example", told, after, before)
    assert [deed[:2] for deed in told.deeds] == [
        ("made", "Town"), ("made", "Street"), ("dropped", "Street"), ("dropped", "Town"),
    ]  # fmt: skip
    assert {id(deed[2]) for deed in told.deeds} == {id(after.apps)}


def test_what_changes_or_takes_away_is_refused():
    with pytest.raises(TypeError, match="Only what adds"):
        AddTogether(migrations.RemoveField("Town", "name"))


def test_an_addition_to_a_table_of_the_same_step_is_refused():
    later = migrations.AddField("Town", "name", models.TextField(default=""))
    with pytest.raises(ValueError, match="do it in the next"):
        AddTogether(table("Town"), later)
