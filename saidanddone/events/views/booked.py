"""One's own booking, behind the link in its letter: see it, change it, hand it on, give it up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.events import forms, permissions, states, verbs
from saidanddone.events.models import Booking
from saidanddone.events.verbs.bookings import last_day_in_time
from saidanddone.events.views.shared import (
    BOOKING_STATES,
    booking_crumbs,
    deed,
    done_already,
    draw,
    typed,
    with_booking,
)
from saidanddone.reference.models import partnership

OTHERS = 10


@with_booking
@require_safe
def booking(request: HttpRequest, booking: Booking) -> HttpResponse:
    """How it stands, the way in once sign-in is open, and what can be done."""
    session = booking.session
    others = permissions.bookings_of(booking.email).live().exclude(pk=booking.pk)
    return draw(
        request, "booking", booking=booking, session=session, state=BOOKING_STATES[booking.state],
        can=permissions.booking_verbs(None, booking), way_in=_way_in(booking),
        number=booking.number if booking.state == states.WAITING else 0,
        others=list(others[:OTHERS]), last_day=last_day_in_time(session),
        certificate=permissions.earns_certificate(booking, partnership().certificate_share),
        materials=permissions.sees_materials(None, session, [booking]),
    )  # fmt: skip


def _way_in(booking: Booking) -> str:
    """The joining link, for those who have a place, from when sign-in opens until the end."""
    session = booking.session
    has_place = booking.state in {states.BOOKED, states.CAME, states.CAME_IN_PART}
    is_on = session.state == states.OPEN and session.opens_at <= clock.now() < session.ends_at
    return session.link if has_place and is_on else ""


@with_booking
@require_http_methods(["GET", "POST"])
def booking_change(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Change name, organisation, needs or question."""
    if done_already(request, booking, "change_booking"):
        return redirect(booking)
    require("change_booking", permissions.booking_verbs(None, booking))
    form = forms.ChangeForm(typed(request), booking=booking)
    if form.is_valid():
        verbs.change_booking(booking=booking, **form.cleaned_data, by=None)
        messages.success(request, "Thank you. It is changed.")
        return redirect(booking)
    return deed(request, "Change your booking", form, "Save", crumbs=booking_crumbs(booking))


@with_booking
@require_http_methods(["GET", "POST"])
def booking_colleague(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Let a colleague come instead."""
    if done_already(request, booking, "send_colleague"):
        return redirect(booking)
    require("send_colleague", permissions.booking_verbs(None, booking))
    form = forms.ColleagueForm(typed(request), booking=booking)
    if form.is_valid():
        try:
            verbs.send_colleague(booking=booking, **form.cleaned_data, by=None)
            return draw(request, "handed_on", session=booking.session, email=booking.email)
        except verbs.Elsewhere:
            form.add_error("email", "They cannot take this place. Give it to somebody else")
    return deed(
        request, "Send a colleague", form, "Give them my place", crumbs=booking_crumbs(booking),
        intro="The place becomes theirs at once, and your own link opens nothing any more.",
    )  # fmt: skip


@with_booking
@require_POST
def booking_take(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Take the place that was offered."""
    if done_already(request, booking, "accept_offer"):
        return redirect(booking)
    try:
        verbs.accept_offer(booking=booking, by=None)
        messages.success(request, "The place is yours.")
    except Moved:
        messages.info(request, "The time to take it has run out. The place goes on.")
    return redirect(booking)


@with_booking
@require_http_methods(["GET", "POST"])
def booking_cancel(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Ask once more, then give the place up."""
    if done_already(request, booking, "cancel_booking"):
        return redirect(booking)
    require("cancel_booking", permissions.booking_verbs(None, booking))
    if request.method == "POST":
        verbs.cancel_booking(booking=booking, by=None)
        messages.success(request, "Thank you for telling us.")
        return redirect(booking)
    waits = booking.state == states.WAITING
    return deed(
        request, "Leave the waiting list" if waits else "Give up your place", None,
        "Leave the list" if waits else "Give up my place", crumbs=booking_crumbs(booking),
        grave=True, bare=True,
        intro="You may come back, at its end." if waits else "The next person in line gets it.",
    )  # fmt: skip
