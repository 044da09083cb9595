"""The states of stories, contributions and steps: verb → from, to."""

# Story
DRAFT = "draft"
ASSESSING = "assessing"
AUTHORISED = "authorised"
IN_PLAN = "in_plan"
PAUSED = "paused"
CLOSED = "closed"
LIVE = frozenset({DRAFT, ASSESSING, AUTHORISED, IN_PLAN, PAUSED})
BEFORE_PLAN = frozenset({DRAFT, ASSESSING, AUTHORISED})
PLANNING = frozenset({ASSESSING, AUTHORISED, IN_PLAN})
WITH_STEPS = frozenset({AUTHORISED, IN_PLAN, PAUSED})

STORY = {
    "read_story": (LIVE | {CLOSED}, None),
    "add_member": (LIVE, None),
    "change_member": (LIVE, None),
    "record_agreement": (LIVE, None),
    "withdraw_agreement": (LIVE, None),
    "change_agreement": (LIVE, None),
    "share_outside": (LIVE, None),
    "invite_to_team": (LIVE, None),
    "leave_team": (LIVE, None),
    "hand_over": (LIVE, None),
    "name_stand_in": (LIVE, None),
    "end_stand_in": (LIVE, None),
    "give_feedback": (LIVE | {CLOSED}, None),
    "begin_assessment": ({DRAFT}, ASSESSING),
    "contribute": (LIVE, None),
    "record_childs_words": (LIVE, None),
    "keep_drawing": (LIVE, None),
    "send_drawing": (LIVE, None),
    "judge_level": (LIVE, None),
    "say_words": (LIVE, None),
    "widen_words": (LIVE | {CLOSED}, None),
    "give_score": (LIVE, None),
    "open_door": (LIVE, None),
    "shut_door": (LIVE | {CLOSED}, None),
    "record_parents_words": (LIVE, None),
    "note_scale": (LIVE, None),
    "keep_contact": (LIVE, None),
    "note_oversight": (LIVE, None),
    "send_for_authorising": ({ASSESSING}, None),
    "authorise_story": ({ASSESSING}, AUTHORISED),
    "return_story": ({ASSESSING}, None),
    "add_goal": (PLANNING, None),
    "drop_goal": (PLANNING, None),
    "add_step": (PLANNING, None),
    "agree_plan": ({AUTHORISED, IN_PLAN}, IN_PLAN),
    "answer_plan": (WITH_STEPS, None),
    "plan_review": ({IN_PLAN}, None),
    "hold_review": ({IN_PLAN}, None),
    "pause_story": (PLANNING, PAUSED),
    "resume_story": ({PAUSED}, PLANNING),
    "step_up": (LIVE, None),
    "note_step_down": ({DRAFT, ASSESSING}, None),
    "ask_to_close": (LIVE, None),
    "end_withdrawn": (LIVE, None),
    "close_story": (LIVE, CLOSED),
    "return_closing": (LIVE, None),
    "seal_record": (LIVE | {CLOSED}, None),
    "review_seal": (LIVE | {CLOSED}, None),
    "lift_seal": (LIVE | {CLOSED}, None),
    "keep_safe_address": (LIVE | {CLOSED}, None),
    "open_safe_address": (LIVE | {CLOSED}, None),
}

# Enquiry: a request for help in
SOUGHT = "sought"
ACCEPTED = "accepted"
DECLINED = "declined"

ENQUIRY = {
    "accept_enquiry": ({SOUGHT}, ACCEPTED),
    "decline_enquiry": ({SOUGHT}, DECLINED),
    "tell_asker": ({ACCEPTED}, None),
}

# Contribution
WRITING = "writing"
SIGNED = "signed"

CONTRIBUTION = {
    "save_contribution": ({WRITING}, None),
    "sign_contribution": ({WRITING}, SIGNED),
}

# Step
TO_DO = "to_do"
DONE = "done"
NOT_DONE = "not_done"

STEP = {
    "finish_step": ({TO_DO}, DONE),
    "drop_step": ({TO_DO}, NOT_DONE),
    "take_up_step": ({DONE, NOT_DONE}, TO_DO),
}

NAMES = {
    DRAFT: "Being opened", ASSESSING: "Being written", AUTHORISED: "Authorised",
    IN_PLAN: "Plan under way", PAUSED: "Paused", CLOSED: "Closed", WRITING: "Draft",
    SIGNED: "Signed", TO_DO: "To do", DONE: "Done", NOT_DONE: "Not done",
    SOUGHT: "Asked for", ACCEPTED: "Accepted", DECLINED: "Declined",
}  # fmt: skip
