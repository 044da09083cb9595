"""Loads it all, once: what is already there is left alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from saidanddone.dev.demonstration import (
    afterwards,
    bodies,
    bulletin,
    cast,
    craft,
    families,
    families_later,
    handing,
    history,
    issues,
    library,
    lists,
    meetings,
    sessions,
    voices,
)
from saidanddone.dev.demonstration.story import Story
from saidanddone.reference.models import Partnership


def load() -> None:
    """Bring the whole demonstration; nothing, if a partnership is there already."""
    if Partnership.objects.exists():
        return
    with _all_or_nothing():
        story = Story()
        lists.load(place="bury")
        cast.enter(story)
        for part in (
            history,
            bodies,
            meetings,
            handing,
            craft,
            voices,
            issues,
            sessions,
            library,
            families,
            families_later,
            afterwards,
        ):
            part.plan(story)
        story.tell()
        bulletin.load(story)
        afterwards.settle(story)


@transaction.atomic
def load_reference() -> None:
    """Bring lists and neutral settings alone, for a partnership that begins with its own words."""
    if not Partnership.objects.exists():
        lists.load()


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """One transaction without the verbs' own safe points: whatever fails, nothing of it stays.

    The safe points would be a third of all that is said to the database.
    """
    features = connection.features
    with transaction.atomic():
        features.uses_savepoints = False
        try:
            yield
        finally:
            features.uses_savepoints = True
