"""The export for inspectors, which takes two; and one's own relatives, declared."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from saidanddone.core.access import require
from saidanddone.core.limits import Limit
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import releasing as forms
from saidanddone.earlyhelp.views.guard import for_family_list
from saidanddone.people.models import User
from saidanddone.people.signin import asks_again
from saidanddone.ui import errors

DECLARED = Limit("relatives", most=20, seconds=3600)


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_list
@asks_again
def releases(request: HttpRequest) -> HttpResponse:
    """Exports asked for, and asking for one."""
    user = request.user
    require("ask_release", permissions.release_verbs(user))
    form = forms.ReleaseForm(request.POST or None)
    if form.is_valid():
        verbs.ask_release(by=user, **form.cleaned_data)
        messages.success(request, "Asked. Another coordinator or privacy officer lets it go.")
        return redirect("releases")
    context = {"form": form, "rows": _rows(user)}
    status = 422 if form.is_bound else 200
    return render(request, "earlyhelp/releases.html", context, status=status)


def _rows(user: User, refused: forms.RefuseForm | None = None, of: UUID | None = None) -> list:
    """The latest, each with what may be done to it and a form of its own for a refusal."""
    latest = permissions.visible_releases(user)[:25]
    return [
        (
            one,
            permissions.release_verbs(user, one),
            refused if one.pk == of else forms.RefuseForm(auto_id=f"id_{one.pk}_%s"),
        )
        for one in latest
    ]


@require_POST
@for_family_list
@asks_again
def release_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let an export go, or refuse it."""
    user = request.user
    found = get_object_or_404(permissions.visible_releases(user), pk=pk)
    if "refuse" not in request.POST:
        verbs.let_go(release=found, by=user)
        messages.success(request, "Let go. Whoever asked can fetch it.")
        return redirect("releases")
    form = forms.RefuseForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        context = {"form": forms.ReleaseForm(), "rows": _rows(user, form, pk)}
        return render(request, "earlyhelp/releases.html", context, status=422)
    verbs.refuse_release(release=found, by=user, **form.cleaned_data)
    messages.success(request, "Refused. Whoever asked reads why.")
    return redirect("releases")


@require_POST
@for_family_list
@asks_again
def release_fetch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file, for whoever asked."""
    found = get_object_or_404(permissions.visible_releases(request.user), pk=pk)
    text = verbs.fetch_release(release=found, by=request.user)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.what}.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_list
def relatives(request: HttpRequest) -> HttpResponse:
    """Declare somebody as one's own, so that their record is never there for one."""
    user = request.user
    require("declare_relative", permissions.kinship_verbs(user))
    form = forms.RelativeForm(request.POST or None)
    if form.is_valid():
        if not DECLARED.count(str(user.pk)):
            return errors.too_many(request)
        verbs.declare_relative(by=user, **form.cleaned_data)
        messages.success(request, "Kept. If there is a record, it is not there for you any more.")
        return redirect("relatives")
    status = 422 if form.is_bound else 200
    return render(request, "earlyhelp/relatives.html", {"form": form}, status=status)
