"""Pages of series: past sessions and those to come, and keeping them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core.access import require
from saidanddone.core.pages import for_everyone
from saidanddone.events import forms, permissions, verbs
from saidanddone.events.views.sessions import session_row
from saidanddone.events.views.shared import deed, draw, typed

MOST = 60
CRUMBS = [("Sessions", "/sessions/")]


@login_not_required
@for_everyone
@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """One series: what comes, and what has been, with recordings and fact sheets."""
    found = get_object_or_404(permissions.visible_series(request.user), slug=slug)
    visible = permissions.visible_sessions(request.user).filter(series=found).with_queue()
    return draw(
        request, "series", series=found, crumbs=CRUMBS,
        coming=[session_row(one) for one in visible.coming()[:MOST]],
        past=[session_row(one) for one in visible.past()[:MOST]],
        can=permissions.series_verbs(request.user, found),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def series_new(request: HttpRequest) -> HttpResponse:
    """Begin a series."""
    require("start_series", permissions.series_verbs(request.user))
    form = forms.SeriesForm(typed(request))
    if form.is_valid():
        return redirect(verbs.start_series(**form.cleaned_data, by=request.user))
    return deed(request, "Begin a series", form, "Begin it", crumbs=CRUMBS)


@require_http_methods(["GET", "POST"])
def series_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a series is called and about."""
    found = get_object_or_404(permissions.visible_series(request.user), slug=slug)
    require("change_series", permissions.series_verbs(request.user, found))
    form = forms.SeriesForm(typed(request), series=found)
    if form.is_valid():
        verbs.change_series(series=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    crumbs = [*CRUMBS, (found.title, reverse("series", args=[slug]))]
    return deed(request, f"Change {found.title}", form, "Save", crumbs=crumbs)
