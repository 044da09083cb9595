"""A hand that nothing in the database refuses, for as long as one test takes."""

import time
from contextlib import contextmanager

import pytest
from django.db import connection, transaction


@pytest.fixture
def superuser(kept):
    """The connection is a superuser's, and triggers are off; all that the test does is undone."""
    product = dict(connection.settings_dict)
    connection.settings_dict.update(USER="postgres", OPTIONS={})
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield cursor
            transaction.set_rollback(True)
    finally:
        connection.close()
        connection.settings_dict.update(product)


@pytest.fixture(autouse=True)
def heads(settings, tmp_path):
    """A folder for signed heads that no other test knows."""
    settings.AUDIT_HEADS = tmp_path / "heads"
    return settings.AUDIT_HEADS


@pytest.fixture
def within_seconds():
    """A block that must be over in so many seconds."""

    @contextmanager
    def within(limit: float):
        began = time.perf_counter()
        yield
        assert time.perf_counter() - began < limit

    return within
