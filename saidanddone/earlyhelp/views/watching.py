"""The glass, and the privacy officer's desk."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.limits import Limit
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import watching as forms
from saidanddone.earlyhelp.views.guard import for_family_list
from saidanddone.people.signin import asks_again
from saidanddone.reference.models import partnership
from saidanddone.ui import errors
from saidanddone.ui.filters import clocktime

TRIES = Limit("break-glass", most=5, seconds=3600)
SHOWN = 25  # of the latest of each on the desk


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_list
@asks_again
def glass(request: HttpRequest) -> HttpResponse:
    """Open one child's record in an emergency; nothing is answered before the reason is given."""
    user = request.user
    require("break_glass", permissions.glass_verbs(user))
    form = forms.GlassForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "minutes": partnership().break_glass_minutes}
        status = 422 if form.is_bound else 200
        return render(request, "earlyhelp/glass.html", context, status=status)
    if not TRIES.count(str(user.pk)):
        return errors.too_many(request)
    try:
        made = verbs.break_glass(by=user, **form.cleaned_data)
    except verbs.Paused:
        return render(request, "earlyhelp/glass_paused.html", status=409)
    if made.story_id is None:
        return render(request, "earlyhelp/glass_nobody.html")
    messages.warning(request, f"Open to you, to read, until {clocktime(made.ends_at)}.")
    return redirect("story", made.story_id)


@require_safe
@for_family_list
def privacy_desk(request: HttpRequest) -> HttpResponse:
    """What waits for a privacy officer, and what is unusual."""
    user = request.user
    require("look_for_unusual", permissions.desk_verbs(user))
    broken = permissions.visible_glass(user)
    context = {
        "waiting": broken.filter(reviewed_at__isnull=True).order_by("review_by"),
        "reviewed": broken.filter(reviewed_at__isnull=False)[:SHOWN],
        "unusual": verbs.look_for_unusual(by=user),
        "shares": permissions.watched_shares(user).order_by("-decided_at")[:SHOWN],
        "form": forms.ReferenceForm(),
        "today": clock.today(),
    }
    return render(request, "earlyhelp/privacy_desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_list
def glass_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whether it was right to break the glass."""
    user = request.user
    found = get_object_or_404(permissions.visible_glass(user), pk=pk)
    form = forms.GlassReviewForm(request.POST or None)
    if form.is_valid():
        verbs.review_broken_glass(glass=found, by=user, **form.cleaned_data)
        messages.success(request, "Reviewed.")
        return redirect("privacy-desk")
    hour = permissions.watched_looks(user).filter(
        person=found.person_id, at__range=(found.started_at, found.ends_at)
    )
    context: dict[str, Any] = {"glass": found, "form": form, "looks": hour.order_by("at")}
    context["can"] = permissions.glass_verbs(user, found)
    status = 422 if form.is_bound else 200
    return render(request, "earlyhelp/glass_review.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_list
def privacy_looks(request: HttpRequest) -> HttpResponse:
    """Who has looked at one family's record, by its reference."""
    user = request.user
    require("report_looks", permissions.desk_verbs(user))
    form = forms.ReferenceForm(request.POST or None)
    asked = form.is_valid()
    looks = verbs.report_looks(by=user, **form.cleaned_data) if asked else []
    context = {"form": form, "looks": looks, "asked": asked, "of": ""}
    status = 422 if form.is_bound and not asked else 200
    return render(request, "earlyhelp/privacy_looks.html", context, status=status)


@require_safe
@for_family_list
def privacy_looks_of(request: HttpRequest, pk: int) -> HttpResponse:
    """What one person looked at."""
    user = request.user
    looks = verbs.report_looks(by=user, person=pk)
    context = {
        "form": forms.ReferenceForm(), "looks": looks, "asked": True,
        "of": looks[0].who if looks else "",
    }  # fmt: skip
    return render(request, "earlyhelp/privacy_looks.html", context)
