"""How the machine is: everything for administrators, and one word for everybody else (H14)."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from saidanddone import __version__
from saidanddone.audit import counts as audit
from saidanddone.mail import counts as mail
from saidanddone.ui.failures import DATABASE_AWAY
from saidanddone.ui.filters import moment


@dataclass(frozen=True)
class Part:
    """One part of the machine: its name, its figures, and whether somebody should look."""

    name: str
    rows: list[tuple[str, object]]
    well: bool

    @property
    def tag(self) -> tuple[str, str, str]:
        """Shape, words and tone."""
        return ("s-done", "Well", "good") if self.well else ("s-watch", "Needs a look", "watch")


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Administrators see job queue, mail backlog, audit verification and version."""
    if not request.user.has_role("administrator"):
        raise PermissionDenied
    parts = [letters(), jobs(), lines()]
    return render(request, "home/status.html", {"version": __version__, "parts": parts})


def letters() -> Part:
    """What waits to be handed to the mail server, and what went wrong."""
    found = mail.backlog()
    rows = [
        ("Waiting", found.queued),
        ("Waiting since", when(found.oldest)),
        ("Accepted today", found.accepted_today),
        ("To decide about", to_decide(found.unknown, found.refused)),
        ("Workers", found.workers),
        ("Mail server", found.trouble or "No trouble"),
    ]
    return Part("Letters", rows, found.well)


def to_decide(unknown: int, refused: int) -> str:
    """Letters whose fate only a person can tell, and where they do."""
    if not unknown + refused:
        return "0"
    words = f"{unknown:,} not known, {refused:,} refused"
    return format_html('<a href="{}">{}</a>', reverse("letters"), words)


def jobs() -> Part:
    """What runs later or on a clock."""
    found = mail.jobs()
    rows = [
        ("Waiting", found.waiting),
        ("Waiting since", when(found.oldest)),
        ("Being done", found.doing),
        ("Failed", found.failed),
    ]
    return Part("Jobs", rows, found.well)


def lines() -> Part:
    """When the audit was last verified, and what was found."""
    found = audit.verification()
    rows = [
        ("Last verified", when(found.at)),
        ("Lines", f"{found.lines:,}"),
        ("Signed heads", f"{found.heads:,}"),
        ("Faults", found.faults),
    ]
    return Part("Audit", rows, found.well)


def when(at) -> str:
    """A moment in words, or that there is none."""
    return moment(at) if at else "–"


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """ok when the database answers; nothing more is anybody's business."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DATABASE_AWAY:
        return HttpResponse("not ok", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
