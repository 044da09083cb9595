"""Who coordinates early help in which area: given, and taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms.patches import PatchForm
from saidanddone.earlyhelp.views.guard import for_agency

MOST = 300  # coordinators with their areas on one page


@require_http_methods(["GET", "HEAD", "POST"])
@for_agency
def coordinators(request: HttpRequest) -> HttpResponse:
    """Who coordinates where; another area for somebody."""
    user = request.user
    require("give_patch", permissions.patch_verbs(user))
    form = PatchForm(request.POST or None, posts=permissions.coordinating_posts())
    if form.is_valid():
        verbs.give_patch(by=user, **form.cleaned_data)
        messages.success(request, "Kept. What waits there is on their Monday page now.")
        return redirect("coordinators")
    context = {"form": form, "patches": permissions.visible_patches(user)[:MOST]}
    status = 422 if form.is_bound else 200
    return render(request, "earlyhelp/coordinators.html", context, status=status)


@require_POST
@for_agency
def coordinator_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an area back."""
    patch = get_object_or_404(permissions.visible_patches(request.user), pk=pk)
    verbs.end_patch(patch=patch, by=request.user)
    messages.success(request, "Taken back. They see nothing of that area any more.")
    return redirect("coordinators")
