"""What machines read: calendars of sessions, all of them, by series, by topic and by person."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from saidanddone.core import clock
from saidanddone.core.calendars import MEDIA_TYPE
from saidanddone.core.pages import for_everyone, unless_known
from saidanddone.events import permissions, prints
from saidanddone.events.models import Session
from saidanddone.reference.models import Topic, partnership

BACK = timedelta(days=366)
MOST = 1000
NOBODY = AnonymousUser()


@login_not_required
@unless_known
@for_everyone
@require_safe
def sessions_calendar(request: HttpRequest) -> HttpResponse:
    """All sessions that have been opened, a year back and all that come."""
    name = f"{partnership().short_name}: sessions"
    return _file(prints.calendar_of(_of_late(_shown()), name), "sessions")


@login_not_required
@unless_known
@for_everyone
@require_safe
def series_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The sessions of one series."""
    series = get_object_or_404(permissions.visible_series(NOBODY), slug=slug)
    found = _of_late(_shown().filter(series=series))
    return _file(prints.calendar_of(found, series.title), series.slug)


@login_not_required
@unless_known
@for_everyone
@require_safe
def topic_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Sessions on one topic."""
    topic = get_object_or_404(Topic, code=slug)
    found = _of_late(_shown().filter(topics=topic))
    return _file(prints.calendar_of(found, f"Sessions: {topic.name}"), f"sessions-{slug}")


@login_not_required
@for_everyone
@require_safe
def session_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One session, to put into a calendar."""
    session = get_object_or_404(_shown(), slug=slug)
    return _file(prints.session_entry(session), session.slug)


@login_not_required
@require_safe
def booking_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """One's own place, to put into a calendar."""
    booking = permissions.booking_by(token)
    if booking is None:
        raise Http404
    return _private(prints.booking_entry(booking), booking.session.slug)


@login_not_required
@require_safe
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """All one's places, to follow: the link of any of them opens it."""
    booking = permissions.booking_by(token)
    if booking is None:
        raise Http404
    mine = permissions.bookings_of(booking.email)[:MOST]
    return _private(prints.own_calendar(mine), "my-sessions")


def _shown():
    return permissions.visible_sessions(NOBODY)


def _of_late(found) -> list[Session]:
    return list(found.filter(begins_at__gte=clock.now() - BACK).order_by("begins_at", "pk")[:MOST])


def _file(made: bytes, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


def _private(made: bytes, name: str) -> HttpResponse:
    response = _file(made, name)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
