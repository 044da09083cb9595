"""What the pages of sessions have in common: base page, deeds, states and places in words."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from saidanddone.core import limits
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Living
from saidanddone.core.limits import Limit
from saidanddone.events import permissions, states
from saidanddone.events.models import Booking, Session
from saidanddone.ui import errors
from saidanddone.ui.filters import plural
from saidanddone.ui.tags import State

View = Callable[..., HttpResponse]
WRONG_LINKS = Limit("booking-link", most=60, seconds=600)  # links that open nothing, from one place


SESSION_STATES = {
    states.DRAFT: State("s-idle", "Not open yet"),
    states.OPEN: State("s-with", "Booking is open", "info"),
    states.HELD: State("s-watch", "Held: close the register", "watch"),
    states.CLOSED: State("s-done", "Past", "good"),
    states.CANCELLED: State("s-no", "Called off", "bad"),
}
BOOKING_STATES = {
    states.WAITING: State("wait", "On the waiting list", "info"),
    states.OFFERED: State("s-watch", "A place is free for you", "watch"),
    states.WITH_MANAGER: State("s-with", "Kept for you while your manager is asked", "info"),
    states.NOT_APPROVED: State("s-no", "Your manager said no"),
    states.BOOKED: State("s-done", "You have a place", "good"),
    states.LAPSED: State("s-none", "The time ran out"),
    states.GIVEN_UP: State("s-no", "Cancelled"),
    states.CAME: State("s-done", "You were there", "good"),
    states.CAME_IN_PART: State("s-track", "You were there for a part", "good"),
    states.DID_NOT_COME: State("s-none", "You could not come"),
}


def draw(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page for whoever looks: the public's, or the desk of those who are signed in."""
    signed_in = request.user.is_authenticated
    context["base"] = "desk.html" if signed_in else "front.html"
    response = render(request, f"events/{template}.html", context, status=status)
    patch_vary_headers(response, ["Cookie"])
    return response


def deed(
    request: HttpRequest, title: str, form: forms.Form | None, button: str, *, crumbs: list,
    status: int = 200, **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page with one form and one button."""
    filled = {"intro": "", "grave": False, "warning": ""} | more
    if form is not None and form.errors:
        status = 422
    return draw(
        request, "deed", status, title=title, form=form, button=button, crumbs=crumbs, **filled
    )


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, however empty; None when somebody only looks."""
    return request.POST if request.method == "POST" else None


def kept(request: HttpRequest, slug: str, verb: str) -> Session:
    """The session, if this person may do this to sessions like it."""
    session = get_object_or_404(permissions.visible_sessions(request.user), slug=slug)
    if verb in session.open_verbs():
        require(verb, permissions.session_verbs(request.user, session))
    elif not permissions.keeps_sessions(request.user):
        require(verb, set())
    return session


def done_already(request: HttpRequest, record: Living, verb: str) -> bool:
    """Whether the deed was overtaken, by a second press or by somebody else; says so kindly."""
    if verb in record.open_verbs():
        return False
    messages.info(request, "That has been done already. This is how it stands now.")
    return True


def crumbs_to(session: Session, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Sessions, this session, and what lies between it and the page."""
    return [("Sessions", "/sessions/"), (session.title, session.get_absolute_url()), *more]


def places_in_words(session: Session, waiting: int = 0) -> str:
    """How many places are left, or how many wait for one."""
    left = session.places_left
    if left is None:
        return "Booking is open"
    if left == 0 or waiting:
        queue = f": {plural(waiting, 'person waits', 'people wait')}" if waiting else ""
        return f"Full{queue}. You can join the waiting list"
    return f"{left} of {plural(session.capacity, 'place', 'places')} left"


def with_booking(view: View) -> View:
    """Hand the view the booking that the link opens; such pages are never kept or listed.

    Whoever has the link may do what the page offers, and nothing hangs on a cookie: there is no
    token to forge, and a phone without cookies works.
    """

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, token: str, **rest: Any) -> HttpResponse:
        place = limits.address(request)
        if limits.spent((WRONG_LINKS, place)):
            return private(errors.too_many(request))
        booking = permissions.booking_by(token)
        if booking is None:
            WRONG_LINKS.count(place)
            return private(draw(request, "link_gone", 404))
        return private(view(request, booking, **rest))

    return opened


def private(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, told on by nobody."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def booking_crumbs(booking: Booking) -> list[tuple[str, str]]:
    """From the sessions to one's own booking."""
    return [("Sessions", "/sessions/"), ("Your booking", booking.get_absolute_url())]
