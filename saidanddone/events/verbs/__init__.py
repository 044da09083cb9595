"""Everything that can happen to sessions, bookings, attendance, learning and wishes."""

from saidanddone.events.verbs.afterwards import (
    add_learning,
    ask_impact,
    close_session,
    evaluate_session,
    send_learning_link,
    share_materials,
    tell_impact,
)
from saidanddone.events.verbs.approval import approve_booking, decline_booking, lapse_approval
from saidanddone.events.verbs.attendance import (
    Taken,
    read_attendance,
    take_attendance,
    undo_attendance,
)
from saidanddone.events.verbs.bookings import (
    Elsewhere,
    TooMany,
    book_place,
    cancel_booking,
    change_booking,
    send_colleague,
)
from saidanddone.events.verbs.queue import accept_offer, lapse_offer, offer_place
from saidanddone.events.verbs.register import add_walk_in, mark_attendance, mark_register
from saidanddone.events.verbs.series import change_series, start_series
from saidanddone.events.verbs.sessions import (
    cancel_session,
    change_session,
    hold_session,
    open_session,
    plan_session,
    remind_booked,
)
from saidanddone.events.verbs.wishes import answer_wish, ask_for_session, let_wish_go

__all__ = [
    "Elsewhere", "Taken", "TooMany", "accept_offer", "add_learning", "add_walk_in",
    "answer_wish", "approve_booking", "ask_for_session", "ask_impact", "book_place",
    "cancel_booking", "cancel_session", "change_booking", "change_series", "change_session",
    "close_session", "decline_booking", "evaluate_session", "hold_session", "lapse_approval",
    "lapse_offer", "let_wish_go", "mark_attendance", "mark_register", "offer_place",
    "open_session", "plan_session", "read_attendance", "remind_booked", "send_colleague",
    "send_learning_link", "share_materials", "start_series", "take_attendance", "tell_impact",
    "undo_attendance",
]  # fmt: skip
