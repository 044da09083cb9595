"""Everything that can happen in this area, one function each."""

from saidanddone.participation.verbs.captions import caption
from saidanddone.participation.verbs.issues import (
    ask_question,
    group_voices,
    raise_issue,
    reword_issue,
    tell_step,
    withdraw_issue,
)
from saidanddone.participation.verbs.judging import (
    judge_reply,
    judge_reply_as_group,
    lapse_judgement,
    say_if_it_happened,
    silent_voices,
)
from saidanddone.participation.verbs.lateness import (
    bring_back,
    bring_to_board,
    remind_owner,
    tell_lead,
)
from saidanddone.participation.verbs.replies import (
    change_reply,
    finish_issue,
    refuse_issue,
    reply_to_issue,
    send_reply,
)
from saidanddone.participation.verbs.routing import leave_agenda, route_issue, table_issue
from saidanddone.participation.verbs.thread import agree_title, answer_question
from saidanddone.participation.verbs.told import Hindered, answer_due, closed_days, judge_by
from saidanddone.participation.verbs.triage import (
    end_duty,
    hand_voice_on,
    hold_voice,
    holds_to_pass_on,
    open_held_voice,
    pass_held_voice_on,
    release_voice,
    set_duty,
    somebody_reads_now,
    tells_of_harm,
)
from saidanddone.participation.verbs.voices import (
    add_words,
    correct_voice,
    publish_voice,
    read_voice,
    record_voice,
    renew_code,
    start_gathering,
    take_back_voice,
    unpublish_voice,
)

__all__ = [
    "Hindered", "add_words", "agree_title", "answer_due", "answer_question", "ask_question",
    "bring_back", "bring_to_board", "caption", "change_reply", "closed_days", "correct_voice", "end_duty",
    "finish_issue", "group_voices", "hand_voice_on", "hold_voice", "holds_to_pass_on",
    "judge_by", "judge_reply", "judge_reply_as_group", "lapse_judgement", "leave_agenda",
    "open_held_voice",
    "pass_held_voice_on", "publish_voice", "raise_issue", "read_voice", "record_voice",
    "refuse_issue", "release_voice", "remind_owner", "renew_code", "reply_to_issue",
    "reword_issue", "route_issue", "say_if_it_happened", "send_reply", "set_duty",
    "silent_voices", "somebody_reads_now", "start_gathering", "table_issue", "take_back_voice",
    "tell_lead", "tell_step", "tells_of_harm", "unpublish_voice", "withdraw_issue",
]  # fmt: skip
