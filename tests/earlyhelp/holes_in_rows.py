"""Holes, planted one at a time in what the database asks by itself, for tests alone."""

import re

from django.db import connection

from tests.earlyhelp.holes import AT_WORK, CHIEFS, FAMILY


def in_policy(table, old, new):
    """In who sees a row of this table."""

    def plant(cursor):
        cursor.execute(
            "SELECT qual FROM pg_policies WHERE tablename = %s AND policyname = 'seen'", [table]
        )
        cursor.execute(f"ALTER POLICY seen ON {table} USING ({_changed(cursor, old, new)})")

    return plant


def in_function(name, old, new):
    """In a function that the policies ask."""

    def plant(cursor):
        cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [f"earlyhelp_{name}"])
        cursor.execute(_changed(cursor, old, new))

    return plant


def _changed(cursor, old, new):
    (before,) = cursor.fetchone()
    after = re.sub(old, new, before, flags=re.DOTALL)
    assert after != before, old  # what is to be taken out stands there
    return after


def planted(plant):
    """Change it as the owner of the tables, then go on as the role that serves people."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        plant(cursor)
        cursor.execute("SET LOCAL ROLE said_runtime")


BARRED = r"\((story|family)_id <> ALL \(\( SELECT earlyhelp_barred\w*\(\) AS \w+\)::uuid\[\]\)\)"
UNSEALED = r"\(id <> ALL \(\( SELECT earlyhelp_kept_from_me\(\) AS \w+\)::uuid\[\]\)\)"
LIVES = r"\(a.kind = 'membership' AND w.lives\)"
COORDINATORS = ("borough", "first", "second")
# What is planted, and the beginnings of the names of those to whom it would open something.
HOLES = {
    "a right that ended counts": (
        in_function("rights", r"g\.ends_at > me\.moment", "true"), *AT_WORK,
    ),
    "a right that has not begun counts": (
        in_function("rights", r"g\.starts_at <= me\.moment \+ interval '1 minute'", "true"),
        *AT_WORK,
    ),
    "every lead of a post supervises": (
        in_function("rights", r"me\.roles && ARRAY\[.*?\]::varchar\[\]", "true"), *CHIEFS,
    ),
    "what leavers held is supervised": (
        in_function("rights", LIVES, "a.kind = 'membership'"), *CHIEFS,
    ),
    "broken glass is supervised": (
        in_function("rights", LIVES, "(a.kind <> 'lead' AND w.lives)"), *CHIEFS,
    ),
    "rights that were kept are believed unsigned": (
        in_function("kept_rights", r"IF left\(before, 64\) = .*? THEN", "IF before <> '' THEN"),
        *AT_WORK,
    ),
    "a record's seal is not asked": (
        in_function("sealed", r"me\.person <> ALL \(s\.readers\)", "false"), *AT_WORK,
    ),
    "a conflict is not asked": (
        in_function("conflicts", r"c\.person_id = me\.person", "false"), *AT_WORK,
    ),
    "kinship is not asked": (in_function("conflicts", r"a\.kind = 'family'", "false"), *AT_WORK),
    "a part's seal is not asked": (
        in_function("kept_from_me", r"me\.person <> ALL \(s\.readers\)", "false"), *AT_WORK,
    ),
    "a post that ended counts": (
        in_function("live", r"coalesce\(p\.ends_on >= today\.day, true\)", "true"), "leaver",
    ),
    "a patch without the role coordinates": (
        in_function("areas", r"'coordinator' = ANY \(me\.roles\)", "true"), "patch without role",
    ),
    "every coordinator has the borough": (
        in_function("areas", r"WHERE EXISTS \(SELECT 1 FROM mine WHERE area_id IS NULL\)", ""),
        "first", "second",
    ),
    "a coordinator knows of what is sealed": (
        in_policy("earlyhelp_story", BARRED, "true"), *COORDINATORS,
    ),
    "own work is read in what is sealed": (
        in_policy("earlyhelp_contact", BARRED, "true"), *AT_WORK,
    ),
    "a child's audience is not asked": (
        in_policy("earlyhelp_childswords", r"\(\(audience\)::text <> 'worker'::text\)", "true"),
        *AT_WORK,
    ),
    "words are read though they are sealed": (
        in_policy("earlyhelp_childswords", UNSEALED, "true"), *AT_WORK,
    ),
    "drafts are read": (
        in_policy("earlyhelp_contribution", r"\(\(state\)::text = 'signed'::text\)", "true"),
        *AT_WORK,
    ),
    "a quiet colleague's part is told": (
        in_policy("earlyhelp_contribution", r"\(post_id IS NULL\) OR", "true OR"), *FAMILY,
    ),
    "the family sees a quiet member": (
        in_policy("earlyhelp_teammembership", r"\(NOT quiet\)", "true"), *FAMILY,
    ),
    "the family hears of quiet looks": (
        in_policy("earlyhelp_look", r"\(NOT quiet\)", "true"), *FAMILY,
    ),
    "the family hears of refused tries": (
        in_policy("earlyhelp_look", r"\(NOT refused\)", "true"), *FAMILY,
    ),
    "looks are the whole team's": (
        in_policy("earlyhelp_look", r"'oversee'::text, 'lead'", "'write'::text, 'lead'"), *AT_WORK,
    ),
    "an address opens for the unnamed": (
        in_policy("earlyhelp_safeaddress", r"\(\( SELECT identity_person\(\) .*? ANY \(readers\)\)", "true"),
        *AT_WORK,
    ),
    "contacts are the whole team's": (
        in_policy("earlyhelp_contact", r"'oversee'::text, 'lead'", "'write'::text, 'lead'"),
        *AT_WORK,
    ),
}  # fmt: skip
