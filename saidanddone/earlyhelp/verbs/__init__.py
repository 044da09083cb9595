"""Everything that can happen to a family's story, one function each."""

from saidanddone.earlyhelp.verbs.agreeing import (
    record_agreement,
    share_outside,
    withdraw_agreement,
)
from saidanddone.earlyhelp.verbs.authorising import (
    NotReady,
    authorise_story,
    return_story,
    send_for_authorising,
)
from saidanddone.earlyhelp.verbs.closing import (
    Said,
    ask_to_close,
    close_story,
    note_step_down,
    pause_story,
    resume_story,
    return_closing,
    step_up,
)
from saidanddone.earlyhelp.verbs.guarding import (
    AloneWithIt,
    keep_safe_address,
    lift_seal,
    open_safe_address,
    review_seal,
    seal_record,
)
from saidanddone.earlyhelp.verbs.opening import (
    AgreementNeeded,
    Impossible,
    NewMember,
    add_member,
    begin_assessment,
    change_member,
    open_story,
)
from saidanddone.earlyhelp.verbs.planning import (
    add_goal,
    add_step,
    agree_plan,
    answer_plan,
    drop_goal,
    drop_step,
    finish_step,
    take_up_step,
)
from saidanddone.earlyhelp.verbs.reading import note_refused, read_story, show_names
from saidanddone.earlyhelp.verbs.reviewing import (
    Came,
    Far,
    Felt,
    Held,
    hold_review,
    next_day,
    plan_review,
)
from saidanddone.earlyhelp.verbs.teams import (
    NotAgreed,
    hand_over,
    invite_to_team,
    leave_team,
)
from saidanddone.earlyhelp.verbs.writing import (
    contribute,
    judge_level,
    record_childs_words,
    save_contribution,
    sign_contribution,
)

__all__ = [
    "Came", "Far", "Felt", "Held", "NotReady", "Said", "add_goal", "add_step", "agree_plan",
    "answer_plan", "ask_to_close", "authorise_story", "close_story", "drop_goal", "drop_step",
    "finish_step", "hold_review", "next_day", "note_step_down", "pause_story", "plan_review",
    "resume_story", "return_closing", "return_story", "send_for_authorising", "step_up",
    "take_up_step",
    "AloneWithIt", "keep_safe_address", "lift_seal", "open_safe_address", "review_seal", "seal_record",
    "AgreementNeeded", "Impossible", "NewMember", "NotAgreed", "add_member", "begin_assessment", "change_member", "contribute",
    "hand_over", "invite_to_team", "judge_level", "leave_team", "note_refused", "open_story", "read_story",
    "record_agreement", "record_childs_words", "save_contribution", "share_outside", "show_names",
    "sign_contribution", "withdraw_agreement",
]  # fmt: skip
