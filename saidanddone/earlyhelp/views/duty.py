"""The duty desk's pages: children who may be known twice, by name, for nobody but the desk."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms.duty import DutyForm
from saidanddone.earlyhelp.views.guard import for_family_list

SHOWN = 25


@require_safe
@for_family_list
def duty_desk(request: HttpRequest) -> HttpResponse:
    """What waits at the desk; no name stands in the list."""
    require("see_checks", permissions.duty_verbs(request.user))
    checks = permissions.visible_checks(request.user)
    context = {
        "waiting": checks.filter(outcome="", match__isnull=False).order_by("made_at"),
        "done": checks.exclude(outcome__in=["", "none"]).order_by("-decided_at")[:SHOWN],
    }
    return render(request, "earlyhelp/duty_desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_list
def duty_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Two children beside each other, and what the desk says to it."""
    user = request.user
    found = get_object_or_404(permissions.visible_checks(user).exclude(match=None), pk=pk)
    form = DutyForm(request.POST or None)
    if not found.outcome and form.is_valid():
        verbs.decide_check(check=found, by=user, **form.cleaned_data)
        messages.success(request, "Kept. Nobody else learns what you found.")
        return redirect("duty-desk")
    verbs.see_check(check=found, by=user)
    context = {"check": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "earlyhelp/duty_check.html", context, status=status)
