"""How something comes onto an agenda by itself: at its end, written in the audit like any other."""

from typing import Any

from django.db.models import Max

from saidanddone.audit.verbs import record
from saidanddone.governance.models import AgendaItem, Meeting
from saidanddone.people.models import User


def place(meeting: Meeting, by: User | str, **told: Any) -> AgendaItem:
    """An item on an agenda that is not over; whoever calls has looked at the right to do so."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    last = meeting.items.aggregate(last=Max("order"))["last"] or 0
    item = AgendaItem.objects.create(
        body_id=meeting.body_id, meeting=meeting, order=last + 1, **told
    )
    meeting.move("add_agenda_item")
    record("add_agenda_item", item, by=by, detail=item.wording)
    return item
