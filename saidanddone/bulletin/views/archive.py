"""Every bulletin that went out and everything in it, for everybody, each at its lasting address."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from saidanddone.bulletin import emails, forms, permissions, verbs
from saidanddone.core import files
from saidanddone.core.pages import for_everyone

A_PAGE = 12
NOBODY = AnonymousUser()


@login_not_required
@for_everyone
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """All bulletins, the newest first; or what was found in them."""
    form = forms.ArchiveSearch(request.GET)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = permissions.found_entries(words) if words else permissions.sent_with_first(NOBODY)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    asked = f"?{urlencode({'q': words})}&" if words else "?"
    context = {"page": page, "words": words, "asked": asked}
    return render(request, "bulletin/archive.html", context)


@login_not_required
@for_everyone
@require_safe
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """One bulletin as a page."""
    found = permissions.visible_editions(NOBODY).select_related("handed_on_by", "approved_by")
    one = get_object_or_404(found, number=number)
    return render(request, "bulletin/edition.html", as_page(one))


def as_page(one: Any) -> dict[str, Any]:
    """What the page of an edition shows, before and after it was sent."""
    entries = one.entries.standing().select_related("section", "item")
    return {"edition": one, "parts": emails.parts(entries), "count": len(entries)}


@login_not_required
@require_safe
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """On to what a letter tells of; where this place counts, one more has looked it up."""
    found = get_object_or_404(permissions.sent_entries(), pk=pk)
    if request.method == "GET":
        verbs.follow_link(entry=found)
    response = redirect(found.path)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: printed, for everybody; before that for whoever suggested it and the editors."""
    found = get_object_or_404(
        permissions.visible_items(request.user).select_related("section"), pk=pk
    )
    editions = permissions.visible_editions(NOBODY).filter(entries__item=found)
    context = {
        "item": found,
        "edition": editions.first(),
        "can": permissions.item_verbs(request.user, found),
        "decline": forms.DeclineForm(),
        "base": "desk.html" if request.user.is_authenticated else "front.html",
    }
    return render(request, "bulletin/item.html", context)


@login_not_required
@require_safe
def item_picture(request: HttpRequest, pk: int) -> FileResponse:
    """The picture of an item, for whoever may read the item."""
    found = get_object_or_404(permissions.visible_items(request.user).exclude(picture=""), pk=pk)
    if not found.picture.storage.exists(found.picture.name):
        raise Http404
    kept = found.picture.open("rb")
    return files.answer(kept, "picture.jpg", "image/jpeg", inline=True)
