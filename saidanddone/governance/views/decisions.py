"""The public register of decisions, and the page of one."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.pages import for_everyone
from saidanddone.governance import forms, permissions, verbs
from saidanddone.governance.models import Decision
from saidanddone.governance.views.shared import action_state, deed, draw, typed

A_PAGE = 20


@login_not_required
@for_everyone
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision that this person may read, the latest first."""
    bodies = list(permissions.visible_bodies(request.user).order_by("name"))
    form = forms.DecisionFilter(request.GET, bodies=bodies)
    form.is_valid()  # what makes no sense is left out, and what was typed stands in its field
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    found = narrowed(permissions.visible_decisions(request.user), chosen)
    page = Paginator(found.select_related("body", "item"), A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    query = asked.urlencode()
    base = f"?{query}&" if query else "?"
    return draw(request, "decisions", page=page, form=form, chosen=chosen, url_base=base)


def narrowed(found: Any, chosen: dict[str, Any]) -> Any:
    """The register as far as somebody wants to see it."""
    if words := chosen.get("q"):
        found = found.about(words)
    if body := chosen.get("body"):
        found = found.filter(body__slug=body)
    if year := chosen.get("year"):
        found = found.filter(on__year=year)
    if outcome := chosen.get("outcome"):
        found = found.filter(outcome=outcome)
    return found


@login_not_required
@for_everyone
@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: wording, reasons, what else was looked at, and what is done about it."""
    found = _decision(request, pk)
    actions = permissions.visible_actions(request.user).filter(decision=pk).with_owner()
    doing = [(one, action_state(one, clock.today())) for one in actions]
    can = permissions.item_verbs(request.user, found.item) & {"assign_action"}
    there = permissions.visible_items(request.user).filter(pk=found.item_id).exists()
    return draw(request, "decision", decision=found, doing=doing, can=can, item_shown=there)


@require_http_methods(["GET", "POST"])
def decision_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody something to do that follows from a decision."""
    found = _decision(request, pk)
    require("assign_action", permissions.item_verbs(request.user, found.item))
    form = forms.AssignForm(typed(request), user=request.user)
    if form.is_valid():
        verbs.assign_action(decision=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    crumbs = [("Decisions", "/decisions/"), (found.number, found.get_absolute_url())]
    return deed(request, "Add an action", form, "Save action", crumbs=crumbs, nav="decisions")


def _decision(request: HttpRequest, pk: int) -> Decision:
    visible = permissions.visible_decisions(request.user)
    related = visible.select_related("body", "item__meeting__minutes", "item__body")
    return get_object_or_404(related.with_votes(), pk=pk)
