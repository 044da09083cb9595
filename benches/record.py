"""What each measured page asks of the database and how much it answers, written down for its limit."""

import gzip
import json
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saidanddone.dev import demonstration
from saidanddone.dev.prepare import count_rows
from saidanddone.governance.models import Meeting
from saidanddone.participation.models import Issue

TRANSACTION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def record(target: Path, wall_issues: int) -> tuple[dict, str]:
    """Load what is measured, visit each page once, keep its queries; also a signed-in cookie."""
    demonstration.load()
    fill_wall(wall_issues)
    count_rows()
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/demo/sign-in/", {"persona": "worker"})
    pages, kept = {}, {}
    for name, (kind, path) in places().items():
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


FIXED = 1  # session, person and posts, in one query: the middleware asks it for the limit too


def places() -> dict[str, tuple[str, str]]:
    """The pages that issue 2 names: who sees them and where they are."""
    issue = Issue.objects.filter(is_public=True, reply__isnull=False).first()
    meeting = Meeting.objects.filter(state="minuted", body__short_name="CSPB").last()
    return {
        "front": ("public", "/"),
        "wall": ("public", reverse("wall")),
        "thread": ("private", issue.get_absolute_url()),
        "my-day": ("private", reverse("my-day")),
        "meeting": ("private", meeting.get_absolute_url()),
    }


def fill_wall(wanted: int) -> None:
    """As many public issues as the measurement asks for, like those that are there."""
    model = Issue.objects.filter(is_public=True).first()
    for number in range(wanted - Issue.objects.filter(is_public=True).count()):
        Issue.objects.create(
            title=f"{model.title} ({number})", wording=model.wording, topic=model.topic,
            area=model.area, on=model.on, at=model.at, by=model.by,
        )  # fmt: skip
