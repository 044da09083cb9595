"""An agenda as it is read: each item with its number and the time at which its turn comes."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import NamedTuple

from saidanddone.core import clock
from saidanddone.governance.models.meetings import AgendaItem


class Numbered(NamedTuple):
    """An item with its place on the agenda: 1, 2 … in the open part, B1, B2 … in the closed one.

    The closed part counts for itself and comes last, so that no open number or time tells of it.
    """

    number: str
    item: AgendaItem


def numbered(items: Iterable[AgendaItem]) -> list[Numbered]:
    """The agenda in order: the open part, then the closed one."""
    items = list(items)
    opened = [item for item in items if not item.restricted]
    closed = [item for item in items if item.restricted]
    return [
        *(Numbered(str(n), item) for n, item in enumerate(opened, start=1)),
        *(Numbered(f"B{n}", item) for n, item in enumerate(closed, start=1)),
    ]


def turns(agenda: Iterable[Numbered], starts_at: time | None) -> dict[int, time]:
    """When each item's turn comes, by its key, if everybody keeps to their minutes."""
    if starts_at is None:
        return {}
    found, now = {}, datetime.combine(clock.today(), starts_at)
    for _, item in agenda:
        found[item.pk] = now.time()
        now += timedelta(minutes=item.minutes_allotted)
    return found
