"""How the machine is: everything for administrators, and one word for everybody else (H14)."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from saidanddone import __version__
from saidanddone.audit import counts as audit
from saidanddone.mail import counts as mail
from saidanddone.ui.failures import DATABASE_AWAY


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Administrators see job queue, mail backlog, audit verification and version."""
    if not request.user.has_role("administrator"):
        raise PermissionDenied
    return render(
        request,
        "home/status.html",
        {
            "version": __version__,
            "mail": mail.backlog(),
            "jobs": mail.jobs(),
            "audit": audit.verification(),
        },
    )


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
