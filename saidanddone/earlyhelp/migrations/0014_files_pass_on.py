"""When whoever keeps a file leaves, it passes on to those who supervised them, as the lead does.

Else a family that took everything back, or a seal on a closed record, was nobody's to answer for
from the day on which the last lead left. The rest is as in 0009.
"""

from django.db import migrations

RIGHTS = """
CREATE OR REPLACE FUNCTION earlyhelp_rights()
    RETURNS TABLE (story_id uuid, family_id uuid, part text, kind text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH me AS MATERIALIZED (SELECT * FROM earlyhelp_me()),
    watched AS MATERIALIZED (
        SELECT p.id, p.id IN (SELECT * FROM earlyhelp_live(
            array(SELECT w.id FROM people_post AS w, me WHERE w.lead_id = me.post), me.moment)) AS lives
        FROM people_post AS p, me WHERE p.lead_id = me.post
          AND me.roles && ARRAY['supervisor', 'safeguarding_lead']::varchar[]),
    areas AS MATERIALIZED (SELECT earlyhelp_areas() AS mine),
    given AS (
        SELECT a.*, a.part::text AS held, a.kind::text AS rests_on FROM me
        JOIN earlyhelp_access AS a ON a.person_id = me.person AND a.post_id IS NOT DISTINCT FROM me.post
        UNION ALL
        SELECT a.*, CASE WHEN a.kind <> 'lead' THEN 'read' WHEN w.lives THEN 'oversee' ELSE 'lead' END,
               'supervision'
        FROM watched AS w JOIN earlyhelp_access AS a ON a.post_id = w.id
        WHERE a.kind IN ('lead', 'file') OR (a.kind = 'membership' AND w.lives)
        UNION ALL
        SELECT a.*, a.part::text, a.kind::text FROM earlyhelp_access AS a, areas
        WHERE a.person_id IS NULL AND a.kind <> 'coordination'
          AND coalesce(a.area_id, 0) = ANY (areas.mine))
    SELECT g.story_id, g.family_id, g.held, g.rests_on FROM given AS g, me
    WHERE g.starts_at <= me.moment + interval '1 minute' AND g.ends_at > me.moment
      AND g.family_id <> ALL ((SELECT earlyhelp_sealed())::uuid[])
      AND (g.held = 'family' OR g.family_id <> ALL ((SELECT earlyhelp_conflicts())::uuid[]))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("earlyhelp", "0013_seals_outlive_the_work")]
    operations = [migrations.RunSQL(RIGHTS, migrations.RunSQL.noop)]
