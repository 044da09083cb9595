"""The page on which a clerk says what stands on every agenda of a board, and in which order."""

import zlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from saidanddone.core.access import require
from saidanddone.core.numbers import reordered
from saidanddone.governance import forms, verbs
from saidanddone.governance.models import AgendaItem
from saidanddone.governance.views.boarding import board_of
from saidanddone.governance.views.shared import draw, typed

KINDS = dict(AgendaItem.Kind.choices)


def key_of(line: dict[str, str]) -> int:
    """By what a line is found again, whatever its place."""
    return zlib.crc32(line["title"].encode())


@require_http_methods(["GET", "POST"])
def standing(request: HttpRequest, slug: str) -> HttpResponse:
    """The list; what is posted puts it in order."""
    page = board_of(request, slug)
    require("change_body", page["can"])
    lines = {key_of(line): line for line in page["body"].standing_items}
    if request.method == "POST":
        order = reordered(list(lines), request.POST)
        wanted = [lines.pop(key) for key in order] + list(lines.values())
        verbs.change_body(body=page["body"], standing_items=wanted, by=request.user)
        return redirect("board-standing", slug)
    return _drawn(request, page, forms.StandingForm(there=[]))


@require_http_methods(["GET", "POST"])
def standing_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a line at the end."""
    page = board_of(request, slug)
    require("change_body", page["can"])
    there = page["body"].standing_items
    form = forms.StandingForm(typed(request), there=there)
    if form.is_valid():
        line = {name: told for name, told in form.cleaned_data.items() if told}
        wanted = [*there, line]
        verbs.change_body(body=page["body"], standing_items=wanted, by=request.user)
        return redirect("board-standing", slug)
    return _drawn(request, page, form)


@require_POST
def standing_remove(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take a line off; agendas that are planned already keep it."""
    page = board_of(request, slug)
    require("change_body", page["can"])
    there = page["body"].standing_items
    wanted = [line for line in there if key_of(line) != key]
    if len(wanted) < len(there):
        verbs.change_body(body=page["body"], standing_items=wanted, by=request.user)
        messages.success(request, "It is off. Agendas that are planned already keep it.")
    return redirect("board-standing", slug)


def _drawn(request: HttpRequest, page: dict, form: forms.StandingForm) -> HttpResponse:
    rows = [
        {
            "key": key_of(line), "title": line["title"], "hint": KINDS[line["kind"]],
            "off": reverse("standing-remove", args=[page["body"].slug, key_of(line)]),
        }
        for line in page["body"].standing_items
    ]  # fmt: skip
    return draw(request, "standing", **page, rows=rows, form=form)
