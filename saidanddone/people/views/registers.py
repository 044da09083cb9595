"""Pages for reading organisations in from public registers: choose, look, decide, undo."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core import imports as core_imports
from saidanddone.core.access import require
from saidanddone.core.files import FileRefused
from saidanddone.people import forms, imports, permissions, verbs
from saidanddone.people.models import RegisterFile
from saidanddone.ui.tags import IMPORT_FATES

A_PAGE = 100
TOO_LARGE = (
    "This file is larger than {} MB. Send it in a zip, as the register gives it, or ask whoever runs "
    "this place to read it in from where it lies, with ./said import."
)
LATEST = 20


@require_http_methods(["GET", "POST"])
def register_files(request: HttpRequest) -> HttpResponse:
    """Choose a file; those that were read before stand below."""
    require("read_register", permissions.register_verbs(request.user))
    sent = request.POST if request.method == "POST" else None
    form = forms.RegisterForm(sent, request.FILES or None)
    if form.is_valid():
        try:
            return redirect(_read(request, form.cleaned_data))
        except FileRefused as refused:
            form.add_error("upload", str(refused))
    earlier = permissions.visible_register_files(request.user).select_related("read_by")[:LATEST]
    status = 422 if form.errors else 200
    context = {"form": form, "earlier": earlier}
    return render(request, "people/register_files.html", context, status=status)


def _read(request: HttpRequest, chosen: dict[str, Any]) -> RegisterFile:
    kind, upload = imports.KINDS[chosen["register"]], chosen["upload"]
    if upload.size > settings.UPLOAD_LIMIT:  # what came after that was not kept
        raise FileRefused(TOO_LARGE.format(settings.UPLOAD_LIMIT // 1_000_000))
    content = core_imports.weighed(upload, kind.most)
    return verbs.read_register(
        plan=kind.read(content, only=chosen["only"]), file_name=upload.name or "register",
        digest=core_imports.mark(content), once=chosen["once"], by=request.user,
    )  # fmt: skip


@require_safe
def register_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What would happen, or what has happened, row by row."""
    return _page(request, pk)


@require_POST
def register_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take all of it in, or nothing."""
    found = _file(request, pk)
    if "import_register" not in found.open_verbs():
        return _overtaken(request, found)
    try:
        verbs.import_register(record=found, by=request.user)
    except core_imports.Undecided as undecided:
        verbs.look_at_register_again(record=_file(request, pk), by=request.user)
        return _page(request, pk, undecided.reasons)
    messages.success(request, "It is taken in. You can undo it here while nothing was changed.")
    return redirect(found)


@require_POST
def register_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Put everything back as it was."""
    found = _file(request, pk)
    if "undo_register" not in found.open_verbs():
        return _overtaken(request, found)
    try:
        verbs.undo_register(record=found, by=request.user)
    except core_imports.Undecided as undecided:
        return _page(request, pk, undecided.reasons)
    messages.success(request, "It is undone: everything is as it was before.")
    return redirect("register-files")


def _overtaken(request: HttpRequest, found: RegisterFile) -> HttpResponse:
    messages.info(request, "That has been done already. This is how it stands now.")
    return redirect(found)


def _page(request: HttpRequest, pk: int, reasons: tuple[str, ...] = ()) -> HttpResponse:
    found = _file(request, pk)
    report = core_imports.Report.of(found.rows)
    rows = sorted(report.rows, key=lambda row: core_imports.FATES.index(row.fate))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    counts = [(IMPORT_FATES[fate], n) for fate in core_imports.FATES if (n := report.count(fate))]
    context = {
        "found": found, "page": page, "rows": [(row, IMPORT_FATES[row.fate]) for row in page],
        "counts": counts, "refused": report.refused, "reasons": reasons[:10],
        "can": permissions.register_verbs(request.user, found),
        "nothing": not report.count(core_imports.NEW) + report.count(core_imports.CHANGED),
    }  # fmt: skip
    return render(request, "people/register_file.html", context, status=409 if reasons else 200)


def _file(request: HttpRequest, pk: int) -> RegisterFile:
    visible = permissions.visible_register_files(request.user)
    return get_object_or_404(visible.select_related("read_by", "undone_by"), pk=pk)
