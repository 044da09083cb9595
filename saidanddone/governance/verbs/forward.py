"""The forward plan, and what comes onto an agenda from it by itself."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from saidanddone.audit.verbs import record
from saidanddone.core.access import require
from saidanddone.governance import permissions, states
from saidanddone.governance.models import Action, AgendaItem, Body, ForwardItem, Meeting
from saidanddone.governance.verbs.escalations import bring_answers
from saidanddone.governance.verbs.placing import place
from saidanddone.governance.verbs.presses import earlier
from saidanddone.people.models import Post, User

By = User | str
ACTION_LOG = "Actions: what is open and what is late"


@transaction.atomic
def add_forward_item(
    *, body: Body, kind: str, title: str, by: User, plain: str = "", decision_maker: str = "",
    lead: Post | None = None, meeting: Meeting | None = None, due_on: date | None = None,
    urgent: bool = False, restricted: bool = False, restricted_why: str = "",
    origin_path: str = "", once: UUID | None = None,
) -> ForwardItem:  # fmt: skip
    """Say ahead what a body will consider, and when. The clerk; published from today on."""
    require("add_forward_item", permissions.forward_verbs(by, None))
    _refuse_elsewhere(body, meeting)
    if found := earlier(ForwardItem, once):
        return found
    item = ForwardItem.objects.create(
        body=body, kind=kind, title=title, plain=plain, decision_maker=decision_maker, lead=lead,
        meeting=meeting, due_on=due_on, urgent=urgent, restricted=restricted,
        restricted_why=restricted_why, origin_path=origin_path, once=once,
    )  # fmt: skip
    record("add_forward_item", item, by=by, detail=title)
    return item


@transaction.atomic
def change_forward_item(*, item: ForwardItem, by: User, **changes: Any) -> None:
    """Change what is foretold, or when. The clerk; the day of its first publication stays."""
    require("change_forward_item", permissions.forward_verbs(by, item))
    _refuse_elsewhere(item.body, changes.get("meeting"))
    item.move("change_forward_item", **changes)
    record("change_forward_item", item, by=by, detail=item.title)


@transaction.atomic
def drop_forward_item(*, item: ForwardItem, why: str, by: User) -> None:
    """Take something off the plan, with the reason kept. The clerk."""
    require("drop_forward_item", permissions.forward_verbs(by, item))
    item.move("drop_forward_item", dropped_why=why)
    record("drop_forward_item", item, by=by, detail=why)


@transaction.atomic
def take_forward_item(*, item: ForwardItem, meeting: Meeting, by: By) -> AgendaItem:
    """Put what was foretold on the agenda of its meeting. The clerk, or the clock when it is due."""
    require("take_forward_item", permissions.forward_verbs(by, item))
    _refuse_elsewhere(item.body, meeting)
    taken = place(
        meeting, by, kind=item.kind, title=item.title, plain=item.plain, lead=item.lead,
        restricted=item.restricted, restricted_why=item.restricted_why,
        origin_path=item.origin_path,
    )  # fmt: skip
    item.move("take_forward_item", meeting=meeting, item=taken)
    record("take_forward_item", item, by=by)
    return taken


def fill_from_plan(meeting: Meeting, by: By) -> list[AgendaItem]:
    """Everything that is foretold for this meeting, or due by its day, comes onto its agenda.

    A voice item waits for its words: somebody brings them, and then it is placed by hand.
    """
    due = Q(meeting=meeting)
    if meeting.on is not None:
        due |= Q(meeting__isnull=True, due_on__lte=meeting.on)
    found = ForwardItem.objects.ahead().filter(due, body=meeting.body_id)
    found = found.exclude(kind=AgendaItem.Kind.VOICE).select_related("body", "lead")
    return [take_forward_item(item=one, meeting=meeting, by=by) for one in found.order_by("pk")]


def bring_action_log(meeting: Meeting, by: By) -> AgendaItem | None:
    """An action log, when something is late and none stands on the agenda (A11)."""
    kind = AgendaItem.Kind.ACTION_LOG
    if meeting.items.filter(kind=kind).exists():
        return None
    if not Action.objects.late().filter(item__body=meeting.body_id).exists():
        return None
    return place(meeting, by, kind=kind, title=ACTION_LOG)


@transaction.atomic
def fill_agenda(*, meeting: Meeting, by: By) -> list[AgendaItem]:
    """Bring onto an agenda what comes by itself: answers from above, the plan, late actions.

    Planning a meeting and publishing its agenda do this; so does the clock in the weeks before.
    Each thing comes once.
    """
    if meeting.state != states.PLANNED or meeting.source:
        return []
    found = bring_answers(meeting, by) + fill_from_plan(meeting, by)
    log = bring_action_log(meeting, by)
    return [*found, log] if log else found


def _refuse_elsewhere(body: Body, meeting: Meeting | None) -> None:
    if meeting is not None and meeting.body_id != body.pk:
        raise ValueError("What is foretold of a body goes on an agenda of that body")
