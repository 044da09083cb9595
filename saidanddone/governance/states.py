"""The states of meetings, items and actions: verb → from, to."""

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
    "close_meeting": ({PUBLISHED}, MINUTED),
    "cancel_meeting": ({PLANNED, PUBLISHED}, CANCELLED),
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
    "add_paper": ({PROPOSED, ON_AGENDA}, None),
    "minute_item": ({ON_AGENDA, ENDED}, None),
    "record_decision": ({ON_AGENDA}, None),
    "assign_action": ({ON_AGENDA, ENDED}, None),
    "note_answer": ({ON_AGENDA}, None),  # a voice item answered there and then
    "end_item": ({ON_AGENDA}, ENDED),
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
    "drop_action": ({OPEN, IN_HAND}, DROPPED),
    "remind_of_action": ({OPEN, IN_HAND}, None),
}

NAMES = {
    PLANNED: "Being planned", PUBLISHED: "Agenda published", MINUTED: "Minutes written",
    CANCELLED: "Cancelled", PROPOSED: "Proposed", ON_AGENDA: "On the agenda",
    DECLINED: "Not taken", ENDED: "Ended", OPEN: "Not started", IN_HAND: "In hand",
    DONE: "Done", DROPPED: "Will not be done",
}  # fmt: skip
