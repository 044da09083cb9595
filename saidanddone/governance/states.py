"""The states of meetings, items, actions, minutes and what lies ahead: verb → from, to."""

# Meeting
PLANNED = "planned"
PUBLISHED = "published"
MINUTED = "minuted"
CANCELLED = "cancelled"

MEETING = {
    "add_agenda_item": ({PLANNED, PUBLISHED}, None),
    "order_agenda": ({PLANNED, PUBLISHED}, None),
    "change_meeting": ({PLANNED, PUBLISHED}, None),
    "excuse_missing_voice": ({PLANNED}, None),
    "publish_agenda": ({PLANNED}, PUBLISHED),
    "make_supplement": ({PUBLISHED}, None),  # a further edition of the pack, for what came late
    "close_meeting": ({PUBLISHED}, MINUTED),
    "cancel_meeting": ({PLANNED, PUBLISHED}, CANCELLED),
    # What another system says of a meeting that was read from it, and back again.
    "import_meetings": (
        {PLANNED, PUBLISHED, MINUTED, CANCELLED},
        {PLANNED, MINUTED, CANCELLED},
    ),
    "undo_import": (
        {PLANNED, MINUTED, CANCELLED},
        {PLANNED, PUBLISHED, MINUTED, CANCELLED},
    ),
}

# AgendaItem
PROPOSED = "proposed"
ON_AGENDA = "on_agenda"
DECLINED = "declined"
ENDED = "ended"

ITEM = {
    "accept_item": ({PROPOSED}, ON_AGENDA),
    "decline_item": ({PROPOSED}, DECLINED),
    "put_item_back": ({ON_AGENDA}, PROPOSED),  # off this agenda, waiting for another
    "change_item": ({PROPOSED, ON_AGENDA}, None),
    "hand_in": ({ON_AGENDA}, None),  # its lead's cover sheet
    "add_paper": ({PROPOSED, ON_AGENDA}, None),
    "minute_item": ({ON_AGENDA, ENDED}, None),
    "write_young_version": ({ON_AGENDA, ENDED}, None),
    "record_decision": ({ON_AGENDA}, None),
    "assign_action": ({ON_AGENDA, ENDED}, None),
    "note_answer": ({ON_AGENDA}, None),  # a voice item answered there and then
    "end_item": ({ON_AGENDA}, ENDED),
    "import_meetings": ({ON_AGENDA, ENDED}, {ON_AGENDA, ENDED}),
    "undo_import": ({ON_AGENDA, ENDED}, {ON_AGENDA, ENDED}),
}

# Action
OPEN = "open"
IN_HAND = "in_hand"
DONE = "done"
DROPPED = "dropped"

ACTION = {
    "update_action": ({OPEN, IN_HAND}, IN_HAND),
    "hand_action_on": ({OPEN, IN_HAND}, None),
    "complete_action": ({OPEN, IN_HAND}, DONE),
    "ask_to_drop": ({OPEN, IN_HAND}, None),  # its owner says why; the chair agrees or not
    "keep_action": ({OPEN, IN_HAND}, None),  # the chair does not agree: it stays to be done
    "drop_action": ({OPEN, IN_HAND}, DROPPED),
    "remind_of_action": ({OPEN, IN_HAND}, None),
}

# Minutes
DRAFT = "draft"
CHECKED = "checked"
CIRCULATED = "circulated"
APPROVED = "approved"

MINUTES = {
    "check_minutes": ({DRAFT}, CHECKED),  # by the chair
    "return_minutes": ({DRAFT, CHECKED}, DRAFT),  # with what the chair wants put right
    "circulate_minutes": ({CHECKED}, CIRCULATED),
    "propose_correction": ({CIRCULATED}, None),
    "print_minutes": ({CIRCULATED, APPROVED}, None),
    "approve_minutes": ({CIRCULATED}, APPROVED),  # at a later meeting; nothing changes after it
}

# Correction
ASKED = "asked"
MADE = "made"
NOT_MADE = "not_made"

CORRECTION = {
    "make_correction": ({ASKED}, MADE),
    "refuse_correction": ({ASKED}, NOT_MADE),
}

# Pack
WANTED = "wanted"
FAILED = "failed"
RETIRED = "retired"

PACK = {
    "make_pack": ({WANTED}, MADE),
    "fail_pack": ({WANTED}, FAILED),
    "ask_pack_again": ({FAILED}, WANTED),
    "retire_pack": ({MADE}, RETIRED),  # something in it was taken back: nobody opens it any more
}

# ForwardItem
AHEAD = "ahead"
TAKEN = "taken"
LET_GO = "let_go"

FORWARD = {
    "change_forward_item": ({AHEAD}, None),
    "take_forward_item": ({AHEAD}, TAKEN),
    "drop_forward_item": ({AHEAD}, LET_GO),
}

# Escalation
SENT_UP = "sent_up"
ANSWERED = "answered"
BACK = "back"
WITHDRAWN = "withdrawn"

ESCALATION = {
    "answer_escalation": ({SENT_UP}, ANSWERED),
    "return_answer": ({ANSWERED}, BACK),  # onto the group's next agenda
    "withdraw_escalation": ({SENT_UP}, WITHDRAWN),
}

# Risk
WATCHED = "watched"
OVER = "over"

RISK = {
    "change_risk": ({WATCHED}, None),
    "score_risk": ({WATCHED}, None),
    "tell_risk": ({WATCHED}, None),  # to the body above
    "remind_of_risk": ({WATCHED}, None),
    "close_risk": ({WATCHED}, OVER),
}

# Import
READ = "read"
IMPORTED = "imported"
UNDONE = "undone"

IMPORT = {
    "import_meetings": ({READ}, IMPORTED),
    "undo_import": ({IMPORTED}, UNDONE),
}

NAMES = {
    PLANNED: "Being planned", PUBLISHED: "Agenda published", MINUTED: "Minutes written",
    CANCELLED: "Cancelled", PROPOSED: "Proposed", ON_AGENDA: "On the agenda",
    DECLINED: "Not taken", ENDED: "Ended", OPEN: "Not started", IN_HAND: "In hand",
    DONE: "Done", DROPPED: "Will not be done", DRAFT: "Draft", CHECKED: "Checked by the chair",
    CIRCULATED: "Circulated, not yet agreed", APPROVED: "Agreed and locked",
    ASKED: "Asked for", MADE: "Made", NOT_MADE: "Not made", WANTED: "Being made",
    FAILED: "Could not be made", RETIRED: "Taken back", AHEAD: "Ahead",
    TAKEN: "On an agenda", LET_GO: "Taken off",
    SENT_UP: "Sent up", ANSWERED: "Answered", BACK: "Answer brought back",
    WITHDRAWN: "Taken back", WATCHED: "Watched", OVER: "Closed",
    READ: "Read, not yet taken in", IMPORTED: "Taken in", UNDONE: "Undone",
}  # fmt: skip
