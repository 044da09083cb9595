"""What board craft adds to an item's page: interests, a question sent up, the live list of actions."""

import re
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from saidanddone.core import clock
from saidanddone.governance import permissions, states
from saidanddone.governance.models import AgendaItem, Interest
from saidanddone.governance.views.boarding import ESCALATED
from saidanddone.governance.views.shared import action_state

MOST = 50  # actions in one log
SHORTEST = 5  # letters of a word by which an interest and an item may touch
WORD = re.compile(rf"\w{{{SHORTEST},}}")
COMMON = {
    "about", "board", "child", "children", "council", "group", "member", "partnership", "people",
    "plan", "school", "schools", "their", "there", "through", "which", "young",
}  # fmt: skip


def with_craft(user: Any, items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """Items with the questions sent up from them, and whether one has declared an interest."""
    here = OuterRef("pk")
    sent = permissions.visible_escalations(user).exclude(state=states.WITHDRAWN)
    sent = sent.filter(Q(source_item=here) | Q(board_item=here) | Q(answer_item=here))
    told = JSONObject(id="id", question="question", state="state")
    mine = permissions.own_declarations(user).filter(item=here)
    return items.annotate(sent=ArraySubquery(sent.values(data=told)), declared=Exists(mine))


def craft_of(request: HttpRequest, item: AgendaItem) -> dict[str, Any]:
    """What of it this person may see and do, for an item that carries `with_craft`."""
    user = request.user
    return {
        "may_declare": permissions.may_declare_ahead(user, item),
        "may_escalate": permissions.may_escalate(user, item),
        "sent_up": [row | {"state": ESCALATED[row["state"]]} for row in item.sent or []],
        "touching": _touching(request, item), "action_log": _log(request, item),
    }  # fmt: skip


def _touching(request: HttpRequest, item: AgendaItem) -> list[Interest]:
    """For clerk and chair, until it has ended: standing interests that may touch this item."""
    if item.state != states.ON_AGENDA or not permissions.reads_private(request.user, item.body):
        return []
    words = _words(f"{item.title} {item.wording} {item.plain}")
    found = permissions.interests_of(request.user, item.meeting)
    return [one for one in found if _words(one.nature) & words]


def _words(said: str) -> set[str]:
    return {word.lower() for word in WORD.findall(said)} - COMMON


def _log(request: HttpRequest, item: AgendaItem) -> list[tuple[Any, Any]] | None:
    """At an action log: what is open now, the longest late first; not kept, read anew each time."""
    if item.kind != AgendaItem.Kind.ACTION_LOG or item.state != states.ON_AGENDA:
        return None
    found = permissions.visible_actions(request.user).filter(item__body=item.body_id)
    rows = found.under_way().with_owner().select_related("decision")[:MOST]
    return [(action, action_state(action, clock.today())) for action in rows]
