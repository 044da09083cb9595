"""What each measured page asks of the database and how much it answers, written down for its limit."""

import gzip
import json
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benches.scenes import Scene
from saidanddone.dev import demonstration
from saidanddone.dev.prepare import count_rows

TRANSACTION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
FIXED = 1  # session, person and posts, in one query: the middleware asks it for the limit too


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
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as captured:
            response = visitor.get(path)
        asked = [q["sql"] for q in captured if not q["sql"].startswith(TRANSACTION)]
        body = response.content
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
        kept[name] = {"queries": asked[FIXED:] if kind == "private" else [], "size": len(body)}
        pages[name] = {
            "kind": kind, "path": path, "queries": len(asked), "bytes": len(gzip.compress(body, 6)),
        }  # fmt: skip
    target.write_text(json.dumps(kept))
    return (
        pages,
        f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}",
    )
