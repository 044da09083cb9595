"""Pages of terms of reference: the newest version, each one before it, and adding one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core.access import require
from saidanddone.core.pages import for_everyone
from saidanddone.governance import forms, permissions, verbs
from saidanddone.governance.views.boarding import board_of, review_state
from saidanddone.governance.views.shared import crumbs_to, deed, draw, typed


@login_not_required
@for_everyone
@require_safe
def board_terms(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in force."""
    return draw(request, "terms", **_page(request, slug, None))


@login_not_required
@for_everyone
@require_safe
def terms(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version, in force or not."""
    return draw(request, "terms", **_page(request, slug, number))


def _page(request: HttpRequest, slug: str, number: int | None) -> dict[str, Any]:
    page = board_of(request, slug, "meetings")
    versions = list(permissions.visible_terms(request.user).filter(body=page["body"]))
    shown = versions[:1] if number is None else [v for v in versions if v.number == number]
    if number is not None and not shown:
        raise Http404
    return page | {
        "versions": versions, "terms": shown[0] if shown else None,
        "state": review_state(versions[0].review_on) if versions else None,
        "may_add": "add_terms" in permissions.terms_verbs(request.user, page["body"]),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def terms_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a new version in force."""
    page = board_of(request, slug, "meetings")
    body = page["body"]
    require("add_terms", permissions.terms_verbs(request.user, body))
    last = permissions.visible_terms(request.user).filter(body=body).first()
    form = forms.TermsForm(
        typed(request), first=last is None, initial={"text": last.text if last else ""}
    )
    if form.is_valid():
        verbs.add_terms(body=body, **form.cleaned_data, by=request.user)
        messages.success(request, "These terms are in force. The versions before stay beside them.")
        return redirect("board-terms", slug)
    crumbs = crumbs_to(body, ("Terms of reference", reverse("board-terms", args=[slug])))
    return deed(request, "Add a version of the terms", form, "Put it in force", crumbs=crumbs)
