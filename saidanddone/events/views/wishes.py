"""What people want to learn: asked by anybody, read by the clerk, answered with a session."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core import limits
from saidanddone.core.access import require
from saidanddone.core.limits import Limit
from saidanddone.core.numbers import number
from saidanddone.events import forms, permissions, verbs
from saidanddone.events.models import Wish
from saidanddone.events.views.shared import deed, done_already, draw, typed
from saidanddone.people.models import User
from saidanddone.ui import errors

ASKED = Limit("session-ask", most=20, seconds=600)
CRUMBS = [("Sessions", "/sessions/")]
MOST = 100


@login_not_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a session on something."""
    first = {"words": request.GET.get("words", "")[:200]}
    form = forms.AskForm(typed(request), initial=first)
    if form.is_valid():
        if not ASKED.count(limits.address(request)):
            return errors.too_many(request)
        by = request.user if isinstance(request.user, User) else None
        verbs.ask_for_session(**form.cleaned_data, by=by)
        return draw(request, "asked", told=bool(form.cleaned_data["email"]))
    return deed(
        request, "Ask for a session", form, "Ask for it", crumbs=CRUMBS,
        intro="Whoever plans the next sessions reads what people ask for.",
    )  # fmt: skip


@require_safe
def wishes(request: HttpRequest) -> HttpResponse:
    """What was wanted and not to be had, the most wanted first: the next sessions."""
    require("order_wishes", permissions.session_verbs(request.user, None))
    found = permissions.visible_wishes(request.user).unanswered()
    return draw(
        request, "wishes", wishes=permissions.together(found)[:MOST], crumbs=CRUMBS,
        full=list(permissions.wanted_more(request.user)[:20]),
        coming=list(permissions.visible_sessions(request.user).coming()[:MOST]),
    )  # fmt: skip


@require_POST
def wish_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A session that is planned answers it."""
    wish = _wish(request, pk)
    coming = permissions.visible_sessions(request.user).filter(state="open")
    session = get_object_or_404(coming, pk=number(request.POST.get("session")))
    if not done_already(request, wish, "answer_wish"):
        for one in permissions.alike(request.user, wish):
            verbs.answer_wish(wish=one, session=session, by=request.user)
        messages.success(request, "Those who left an address hear of it.")
    return redirect("session-wishes")


@require_POST
def wish_let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go."""
    wish = _wish(request, pk)
    if not done_already(request, wish, "let_wish_go"):
        for one in permissions.alike(request.user, wish):
            verbs.let_wish_go(wish=one, by=request.user)
    return redirect("session-wishes")


def _wish(request: HttpRequest, pk: int) -> Wish:
    return get_object_or_404(permissions.visible_wishes(request.user), pk=pk)
