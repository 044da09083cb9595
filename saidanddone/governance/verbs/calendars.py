"""A person's own calendar address: made, renewed, and brought to an end."""

from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.presses import earlier, queue_up
from saidanddone.governance import permissions
from saidanddone.governance.models import CalendarAddress
from saidanddone.governance.models.machines import digests, mark_from, token_from
from saidanddone.people.models import User


@transaction.atomic
def make_calendar_address(*, by: User, once: UUID) -> str:
    """Make the secret by which one's own calendar is followed; any earlier one ends.

    Whoever holds a post, for themselves, strongly signed in. The secret is told now and never
    again: only a digest is kept.
    """
    require("make_calendar_address", permissions.calendar_verbs(by))
    queue_up(f"calendar:{by.pk}")
    token, mark = token_from(once.bytes + b":%d" % by.pk), mark_from(once.bytes)
    if earlier(CalendarAddress, mark):
        return token
    _end(by)
    address = CalendarAddress.objects.create(user=by, digest=digests(token)[0], once=mark)
    record("make_calendar_address", address, by=by)
    return token


@transaction.atomic
def end_calendar_address(*, by: User) -> None:
    """Bring one's own address to an end: whoever follows it sees nothing more. Its holder."""
    require("end_calendar_address", permissions.calendar_verbs(by))
    queue_up(f"calendar:{by.pk}")
    _end(by)


def _end(by: User) -> None:
    address = permissions.own_calendar_address(by)
    if address is None:
        return
    address.ended_at = clock.now()
    address.save(update_fields=["ended_at"])
    record("end_calendar_address", address, by=by)
