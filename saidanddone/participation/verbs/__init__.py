"""Everything that can happen in this area, one function each."""

from saidanddone.participation.verbs.issues import (
    ask_question,
    group_voices,
    raise_issue,
    reword_issue,
    route_issue,
    table_issue,
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
from saidanddone.participation.verbs.told import Hindered, answer_due, judge_by

__all__ = [
    "Hindered", "answer_due", "ask_question", "bring_back", "bring_to_board", "change_reply",
    "finish_issue", "group_voices", "judge_by", "judge_reply", "judge_reply_as_group",
    "lapse_judgement", "raise_issue", "refuse_issue", "remind_owner", "reply_to_issue",
    "reword_issue", "route_issue", "say_if_it_happened", "send_reply", "silent_voices",
    "table_issue", "tell_lead", "tell_step", "withdraw_issue",
]  # fmt: skip
