"""The states of sessions, bookings, attendance files and wishes: verb → from, to."""

# Session. That it is full is counted, never kept.
DRAFT = "draft"
OPEN = "open"
HELD = "held"
CLOSED = "closed"
CANCELLED = "cancelled"

SESSION = {
    "change_session": ({DRAFT, OPEN}, None),
    "open_session": ({DRAFT}, OPEN),
    "book_place": ({OPEN}, None),
    "remind_booked": ({OPEN}, None),
    "hold_session": ({OPEN}, HELD),
    "mark_register": ({OPEN, HELD}, None),
    "add_walk_in": ({OPEN, HELD}, None),
    "read_attendance": ({OPEN, HELD}, None),
    "share_materials": ({HELD, CLOSED}, None),
    "close_session": ({OPEN, HELD}, CLOSED),  # once it has ended
    "ask_impact": ({CLOSED}, None),
    "cancel_session": ({DRAFT, OPEN}, CANCELLED),
}

# Booking
WAITING = "waiting"
OFFERED = "offered"
WITH_MANAGER = "with_manager"  # a place is held while their manager is asked
BOOKED = "booked"
LAPSED = "lapsed"
NOT_APPROVED = "not_approved"
GIVEN_UP = "given_up"
CAME = "came"
CAME_IN_PART = "came_in_part"
DID_NOT_COME = "did_not_come"

BOOKING = {
    "change_booking": ({WAITING, OFFERED, WITH_MANAGER, BOOKED}, None),
    "send_colleague": ({BOOKED}, None),
    "offer_place": ({WAITING}, OFFERED),
    "accept_offer": ({OFFERED}, {BOOKED, WITH_MANAGER}),  # the second where a manager is asked
    "lapse_offer": ({OFFERED}, LAPSED),
    "approve_booking": ({WITH_MANAGER}, BOOKED),
    "decline_booking": ({WITH_MANAGER}, NOT_APPROVED),
    "lapse_approval": ({WITH_MANAGER}, LAPSED),
    "cancel_booking": ({WAITING, OFFERED, WITH_MANAGER, BOOKED}, GIVEN_UP),
    "mark_attendance": (
        {BOOKED, CAME, CAME_IN_PART, DID_NOT_COME},
        {BOOKED, CAME, CAME_IN_PART, DID_NOT_COME},
    ),
    "evaluate_session": ({CAME, CAME_IN_PART}, None),
    "tell_impact": ({CAME, CAME_IN_PART}, None),
}

# AttendanceFile
READ = "read"
TAKEN = "taken"
UNDONE = "undone"

ATTENDANCE = {
    "take_attendance": ({READ}, TAKEN),
    "undo_attendance": ({TAKEN}, UNDONE),
}

# Wish
ASKED = "asked"
ANSWERED = "answered"
LET_GO = "let_go"

WISH = {
    "answer_wish": ({ASKED}, ANSWERED),
    "let_wish_go": ({ASKED}, LET_GO),
}

NAMES = {
    DRAFT: "Not open yet", OPEN: "Booking is open", HELD: "Held, to be closed", CLOSED: "Past",
    CANCELLED: "Called off", WAITING: "On the waiting list", OFFERED: "A place is offered",
    WITH_MANAGER: "With their manager", NOT_APPROVED: "Their manager said no",
    BOOKED: "Booked", LAPSED: "The time ran out", GIVEN_UP: "Cancelled", CAME: "Came",
    CAME_IN_PART: "Came for a part", DID_NOT_COME: "Did not come", READ: "Read, not yet taken in",
    TAKEN: "Taken in", UNDONE: "Undone", ASKED: "Asked for", ANSWERED: "A session is planned",
    LET_GO: "Not now",
}  # fmt: skip
