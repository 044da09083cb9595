"""The connections that are kept: when the database restarts, none of the dead is tried twice."""

from types import SimpleNamespace

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from saidanddone.core import pool


@pytest.mark.django_db
def test_one_dead_connection_tells_that_all_are(postgres, monkeypatch):
    dead = []

    def counted(kept):
        try:
            pool.check(kept)
        except psycopg.OperationalError:
            dead.append(kept)
            raise

    with ConnectionPool(postgres.owner(), min_size=4, max_size=4, check=counted) as kept:
        monkeypatch.setattr(pool, "connection", SimpleNamespace(pool=kept))
        kept.wait()
        held = [kept.getconn() for _ in range(4)]
        numbers = [one.info.backend_pid for one in held]
        for one in held:
            kept.putconn(one)
        with psycopg.connect(postgres.owner(), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(n) FROM unnest(%s::int[]) AS n", [numbers])
        with kept.connection() as fresh:
            assert fresh.execute("SELECT 1").fetchone() == (1,)
        assert len(dead) == 1
