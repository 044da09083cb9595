"""The connections that a web process keeps open, and what becomes of them when the database restarts."""

from django.db import connection
from psycopg import Connection
from psycopg_pool import ConnectionPool


def check(kept: Connection) -> None:
    """Ask a kept connection whether it still works; raises if not, and then none is kept.

    They die together when the database restarts. Found out one by one, each after a longer pause,
    they would make a request wait its whole time although the database has long been back.
    """
    try:
        ConnectionPool.check_connection(kept)
    except Exception:
        pool: ConnectionPool = getattr(connection, "pool")  # noqa: B009 -- PostgreSQL's wrapper has it
        pool.drain()
        raise
