"""An edition is made from what there is, and put into shape by its editor."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from saidanddone.audit.verbs import record
from saidanddone.bulletin import permissions, states
from saidanddone.bulletin.models import Edition, Entry
from saidanddone.bulletin.models.editions import at_hour, monday_of
from saidanddone.bulletin.verbs import sources
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.presses import queue_up
from saidanddone.people.models import User
from saidanddone.reference.models import partnership

TITLE = "This week, for everyone who works with children"


def week_to_come() -> date:
    """The Monday of the next bulletin: this week's until it has gone out, or its hour has passed."""
    monday, place = monday_of(clock.today()), partnership()
    gone = Edition.objects.filter(week=monday, state=states.SENT).exists()
    begun = Edition.objects.filter(week=monday).exists()
    late = clock.now() >= at_hour(monday, place.bulletin_day, place.bulletin_at)
    return monday + timedelta(days=7) if gone or (late and not begun) else monday


@transaction.atomic
def compile_edition(*, week: date, by: User | str) -> Edition:
    """Put a week's bulletin together from all that is new. An editor, or the clock on Mondays.

    Suggested items that were accepted, what boards decided and published, answers to children,
    sessions to book: each once, in its section. The editor then leaves out, trims and orders.
    """
    require("compile_edition", permissions.edition_verbs(by))
    queue_up("bulletin:edition")
    if (there := Edition.objects.filter(week=week).first()) is not None:
        return there
    last = Edition.objects.aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(number=last + 1, week=week, title=TITLE)
    sources.gather(edition)
    record("compile_edition", edition, by=by)
    return edition


@transaction.atomic
def add_news(*, edition: Edition, by: User) -> int:
    """Add what has come since it was made. An editor; says how much it was."""
    require("add_news", permissions.edition_verbs(by, edition))
    edition.move("add_news")
    added = sources.gather(edition)
    record("add_news", edition, by=by)
    return added


@transaction.atomic
def write_opening(*, edition: Edition, title: str, opening: str, by: User) -> None:
    """Give it a title and a few words to begin with. An editor."""
    require("write_opening", permissions.edition_verbs(by, edition))
    edition.move("write_opening", title=title, opening=opening)
    record("write_opening", edition, by=by)


@transaction.atomic
def arrange_edition(*, edition: Edition, order: Sequence[int], by: User) -> None:
    """Put some of its entries in this order, in the places that they hold together. An editor."""
    require("arrange_edition", permissions.edition_verbs(by, edition))
    edition.move("arrange_edition")
    entries = {one.pk: one for one in Entry.objects.filter(edition=edition, pk__in=order)}
    places = sorted(one.place for one in entries.values())
    wanted = [entries[pk] for pk in dict.fromkeys(order) if pk in entries]
    for one, place in zip(wanted, places, strict=True):
        one.place = place
    Entry.objects.bulk_update(wanted, ["place"])
    record("arrange_edition", edition, by=by)


@transaction.atomic
def change_entry(
    *, entry: Entry, by: User, topics: Sequence = (), areas: Sequence = (), **told: Any
) -> None:
    """Trim its words for this bulletin. An editor; what it was made from stays as it is."""
    require("change_entry", permissions.edition_verbs(by, entry.edition))
    entry.edition.move("change_entry")
    for name, value in told.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(told))
    entry.topics.set(topics)
    entry.areas.set(areas)
    record("change_entry", entry, by=by)


@transaction.atomic
def leave_entry_out(*, entry: Entry, by: User) -> None:
    """Leave it out of this bulletin. An editor; an item that was suggested waits for the next."""
    require("leave_entry_out", permissions.edition_verbs(by, entry.edition))
    _keep_in(entry, left_out=True)
    record("leave_entry_out", entry, by=by)


@transaction.atomic
def put_entry_in(*, entry: Entry, by: User) -> None:
    """Take it in again. An editor."""
    require("put_entry_in", permissions.edition_verbs(by, entry.edition))
    _keep_in(entry, left_out=False)
    record("put_entry_in", entry, by=by)


def _keep_in(entry: Entry, *, left_out: bool) -> None:
    entry.edition.move("leave_entry_out" if left_out else "put_entry_in")
    entry.left_out = left_out
    entry.save(update_fields=["left_out"])
