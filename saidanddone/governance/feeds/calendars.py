"""Calendars to follow: of one body for everybody, of one person at their own secret address."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from saidanddone.core import clock, limits
from saidanddone.core.calendars import MEDIA_TYPE
from saidanddone.core.pages import for_everyone, unless_known
from saidanddone.governance import permissions, prints

BACK = timedelta(days=366)
MOST = 1000
TRIES = limits.Limit("calendar-try", 60, 3600)  # wrong addresses, from one place in an hour
FETCHES = limits.Limit("calendar-fetch", 60, 3600)  # of one calendar, in an hour


@login_not_required
@unless_known
@for_everyone
@require_safe
def body_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The meetings of a body that everybody may know of."""
    nobody = AnonymousUser()
    body = get_object_or_404(permissions.visible_bodies(nobody), slug=slug)
    if "meetings" not in permissions.seen_of_body(nobody, body):
        raise Http404
    found = _of_late(permissions.visible_meetings(nobody).filter(body=body))
    return _file(prints.body_calendar(body, found), f"{body.slug}.ics")


@login_not_required
@unless_known
@cache_control(private=True, no_store=True)
@require_safe
def personal_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of whoever holds this address: their rights are looked at each time."""
    place = limits.address(request)
    if limits.spent((TRIES, place)):
        return _too_often()
    holder = permissions.calendar_holder(token)
    if holder is None:
        TRIES.count(place)
        raise Http404
    if not FETCHES.count(token):
        return _too_often()
    found = _of_late(permissions.calendar_meetings(holder))
    return _file(prints.personal_calendar(holder, found), "my-meetings.ics")


def _of_late(meetings: Any) -> Any:
    """A year back and all that is to come, on days that are known."""
    known = meetings.filter(precision="day", on__gte=clock.today() - BACK)
    return known.select_related("body").order_by("on", "pk")[:MOST]


def _file(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _too_often() -> HttpResponse:
    words = "This calendar was asked for too often. Try again in an hour."
    return HttpResponse(
        words, status=429, content_type="text/plain; charset=utf-8",
        headers={"Retry-After": "3600", "Cache-Control": "no-store"},
    )  # fmt: skip
