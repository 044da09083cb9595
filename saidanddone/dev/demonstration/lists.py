"""The lists that pages choose from, and the settings of the partnership."""

from datetime import date
from typing import Any

from saidanddone.dev.demonstration.source import whole
from saidanddone.reference.models import (
    AgeBand,
    Area,
    BulletinSection,
    Forum,
    Partnership,
    Topic,
    forget_partnership,
)

SINCE = date(2012, 1, 1)  # before anything that is told


def load(place: str = "") -> None:
    """Topics, areas, ages, forums and one row of settings: neutral ones, or those of a place."""
    lists = whole("reference")
    for order, topic in enumerate(lists["topic"]):
        Topic.objects.create(order=order, **topic)
    areas: dict[str, Area] = {}
    for order, area in enumerate(lists["area"]):
        parent = areas.get(area.pop("parent", ""))
        areas[area["code"]] = Area.objects.create(order=order, parent=parent, **area)
    for order, band in enumerate(lists["age_band"]):
        AgeBand.objects.create(order=order, **band)
    for order, forum in enumerate(lists["forum"]):
        Forum.objects.create(order=order, **forum)
    for order, section in enumerate(lists["bulletin_section"]):
        BulletinSection.objects.create(order=order, **section)
    settings = lists["neutral"] | (lists[place] if place else {})
    settings["triage_words"] = settings["triage_words"].strip()
    Partnership.objects.create(starts_on=SINCE, **settings)
    forget_partnership()


def chosen(told: dict) -> dict[str, Any]:
    """Age band, area and topic of an entry, by their codes."""
    kinds = {"age_band": (AgeBand, "band"), "area": (Area, "area"), "topic": (Topic, "topic")}
    return {
        field: model.objects.get(code=told[name])
        for field, (model, name) in kinds.items()
        if name in told
    }
