"""Series are begun and changed."""

from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.text import slugify

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.presses import earlier, queue_up
from saidanddone.events import permissions
from saidanddone.events.models import Series
from saidanddone.people.models import User

RESERVED = {"new", "past", "wishes", "calendar", "topics", "ask"}  # addresses of pages beside them


@transaction.atomic
def start_series(
    *, title: str, about: str, by: User, slug: str = "", once: UUID | None = None
) -> Series:
    """Begin a series. The clerk; sessions may then be planned in it."""
    require("start_series", permissions.series_verbs(by))
    if found := earlier(Series, once):
        return found
    made = Series.objects.create(
        title=title, about=about, slug=slug or free_slug(Series, title), once=once
    )
    record("start_series", made, by=by)
    return made


@transaction.atomic
def change_series(*, series: Series, by: User, **changes: Any) -> None:
    """Change what a series is called and about. The clerk; its address stays."""
    require("change_series", permissions.series_verbs(by, series))
    changes |= {"changed_at": clock.now()}
    for name, value in changes.items():
        setattr(series, name, value)
    series.save(update_fields=list(changes))
    record("change_series", series, by=by)


def free_slug(model: type[models.Model], title: str) -> str:
    """The title as an address, never a bare number; a number after it when that is taken."""
    queue_up(f"addresses of {model._meta.label}")
    plain = slugify(title)[:150] or "session"
    plain = f"session-{plain}" if plain.isdigit() else plain
    found = model._default_manager.filter(slug__startswith=plain)
    taken = set(found.values_list("slug", flat=True))
    number, slug = 1, plain
    while slug in taken | RESERVED:
        number += 1
        slug = f"{plain}-{number}"
    return slug
