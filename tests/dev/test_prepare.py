"""What a start prepares: the planner knows the tables, and pages are not compiled."""

from django.db import connection

from saidanddone.dev.prepare import count_rows

NEVER_COUNTED = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples < 0
"""


def test_after_a_load_the_planner_knows_how_full_each_table_is(kept):
    count_rows()
    with connection.cursor() as cursor:
        cursor.execute(NEVER_COUNTED)
        assert cursor.fetchall() == []


def test_queries_of_pages_are_not_compiled(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
