"""Adding a line, which is all that anybody may do to the audit; signing its ends; checking it."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from saidanddone.audit import heads, permissions
from saidanddone.audit.models import CHAINS, ChainEnd, Check, Line
from saidanddone.core import clock
from saidanddone.core.access import require

PAGE = 50  # lines


def record(verb: str, subject: Model | str, *, by: object, detail: str = "") -> None:
    """Write one unalterable line in the transaction of the deed itself.

    `by` is the person (with the post they act for), None for somebody who holds a code, or the
    name of a system person such as "system: letters". `detail` is kept as a salted digest only.
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
        return by.replace(" ", "")
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


def look_at_audit(
    *,
    by: Any,
    who: str = "",
    verb: str = "",
    subject: str = "",
    day: date | None = None,
    before: int | None = None,
) -> list[Line]:
    """Lines that fit, newest first, one page and one more. Privacy officers; looking is recorded."""
    require("look_at_audit", permissions.audit_verbs(by))
    record("look_at_audit", subject or who or "audit.line:all", by=by, detail=f"{verb} {day or ''}")
    lines = permissions.visible_lines(by)
    asked = {"actor": who, "verb": verb, "subject": subject, "pk__lt": before}
    lines = lines.filter(**{name: value for name, value in asked.items() if value})
    return list((lines.on(day) if day else lines)[: PAGE + 1])


def write_heads() -> bool:
    """Sign where the chains stand, outside the database. Each minute, by a worker; False if idle."""
    ends = {end.chain: (end.number, end.digest) for end in ChainEnd.objects.all() if end.number}
    return heads.write(ends, timezone.now())


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was written."""

    chain: int
    number: int
    what: str

    def __str__(self) -> str:
        return f"Chain {self.chain}, line {self.number}: {self.what}"


@dataclass(frozen=True)
class Report:
    """What a verification found."""

    lines: int
    heads: int
    latest_head: datetime | None
    faults: list[Fault | str]


# One statement sees one state of the database, while others go on adding to it.
BROKEN = """
WITH line AS (
    SELECT *, lag(number, 1, 0::bigint) OVER chain AS number_before,
           lag(digest, 1, '') OVER chain AS digest_before
    FROM audit_line WINDOW chain AS (PARTITION BY audit_line.chain ORDER BY number)
), last AS (
    SELECT DISTINCT ON (chain) chain, number, digest FROM audit_line ORDER BY chain, number DESC
), broken AS (
    SELECT chain, number, CASE
        WHEN digest <> audit_digest(previous, id, chain, number, at, written_at, actor, post, verb,
                                    subject, detail) THEN 'this line was changed'
        WHEN number <> number_before + 1 THEN 'lines before it are missing'
        WHEN previous <> digest_before THEN 'it does not follow the line before it'
        END AS what FROM line
    UNION ALL
    SELECT chain, coalesce(last.number, 0), 'the chain does not end where it was left'
    FROM generate_series(0, %(chains)s - 1) AS known (chain)
    FULL JOIN last USING (chain) FULL JOIN audit_chainend AS kept USING (chain)
    WHERE (kept.number, kept.digest) IS DISTINCT FROM (coalesce(last.number, 0), coalesce(last.digest, ''))
       OR known.chain IS NULL
    UNION ALL
    SELECT head.chain, head.number, CASE
        WHEN line.digest IS NULL THEN 'a line that was signed here is missing'
        ELSE 'another line was signed here' END
    FROM unnest(%(chain)s::int[], %(number)s::bigint[], %(digest)s::text[]) AS head (chain, number, digest)
    LEFT JOIN audit_line AS line USING (chain, number) WHERE line.digest IS DISTINCT FROM head.digest
)
SELECT chain, number, what FROM broken WHERE what IS NOT NULL
UNION ALL SELECT NULL, count(*), 'lines in all' FROM audit_line
"""


def verify() -> Report:
    """Find every line that was changed, moved, added past the door or taken away. Changes nothing."""
    signed = heads.read()  # before the lines, which may only have grown since
    ends = sorted(signed.ends)
    columns = {
        name: [end[place] for end in ends]
        for place, name in enumerate(("chain", "number", "digest"))
    }
    with connection.cursor() as cursor:
        cursor.execute(BROKEN, {**columns, "chains": CHAINS})
        rows = cursor.fetchall()
    lines = next(number for chain, number, _ in rows if chain is None)
    broken = sorted((Fault(*row) for row in rows if row[0] is not None), key=str)
    return Report(lines, len(ends), signed.latest, [*signed.faults, *broken])


def check_audit() -> Report:
    """Verify, and keep the result for the status page. Each night by a worker, or by hand."""
    report = verify()
    Check.objects.create(lines=report.lines, heads=report.heads, faults=len(report.faults))
    return report
