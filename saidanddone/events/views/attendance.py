"""Attendance files: sent, looked through row by row, taken in, undone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from saidanddone.core.access import require
from saidanddone.core.files import FileRefused
from saidanddone.core.imports import Undecided
from saidanddone.events import forms, imports, permissions, states, verbs
from saidanddone.events.models import AttendanceFile, Session
from saidanddone.events.verbs.attendance import matches
from saidanddone.events.views.shared import crumbs_to, done_already, draw, kept, typed
from saidanddone.ui.filters import plural


@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the report of Teams or Zoom, and see those that were sent."""
    session = kept(request, slug, "read_attendance")
    if done_already(request, session, "read_attendance"):
        return redirect(session)
    form = forms.AttendanceForm(typed(request), request.FILES or None)
    if form.is_valid():
        try:
            return redirect(_read(request, session, form))
        except FileRefused as refused:
            form.add_error("upload", str(refused))
        except verbs.Taken:
            form.add_error(
                "upload", "This file has been taken in already. Nothing is counted twice"
            )
    return draw(
        request, "attendance", 422 if form.errors else 200, session=session, form=form,
        files=list(permissions.visible_files(request.user, session)), names=states.NAMES,
        crumbs=crumbs_to(session, ("Register", reverse("session-register", args=[slug]))),
    )  # fmt: skip


def _read(request: HttpRequest, session: Session, form: forms.AttendanceForm) -> AttendanceFile:
    upload = form.cleaned_data["upload"]
    plan = imports.read(upload["content"], month_first=form.cleaned_data["month_first"])
    plan["notes"] = imports.notes_for(plan, session)
    return verbs.read_attendance(
        session=session, file_name=upload["name"], digest=upload["digest"], plan=plan,
        by=request.user,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def attendance_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Row by row: who this is, for sure or by a person's word; then take it in."""
    session, file = _file(request, slug, pk)
    bookings = list(permissions.visible_bookings(request.user, session).expected())
    found = matches(file.rows, bookings)
    form = forms.MatchForm(typed(request), matches=found, bookings=bookings)
    if form.is_valid() and not done_already(request, file, "take_attendance"):
        try:
            count = verbs.take_attendance(file=file, choices=form.choices(), by=request.user)
            messages.success(request, f"{plural(count, 'person was', 'people were')} there.")
            return redirect("session-register", slug)
        except (Undecided, verbs.Taken) as trouble:
            form.add_error(None, str(trouble))
    return draw(
        request, "attendance_file", 422 if form.errors else 200, session=session, file=file,
        form=form, can=permissions.file_verbs(request.user, file), names=states.NAMES,
        unsure=sum(not one.sure and not one.row["hosts"] for one in found),
        sure=sum(one.sure for one in found),
        crumbs=crumbs_to(session, ("Attendance files", reverse("attendance", args=[slug]))),
    )  # fmt: skip


@require_POST
def attendance_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put back what a file changed."""
    _, file = _file(request, slug, pk)
    if done_already(request, file, "undo_attendance"):
        return redirect(file)
    try:
        verbs.undo_attendance(file=file, by=request.user)
        messages.success(request, "It is undone. The register stands as it did before.")
    except Undecided as trouble:
        messages.error(request, str(trouble))
    return redirect("attendance", slug)


def _file(request: HttpRequest, slug: str, pk: int) -> tuple[Session, AttendanceFile]:
    session = get_object_or_404(permissions.visible_sessions(request.user), slug=slug)
    require("read", {"read"} if permissions.keeps_sessions(request.user) else set())
    return session, get_object_or_404(permissions.visible_files(request.user, session), pk=pk)
