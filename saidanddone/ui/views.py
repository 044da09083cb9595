"""The component gallery and the error pages, for those who build; not in a live place."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from saidanddone.ui import errors, samples

PREVIEWS = {
    "bad-request": errors.bad_request,
    "forbidden": errors.forbidden,
    "not-found": errors.not_found,
    "moved": lambda request: errors.draw(request, "moved", 409, back="/"),
    "too-large": errors.too_large,
    "too-many": errors.too_many,
    "failed": errors.failed,
    "database-away": errors.database_away,
    "csrf-failure": errors.csrf_failure,
}


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, in every state."""
    if settings.LIVE:
        raise Http404
    return render(request, "ui/gallery.html", samples.everything())


@login_not_required
def error_preview(request: HttpRequest, page: str) -> HttpResponse:
    """One error page, as it would be drawn."""
    if settings.LIVE or page not in PREVIEWS:
        raise Http404
    return PREVIEWS[page](request)
