"""Pages of sessions, bookings, registers, attendance, learning and wishes."""

from saidanddone.events.views.approval import approval
from saidanddone.events.views.attendance import attendance, attendance_file, attendance_undo
from saidanddone.events.views.booked import (
    booking,
    booking_cancel,
    booking_change,
    booking_colleague,
    booking_take,
)
from saidanddone.events.views.keeping import (
    cancel,
    change,
    close,
    evaluations,
    materials,
    open_booking,
    plan,
)
from saidanddone.events.views.learning import (
    booking_evaluate,
    booking_impact,
    booking_learning,
    booking_table,
    certificate,
    learning_add,
    my_learning,
    my_table,
)
from saidanddone.events.views.places import book
from saidanddone.events.views.register import register, walk_in
from saidanddone.events.views.series import series, series_change, series_new
from saidanddone.events.views.sessions import (
    booking_fact_sheet,
    by_number,
    fact_sheet,
    past,
    session,
    sessions,
)
from saidanddone.events.views.wishes import ask, wish_answer, wish_let_go, wishes

__all__ = [
    "approval", "ask", "attendance", "attendance_file", "attendance_undo", "book", "booking",
    "booking_cancel", "booking_change", "booking_colleague", "booking_evaluate",
    "booking_fact_sheet", "booking_impact", "booking_learning", "booking_table", "booking_take",
    "by_number", "cancel", "certificate", "change", "close", "evaluations", "fact_sheet",
    "learning_add", "materials", "my_learning", "my_table", "open_booking", "past", "plan",
    "register", "series", "series_change", "series_new", "session", "sessions", "walk_in",
    "wish_answer", "wish_let_go", "wishes",
]  # fmt: skip
