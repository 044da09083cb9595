"""Everything that can happen to this place's settings and lists."""

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.text import slugify

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.reference import models, permissions
from saidanddone.reference.models import (
    AgeBand,
    Area,
    BulletinSection,
    ClosedDay,
    Forum,
    Partnership,
    Topic,
)

Entry = Topic | Area | Forum | AgeBand | BulletinSection


class Unreadable(ValueError):  # noqa: N818 -- it carries sentences for the person
    """A colour that would not be read well enough: which, and what was measured."""


@transaction.atomic
def change_partnership(*, by: Any, **changes: Any) -> Partnership:
    """Change how this place is called, looks or counts its days. Administrator; from today on.

    A new row is written and the old one stays, so that what was promised under it can be read.
    """
    require("change_partnership", permissions.settings_verbs(by))
    with connection.cursor() as cursor:  # two changes at once follow each other: none is lost
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('reference.partnership'))")
    row = models.read_partnership()
    before = row.pk
    for name, value in changes.items():
        setattr(row, name, value)
    faults = models.colour_faults({name: getattr(row, name) for name in models.LEAST_CONTRAST})
    if faults:
        raise Unreadable(" ".join(faults.values()))
    row.pk, row._state.adding = None, True  # noqa: SLF001 -- Django’s own way to copy
    row.starts_on, row.changed_at = clock.today(), clock.now()
    row.save()
    record("change_partnership", row, by=by, detail=f"{before} {sorted(changes)}")
    transaction.on_commit(models.forget_partnership)
    return row


@transaction.atomic
def add_entry(*, kind: type[Entry], by: Any, name: str, **more: Any) -> Entry:
    """Add a topic, an area or an age to choose from. Administrator; offered from its first day."""
    require("add_entry", permissions.settings_verbs(by))
    last = kind.objects.order_by("order").last()
    entry = kind(name=name, code=_free_code(kind, name), order=(last.order + 1) if last else 0)
    for field, value in more.items():
        setattr(entry, field, value)
    entry.save()
    record("add_entry", entry, by=by, detail=name)
    return entry


def _free_code(kind: type[Entry], name: str) -> str:
    stem = slugify(name)[:40] or "entry"
    taken = set(kind.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(
        code for code in (stem, *(f"{stem}-{n}" for n in range(2, 999))) if code not in taken
    )


@transaction.atomic
def change_entry(*, entry: Entry, by: Any, **changes: Any) -> None:
    """Call an entry something else, or set its days. Administrator; words already filed stay so."""
    require("change_entry", permissions.settings_verbs(by))
    for field, value in changes.items():
        setattr(entry, field, value)
    entry.save(update_fields=list(changes))
    record("change_entry", entry, by=by, detail=entry.name)


@transaction.atomic
def end_entry(*, entry: Entry, by: Any) -> None:
    """Offer an entry no longer, from today. Administrator; what was filed under it stays there."""
    require("end_entry", permissions.settings_verbs(by))
    entry.ends_on = clock.today() - timedelta(days=1)
    if entry.starts_on and entry.starts_on > entry.ends_on:
        entry.starts_on = entry.ends_on
    entry.save(update_fields=["starts_on", "ends_on"])
    record("end_entry", entry, by=by)


@transaction.atomic
def add_closed_day(*, on: date, why: str, by: Any) -> ClosedDay:
    """Tell that offices are closed on a day. Administrator; it is no working day any more."""
    require("add_closed_day", permissions.settings_verbs(by))
    day, _ = ClosedDay.objects.update_or_create(on=on, defaults={"why": why})
    record("add_closed_day", day, by=by, detail=f"{on} {why}")
    return day


@transaction.atomic
def drop_closed_day(*, day: ClosedDay, by: Any) -> None:
    """Take back a closed day that was a mistake. Administrator; it is a working day again."""
    require("drop_closed_day", permissions.settings_verbs(by))
    record("drop_closed_day", day, by=by, detail=f"{day.on} {day.why}")
    day.delete()
