"""The limit of a page: its own SQL and as many bytes, behind the same middleware, and nothing else.

No page can be faster than what the database and the middleware cost; how near one comes to that
is a figure that does not depend on the machine.
"""

import json
import os
from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@cache
def recorded(page: str) -> tuple[list[str], bytes]:
    """What the page asked of the database, and as many bytes as it answered."""
    found = json.loads(Path(os.environ["SAID_BENCH_RECORD"]).read_text())[page]
    return found["queries"], b"x" * found["size"]


@login_not_required
def public(request: HttpRequest, page: str) -> HttpResponse:
    """The limit of a page for everyone: kept for a minute, so it asks nothing."""
    return HttpResponse(recorded(page)[1])


def private(request: HttpRequest, page: str) -> HttpResponse:
    """The limit of a page for somebody who is signed in."""
    queries, body = recorded(page)
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(query)
            cursor.fetchall()
    return HttpResponse(body)


urlpatterns = [
    path("limit/public/<slug:page>/", public),
    path("limit/private/<slug:page>/", private),
    path("", include("saidanddone.urls")),
]
handler403 = "saidanddone.ui.errors.forbidden"
handler404 = "saidanddone.ui.errors.not_found"
handler500 = "saidanddone.ui.errors.failed"
