"""Everything that can happen to a family's story, one function each."""

from saidanddone.earlyhelp.verbs.agreeing import (
    record_agreement,
    share_outside,
    withdraw_agreement,
)
from saidanddone.earlyhelp.verbs.opening import (
    AgreementNeeded,
    NewMember,
    add_member,
    begin_assessment,
    open_story,
)
from saidanddone.earlyhelp.verbs.reading import note_refused, read_story, show_names
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
    "AgreementNeeded", "NewMember", "NotAgreed", "add_member", "begin_assessment", "contribute",
    "hand_over", "invite_to_team", "judge_level", "leave_team", "note_refused", "open_story", "read_story",
    "record_agreement", "record_childs_words", "save_contribution", "share_outside", "show_names",
    "sign_contribution", "withdraw_agreement",
]  # fmt: skip
