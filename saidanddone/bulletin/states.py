"""The states of items, editions and subscriptions: verb → from, to."""

# Item
UNCONFIRMED = "unconfirmed"  # by somebody whose address has not answered yet
SUBMITTED = "submitted"
ACCEPTED = "accepted"
DECLINED = "declined"
PRINTED = "printed"

ITEM = {
    "confirm_item": ({UNCONFIRMED}, SUBMITTED),
    "change_item": ({SUBMITTED, ACCEPTED}, None),
    "accept_item": ({SUBMITTED}, ACCEPTED),
    "decline_item": ({SUBMITTED, ACCEPTED}, DECLINED),
    "print_item": ({ACCEPTED}, PRINTED),  # with the edition that it stands in
}

# Edition
DRAFT = "draft"
READY = "ready"
SCHEDULED = "scheduled"
SENT = "sent"

EDITION = {
    "add_news": ({DRAFT}, None),  # what has come since it was made
    "write_opening": ({DRAFT}, None),
    "arrange_edition": ({DRAFT}, None),
    "change_entry": ({DRAFT}, None),
    "leave_entry_out": ({DRAFT}, None),
    "put_entry_in": ({DRAFT}, None),
    "hand_edition_on": ({DRAFT}, {READY, SCHEDULED}),  # to a second person, or to the clock
    "approve_edition": ({READY}, SCHEDULED),
    "stop_edition": ({READY, SCHEDULED}, DRAFT),
    "send_edition": ({SCHEDULED}, SENT),
}

# Subscription
ASKED = "asked"
LIVE = "live"
ENDED = "ended"
WITHDRAWN = "withdrawn"  # its list was taken back after a letter had left: its links still work

SUBSCRIPTION = {
    "take_contacts": ({WITHDRAWN}, {ASKED, LIVE}),  # it stands in a later list
    "ask_for_bulletin": ({ASKED, ENDED, WITHDRAWN}, ASKED),
    "confirm_subscription": ({ASKED, WITHDRAWN}, LIVE),
    # by somebody whose address has answered already
    "take_bulletin": ({ASKED, ENDED, WITHDRAWN}, LIVE),
    "choose_topics": ({LIVE}, None),
    "undo_contacts": ({ASKED, LIVE}, WITHDRAWN),
    "end_subscription": ({ASKED, LIVE, WITHDRAWN}, ENDED),
}

# List of contacts
ADDED = "added"
UNDONE = "undone"

CONTACT_LIST = {"undo_contacts": ({ADDED}, UNDONE)}

NAMES = {
    UNCONFIRMED: "Address not confirmed", SUBMITTED: "Waiting to be read",
    ACCEPTED: "For the next bulletin", DECLINED: "Not taken", PRINTED: "In a bulletin",
    DRAFT: "Being put together", READY: "Waiting for a second person",
    SCHEDULED: "Goes out at its hour", SENT: "Sent",
}  # fmt: skip
