"""The linter is blind to strings: no record points at one on a floor above, or beside its own."""

import pytest
from django.apps import apps

from tests.house.source import floors

MODELS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model.__module__.startswith("saidanddone.")
]


def area_of(model):
    """The area in which a record stands."""
    return model.__module__.split(".")[1]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_relations_point_down(model):
    here = area_of(model)
    for field in model._meta.get_fields():
        other = field.related_model if field.is_relation and field.concrete else None
        if other is None or not other.__module__.startswith("saidanddone."):
            continue
        there = area_of(other)
        down = there == here or floors()[there] < floors()[here]
        assert down, f"{model._meta.label}.{field.name} points at {other._meta.label}"


def test_there_is_no_relation_to_anything_whatever():
    generic = [
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.private_fields
        if type(field).__name__.startswith("Generic")
    ]
    assert generic == []
