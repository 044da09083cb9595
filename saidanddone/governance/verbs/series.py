"""A year of meetings planned in one go."""

from collections.abc import Iterable
from datetime import date, time
from uuid import UUID, uuid5

from django.db import transaction

from saidanddone.governance.models import Body, Meeting
from saidanddone.governance.verbs.meetings import plan_meeting
from saidanddone.people.models import User
from saidanddone.reference.models import ClosedDay


@transaction.atomic
def plan_series(
    *, body: Body, days: Iterable[date], by: User, starts_at: time | None = None,
    ends_at: time | None = None, place: str = "", link: str = "", once: UUID | None = None,
) -> list[Meeting]:  # fmt: skip
    """Plan a meeting on each of these days. The clerk; all of them or none.

    The earliest is planned first, so that what is foretold goes onto the first agenda after its
    day. Pressed twice, each day is planned once.
    """
    return [
        plan_meeting(
            body=body, on=day, starts_at=starts_at, ends_at=ends_at, place=place, link=link,
            once=uuid5(once, day.isoformat()) if once else None, by=by,
        )
        for day in sorted(set(days))
    ]  # fmt: skip


def closed_among(days: Iterable[date]) -> set[date]:
    """Which of these days the partnership’s own list of closed days names."""
    return set(ClosedDay.objects.filter(on__in=list(days)).values_list("on", flat=True))
