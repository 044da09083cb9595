"""Who looked is told to a family without betraying anybody; a supervisor sees the file that is kept."""

from django.db import migrations

DEFINER = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$"

# Whoever works where somebody works of whom it is unsafe to tell is not told of either, unless the
# family knows them as one of its team.
QUIET = f"""
CREATE OR REPLACE FUNCTION earlyhelp_quiet_posts() RETURNS bigint[] {DEFINER}
    WITH team AS MATERIALIZED (
        SELECT t.post_id, t.quiet, p.organisation_id FROM earlyhelp_teammembership AS t
        JOIN people_post AS p ON p.id = t.post_id
        WHERE t.story_id = ANY ((SELECT earlyhelp_stories('family'))::uuid[]))
    SELECT array(
        SELECT team.post_id FROM team WHERE team.quiet
        UNION SELECT p.id FROM people_post AS p
        WHERE p.organisation_id IN (SELECT team.organisation_id FROM team WHERE team.quiet)
          AND p.id NOT IN (SELECT team.post_id FROM team WHERE NOT team.quiet))
$$;
"""  # noqa: S608 -- our own words
# As in 0002, save that a supervisor also reads the file that their worker keeps after a withdrawal.
RIGHTS = f"""
CREATE OR REPLACE FUNCTION earlyhelp_rights()
    RETURNS TABLE (story_id uuid, family_id uuid, part text, kind text) {DEFINER}
    WITH me AS MATERIALIZED (SELECT * FROM earlyhelp_me()),
    watched AS MATERIALIZED (
        SELECT p.id, p.id IN (SELECT * FROM earlyhelp_live(
            array(SELECT w.id FROM people_post AS w, me WHERE w.lead_id = me.post), me.moment)) AS lives
        FROM people_post AS p, me WHERE p.lead_id = me.post
          AND me.roles && ARRAY['supervisor', 'safeguarding_lead']::varchar[]),
    patch AS MATERIALIZED (
        SELECT c.area_id FROM earlyhelp_patch AS c, me WHERE c.post_id = me.post
          AND c.ended_at IS NULL AND 'coordinator' = ANY (me.roles)),
    given AS (
        SELECT a.*, a.part::text AS held, a.kind::text AS rests_on FROM me
        JOIN earlyhelp_access AS a ON a.person_id = me.person AND a.post_id IS NOT DISTINCT FROM me.post
        UNION ALL
        SELECT a.*, CASE WHEN a.kind <> 'lead' THEN 'read' WHEN w.lives THEN 'oversee' ELSE 'lead' END,
               'supervision'
        FROM watched AS w JOIN earlyhelp_access AS a ON a.post_id = w.id
        WHERE a.kind = 'lead' OR (a.kind IN ('membership', 'file') AND w.lives)
        UNION ALL
        SELECT a.*, a.part::text, a.kind::text FROM earlyhelp_access AS a
        WHERE a.person_id IS NULL AND EXISTS (SELECT 1 FROM patch)
          AND (a.area_id IS NULL OR EXISTS (SELECT 1 FROM patch WHERE patch.area_id IS NULL)
               OR a.area_id IN (SELECT patch.area_id FROM patch)))
    SELECT g.story_id, g.family_id, g.held, g.rests_on FROM given AS g, me
    WHERE g.starts_at <= me.moment + interval '1 minute' AND g.ends_at > me.moment
      AND g.family_id <> ALL ((SELECT earlyhelp_sealed())::uuid[])
      AND (g.held = 'family' OR g.family_id <> ALL ((SELECT earlyhelp_conflicts())::uuid[]))
$$;
"""  # noqa: S608 -- our own words
SYSTEM, ME = "(SELECT identity_is_system())", "(SELECT identity_person())"


def stories(*parts: str) -> str:
    listed = ", ".join(f"'{part}'" for part in parts)
    return f"story_id = ANY ((SELECT earlyhelp_stories({listed}))::uuid[])"


# That one of a family came through their own door (a look without a post) is theirs alone.
LOOKS = f"""
DROP POLICY seen ON earlyhelp_look;
CREATE POLICY seen ON earlyhelp_look FOR SELECT USING (
    {SYSTEM} OR (person_id = {ME} AND NOT refused) OR {stories("oversee", "lead")}
    OR ({stories("family")} AND NOT quiet AND NOT refused AND post_id IS NOT NULL
        AND post_id <> ALL ((SELECT earlyhelp_quiet_posts())::bigint[])
        AND (member_id IS NULL OR member_id = ANY (
            (SELECT array(SELECT id FROM earlyhelp_familymember WHERE user_id = {ME}))::uuid[])))
    OR ((SELECT earlyhelp_holds('privacy_officer'))
        AND (story_id IS NULL OR story_id <> ALL ((SELECT earlyhelp_barred_stories())::uuid[]))));
"""  # noqa: S608 -- our own words


class Migration(migrations.Migration):
    dependencies = [("earlyhelp", "0003_authorising")]
    operations = [migrations.RunSQL(QUIET + RIGHTS + LOOKS, migrations.RunSQL.noop)]
