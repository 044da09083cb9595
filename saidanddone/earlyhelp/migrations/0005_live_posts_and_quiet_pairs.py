"""The second lock believes a live post alone; who is quiet for one family is not so for another."""

from django.db import migrations

DEFINER = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$"

# Every policy that says "own work" asks these two. A post that is over, or whose person was put
# out, is nobody's here; before, it was only kept from rights.
LIVE = f"""
CREATE OR REPLACE FUNCTION identity_person() RETURNS bigint {DEFINER}
    SELECT i.person FROM identity_now() AS i
    WHERE i.person = 0 OR EXISTS (SELECT 1 FROM people_user AS u WHERE u.id = i.person AND u.is_active)
$$;
CREATE OR REPLACE FUNCTION identity_post() RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT me.post FROM earlyhelp_me() AS me $$;
"""  # noqa: S608 -- our own words
PLAIN = """
CREATE OR REPLACE FUNCTION identity_person() RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT (identity_now()).person $$;
ALTER FUNCTION identity_person() SECURITY INVOKER RESET ALL;
CREATE OR REPLACE FUNCTION identity_post() RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT (identity_now()).post $$;
"""

# Whoever came by their own door to two families is told in each what is safe in that one.
QUIET = f"""
CREATE FUNCTION earlyhelp_quiet() RETURNS TABLE (story_id uuid, post_id bigint) {DEFINER}
    WITH team AS MATERIALIZED (
        SELECT t.story_id, t.post_id, t.quiet, p.organisation_id FROM earlyhelp_teammembership AS t
        JOIN people_post AS p ON p.id = t.post_id
        WHERE t.story_id = ANY ((SELECT earlyhelp_stories('family'))::uuid[]))
    SELECT team.story_id, team.post_id FROM team WHERE team.quiet
    UNION SELECT q.story_id, p.id FROM team AS q
    JOIN people_post AS p ON p.organisation_id = q.organisation_id
    WHERE q.quiet AND NOT EXISTS (
        SELECT 1 FROM team AS t WHERE t.story_id = q.story_id AND t.post_id = p.id AND NOT t.quiet)
$$;
"""
SYSTEM, ME = "(SELECT identity_is_system())", "(SELECT identity_person())"
NOT_QUIET = "(story_id, post_id) NOT IN (SELECT q.story_id, q.post_id FROM earlyhelp_quiet() AS q)"
QUIET_OR_NOBODYS = f"(post_id IS NULL OR {NOT_QUIET})"
NOT_BARRED = "story_id <> ALL ((SELECT earlyhelp_barred_stories())::uuid[])"
UNSEALED = "id <> ALL ((SELECT earlyhelp_kept_from_me())::uuid[])"
TEAM = "'read', 'write', 'oversee', 'lead'"


def stories(parts: str) -> str:
    return f"story_id = ANY ((SELECT earlyhelp_stories({parts}))::uuid[])"


FAMILY = stories("'family'")
TEAM_OR_TOLD = f"{stories(TEAM)} OR ({FAMILY} AND {QUIET_OR_NOBODYS})"
SEEN = {
    "contribution": (
        f"({stories(TEAM)} AND state = 'signed' AND {UNSEALED})"
        f" OR (post_id = (SELECT identity_post()) AND {NOT_BARRED})"
        f" OR ({FAMILY} AND state = 'signed' AND {UNSEALED} AND {QUIET_OR_NOBODYS})"
    ),
    "step": TEAM_OR_TOLD, "stepevent": TEAM_OR_TOLD, "attendance": TEAM_OR_TOLD,
    "look": (
        f"(person_id = {ME} AND NOT refused) OR {stories("'oversee', 'lead'")}"
        f" OR ({FAMILY} AND NOT quiet AND NOT refused AND post_id IS NOT NULL AND {NOT_QUIET}"
        f" AND (member_id IS NULL OR member_id = ANY ("
        f"(SELECT array(SELECT id FROM earlyhelp_familymember WHERE user_id = {ME}))::uuid[])))"
        f" OR ((SELECT earlyhelp_holds('privacy_officer')) AND (story_id IS NULL OR {NOT_BARRED}))"
    ),
}  # fmt: skip
POLICIES = "".join(
    f"ALTER POLICY seen ON earlyhelp_{table} USING ({SYSTEM} OR {rule});\n"
    for table, rule in SEEN.items()
)


class Migration(migrations.Migration):
    dependencies = [("earlyhelp", "0004_the_familys_door")]
    operations = [
        migrations.RunSQL(LIVE, PLAIN),
        migrations.RunSQL(
            QUIET + POLICIES + "DROP FUNCTION earlyhelp_quiet_posts();", migrations.RunSQL.noop
        ),
    ]
