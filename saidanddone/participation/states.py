"""The states of voices, holds, issues and replies: verb → from, to."""

# Voice
WAITING = "waiting"  # nobody has read it yet
HELD = "held"  # it may tell of harm: only the safeguarding lead on duty sees it
HANDED_ON = "handed_on"  # taken up outside this record
READ = "read"  # read by a person, names covered, may be grouped
TAKEN_BACK = "taken_back"

VOICE = {
    "hold_voice": ({WAITING, READ}, HELD),
    "open_held_voice": ({HELD}, None),
    "pass_held_voice_on": ({HELD}, None),
    "release_voice": ({HELD}, {WAITING, TAKEN_BACK}),  # back to be read, or gone as was asked
    "hand_voice_on": ({HELD}, HANDED_ON),
    "read_voice": ({WAITING, READ}, READ),
    "publish_voice": ({READ}, None),
    "unpublish_voice": ({READ}, None),
    "renew_code": ({WAITING, HELD, READ, HANDED_ON}, None),
    "add_words": ({WAITING, HELD, READ, HANDED_ON}, None),  # a second voice, on the same thread
    "correct_voice": ({WAITING, READ}, None),  # likewise, saying what the first should have said
    # Held words are gone for all others at once; the safeguarding lead still looks at them.
    "take_back_voice": ({WAITING, HELD, READ, HANDED_ON}, {HELD, TAKEN_BACK}),
}

# Issue
RAISED = "raised"
ROUTED = "routed"
TABLED = "tabled"
REPLIED = "replied"
PROMISED = "promised"
CLOSED = "closed"
REOPENED = "reopened"
WITHDRAWN = "withdrawn"

WITH_US = {RAISED, ROUTED, TABLED, REOPENED}  # an answer is owed

ISSUE = {
    "group_voices": (WITH_US, None),
    "route_issue": (WITH_US, ROUTED),
    "table_issue": ({ROUTED, TABLED, REOPENED}, TABLED),  # one Tabling row per meeting
    "reword_issue": (WITH_US, None),
    "ask_question": (WITH_US, None),
    "agree_title": (WITH_US, None),  # by each who raised it
    "answer_question": (WITH_US | {REPLIED, PROMISED}, None),
    "tell_step": (WITH_US | {REPLIED, PROMISED}, None),  # piloted, part done, no answer yet …
    "withdraw_issue": (WITH_US, WITHDRAWN),
    "refuse_issue": (WITH_US, REPLIED),  # "we can't, because" is a reply
    "reply_to_issue": ({ROUTED, TABLED, REOPENED}, REPLIED),
    "judge_reply": ({REPLIED}, {REPLIED, PROMISED, CLOSED, REOPENED}),
    "judge_reply_as_group": ({REPLIED}, {REPLIED, PROMISED, CLOSED, REOPENED}),
    "lapse_judgement": ({REPLIED}, {PROMISED, CLOSED}),
    "finish_issue": ({PROMISED}, CLOSED),
    "say_if_it_happened": ({CLOSED}, None),
    "remind_owner": (WITH_US, None),  # late: first the owner is told,
    "tell_lead": (WITH_US, None),  # then their lead,
    "bring_to_board": (WITH_US, None),  # then it stands before the board as a voice item
    "leave_agenda": ({TABLED}, {ROUTED, REOPENED}),  # its item was put back or not taken
    "bring_back": (WITH_US | {REPLIED, PROMISED, CLOSED}, None),  # to those who raised it
}

# Reply
DRAFT = "draft"
SENT = "sent"

REPLY = {
    "change_reply": ({DRAFT}, None),
    "send_reply": ({DRAFT}, SENT),
}

NAMES = {
    WAITING: "Not read yet", HELD: "Held", HANDED_ON: "Handed on", READ: "Read",
    TAKEN_BACK: "Taken back", RAISED: "Raised", ROUTED: "With someone", TABLED: "On an agenda",
    REPLIED: "Answered", PROMISED: "Being done", CLOSED: "Finished", REOPENED: "Looked at again",
    WITHDRAWN: "Withdrawn", DRAFT: "Draft", SENT: "Sent",
}  # fmt: skip
