"""Pages of a board's risks: the grid with its list, one with its history, and keeping them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core.access import require
from saidanddone.governance import forms, permissions, states, verbs
from saidanddone.governance.forms.risks import IMPACT, LIKELIHOOD
from saidanddone.governance.models import Risk
from saidanddone.governance.views.boarding import board_of, review_state
from saidanddone.governance.views.shared import State, crumbs_to, deed, done_already, draw, typed

HIGH, MIDDLE = 15, 8


def score_state(score: int) -> State:
    """A score as a shape and words: high from 15 on, middle from 8 on."""
    if score >= HIGH:
        return State("s-off", f"{score}: high", "bad")
    if score >= MIDDLE:
        return State("s-watch", f"{score}: middle", "watch")
    return State("s-track", f"{score}: low", "good")


@require_safe
def risks(request: HttpRequest, slug: str) -> HttpResponse:
    """Every risk of a board that this person may see, the gravest first, on a grid and in a list."""
    page = board_of(request, slug, "meetings")
    body = page["body"]
    visible = permissions.visible_risks(request.user).with_owner()
    found = list(visible.of(body))
    watched = [risk for risk in found if risk.state == states.WATCHED]
    rows = [(risk, score_state(risk.score_now), review_state(risk.review_on)) for risk in watched]
    return draw(
        request, "risks", **page, rows=rows, grid=grid(watched),
        over=[risk for risk in found if risk.state == states.OVER],
        may_add="add_risk" in permissions.risk_verbs(request.user, body),
    )  # fmt: skip


def grid(found: Iterable[Risk]) -> list[tuple[str, list[tuple[str, list[Risk]]]]]:
    """Five rows by likelihood, the likeliest first, of five cells by impact, with their risks."""
    rows = []
    for likelihood, words in reversed(LIKELIHOOD):
        cells = []
        for impact, _ in IMPACT:
            here = [
                r for r in found if (r.likelihood_now, r.impact_now) == (likelihood, impact)
            ]  # fmt: skip
            cells.append((score_state(likelihood * impact).tone, here))
        rows.append((words, cells))
    return rows


@require_safe
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    """One risk: what, why, what then, its three scores, and what has been done so far."""
    return draw(request, "risk", **_page(request, pk))


def _page(request: HttpRequest, pk: int) -> dict[str, Any]:
    found = _risk(request, pk)
    return {
        "risk": found, "body": found.body, "state": score_state(found.score_now),
        "review": review_state(found.review_on), "history": list(found.notes.select_related("by")),
        "scores": [
            ("If nothing were done", found.likelihood_before, found.impact_before),
            ("As it stands now", found.likelihood_now, found.impact_now),
            ("Where the board wants it", found.likelihood_wanted, found.impact_wanted),
        ],
        "can": permissions.risk_verbs(request.user, found.body, found),
        "form": forms.ScoreForm(
            initial={"likelihood": found.likelihood_now, "impact": found.impact_now}
        ),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def risk_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Set down a risk."""
    body = board_of(request, slug)["body"]
    require("add_risk", permissions.risk_verbs(request.user, body))
    form = forms.RiskForm(typed(request), user=request.user)
    if form.is_valid():
        return redirect(verbs.add_risk(body=body, **form.cleaned_data, by=request.user))
    crumbs = crumbs_to(body, ("Risks", reverse("risks", args=[slug])))
    return deed(request, "Set down a risk", form, "Set it down", crumbs=crumbs)


@require_http_methods(["GET", "POST"])
def risk_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change its words, its owner, or where the board wants it."""
    found = _risk(request, pk)
    if done_already(request, found, "change_risk"):
        return redirect(found)
    require("change_risk", permissions.risk_verbs(request.user, found.body, found))
    form = forms.RiskForm(typed(request), user=request.user, risk=found)
    if form.is_valid():
        verbs.change_risk(risk=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return deed(request, "Change the risk", form, "Save", crumbs=_crumbs(found))


@require_http_methods(["POST"])
def risk_score(request: HttpRequest, pk: int) -> HttpResponse:
    """Score it as it stands now."""
    found = _risk(request, pk)
    if done_already(request, found, "score_risk"):
        return redirect(found)
    require("score_risk", permissions.risk_verbs(request.user, found.body, found))
    form = forms.ScoreForm(request.POST)
    if not form.is_valid():
        return draw(request, "risk", **_page(request, pk) | {"form": form})
    verbs.score_risk(risk=found, **form.cleaned_data, by=request.user)
    messages.success(request, "Thank you. It stands in the risk’s history.")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def risk_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell it to the body above."""
    found = _risk(request, pk)
    if done_already(request, found, "tell_risk"):
        return redirect(found)
    require("tell_risk", permissions.risk_verbs(request.user, found.body, found))
    form = forms.ReasonForm(typed(request), label="What should they know or do?")
    if form.is_valid():
        verbs.tell_risk(risk=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return deed(
        request, f"Tell {found.body.parent.name}", form, "Tell them", crumbs=_crumbs(found),
        intro=found.title,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def risk_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is over."""
    found = _risk(request, pk)
    if done_already(request, found, "close_risk"):
        return redirect(found)
    require("close_risk", permissions.risk_verbs(request.user, found.body, found))
    form = forms.ReasonForm(typed(request), label="Why is it over?")
    if form.is_valid():
        verbs.close_risk(risk=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return deed(
        request, "Close the risk", form, "Close it", crumbs=_crumbs(found), grave=True,
        intro=found.title,
    )  # fmt: skip


def _risk(request: HttpRequest, pk: int) -> Risk:
    visible = permissions.visible_risks(request.user).with_owner()
    return get_object_or_404(visible.select_related("body__parent", "told_to"), pk=pk)


def _crumbs(found: Risk) -> list[tuple[str, str]]:
    return crumbs_to(found.body, ("Risks", reverse("risks", args=[found.body.slug])))
