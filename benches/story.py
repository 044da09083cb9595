"""Families' pages with 20,000 stories and 100,000 memberships, and what row security costs: ./bench story.

My list, one story, and the coordinator's list of what is overdue, held against their limits as in
./bench pages. Then each page's own questions about families, asked by the product, whom row security
shows what is theirs, in turn with a connection that it does not bind: at most 1.25 times as long.
"""

import json
import os
import statistics
import tempfile
import time
from pathlib import Path

import psycopg

from benches.against import hold_against_limit

ROUNDS = 7
MOST = 1.25
SCENES = {"families": "practitioner", "overdue": "coordinator"}


def main() -> int:
    """Print all figures; 1 if a floor is missed, 2 if wrk is not here."""
    missed = [hold_against_limit(scene) for scene in SCENES]
    if 2 in missed:
        return 2
    costs = [cost for scene, who in SCENES.items() for cost in row_security(scene, who)]
    return 1 if any(missed) or max(costs) > MOST else 0


def row_security(scene: str, who: str) -> list[float]:
    """How many times as long each page's questions take with row security as without."""
    from benches import record, scenes  # noqa: PLC0415 -- settings are chosen at run time

    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "record.json"
        record.record(kept, scenes.SCENES[scene])
        pages = json.loads(kept.read_text())
    found = []
    for page, asked in pages.items():
        of_families = [
            query for query in asked["queries"]
            if query.startswith("SELECT") and ' FROM "earlyhelp_' in query
        ]  # fmt: skip
        with_it, without, times = in_turn(of_families, who)
        print(
            f"{page:<12} {len(of_families)} questions: {1000 * with_it:.1f} ms with row security, "
            f"{1000 * without:.1f} without, {times:.2f} times (at most {MOST})",
            flush=True,
        )
        found.append(times)
    return found


def in_turn(queries: list[str], who: str) -> tuple[float, float, float]:
    """Seconds with and without, and how they compare: medians of turns on two connections."""
    from django.db import connection  # noqa: PLC0415

    from saidanddone.core import identity  # noqa: PLC0415
    from saidanddone.dev import personas  # noqa: PLC0415

    person = personas.person(who)
    turns = []
    with psycopg.connect(os.environ["DATABASE_BACKUP_URL"], options="-c jit=off") as unbound:
        for _ in range(ROUNDS + 1):
            with identity.acting(person.pk, person.posts_now[0].pk, purpose="read"):
                with_it = took(connection.connection, queries)
            turns.append((with_it, took(unbound, queries)))
    turns = turns[1:]  # the first was for nothing: what is read stands in memory now
    times = statistics.median(with_it / without for with_it, without in turns)
    with_it, without = (statistics.median(column) for column in zip(*turns, strict=True))
    return with_it, without, times


def took(connection: psycopg.Connection, queries: list[str]) -> float:
    """Seconds to ask all of them."""
    began = time.perf_counter()
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(query, prepare=False)
            cursor.fetchall()
    return time.perf_counter() - began
