"""How something comes onto an agenda by itself, and at which place, with or without a clerk."""

from typing import Any

from django.db.models import F

from saidanddone.audit.verbs import record
from saidanddone.governance import states
from saidanddone.governance.models import AgendaItem, Meeting
from saidanddone.governance.verbs.papers import ask_for_paper
from saidanddone.people.models import User


def place(meeting: Meeting, by: User | str, **told: Any) -> AgendaItem:
    """An item on an agenda that is not over; whoever calls has looked at the right to do so."""
    item = AgendaItem.objects.create(
        body_id=meeting.body_id, meeting=meeting, order=free_place(meeting), **told
    )
    meeting.move("add_agenda_item")
    record("add_agenda_item", item, by=by, detail=item.wording)
    ask_for_paper(item, by)
    return item


def free_place(meeting: Meeting, *, closing: bool = False) -> int:
    """Where a new item goes: before those that close the agenda, which move on by one.

    Once the agenda is out it goes behind everything, so that no number that was published changes.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    there = list(meeting.items.order_by("-order", "-pk"))
    place = there[0].order + 1 if there else 1
    if closing or meeting.state == states.PUBLISHED:
        return place
    for item in there:
        if not item.closing:
            break
        place = item.order
    meeting.items.filter(closing=True, order__gte=place).update(order=F("order") + 1)
    return place
