"""Pages that only explain, and the way out of here."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from saidanddone.core.pages import for_everyone

SOMEWHERE_ELSE = "https://www.bbc.co.uk/weather"


@login_not_required
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Go somewhere harmless at once, and let the browser forget what it kept of this site."""
    response = HttpResponseRedirect(SOMEWHERE_ELSE)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@require_safe
@for_everyone
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "home/about.html")


@login_not_required
@require_safe
@for_everyone
def your_words(request: HttpRequest) -> HttpResponse:
    return render(request, "home/your_words.html")


@login_not_required
@require_safe
@for_everyone
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")


@login_not_required
@require_safe
@for_everyone
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "home/privacy.html")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Threads are nobody's to find: search engines are asked to leave them out."""
    return HttpResponse("User-agent: *\nDisallow: /thread/\n", content_type="text/plain")
