"""What the pages of governance have in common: base page, numbering, states in words, deeds."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living
from saidanddone.governance import permissions, states
from saidanddone.governance.models import Action, Body, Meeting
from saidanddone.ui.filters import plural
from saidanddone.ui.tags import State

SOON_DAYS = 14  # days before its day on which an action is marked as due soon


def draw(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page for whoever looks: the public's, or the desk of those who are signed in.

    People are named to those who work here; everybody else reads their office.
    """
    context["base"] = "desk.html" if request.user.is_authenticated else "front.html"
    context["named"] = permissions.works_here(request.user)
    response = render(request, f"governance/{template}.html", context, status=status)
    patch_vary_headers(response, ["Cookie"])
    return response


def keep_seats(request: HttpRequest) -> None:
    """Ask once where this person sits, for this one page."""
    request.user.seats_now = permissions.held_seats(request.user)


def done_already(request: HttpRequest, record: Living, verb: str) -> bool:
    """Whether the deed was overtaken, by a second press or by somebody else; says so kindly."""
    if verb in record.open_verbs():
        return False
    messages.info(request, "That has been done already. This is how it stands now.")
    return True


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, however empty; None when somebody only looks."""
    return request.POST if request.method == "POST" else None


def deed(
    request: HttpRequest, title: str, form: forms.Form | None, button: str, *, crumbs: list,
    status: int = 200, **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page with one form and one button."""
    filled = {"intro": "", "grave": False, "nav": "boards", "warning": ""} | more
    return draw(
        request, "deed", status, title=title, form=form, button=button, crumbs=crumbs, **filled
    )


def crumbs_to(body: Body, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Boards, this board, and what lies between it and the page."""
    return [("Boards", "/boards/"), (body.name, body.get_absolute_url()), *more]


def action_state(action: Action, today: date) -> State:
    """How an action stands: late before anything else, then soon, then how far it is."""
    if action.state == states.DONE:
        return State("s-done", "Done", "good")
    if action.state == states.DROPPED:
        return State("s-no", "Will not be done")
    if action.days_late:
        return State("s-off", f"{plural(action.days_late, 'day', 'days')} late", "bad")
    left = (action.due_on - today).days
    if left <= SOON_DAYS:
        words = "Due today" if left == 0 else f"Due in {plural(left, 'day', 'days')}"
        return State("s-watch", words, "watch")
    if action.state == states.IN_HAND:
        return State("s-track", "In hand", "good")
    return State("s-idle", "Not started")


def meeting_state(meeting: Meeting) -> State:
    """How a meeting stands."""
    if meeting.state == states.PUBLISHED and meeting.on and meeting.on <= clock.today():
        return State("s-with", "Being minuted", "info")
    if meeting.minuted_elsewhere:
        return State("s-done", "Held elsewhere")
    return {
        states.PLANNED: State("s-idle", "Being planned"),
        states.PUBLISHED: State("s-with", "Agenda is out", "info"),
        states.MINUTED: State("s-done", "Minutes written", "good"),
        states.CANCELLED: State("s-no", "Called off"),
    }[meeting.state]
