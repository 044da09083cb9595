"""Pages of actions: mine, everybody's for those who may, and one with its history."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.governance import forms, permissions, verbs
from saidanddone.governance.models import Action
from saidanddone.governance.models.actions import UNDER_WAY
from saidanddone.governance.views.shared import action_state, deed, done_already, draw, typed

A_PAGE = 25


@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    """Actions to do, the longest late first."""
    form = forms.ActionFilter(request.GET)
    form.is_valid()
    everybodys = "all" if permissions.is_clerk(request.user) else "mine"
    whose = form.cleaned_data.get("whose") or everybodys
    show = form.cleaned_data.get("show") or "open"
    found = permissions.visible_actions(request.user)
    if whose == "mine":
        found = found.filter(owner__in=[request.user.acting_for] if request.user.acting_for else [])
    page = Paginator(_shown(found, show), A_PAGE).get_page(request.GET.get("page"))
    rows = [(action, action_state(action, clock.today())) for action in page]
    return draw(request, "actions", page=page, rows=rows, whose=whose, show=show)


def _shown(found: Any, show: str) -> Any:
    found = found.with_owner().select_related("item__body", "decision")
    if show == "late":
        return found.late()
    if show == "ended":
        return found.exclude(state__in=UNDER_WAY).order_by("-ended_at", "-pk")
    return found.under_way()


@login_not_required
@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action, with what its owner wrote about it."""
    return draw(request, "action", **action_page(request, pk))


def action_page(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Everything that the page of an action shows this person."""
    found = _action(request, pk)
    decision = permissions.visible_decisions(request.user).filter(pk=found.decision_id).first()
    item = permissions.visible_items(request.user).filter(pk=found.item_id).first()
    can = permissions.action_verbs(request.user, found)
    inside = can or permissions.works_here(request.user)
    history = found.updates.select_related("by") if inside else []
    return {
        "action": found, "state": action_state(found, clock.today()), "decision": decision,
        "item": item, "history": list(history),
        "can": can,
        "update": forms.UpdateForm(), "evidence": forms.EvidenceForm(), "open_done": False,
    }  # fmt: skip


def _action(request: HttpRequest, pk: int) -> Action:
    visible = permissions.visible_actions(request.user).with_owner()
    return get_object_or_404(visible.select_related("item__body"), pk=pk)


@require_POST
def action_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how far it is."""
    found = _action(request, pk)
    if done_already(request, found, "update_action"):
        return redirect(found)
    require("update_action", permissions.action_verbs(request.user, found))
    form = forms.UpdateForm(request.POST)
    if not form.is_valid():
        return draw(request, "action", **action_page(request, pk) | {"update": form})
    verbs.update_action(action=found, **form.cleaned_data, by=request.user)
    messages.success(request, "Thank you. It stands in the action’s history.")
    return redirect(found)


@require_POST
def action_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is done, and how one can tell."""
    found = _action(request, pk)
    if done_already(request, found, "complete_action"):
        return redirect(found)
    require("complete_action", permissions.action_verbs(request.user, found))
    form = forms.EvidenceForm(request.POST)
    if not form.is_valid():
        page = action_page(request, pk) | {"evidence": form, "open_done": True}
        return draw(request, "action", **page)
    verbs.complete_action(action=found, **form.cleaned_data, by=request.user)
    messages.success(request, "Done, with its evidence.")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def action_hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it to somebody else."""
    found = _action(request, pk)
    if done_already(request, found, "hand_action_on"):
        return redirect(found)
    require("hand_action_on", permissions.action_verbs(request.user, found))
    form = forms.HandOnForm(typed(request), user=request.user)
    if form.is_valid():
        verbs.hand_action_on(action=found, **form.cleaned_data, by=request.user)
        messages.success(request, "It is handed on. The new owner has been told.")
        return redirect("actions")
    return deed(
        request, "Hand the action on", form, "Hand it on", crumbs=_crumbs(found), intro=found.what
    )


@require_http_methods(["GET", "POST"])
def action_ask_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it will not be done, and why; the chair agrees or not."""
    found = _action(request, pk)
    if done_already(request, found, "ask_to_drop"):
        return redirect(found)
    require("ask_to_drop", permissions.action_verbs(request.user, found))
    form = forms.ReasonForm(typed(request), label="Why will it not be done?")
    if form.is_valid():
        verbs.ask_to_drop(action=found, **form.cleaned_data, by=request.user)
        messages.success(request, "The chair has been asked. Until then it stays to be done.")
        return redirect(found)
    return deed(
        request, "Ask to let the action drop", form, "Ask the chair", crumbs=_crumbs(found),
        intro=found.what,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def action_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Not agree that it drops."""
    found = _action(request, pk)
    if done_already(request, found, "keep_action"):
        return redirect(found)
    require("keep_action", permissions.action_verbs(request.user, found))
    form = forms.ReasonForm(typed(request), label="Why does it stay?")
    if form.is_valid():
        verbs.keep_action(action=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return deed(
        request, "Keep the action", form, "Keep it", crumbs=_crumbs(found), intro=found.what
    )


@require_http_methods(["GET", "POST"])
def action_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree that it will not be done, with the reason."""
    found = _action(request, pk)
    if done_already(request, found, "drop_action"):
        return redirect(found)
    require("drop_action", permissions.action_verbs(request.user, found))
    asked = {"why": found.drop_asked_why}
    form = forms.ReasonForm(typed(request), label="Why will it not be done?", initial=asked)
    if form.is_valid():
        verbs.drop_action(action=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return deed(
        request, "Let the action drop", form, "Let it drop", crumbs=_crumbs(found), grave=True,
        intro=found.what,
    )  # fmt: skip


def _crumbs(found: Action) -> list[tuple[str, str]]:
    return [("Actions", "/actions/"), ("This action", found.get_absolute_url())]
