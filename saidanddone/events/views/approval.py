"""A manager's answer, behind the one link in their letter: looking at it answers nothing."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from saidanddone.core import limits
from saidanddone.core.lifecycle import Moved
from saidanddone.events import forms, permissions, verbs
from saidanddone.events.models import Booking
from saidanddone.events.views.shared import WRONG_LINKS, draw, private, typed
from saidanddone.ui import errors


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def approval(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, for what and until when; yes, or no with a reason."""
    place = limits.address(request)
    if limits.spent((WRONG_LINKS, place)):
        return private(errors.too_many(request))
    booking = permissions.booking_by_manager(token)
    if booking is None:
        WRONG_LINKS.count(place)
        return private(draw(request, "link_gone", 404))
    form = forms.ApprovalForm(typed(request))
    if permissions.manager_verbs(booking) and form.is_valid():
        _answer(booking, form)
    status = 422 if form.errors else 200
    can = permissions.manager_verbs(booking)
    return private(draw(
        request, "approval", status, booking=booking, session=booking.session, form=form, can=can,
    ))  # fmt: skip


def _answer(booking: Booking, form: forms.ApprovalForm) -> None:
    """Do what they said; if it was answered or given up this moment, the page says how it stands."""
    try:
        if form.cleaned_data["answer"] == "yes":
            verbs.approve_booking(booking=booking)
        else:
            verbs.decline_booking(booking=booking, why=form.cleaned_data["why"])
    except Moved:
        booking.refresh_from_db()
