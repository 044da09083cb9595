"""Everything that can happen to bodies, meetings, agendas, decisions and actions."""

from saidanddone.governance.verbs.actions import (
    ask_to_drop,
    assign_action,
    complete_action,
    drop_action,
    hand_action_on,
    keep_action,
    remind_of_action,
    update_action,
)
from saidanddone.governance.verbs.agendas import (
    accept_item,
    add_agenda_item,
    change_item,
    decline_item,
    order_agenda,
    propose_item,
    put_item_back,
)
from saidanddone.governance.verbs.attendance import (
    Mark,
    act_on_interest,
    add_attendee,
    declare_interest,
    declare_quorum,
    mark_attendance,
    remove_attendee,
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
from saidanddone.governance.verbs.calendars import end_calendar_address, make_calendar_address
from saidanddone.governance.verbs.circulating import (
    CorrectionsWait,
    TextsWait,
    approve_minutes,
    check_minutes,
    circulate_minutes,
    make_correction,
    may_agree,
    propose_correction,
    record_votes,
    refuse_correction,
    return_minutes,
)
from saidanddone.governance.verbs.escalations import (
    answer_escalation,
    escalate_item,
    return_answer,
    withdraw_escalation,
)
from saidanddone.governance.verbs.forward import (
    add_forward_item,
    change_forward_item,
    drop_forward_item,
    fill_agenda,
    fill_from_plan,
    take_forward_item,
)
from saidanddone.governance.verbs.imports import (
    forget_undecided_imports,
    import_meetings,
    look_again,
    look_at_meetings,
    read_meetings,
    take_meetings,
    undo_import,
)
from saidanddone.governance.verbs.interests import (
    add_interest,
    confirm_interests,
    declare_ahead,
    end_interest,
    remind_of_interests,
)
from saidanddone.governance.verbs.meetings import (
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
    note_answer,
    record_decision,
)
from saidanddone.governance.verbs.minuting import (
    Overtaken,
    minute_item,
    settle_text,
    write_young_version,
)
from saidanddone.governance.verbs.packs import (
    Changed,
    NoVoice,
    ask_pack_again,
    fail_pack,
    make_pack,
    make_supplement,
    retire_pack,
)
from saidanddone.governance.verbs.papers import (
    add_paper,
    ask_for_paper,
    hand_in,
    remind_of_paper,
    withdraw_paper,
)
from saidanddone.governance.verbs.risks import (
    add_risk,
    change_risk,
    close_risk,
    remind_of_risk,
    score_risk,
    tell_risk,
)
from saidanddone.governance.verbs.series import (
    closed_among,
    plan_series,
)
from saidanddone.governance.verbs.terms import (
    add_terms,
    warn_of_seats,
    warn_of_terms,
)

__all__ = [
    "Changed", "CorrectionsWait", "Mark", "NoVoice", "Overtaken", "Taken", "TextsWait",
    "VoiceNotAnswered", "accept_item", "act_on_interest", "add_agenda_item", "add_attendee",
    "add_forward_item", "add_interest", "add_paper", "add_risk", "add_seat", "add_terms",
    "answer_escalation", "appoint", "approve_minutes", "ask_for_paper", "ask_pack_again",
    "ask_to_drop", "assign_action", "cancel_meeting", "change_body", "change_forward_item",
    "change_item", "change_meeting", "change_risk", "change_seat", "check_minutes",
    "circulate_minutes", "close_meeting", "close_risk", "closed_among", "complete_action",
    "confirm_interests", "create_body", "declare_ahead", "declare_interest", "declare_quorum",
    "decline_item", "drop_action", "drop_forward_item", "end_appointment", "end_calendar_address",
    "end_interest", "end_item", "escalate_item", "excuse_missing_voice", "fail_pack", "fill_agenda",
    "fill_from_plan", "forget_undecided_imports", "hand_action_on", "hand_in", "import_meetings",
    "keep_action", "look_again", "look_at_meetings", "make_calendar_address", "make_correction",
    "make_pack", "make_supplement", "mark_attendance", "may_agree", "minute_item", "note_answer",
    "order_agenda", "plan_meeting", "plan_series", "propose_correction", "propose_item",
    "publish_agenda", "put_item_back", "read_meetings", "record_decision", "record_votes",
    "refuse_correction", "remind_of_action", "remind_of_interests", "remind_of_paper",
    "remind_of_risk", "remove_attendee", "retire_pack", "return_answer", "return_minutes",
    "score_risk", "settle_text", "take_forward_item", "take_meetings", "tell_risk", "undo_import",
    "update_action", "warn_of_seats", "warn_of_terms", "withdraw_escalation", "withdraw_paper",
    "write_young_version",
]  # fmt: skip
