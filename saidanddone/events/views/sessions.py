"""Pages of sessions: those to come, those past, one of them, and what it left."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from saidanddone.core import clock
from saidanddone.core.files import answer as file_answer
from saidanddone.core.pages import for_everyone
from saidanddone.events import forms, permissions, states
from saidanddone.events.models import Booking, Session
from saidanddone.events.views.shared import (
    SESSION_STATES,
    draw,
    places_in_words,
    with_booking,
)
from saidanddone.ui.filters import clocktime

A_PAGE = 20


@login_not_required
@for_everyone
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """What is coming up, or what fits a few words, past ones too."""
    form = forms.SessionFilter(request.GET)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    visible = permissions.visible_sessions(request.user)
    found = permissions.fitting(visible, words) if words else visible.coming()
    page = Paginator(found.with_queue(), A_PAGE).get_page(request.GET.get("page"))
    return draw(
        request, "sessions", page=page, rows=[session_row(one) for one in page], words=words,
        series=list(permissions.visible_series(request.user)),
        can=permissions.session_verbs(request.user, None),
    )  # fmt: skip


@login_not_required
@for_everyone
@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """What has been held, the latest first."""
    found = permissions.visible_sessions(request.user).past().with_queue()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return draw(request, "past", page=page, rows=[session_row(one) for one in page])


def session_row(session: Session) -> dict[str, Any]:
    """A session as it stands in a list of dates."""
    return {
        "on": session.on, "title": session.title, "href": session.get_absolute_url(),
        "words": _standing(session),
    }  # fmt: skip


def _standing(session: Session) -> str:
    if session.state in {states.CANCELLED, states.DRAFT}:
        return SESSION_STATES[session.state].words
    if session.is_past:
        kept = []
        if permissions.sees_materials(None, session):
            kept += ["fact sheet"] if session.fact_sheet else []
            kept += ["recording"] if session.recording else []
        return "Past, with " + " and ".join(kept) if kept else "Past"
    where = "online" if session.is_online else session.place
    left = places_in_words(session, getattr(session, "waiting", 0))
    return f"{clocktime(session.begins_at)}, {where}. {left}"


@login_not_required
@for_everyone
@require_safe
def session(request: HttpRequest, slug: str) -> HttpResponse:
    """One session: what it is for, who is talking, when, where, and how many places are left."""
    visible = permissions.visible_sessions(request.user).with_queue().with_topics()
    found = get_object_or_404(visible.select_related("series"), slug=slug)
    return draw(
        request, "session", session=found, can=permissions.session_verbs(request.user, found),
        state=SESSION_STATES[found.state], places=places_in_words(found, found.waiting),
        more=_more(request, found), keeps=permissions.keeps_sessions(request.user),
        materials=permissions.sees_materials(request.user, found), now_open=_shows_link(found),
    )  # fmt: skip


def _more(request: HttpRequest, found: Session) -> list[dict[str, Any]]:
    """Two others of its series that come, and the last one held."""
    if found.series_id is None:
        return []
    others = permissions.visible_sessions(request.user).filter(series=found.series_id)
    coming = others.exclude(pk=found.pk).coming().with_queue()[:3]
    return [session_row(one) for one in coming]


def _shows_link(found: Session) -> bool:
    return found.state == states.OPEN and found.opens_at <= clock.now() < found.ends_at


@login_not_required
@require_safe
def by_number(request: HttpRequest, pk: int) -> HttpResponse:
    """The short address of a session, for lists that know its number."""
    return redirect(get_object_or_404(permissions.visible_sessions(request.user), pk=pk))


@login_not_required
@require_safe
def fact_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The fact sheet itself, for whoever may have it now."""
    found = get_object_or_404(permissions.visible_sessions(request.user), slug=slug)
    return _file(found, allowed=permissions.sees_materials(request.user, found))


@with_booking
@require_safe
def booking_fact_sheet(request: HttpRequest, booking: Booking) -> HttpResponse:
    """The same for those who booked."""
    found = booking.session
    return _file(found, allowed=permissions.sees_materials(None, found, [booking]))


def _file(found: Session, *, allowed: bool) -> HttpResponse:
    if not allowed or not found.fact_sheet:
        raise Http404
    try:
        file = found.fact_sheet.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    ending = found.fact_sheet.name.rpartition(".")[2]
    return file_answer(file, f"{found.slug}-fact-sheet.{ending}", found.fact_sheet_type)
