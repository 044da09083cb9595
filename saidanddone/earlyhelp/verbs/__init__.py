"""Everything that can happen to a family's story, one function each."""

from saidanddone.earlyhelp.verbs.agreeing import (
    record_agreement,
    share_outside,
)
from saidanddone.earlyhelp.verbs.asking import (
    NobodyToAsk,
    answer_asking,
    ask_or_tell,
    read_asking,
    read_own,
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
from saidanddone.earlyhelp.verbs.drafting import Overtaken, settle_rival, write_section
from saidanddone.earlyhelp.verbs.glass import Paused, break_glass, review_broken_glass
from saidanddone.earlyhelp.verbs.guarding import (
    AloneWithIt,
    keep_safe_address,
    lift_seal,
    open_safe_address,
    review_seal,
    seal_record,
)
from saidanddone.earlyhelp.verbs.door import (
    change_agreement,
    give_score,
    say_words,
    widen_words,
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
from saidanddone.earlyhelp.verbs.telling import (
    keep_contact,
    note_oversight,
    note_scale,
    record_parents_words,
)
from saidanddone.earlyhelp.verbs.watching import (
    Looked,
    Unusual,
    look_for_unusual,
    report_looks,
)
from saidanddone.earlyhelp.verbs.writing import (
    NothingToSign,
    contribute,
    judge_level,
    record_childs_words,
    save_contribution,
    sign_contribution,
)
from saidanddone.earlyhelp.verbs.withdrawing import (
    answer_safety,
    record_resolution,
    withdraw_agreement,
)

__all__ = [
    "NobodyToAsk", "answer_asking", "ask_or_tell", "read_asking", "read_own", "change_agreement",
    "give_score", "say_words", "widen_words", "answer_safety", "record_resolution",
    "AgreementNeeded",
    "AloneWithIt",
    "Came",
    "Far",
    "Felt",
    "Held",
    "Impossible",
    "Looked",
    "NewMember",
    "NotAgreed",
    "NotReady",
    "NothingToSign",
    "Overtaken",
    "Paused",
    "Said",
    "Unusual",
    "add_goal",
    "add_member",
    "add_step",
    "agree_plan",
    "answer_plan",
    "ask_to_close",
    "authorise_story",
    "begin_assessment",
    "break_glass",
    "change_member",
    "close_story",
    "contribute",
    "drop_goal",
    "drop_step",
    "finish_step",
    "hand_over",
    "hold_review",
    "invite_to_team",
    "judge_level",
    "keep_contact",
    "keep_safe_address",
    "leave_team",
    "lift_seal",
    "look_for_unusual",
    "next_day",
    "note_oversight",
    "note_refused",
    "note_scale",
    "note_step_down",
    "open_safe_address",
    "open_story",
    "pause_story",
    "plan_review",
    "read_story",
    "record_agreement",
    "record_childs_words",
    "record_parents_words",
    "report_looks",
    "resume_story",
    "return_closing",
    "return_story",
    "review_broken_glass",
    "review_seal",
    "save_contribution",
    "seal_record",
    "send_for_authorising",
    "settle_rival",
    "share_outside",
    "show_names",
    "sign_contribution",
    "step_up",
    "take_up_step",
    "withdraw_agreement",
    "write_section",
]  # fmt: skip
