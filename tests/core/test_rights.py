"""The runtime role may do what serving people takes, and nothing that would change what was."""

import pytest
from django.apps import apps
from django.db import connection

from saidanddone.core import rights

HISTORY = sorted(m._meta.db_table for m in apps.get_models() if hasattr(m, "pgh_tracked_model"))
ALL = {"SELECT", "INSERT", "UPDATE", "DELETE"}


def may(table):
    """What the product's role may do with a table."""
    with connection.cursor() as cursor:
        kinds = sorted(ALL | {"TRUNCATE", "TRIGGER", "REFERENCES"})
        cursor.execute(
            "SELECT kind FROM unnest(%s::text[]) AS kind "
            "WHERE has_table_privilege(current_user, %s::text, kind)",
            [kinds, f"public.{table}"],
        )
        return {kind for (kind,) in cursor.fetchall()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "rights"),
    [
        ("people_user", ALL),
        ("participation_voice", ALL),
        ("shared_cache", ALL),
        ("procrastinate_jobs", ALL),
        ("audit_line", {"SELECT"}),
        ("audit_chainend", {"SELECT"}),
        ("audit_check", {"SELECT", "INSERT"}),
        ("pghistory_context", {"SELECT", "INSERT", "UPDATE"}),
        ("django_migrations", {"SELECT"}),
        *((table, {"SELECT", "INSERT"}) for table in HISTORY),
    ],
)
def test_what_the_product_may_do(table, rights):
    assert may(table) == rights


def test_there_is_history():
    assert HISTORY


@pytest.mark.django_db
def test_the_product_owns_nothing():
    rights.check_separate()


def test_an_owner_is_refused_as_the_product(django_db_setup, django_db_blocker):
    with (
        django_db_blocker.unblock(),
        rights.as_owner(),
        pytest.raises(rights.NotSeparate, match="owns the tables"),
    ):
        rights.check_separate()


@pytest.mark.django_db
def test_one_address_for_both_would_be_named():
    with pytest.raises(rights.NotSeparate, match="DATABASE_OWNER_URL"):
        rights.ensure_role("said_runtime")
