"""Loads it all, once: what is already there is left alone."""

from django.db import transaction

from saidanddone.dev.demonstration import (
    afterwards,
    bodies,
    cast,
    history,
    issues,
    lists,
    meetings,
    voices,
)
from saidanddone.dev.demonstration.story import Story
from saidanddone.reference.models import Partnership


@transaction.atomic
def load() -> None:
    """Bring the whole demonstration; nothing, if a partnership is there already."""
    if Partnership.objects.exists():
        return
    story = Story()
    lists.load(place="bury")
    cast.enter(story)
    for part in (history, bodies, meetings, voices, issues, afterwards):
        part.plan(story)
    story.tell()
    afterwards.settle(story)


@transaction.atomic
def load_reference() -> None:
    """Bring the lists and neutral settings alone, for a partnership that begins with its own words."""
    if not Partnership.objects.exists():
        lists.load()
