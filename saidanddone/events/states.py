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
BOOKED = "booked"
LAPSED = "lapsed"
GIVEN_UP = "given_up"
CAME = "came"
CAME_IN_PART = "came_in_part"
DID_NOT_COME = "did_not_come"

BOOKING = {
    "change_booking": ({WAITING, OFFERED, BOOKED}, None),
    "send_colleague": ({BOOKED}, None),
    "offer_place": ({WAITING}, OFFERED),
    "accept_offer": ({OFFERED}, BOOKED),
    "lapse_offer": ({OFFERED}, LAPSED),
    "cancel_booking": ({WAITING, OFFERED, BOOKED}, GIVEN_UP),
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
    BOOKED: "Booked", LAPSED: "The offer ran out", GIVEN_UP: "Cancelled", CAME: "Came",
    CAME_IN_PART: "Came for a part", DID_NOT_COME: "Did not come", READ: "Read, not yet taken in",
    TAKEN: "Taken in", UNDONE: "Undone", ASKED: "Asked for", ANSWERED: "A session is planned",
    LET_GO: "Not now",
}  # fmt: skip
