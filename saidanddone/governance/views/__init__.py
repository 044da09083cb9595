"""Pages of boards, meetings, decisions and actions."""

from saidanddone.governance.views.actions import (
    action,
    action_ask_drop,
    action_complete,
    action_drop,
    action_hand_on,
    action_keep,
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
from saidanddone.governance.views.attending import (
    attendance_mark,
    attendee_add,
    attendee_remove,
    interest_act,
    quorum_declare,
)
from saidanddone.governance.views.boards import board, board_change, board_new, boards
from saidanddone.governance.views.calendars import calendar_end, calendar_make, my_calendar
from saidanddone.governance.views.circulating import (
    correction_make,
    correction_refuse,
    minutes,
    minutes_approve,
    minutes_check,
    minutes_circulate,
    minutes_correct,
    minutes_pdf,
    minutes_return,
)
from saidanddone.governance.views.decisions import decision, decision_assign, decisions
from saidanddone.governance.views.escalations import (
    escalation,
    escalation_answer,
    escalation_withdraw,
    item_escalate,
)
from saidanddone.governance.views.forward import (
    forward_add,
    forward_change,
    forward_drop,
    forward_plan,
    forward_plans,
    forward_take,
)
from saidanddone.governance.views.handing import hand_in, hand_in_score
from saidanddone.governance.views.imports import (
    board_import,
    board_import_take,
    board_import_undo,
    board_imports,
)
from saidanddone.governance.views.interests import (
    board_interests,
    interest_add,
    interest_end,
    interests,
    interests_confirm,
    item_declare,
)
from saidanddone.governance.views.items import act, agenda_item, answer, decide, end
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
from saidanddone.governance.views.mine import (
    my_boards,
)
from saidanddone.governance.views.minuting import (
    minute_save,
    minute_settle,
    minuting,
    minuting_deed,
    minuting_end,
)
from saidanddone.governance.views.packs import (
    pack,
    pack_again,
    pack_edition,
    pack_edition_members,
    pack_file,
    pack_members,
    supplement,
)
from saidanddone.governance.views.papers import paper, paper_add, paper_withdraw
from saidanddone.governance.views.risks import (
    risk,
    risk_add,
    risk_change,
    risk_close,
    risk_score,
    risk_tell,
    risks,
)
from saidanddone.governance.views.seats import appointment_end, seat, seat_add, seat_change, seats
from saidanddone.governance.views.series import (
    series,
)
from saidanddone.governance.views.standing import (
    standing,
    standing_add,
    standing_remove,
)
from saidanddone.governance.views.terms import (
    board_terms,
    terms,
    terms_add,
)
from saidanddone.governance.views.votes import decision_votes
from saidanddone.governance.views.young import item_young, item_young_score, young_meeting

__all__ = [
    "act", "action", "action_ask_drop", "action_complete", "action_drop", "action_hand_on",
    "action_keep", "action_update", "actions", "agenda_item", "answer", "appointment_end",
    "attendance_mark", "attendee_add", "attendee_remove", "board", "board_change", "board_import",
    "board_import_take", "board_import_undo", "board_imports", "board_interests",
    "board_meetings", "board_new", "board_terms", "boards", "calendar_end", "calendar_make",
    "cancel", "change", "close", "correction_make", "correction_refuse", "decide", "decision",
    "decision_assign", "decision_votes", "decisions", "end", "escalation", "escalation_answer",
    "escalation_withdraw", "excuse", "forward_add", "forward_change", "forward_drop",
    "forward_plan", "forward_plans", "forward_take", "hand_in", "hand_in_score", "interest_act",
    "interest_add", "interest_end", "interests", "interests_confirm", "item_add", "item_back",
    "item_change", "item_declare", "item_escalate", "item_young", "item_young_score", "meeting",
    "minute_save", "minute_settle", "minutes", "minutes_approve", "minutes_check",
    "minutes_circulate", "minutes_correct", "minutes_pdf", "minutes_return", "minuting",
    "minuting_deed", "minuting_end", "my_boards", "my_calendar", "order", "pack", "pack_again",
    "pack_edition", "pack_edition_members", "pack_file", "pack_members", "paper", "paper_add",
    "paper_withdraw", "plan", "proposal_accept", "proposal_decline", "proposals", "propose",
    "publish", "quorum_declare", "risk", "risk_add", "risk_change", "risk_close", "risk_score",
    "risk_tell", "risks", "seat", "seat_add", "seat_change", "seats", "series", "standing",
    "standing_add", "standing_remove", "supplement", "terms", "terms_add", "young_meeting",
]  # fmt: skip
