"""Pages of boards, meetings, decisions and actions."""

from saidanddone.governance.views.actions import (
    action,
    action_complete,
    action_drop,
    action_hand_on,
    action_update,
    actions,
)
from saidanddone.governance.views.agendas import (
    item_add,
    item_back,
    item_change,
    order,
    proposal_accept,
    proposal_decline,
    proposals,
    propose,
)
from saidanddone.governance.views.boards import board, board_change, board_new, boards
from saidanddone.governance.views.calendars import calendar_end, calendar_make, my_calendar
from saidanddone.governance.views.decisions import decision, decision_assign, decisions
from saidanddone.governance.views.items import act, agenda_item, answer, decide, end, minute
from saidanddone.governance.views.meetings import (
    board_meetings,
    cancel,
    change,
    close,
    excuse,
    meeting,
    plan,
    publish,
)
from saidanddone.governance.views.papers import paper, paper_add, paper_withdraw
from saidanddone.governance.views.seats import appointment_end, seat, seat_add, seat_change, seats

__all__ = [
    "act", "action", "action_complete", "action_drop", "action_hand_on", "action_update", "actions",
    "agenda_item", "answer", "appointment_end", "board", "board_change", "board_meetings",
    "board_new", "boards", "calendar_end", "calendar_make", "cancel", "change", "close", "decide",
    "decision", "decision_assign", "decisions", "end", "excuse", "item_add", "item_back",
    "item_change", "meeting", "minute", "my_calendar", "order", "paper", "paper_add",
    "paper_withdraw", "plan", "proposal_accept", "proposal_decline", "proposals", "propose",
    "publish", "seat", "seat_add", "seat_change", "seats",
]  # fmt: skip
