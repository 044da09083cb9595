"""Booking a place: one page, no account."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from saidanddone.core import limits
from saidanddone.core.limits import Limit
from saidanddone.events import forms, permissions, verbs
from saidanddone.events.models import Session
from saidanddone.events.verbs.bookings import last_day_in_time
from saidanddone.events.views.shared import draw, private
from saidanddone.ui import errors

FROM_ONE_PLACE = Limit("book", most=60, seconds=600)  # a whole school may sit behind one address


@login_not_required
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, slug: str) -> HttpResponse:
    """Name, address, where one works; then the place is booked, or waited for."""
    session = get_object_or_404(permissions.visible_sessions(request.user), slug=slug)
    if "book_place" not in permissions.session_verbs(request.user, session):
        return redirect(session)
    if request.method == "POST":
        return _book(request, session)
    return _ask(request, session, forms.BookForm(session=session, initial=_known(request)))


def _book(request: HttpRequest, session: Session) -> HttpResponse:
    form = forms.BookForm(request.POST, session=session)
    if not form.is_valid():
        return _ask(request, session, form, status=422)
    if not FROM_ONE_PLACE.count(limits.address(request)):
        return errors.too_many(request)
    free = session.places_left is None or session.places_left > 0
    try:
        booking = verbs.book_place(session=session, **form.cleaned_data, by=request.user)
    except verbs.TooMany:
        return errors.too_many(request)
    mine = permissions.holds(request.user, booking)
    return private(draw(
        request, "booked", session=session, email=booking.email, booking=booking if mine else None,
        free=free, asks=session.asks_manager,
    ))  # fmt: skip


def _ask(
    request: HttpRequest, session: Session, form: forms.BookForm, status: int = 200
) -> HttpResponse:
    return draw(
        request, "book", status, session=session, form=form, full=session.places_left == 0,
        last_day=last_day_in_time(session),
    )  # fmt: skip


def _known(request: HttpRequest) -> dict[str, Any]:
    """What we know of somebody who is signed in, so that they need not type it."""
    user = request.user
    if not user.is_authenticated:
        return {}
    known = {"name": user.name, "email": user.email}
    if user.acting_for is None:
        return known
    where = user.acting_for.organisation
    return known | {"organisation": where.name, "sector": where.sector}
