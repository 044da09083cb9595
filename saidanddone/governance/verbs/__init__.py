"""Everything that can happen to bodies, meetings, agendas, decisions and actions."""

from saidanddone.governance.verbs.actions import (
    assign_action,
    complete_action,
    drop_action,
    hand_action_on,
    remind_of_action,
    update_action,
)
from saidanddone.governance.verbs.agendas import (
    accept_item,
    add_agenda_item,
    add_paper,
    change_item,
    decline_item,
    order_agenda,
    propose_item,
    put_item_back,
    withdraw_paper,
)
from saidanddone.governance.verbs.bodies import (
    Taken,
    add_seat,
    appoint,
    change_body,
    change_seat,
    create_body,
    end_appointment,
)
from saidanddone.governance.verbs.meetings import (
    NoVoice,
    cancel_meeting,
    change_meeting,
    close_meeting,
    excuse_missing_voice,
    plan_meeting,
    publish_agenda,
)
from saidanddone.governance.verbs.minutes import (
    VoiceNotAnswered,
    end_item,
    minute_item,
    note_answer,
    record_decision,
)

__all__ = [
    "NoVoice", "Taken", "VoiceNotAnswered", "accept_item", "add_agenda_item", "add_paper",
    "add_seat", "appoint", "assign_action", "cancel_meeting", "change_body", "change_item",
    "change_meeting", "change_seat", "close_meeting", "complete_action", "create_body",
    "decline_item", "drop_action", "end_appointment", "end_item", "excuse_missing_voice",
    "hand_action_on", "minute_item", "note_answer", "order_agenda", "plan_meeting",
    "propose_item", "publish_agenda", "put_item_back", "record_decision", "remind_of_action",
    "update_action", "withdraw_paper",
]  # fmt: skip
