"""The limit of a page: its own SQL and as many bytes, behind the same middleware, and nothing else.

No page can be faster than what the database and the middleware cost; how near one comes to that
is a figure that does not depend on the machine.
"""

import json
import os
import re
from collections import defaultdict
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from saidanddone.core import identity

ONLY_ONCE = re.compile(
    r"recorded@|xact_lock\(-?\d+|[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)

# Who acts, as core/identity tells it: person, post and purpose, then what counts for a minute.
TOLD = re.compile(r"'(\d+):(\d*):([a-z-]+):\d+:\d+:\d+:[0-9a-f]{64}'")
OWN_NUMBER = re.compile(r"(INSERT INTO .*? VALUES \(')[0-9a-f-]{32,36}")


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
    replay(queries)
    return HttpResponse(body)


@login_not_required
def opened(request: HttpRequest, page: str) -> HttpResponse:
    """The limit of a page that anybody may send: what it writes is written anew, in one go."""
    queries, body = recorded(page)
    with transaction.atomic():
        replay(renewed(queries))
    return HttpResponse(body)


def replay(queries: list[str]) -> None:
    """Ask it all again; a page of families, as the same person, told to the database anew."""
    families = any(TOLD.search(query) for query in queries)
    with transaction.atomic() if families else nullcontext(), connection.cursor() as cursor:
        for query in queries:
            cursor.execute(_now(query) if families else query)
            if cursor.description:
                cursor.fetchall()


def _now(query: str) -> str:
    """The same with a signature that is believed here and now, and a look of its own."""
    query = TOLD.sub(lambda told: f"'{_signed(told)}'", query)
    return OWN_NUMBER.sub(lambda found: f"{found[1]}{uuid4()}", query)


def _signed(told: re.Match[str]) -> str:
    return identity._signed(int(told[1]), int(told[2] or 0) or None, told[3])  # noqa: SLF001


def renewed(queries: list[str]) -> list[str]:
    """The same as somebody else would have it: what may stand only once is new, and so are locks."""
    new: dict[str, str] = defaultdict(lambda: uuid4().hex)
    mine = uuid4().hex

    def other(found: re.Match[str]) -> str:
        word = found[0]
        if word.startswith("recorded@"):
            return f"{mine}@"
        if word.startswith("xact_lock("):
            return f"xact_lock({uuid4().int % 2**62}"
        fresh = new[word.replace("-", "")]
        return str(UUID(fresh)) if "-" in word else fresh

    return [ONLY_ONCE.sub(other, query) for query in queries]


urlpatterns = [
    path("limit/public/<slug:page>/", public),
    path("limit/private/<slug:page>/", private),
    path("limit/open/<slug:page>/", opened),
    path("", include("saidanddone.urls")),
]
handler403 = "saidanddone.ui.errors.forbidden"
handler404 = "saidanddone.ui.errors.not_found"
handler500 = "saidanddone.ui.errors.failed"
