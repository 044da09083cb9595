"""What each measured page asks of the database and how much it answers, written down for its limit."""

import gzip
import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benches.scenes import Scene
from saidanddone.dev import demonstration
from saidanddone.dev.prepare import count_rows

# A statement's own history may stand before it: then it says so in front of the same words.
TRANSACTION = re.compile(r"(?:^|; )(?:SAVEPOINT|RELEASE|BEGIN|COMMIT|ROLLBACK)\b")
FIXED = 1  # session, person and posts, in one query: the middleware asks it for the limit too


def watched(visit: Callable[[], HttpResponse]) -> tuple[list[str], bytes]:
    """What one visit asks of the database, and what it is answered."""
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        response = visit()
    if response.status_code != 200:
        raise SystemExit(f"{response.request['PATH_INFO']} answered {response.status_code}")
    asked = [q["sql"] for q in captured if not TRANSACTION.search(q["sql"])]
    return asked, response.content


def record(target: Path, scene: Scene) -> tuple[dict, str]:
    """Load what is measured, visit each page once, keep its queries; also a signed-in cookie."""
    demonstration.load()
    scene.fill()
    count_rows()
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/demo/sign-in/", {"persona": scene.persona})
    pages, kept = {}, {}
    for name, (kind, path) in scene.places().items():
        visitor = client if kind == "private" else Client(headers={"host": "127.0.0.1"})
        visitor.get(path)  # templates are compiled, settings are read
        asked, body = watched(partial(visitor.get, path))
        kept[name] = {"queries": asked[FIXED:] if kind == "private" else [], "size": len(body)}
        pages[name] = {
            "kind": kind, "path": path, "queries": len(asked), "bytes": len(gzip.compress(body, 6)),
        }  # fmt: skip
    target.write_text(json.dumps(kept))
    return (
        pages,
        f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}",
    )
