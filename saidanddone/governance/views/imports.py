"""Pages for reading meetings in: choose a file, look at what would happen, decide, undo."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core import imports as core_imports
from saidanddone.core.access import require
from saidanddone.core.files import FileRefused
from saidanddone.governance import forms, imports, permissions, verbs
from saidanddone.governance.models import Import
from saidanddone.governance.views.shared import done_already, draw, typed
from saidanddone.ui.tags import IMPORT_FATES

A_PAGE = 100
LATEST = 20


@require_http_methods(["GET", "POST"])
def board_imports(request: HttpRequest) -> HttpResponse:
    """Choose a file; those that were read before stand below."""
    require("read_meetings", permissions.import_verbs(request.user, None))
    form = forms.MeetingsFileForm(typed(request), request.FILES or None, user=request.user)
    if form.is_valid():
        try:
            return redirect(_read(request, form.cleaned_data))
        except FileRefused as refused:
            form.add_error("upload", str(refused))
        except core_imports.Undecided as undecided:
            form.add_error("upload", str(undecided))
    earlier = permissions.visible_imports(request.user).select_related("read_by")[:LATEST]
    return draw(request, "imports", form=form, earlier=list(earlier))


def _read(request: HttpRequest, chosen: dict[str, Any]) -> Import:
    upload, board = chosen["upload"], chosen["board"]
    content = core_imports.weighed(upload, imports.MEETINGS.most)
    return verbs.read_meetings(
        plan=imports.MEETINGS.read(content), file_name=upload.name or "file.xml",
        digest=core_imports.mark(content), board=board.slug if board else "",
        once=chosen["once"], by=request.user,
    )  # fmt: skip


@require_safe
def board_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What would happen, or what has happened, row by row."""
    return draw(request, "import", **_page(request, pk))


@require_POST
def board_import_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take all of it in, or nothing."""
    found = _import(request, pk)
    if done_already(request, found, "import_meetings"):
        return redirect(found)
    try:
        verbs.import_meetings(record=found, by=request.user)
    except core_imports.Undecided as undecided:
        verbs.look_again(record=_import(request, pk), by=request.user)
        return _not_done(request, pk, undecided)
    messages.success(request, "It is taken in. You can undo it here while nothing was changed.")
    return redirect(found)


@require_POST
def board_import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Put everything back as it was."""
    found = _import(request, pk)
    if done_already(request, found, "undo_import"):
        return redirect(found)
    try:
        verbs.undo_import(record=found, by=request.user)
    except core_imports.Undecided as undecided:
        return _not_done(request, pk, undecided)
    messages.success(request, "It is undone: everything is as it was before.")
    return redirect("board-imports")


def _not_done(request: HttpRequest, pk: int, undecided: core_imports.Undecided) -> HttpResponse:
    return draw(request, "import", 409, **_page(request, pk) | {"reasons": undecided.reasons[:10]})


def _page(request: HttpRequest, pk: int) -> dict[str, Any]:
    found = _import(request, pk)
    report = core_imports.Report.of(found.rows)
    rows = sorted(report.rows, key=lambda row: row.fate != core_imports.REFUSED)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    counts = [
        (IMPORT_FATES[fate], report.count(fate))
        for fate in core_imports.FATES
        if report.count(fate)
    ]
    return {
        "found": found, "page": page, "rows": [(row, IMPORT_FATES[row.fate]) for row in page],
        "counts": counts, "refused": report.refused, "reasons": (),
        "can": permissions.import_verbs(request.user, found),
        "nothing": not report.count(core_imports.NEW) + report.count(core_imports.CHANGED),
        "crumbs": [("Boards", reverse("boards")), ("Read meetings in", reverse("board-imports"))],
    }  # fmt: skip


def _import(request: HttpRequest, pk: int) -> Import:
    visible = permissions.visible_imports(request.user).select_related("read_by", "undone_by")
    return get_object_or_404(visible, pk=pk)
