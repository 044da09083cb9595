"""Adding a line: the one thing that anybody may do to the audit."""

import hashlib
import hmac

from django.conf import settings
from django.db import connection
from django.db.models import Model

from saidanddone.core import clock


def record(verb: str, subject: Model | str, *, by: object, detail: str = "") -> None:
    """Write one unalterable line in the transaction of the deed itself.

    `by` is the person (with the post they act for), None for somebody who holds a code, or the
    name of a system person such as "system:letters". `detail` is kept as a salted digest only.
    """
    post = getattr(by, "acting_for", None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_append(%s, %s, %s, %s, %s, %s)",
            [clock.now(), actor(by), getattr(post, "pk", None), verb, reference(subject),
             digest(detail)],
        )  # fmt: skip


def actor(by: object) -> str:
    """How the audit calls whoever did it: never by name."""
    if by is None:
        return "code"
    if isinstance(by, str):
        return by
    return f"person:{getattr(by, 'pk', None) or 'anonymous'}"


def reference(subject: Model | str) -> str:
    """How the audit points at a record: participation.issue:7."""
    if isinstance(subject, str):
        return subject
    return f"{subject._meta.label_lower}:{subject.pk}"


def digest(detail: str) -> str:
    """A salted digest, so that a line proves what was written without holding it."""
    if not detail:
        return ""
    return hmac.new(settings.AUDIT_KEY.encode(), detail.encode(), hashlib.sha256).hexdigest()
