"""The page of one's own calendar address: made, shown once, renewed, ended."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from saidanddone.governance import permissions, verbs
from saidanddone.governance.views.shared import draw


@require_safe
def my_calendar(request: HttpRequest) -> HttpResponse:
    """How to have one's meetings in one's own calendar."""
    return draw(request, "calendar", **_page(request))


@require_POST
def calendar_make(request: HttpRequest) -> HttpResponse:
    """Make a new address, and show it this once."""
    once = _once(request)
    token = verbs.make_calendar_address(by=request.user, once=once)
    address = settings.SITE_ADDRESS + reverse("personal-calendar", args=[token])
    return draw(request, "calendar", **_page(request) | {"address": address})


@require_POST
def calendar_end(request: HttpRequest) -> HttpResponse:
    """End the address."""
    verbs.end_calendar_address(by=request.user)
    messages.success(request, "Your address has ended. Calendars that follow it see nothing more.")
    return redirect("my-calendar")


def _page(request: HttpRequest) -> dict[str, Any]:
    return {
        "kept": permissions.own_calendar_address(request.user), "address": "",
        "bodies": list(permissions.calendar_bodies(request.user).order_by("name")),
        "can": permissions.calendar_verbs(request.user), "once": uuid.uuid4(),
    }  # fmt: skip


def _once(request: HttpRequest) -> uuid.UUID:
    """The mark of this press; a button without one counts each time."""
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid.uuid4()
