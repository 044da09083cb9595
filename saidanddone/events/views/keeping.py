"""Pages for whoever keeps sessions: plan, open, change, call off, close, share, read what was said."""

from django.contrib import messages
from django.db.models import Avg
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core.access import require
from saidanddone.core.files import FileRefused
from saidanddone.events import forms, permissions, states, verbs
from saidanddone.events.verbs.sessions import TooSmall
from saidanddone.events.views.shared import crumbs_to, deed, done_already, draw, kept, typed
from saidanddone.ui.filters import plural


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a session; words may come along from a wish."""
    require("plan_session", permissions.session_verbs(request.user, None))
    first = {"title": request.GET.get("title", "")[:160]}
    form = forms.SessionForm(typed(request), user=request.user, initial=first)
    if form.is_valid():
        return redirect(verbs.plan_session(**form.cleaned_data, by=request.user))
    crumbs = [("Sessions", "/sessions/")]
    return deed(
        request, "Plan a session", form, "Plan it", crumbs=crumbs,
        intro="Nobody else sees it until you open booking.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a session; whoever booked hears of a new time, place or way in."""
    session = kept(request, slug, "change_session")
    if done_already(request, session, "change_session"):
        return redirect(session)
    form = forms.SessionForm(typed(request), user=request.user, session=session)
    if form.is_valid():
        try:
            verbs.change_session(session=session, **form.cleaned_data, by=request.user)
            return redirect(session)
        except TooSmall as small:
            words = f"{plural(small.taken, 'place is', 'places are')} taken already"
            form.add_error("capacity", f"{words}. Give at least as many")
    warning = "A new time, place or way in is told to everybody who booked."
    return deed(
        request, f"Change {session.title}", form, "Save", crumbs=crumbs_to(session),
        warning=warning if session.state == states.OPEN else "",
    )  # fmt: skip


@require_POST
def open_booking(request: HttpRequest, slug: str) -> HttpResponse:
    """Open booking."""
    session = kept(request, slug, "open_session")
    if not done_already(request, session, "open_session"):
        verbs.open_session(session=session, by=request.user)
        messages.success(request, "Booking is open.")
    return redirect(session)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Call a session off, with the reason."""
    session = kept(request, slug, "cancel_session")
    if done_already(request, session, "cancel_session"):
        return redirect(session)
    form = forms.CancelForm(typed(request))
    if form.is_valid():
        verbs.cancel_session(session=session, **form.cleaned_data, by=request.user)
        return redirect(session)
    return deed(
        request, f"Call off {session.title}", form, "Call it off", crumbs=crumbs_to(session),
        grave=True,
    )  # fmt: skip


@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the register: those who came are asked how it was."""
    session = kept(request, slug, "close_session")
    if not done_already(request, session, "close_session"):
        verbs.close_session(session=session, by=request.user)
        messages.success(
            request, "The register is closed. Those who came have a letter on its way."
        )
    return redirect(session)


@require_http_methods(["GET", "POST"])
def materials(request: HttpRequest, slug: str) -> HttpResponse:
    """Add the fact sheet and the recording."""
    session = kept(request, slug, "share_materials")
    if done_already(request, session, "share_materials"):
        return redirect(session)
    form = forms.MaterialsForm(typed(request), request.FILES or None, session=session)
    if form.is_valid():
        try:
            verbs.share_materials(session=session, **form.cleaned_data, by=request.user)
            return redirect(session)
        except FileRefused as refused:
            form.add_error("upload", str(refused))
    return deed(
        request, "Fact sheet and recording", form, "Save", crumbs=crumbs_to(session)
    )  # fmt: skip


@require_safe
def evaluations(request: HttpRequest, slug: str) -> HttpResponse:
    """What people said of it, without their names."""
    session = kept(request, slug, "share_materials")
    said = permissions.visible_evaluations(request.user, session)
    means = said.aggregate(before=Avg("sure_before"), after=Avg("sure_after"))
    return draw(
        request, "evaluations", session=session, said=list(said[:200]), means=means,
        impacts=list(permissions.visible_impacts(request.user, session)[:200]),
        crumbs=crumbs_to(session),
    )  # fmt: skip
