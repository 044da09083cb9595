"""What comes onto an agenda, and in which order."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from saidanddone.audit.verbs import record
from saidanddone.core.access import require
from saidanddone.governance import emails, permissions, states
from saidanddone.governance.models import AgendaItem, Body, Meeting
from saidanddone.governance.verbs.packs import take_back
from saidanddone.governance.verbs.papers import ask_for_paper
from saidanddone.governance.verbs.placing import free_place
from saidanddone.governance.verbs.presses import earlier
from saidanddone.people.models import Post, User

By = User | str | None
LATE = "It was ready only after the agenda was out."
FROM_THREAD = {"title", "wording", "plain"}  # what a thread may change of its item


@transaction.atomic
def propose_item(
    *, body: Body, kind: str, title: str, wording: str, origin_path: str, by: By, plain: str = "",
    restricted: bool = False, restricted_why: str = "", once: UUID | None = None,
) -> AgendaItem:  # fmt: skip
    """Ask for a place on a body's agenda: the one door for the areas above.

    Whoever works here, or a clock job by name. It waits for the clerk, who is told.
    """
    require("propose_item", permissions.body_verbs(by, body))
    if found := earlier(AgendaItem, once):
        return found
    item = AgendaItem.objects.create(
        body=body, kind=kind, title=title, wording=wording, origin_path=origin_path, plain=plain,
        restricted=restricted, restricted_why=restricted_why, state=states.PROPOSED, once=once,
    )  # fmt: skip
    record("propose_item", item, by=by, detail=wording)
    emails.item_proposed(item)
    return item


@transaction.atomic
def add_agenda_item(
    *, meeting: Meeting, kind: str, title: str, by: User, wording: str = "", plain: str = "",
    origin_path: str = "", lead: Post | None = None, minutes_allotted: int = 10,
    closing: bool = False, restricted: bool = False, restricted_why: str = "", late_why: str = "",
    once: UUID | None = None,
) -> AgendaItem:  # fmt: skip
    """Put an item on an agenda, before what always closes it. The clerk; its lead is asked for papers.

    A participation worker too, for what children say and while the meeting is being planned. Once
    the agenda is out it joins late, with the reason, at the very end, so that no number moves.
    """
    require("add_agenda_item", permissions.meeting_verbs(by, meeting))
    if not permissions.is_clerk(by):
        require("add_agenda_item", {"add_agenda_item"} if kind == AgendaItem.Kind.VOICE else set())
    if kind == AgendaItem.Kind.VOICE and not wording.strip():
        raise ValueError("A voice item carries what children say, in words")
    if found := earlier(AgendaItem, once):
        return found
    item = AgendaItem.objects.create(
        body_id=meeting.body_id, meeting=meeting, kind=kind, title=title, wording=wording,
        plain=plain, origin_path=origin_path, lead=lead, minutes_allotted=minutes_allotted,
        restricted=restricted, restricted_why=restricted_why, closing=closing, once=once,
        late_why=_why_late(meeting, late_why), order=free_place(meeting, closing=closing),
    )  # fmt: skip
    meeting.move("add_agenda_item")
    record("add_agenda_item", item, by=by, detail=wording)
    ask_for_paper(item, by)
    return item


@transaction.atomic
def accept_item(*, item: AgendaItem, meeting: Meeting, by: User, late_why: str = "") -> None:
    """Put what was proposed on an agenda. The clerk, or its participation worker.

    It goes before what always closes the agenda; if that is out, it joins late, with the reason.
    """
    require("accept_item", permissions.item_verbs(by, item))
    require("add_agenda_item", permissions.meeting_verbs(by, meeting))
    if meeting.body_id != item.body_id:
        raise ValueError("An item goes on an agenda of the body that it was proposed to")
    order, late_why = free_place(meeting), _why_late(meeting, late_why)
    meeting.move("add_agenda_item")
    item.move("accept_item", meeting=meeting, order=order, late_why=late_why)
    record("accept_item", item, by=by)
    ask_for_paper(item, by)


@transaction.atomic
def decline_item(*, item: AgendaItem, why: str, by: User) -> None:
    """Not take what was proposed, with the reason kept. The clerk."""
    require("decline_item", permissions.item_verbs(by, item))
    item.move("decline_item", declined_why=why)
    record("decline_item", item, by=by, detail=why)


@transaction.atomic
def put_item_back(*, item: AgendaItem, by: User) -> None:
    """Take an item off an agenda that is being planned. The clerk; it waits for another one."""
    require("put_item_back", permissions.item_verbs(by, item))
    _hold(item.meeting)
    item.meeting.move("order_agenda")  # refuses when the agenda has gone out meanwhile
    item.move("put_item_back", meeting=None)
    record("put_item_back", item, by=by)
    emails.paper_not_wanted(item)


@transaction.atomic
def change_item(*, item: AgendaItem, by: By, **changes: Any) -> None:
    """Change an item's words, lead, time or who may see it. The clerk, until it has ended.

    The words of what children say follow their thread: whoever looks after that may carry them,
    and nothing else.
    """
    require("change_item", permissions.item_verbs(by, item))
    if not permissions.is_clerk(by):
        require("change_item", {"change_item"} if set(changes) <= FROM_THREAD else set())
    if "kind" in changes and (changes["kind"] == item.Kind.VOICE) != item.is_voice:
        raise ValueError("What children say stays what children say, and nothing else becomes it")
    if item.is_voice and item.wording and not changes.get("wording", item.wording).strip():
        raise ValueError("A voice item carries what children say, in words")
    new_lead = "lead" in changes and changes["lead"] != item.lead
    closes = bool(changes.get("restricted")) and not item.restricted
    item.move("change_item", **changes)
    record("change_item", item, by=by, detail=item.wording)
    if new_lead:
        ask_for_paper(item, by)
    if closes:
        take_back(item.meeting, "Something is not for everybody any more.", by)
        _close_what_came_of_it(item, by)


def _close_what_came_of_it(item: AgendaItem, by: By) -> None:
    """The question that it sent up, and the answer that came back, tell of it too."""
    told = Q(escalated_here__source_item=item.pk) | Q(answer_of__source_item=item.pk)
    for one in AgendaItem.objects.filter(told, restricted=False).select_related("meeting"):
        if "change_item" in permissions.item_verbs(by, one):
            change_item(item=one, restricted=True, restricted_why=item.restricted_why, by=by)


@transaction.atomic
def order_agenda(*, meeting: Meeting, order: list[int], by: User) -> None:
    """Put the agenda in this order. The clerk; what was added meanwhile stays at the end."""
    require("order_agenda", permissions.meeting_verbs(by, meeting))
    _hold(meeting)
    there = list(meeting.items.order_by("order", "pk"))
    places = {pk: place for place, pk in enumerate(order)}
    there.sort(key=lambda item: places.get(item.pk, len(places)))
    for place, item in enumerate(there, start=1):
        item.order = place
    AgendaItem.objects.bulk_update(there, ["order"])
    meeting.move("order_agenda")
    record("order_agenda", meeting, by=by)


def _hold(meeting: Meeting) -> None:
    """Nobody else changes this agenda until we are through."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)


def _why_late(meeting: Meeting, why: str) -> str:
    """The reason of what joins an agenda that is out; nothing joins late what lies behind us."""
    return (why or LATE) if meeting.state == states.PUBLISHED and not meeting.source else ""
