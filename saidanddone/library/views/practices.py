"""Pages of good practice: all of it, one example, and what its contact and its readers do."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core.access import require
from saidanddone.core.pages import for_everyone
from saidanddone.library import forms, permissions, states, verbs
from saidanddone.library.models import Practice
from saidanddone.library.views.shared import (
    asked_before,
    deed,
    done_already,
    draw,
    practice_state,
    typed,
)

A_PAGE = 15
MOST = 50  # that wait, on one page


# ------------------------------------------------------------------ looking


@login_not_required
@for_everyone
@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """Examples that others could follow, the newest first."""
    form = forms.PracticeFilter(request.GET)
    form.is_valid()  # what makes no sense is left out, and what was typed stands in its field
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    found = narrowed(permissions.visible_practices(request.user).listed(), chosen)
    page = Paginator(found.with_contact(), A_PAGE).get_page(request.GET.get("page"))
    return draw(
        request, "practices", page=page, form=form, chosen=chosen, url_base=asked_before(request),
        sends=permissions.practice_verbs(request.user, None),
        reads=permissions.reads_practice(request.user),
        mine=list(permissions.own_unlisted_practices(request.user)),
    )  # fmt: skip


def narrowed(found: QuerySet[Practice], chosen: dict[str, Any]) -> QuerySet[Practice]:
    """The examples as far as somebody wants to see them."""
    if sector := chosen.get("sector"):
        found = found.filter(sector=sector)
    if topic := chosen.get("topic"):
        found = found.filter(topics__code=topic)
    for word in chosen.get("q", "").split()[:8]:
        found = found.filter(
            Q(title__icontains=word) | Q(done__icontains=word) | Q(children__icontains=word)
            | Q(changed__icontains=word)
        )  # fmt: skip
    return found.order_by("-published_at", "-pk")


@login_not_required
@for_everyone
@require_safe
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """One example: what was done, how children took part, what changed, whom to ask."""
    found = _practice(request, pk)
    return draw(
        request, "practice", practice=found, state=practice_state(found),
        topics=list(found.topics.all()), can=permissions.practice_verbs(request.user, found),
        names=permissions.works_here(request.user),
    )  # fmt: skip


@require_safe
def practices_waiting(request: HttpRequest) -> HttpResponse:
    """What was sent in and waits to be read, the oldest first."""
    waiting = permissions.visible_practices(request.user).filter(state=states.WAITING)
    if not permissions.reads_practice(request.user):
        waiting = waiting.none()
    found = waiting.with_contact().order_by("submitted_at", "pk")[:MOST]
    return draw(request, "practices_waiting", practices=list(found), crumbs=_crumbs())


# ------------------------------------------------------------------ telling


@require_http_methods(["GET", "POST"])
def practice_add(request: HttpRequest) -> HttpResponse:
    """Tell of something that worked."""
    require("submit_practice", permissions.practice_verbs(request.user, None))
    form = forms.PracticeForm(typed(request))
    if form.is_valid():
        made = verbs.submit_practice(**form.cleaned_data, by=request.user)
        messages.success(
            request, "Thank you. Somebody reads it before it is shown, and writes to you."
        )
        return redirect(made)
    return deed(
        request, "Tell us what worked", form, "Send it", crumbs=_crumbs(), nav="practice",
        intro="You are the one whom others ask about it. Every two years or so you say whether it is "
        "still so.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def practice_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's example."""
    found = _practice(request, pk)
    if done_already(request, found, "mend_practice"):
        return redirect(found)
    require("mend_practice", permissions.practice_verbs(request.user, found))
    form = forms.PracticeForm(typed(request), practice=found)
    if form.is_valid():
        verbs.mend_practice(practice=found, **form.cleaned_data, by=request.user)
        messages.success(request, "Thank you. It is read again before it is shown.")
        return redirect(found)
    asked = f"You were asked: {found.why}" if found.state == states.ASKED else ""
    return deed(
        request, "Change your example", form, "Send it", crumbs=_crumbs(found), nav="practice",
        warning=asked, intro="It is read again before others see it.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def practice_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is still so."""
    found = _practice(request, pk)
    if done_already(request, found, "confirm_practice"):
        return redirect(found)
    require("confirm_practice", permissions.practice_verbs(request.user, found))
    if request.method == "POST":
        verbs.confirm_practice(practice=found, by=request.user)
        messages.success(request, "Thank you. It stays on the list.")
        return redirect(found)
    return draw(request, "practice_confirm", practice=found, crumbs=_crumbs(found))


# ------------------------------------------------------------------ reading before it is shown


@require_POST
def practice_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody find it."""
    found = _practice(request, pk)
    if not done_already(request, found, "publish_practice"):
        verbs.publish_practice(practice=found, by=request.user)
        messages.success(request, "It is out, and its contact has been told.")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def practice_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask its contact to change something first."""
    return _sent_back(
        request, pk, "ask_for_change", "Ask for a change", "What would you like to be changed?"
    )


@require_http_methods(["GET", "POST"])
def practice_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Not take it, with the reason."""
    return _sent_back(request, pk, "decline_practice", "Not take it", "Why is it not taken?")


@require_http_methods(["GET", "POST"])
def practice_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off for good, with the reason."""
    return _sent_back(request, pk, "withdraw_practice", "Take it back", "Why is it taken back?")


def _sent_back(request: HttpRequest, pk: int, verb: str, button: str, label: str) -> HttpResponse:
    """A page that asks for a reason, and then does what the verb says."""
    found = _practice(request, pk)
    if done_already(request, found, verb):
        return redirect(found)
    require(verb, permissions.practice_verbs(request.user, found))
    form = forms.ReasonForm(typed(request), label=label)
    if form.is_valid():
        getattr(verbs, verb)(practice=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return deed(
        request, f"{button}: {found.title}", form, button, crumbs=_crumbs(found), nav="practice",
        grave=verb != "ask_for_change",
    )  # fmt: skip


def _practice(request: HttpRequest, pk: int) -> Practice:
    visible = permissions.visible_practices(request.user).with_contact()
    return get_object_or_404(visible, pk=pk)


def _crumbs(*practices: Practice) -> list[tuple[str, str]]:
    rest = [(one.title, one.get_absolute_url()) for one in practices]
    return [("Library", reverse("library")), ("Good practice", reverse("practices")), *rest]
