"""How long records are kept: what is over, what is held, what waits for a second person, what is gone."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import keeping as forms
from saidanddone.earlyhelp.models import Story
from saidanddone.earlyhelp.views.guard import for_family_list, for_family_record
from saidanddone.earlyhelp.views.shared import deed, typed
from saidanddone.people.signin import asks_again
from saidanddone.ui.filters import fullday

MOST = 50
NOT_NOW = "That has changed meanwhile: it is held, or its day is not over. Nothing was taken away."
TWO = "Choose two, of whom one is a privacy officer: one proposes that it goes, the other agrees"
OVER = (
    "This record was kept until {}, and its time is over. It is sealed, so that no privacy officer "
    "knows that it is there. You do: say who may let it go. It stays as it is until they have."
)
NOT_THERE = "There is no record with this reference for you."


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_list
def keeping(request: HttpRequest) -> HttpResponse:
    """Everything about how long records are kept, on one page; and a hold."""
    user = request.user
    require("see_keeping", permissions.keeping_verbs(user))
    form = forms.HoldForm(request.POST or None)
    if form.is_valid():
        try:
            verbs.hold_record(by=user, **form.cleaned_data)
        except verbs.NotThere:
            form.add_error("reference", NOT_THERE)
        else:
            messages.success(request, "Held. It stays until somebody lifts the hold.")
            return redirect("keeping")
    status = 422 if form.is_bound else 200
    return render(request, "earlyhelp/keeping.html", _page(request, form), status=status)


@require_POST
@for_family_list
@asks_again
def hold_lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lift a hold."""
    found = get_object_or_404(permissions.visible_holds(request.user), pk=pk)
    verbs.lift_hold(hold=found, by=request.user)
    messages.success(request, "Lifted. The record’s own day counts again.")
    return redirect("keeping")


@require_POST
@for_family_list
@asks_again
def disposal_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose that a record whose time is over goes."""
    try:
        verbs.propose_disposal(story=pk, by=request.user)
    except Moved:
        messages.warning(request, NOT_NOW)
    else:
        messages.success(request, "Proposed. Another person agrees, or says why it stays.")
    return redirect("keeping")


@require_POST
@for_family_list
@asks_again
def disposal_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree that it goes, or say why it stays."""
    user = request.user
    found = get_object_or_404(permissions.visible_disposals(user), pk=pk)
    form = forms.StayForm(request.POST if "stay" in request.POST else None, auto_id=f"id_{pk}_%s")
    if form.is_bound and not form.is_valid():
        page = _page(request, forms.HoldForm(), form, pk)
        return render(request, "earlyhelp/keeping.html", page, status=422)
    try:
        if form.is_bound:
            verbs.refuse_disposal(disposal=found, by=user, **form.cleaned_data)
            messages.success(request, "It stays.")
        else:
            verbs.agree_disposal(disposal=found, by=user)
            messages.success(request, "Gone. What stays is a line with a reference and days.")
    except Moved:
        messages.warning(request, NOT_NOW)
    return redirect("keeping")


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_record("how long it is kept", permissions.TEAM)
@asks_again
def keepers(request: HttpRequest, story: Story) -> HttpResponse:
    """Say who may know of a sealed record whose time is over."""
    require("name_keepers", permissions.sealed_verbs(request.user, story))
    posts = permissions.deciders().exclude(user=request.user.pk)
    posts = posts.select_related("user", "organisation").order_by("user__name")
    form = forms.KeepersForm(typed(request), posts=posts)
    if form.is_valid():
        try:
            verbs.name_keepers(story=story, by=request.user, **form.cleaned_data)
        except verbs.TwoNeeded:
            form.add_error("people", TWO)
        else:
            messages.success(
                request, "They are told that something needs them, and find it by its reference."
            )
            return redirect("story", story.pk)
    intro = OVER.format(fullday(story.keep_until))
    return deed(request, story, "Who lets this record go?", form, "Name them", intro=intro)


def _page(
    request: HttpRequest, hold: django_forms.Form, stay: django_forms.Form | None = None,
    of: UUID | None = None,
) -> dict[str, Any]:  # fmt: skip
    user = request.user
    planned = list(permissions.visible_disposals(user)[:MOST])
    waiting = [one for one in planned if one.agreed_at is None and not one.refused_why]
    return {
        "form": hold, "can": permissions.keeping_verbs(user), "due": verbs.list_due(by=user),
        "holds": verbs.list_holds(by=user),
        "waiting": [
            (one, permissions.keeping_verbs(user, one),
             stay if one.pk == of else forms.StayForm(auto_id=f"id_{one.pk}_%s"))
            for one in waiting
        ],
        "gone": [one for one in planned if one.agreed_at is not None],
    }  # fmt: skip
