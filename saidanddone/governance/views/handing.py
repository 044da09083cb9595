"""The page on which whoever leads an item hands in its cover sheet and papers."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core.access import require
from saidanddone.core.files import FileRefused
from saidanddone.governance import forms, permissions, verbs
from saidanddone.governance.forms.papers import HandInForm
from saidanddone.governance.models import AgendaItem, CoverSheet
from saidanddone.governance.views.shared import crumbs_to, done_already, draw, typed
from saidanddone.reference.models import partnership

UNTITLED = "Paper"


@require_safe
def paper_wanted(request: HttpRequest, item: int) -> HttpResponse:
    """From somebody's day to the page where the paper is handed in."""
    found = get_object_or_404(permissions.items_to_hand_in(request.user), pk=item)
    return redirect("hand-in", found.meeting_id, found.pk)


@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """What is wanted, what it means for children, what they said; and the papers."""
    found = _item(request, pk, item)
    if done_already(request, found, "hand_in"):
        return redirect("my-day")
    require("hand_in", permissions.item_verbs(request.user, found))
    form = _form(request, found)
    if request.method == "POST" and form.is_valid() and _taken(request, found, form):
        messages.success(request, "It is handed in. You can change it until the agenda is out.")
        return redirect("hand-in", pk, item)
    return draw(request, "hand_in", **_page(request, found, form))


@require_POST
def hand_in_score(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """How the plain sentence reads, as one types: a part of the page."""
    found = _item(request, pk, item)
    require("hand_in", permissions.item_verbs(request.user, found))
    return draw(request, "_plain_score", **_score(_form(request, found)))


def _taken(request: HttpRequest, item: AgendaItem, form: HandInForm) -> bool:
    """Keep the cover sheet and every paper that can be taken; say of the others why not."""
    verbs.hand_in(item=item, **form.written(), by=request.user)
    for place, upload in enumerate(form.cleaned_data["uploads"]):
        try:
            _take(request, item, form.cleaned_data["once"], place, upload)
        except FileRefused as refused:
            form.add_error("uploads", f"{_title(upload)}: {refused}")
    return not form.errors


def _take(
    request: HttpRequest, item: AgendaItem, once: uuid.UUID | None, place: int, upload: UploadedFile
) -> None:
    mark = uuid.uuid5(once, str(place)) if once else None
    verbs.add_paper(item=item, title=_title(upload), upload=upload, by=request.user, once=mark)


def _title(upload: UploadedFile) -> str:
    """What a paper is called until somebody says otherwise: its file's name, without its ending."""
    stem = (upload.name or "").rpartition(".")[0].replace("_", " ").strip()
    return stem[:200] or UNTITLED


def _form(request: HttpRequest, item: AgendaItem) -> HandInForm:
    return forms.HandInForm(typed(request), request.FILES or None, item=item, cover=_cover(item))


def _cover(item: AgendaItem) -> CoverSheet | None:
    return getattr(item, "cover", None)


def _page(request: HttpRequest, item: AgendaItem, form: HandInForm) -> dict[str, Any]:
    papers = permissions.visible_papers(request.user).standing().filter(item=item)
    seen = permissions.visible_meetings(request.user).filter(pk=item.meeting_id).exists()
    return {
        "item": item, "meeting": item.meeting, "body": item.body, "cover": _cover(item),
        "form": form, "papers": list(papers.order_by("added_at", "pk")), **_score(form),
        "crumbs": crumbs_to(item.body, *([("Meeting", item.meeting.get_absolute_url())] if seen else [])),
    }  # fmt: skip


def _score(form: HandInForm) -> dict[str, Any]:
    found = form.reading()
    return {
        "age": found.age, "limit": partnership().reading_age, "hard": sorted(found.hard),
        "written": bool(str(form["plain"].value() or "").strip()),
    }  # fmt: skip


def _item(request: HttpRequest, pk: int, item: int) -> AgendaItem:
    mine = permissions.items_to_hand_in(request.user)
    return get_object_or_404(
        mine.select_related("body", "meeting", "cover", "lead__user"), pk=item, meeting=pk
    )
