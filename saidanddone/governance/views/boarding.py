"""What the pages that belong to one board have in common: the board, its side list, review days."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from saidanddone.core import clock
from saidanddone.governance import permissions, states
from saidanddone.governance.views.shared import State, keep_seats
from saidanddone.reference.models import partnership
from saidanddone.ui.filters import day, plural

ESCALATED = {
    states.SENT_UP: State("s-with", "Waits for an answer", "watch"),
    states.ANSWERED: State("s-done", "Answered", "good"),
    states.BACK: State("s-done", "Answered, and back with the group", "good"),
    states.WITHDRAWN: State("s-no", "Taken back"),
}


def board_of(request: HttpRequest, slug: str, *needed: str) -> dict[str, Any]:
    """A board, what this person sees of it and may do; not found without what the page needs."""
    keep_seats(request)
    body = get_object_or_404(permissions.visible_bodies(request.user), slug=slug)
    seen = permissions.seen_of_body(request.user, body)
    if not set(needed) <= seen:
        raise Http404
    return {"body": body, "seen": seen, "can": permissions.body_verbs(request.user, body)}


@require_safe
def board_number(request: HttpRequest, pk: int) -> HttpResponse:
    """A board by its number, as the day of its clerk knows it."""
    return redirect(get_object_or_404(permissions.visible_bodies(request.user), pk=pk))


@require_safe
def terms_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Terms of reference by their number."""
    visible = permissions.visible_terms(request.user).select_related("body")
    return redirect(get_object_or_404(visible, pk=pk))


@require_safe
def interests_number(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own page of the register, by the number of one's post."""
    return redirect("interests")


def review_state(review_on: date | None) -> State:
    """How long until something is due to be looked at again."""
    if review_on is None:
        return State("s-idle", "No review day")
    left = (review_on - clock.today()).days
    if left < 0:
        return State("s-off", f"Review {plural(-left, 'day', 'days')} late", "bad")
    if left <= partnership().terms_warning_days:
        return State("s-watch", f"Review due by {day(review_on)}", "watch")
    return State("s-track", f"Review by {day(review_on)}", "good")
