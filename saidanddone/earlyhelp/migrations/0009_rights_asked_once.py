"""Row security works out what somebody holds once for each transaction, and keeps it signed.

Every policy asks which stories are open to whoever acts. To work that out took longer than many a
question itself, and each statement did so several times over. Now the first that asks keeps the
answer, in a setting of the transaction. It counts for this connection, this transaction and this
person alone, because it is signed with the key that only the tables' owner reads (core/0001); and
any statement that changes a right, a seal, a conflict, a post or whose word counts makes it be
forgotten. So a right that ends inside a transaction ends at once; one that another transaction ends
meanwhile, with this page.

Whoever coordinates an area knows of every story in it: that is asked of each row by its area, so
that 20,000 numbers need not be gathered first. And `unnest(f())` becomes `unnest((SELECT f()))`:
the planner worked the former out itself, to know how many there are, before anything was asked. Who somebody is in a family was a question
inside the policies of ten tables, each with that table's own policy in it; now it is one function.
"""

from django.db import migrations, models
from django.db.models import Q

OURS = "STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$"

# Whoever is not even said to be the product need not be looked at closely.
SYSTEM_FIRST = """
CREATE OR REPLACE FUNCTION identity_is_system() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN starts_with(current_setting('said.actor', true), '0:')
        THEN coalesce((identity_now()).person = 0, false) ELSE false END
$$;
"""
# As in 0004, without what coordinators know by area alone.
RIGHTS = f"""
CREATE OR REPLACE FUNCTION earlyhelp_rights()
    RETURNS TABLE (story_id uuid, family_id uuid, part text, kind text) LANGUAGE sql {OURS}
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
        WHERE a.kind = 'lead' OR (a.kind IN ('membership', 'file') AND w.lives)
        UNION ALL
        SELECT a.*, a.part::text, a.kind::text FROM earlyhelp_access AS a, areas
        WHERE a.person_id IS NULL AND a.kind <> 'coordination'
          AND coalesce(a.area_id, 0) = ANY (areas.mine))
    SELECT g.story_id, g.family_id, g.held, g.rests_on FROM given AS g, me
    WHERE g.starts_at <= me.moment + interval '1 minute' AND g.ends_at > me.moment
      AND g.family_id <> ALL ((SELECT earlyhelp_sealed())::uuid[])
      AND (g.held = 'family' OR g.family_id <> ALL ((SELECT earlyhelp_conflicts())::uuid[]))
$$;
"""  # noqa: S608 -- our own words
# The areas that they coordinate; 0 stands for a story without one, which every coordinator knows.
AREAS = f"""
CREATE FUNCTION earlyhelp_areas() RETURNS bigint[] LANGUAGE sql {OURS}
    WITH mine AS MATERIALIZED (
        SELECT c.area_id FROM earlyhelp_me() AS me JOIN earlyhelp_patch AS c ON c.post_id = me.post
        WHERE c.ended_at IS NULL AND 'coordinator' = ANY (me.roles))
    SELECT array(
        SELECT 0 WHERE EXISTS (SELECT 1 FROM mine) UNION SELECT m.area_id FROM mine AS m
        UNION SELECT a.id FROM reference_area AS a WHERE EXISTS (SELECT 1 FROM mine WHERE area_id IS NULL))
$$;
"""

# A line for each part and kind: part|kind|stories|families. Nothing but words and numbers of ours.
KEPT = f"""
CREATE FUNCTION earlyhelp_kept_rights() RETURNS text LANGUAGE plpgsql {OURS}
DECLARE
    said text := coalesce(current_setting('said.actor', true), '');
    before text := coalesce(current_setting('said.rights', true), '');
    told text := substr(before, 65);
    here text := concat_ws('|', said, pg_backend_pid(), transaction_timestamp(), '');
    key identity_key;
BEGIN
    SELECT * INTO key FROM identity_key;
    IF left(before, 64) = encode(sha256(key.outer_pad || sha256(key.inner_pad
            || convert_to(here || told, 'UTF8'))), 'hex') THEN
        -- Who acts was believed when this was signed, so their moment can be read; it still counts?
        IF to_timestamp(split_part(said, ':', 5)::bigint) >= clock_timestamp() THEN
            RETURN told;
        END IF;
    END IF;
    IF (SELECT i.person FROM identity_now() AS i) IS NULL THEN
        RETURN '';  -- nobody is believed to act: nothing is kept
    END IF;
    SELECT coalesce(string_agg(concat_ws('|', r.part, r.kind, r.stories, r.families), E'\\n'), '')
    INTO told FROM (
        SELECT a.part, a.kind, string_agg(DISTINCT a.story_id::text, ',') AS stories,
               string_agg(DISTINCT a.family_id::text, ',') AS families
        FROM earlyhelp_rights() AS a GROUP BY a.part, a.kind) AS r;
    PERFORM set_config('said.rights', encode(sha256(key.outer_pad || sha256(key.inner_pad
        || convert_to(here || told, 'UTF8'))), 'hex') || told, true);
    RETURN told;
END $$;
"""  # noqa: S608 -- our own words
WHICH = {"part": 1, "kind": 2, "stories": 3, "families": 4}


def asked(name: str, column: str, by: str) -> str:
    """One of the three functions that policies ask, which said the same before."""
    return f"""
CREATE OR REPLACE FUNCTION earlyhelp_{name}(VARIADIC {by}s text[]) RETURNS uuid[]
    LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT ('{{' || coalesce(string_agg(split_part(line, '|', {WHICH[column]}), ','), '') || '}}')::uuid[]
        FROM string_to_table(earlyhelp_kept_rights(), E'\\n') AS line
        WHERE split_part(line, '|', {WHICH[by]}) = ANY ({by}s));
END $$;
"""  # noqa: S608 -- our own words


ASKED = (
    asked("stories", "stories", "part")
    + asked("by_kind", "stories", "kind")
    + asked("families", "families", "part")
)
# Who they are in the families that are open to them: no policy needs another table's for it.
MY_MEMBERS = f"""
CREATE POLICY asked ON earlyhelp_familymember FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION earlyhelp_my_members() RETURNS uuid[] LANGUAGE sql {OURS}
    SELECT array(
        SELECT m.id FROM earlyhelp_familymember AS m WHERE m.user_id = (SELECT identity_person())
        AND m.family_id = ANY ((
            SELECT earlyhelp_families('read', 'write', 'oversee', 'lead', 'family'))::uuid[]))
$$;
"""  # noqa: S608 -- our own words
FORGET = """
CREATE FUNCTION earlyhelp_forget_rights() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('said.rights', '', true);
    RETURN NULL;
END $$;
""" + "".join(
    f"CREATE TRIGGER rights_changed AFTER INSERT OR UPDATE OR DELETE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION earlyhelp_forget_rights();\n"
    for table in (
        "earlyhelp_access", "earlyhelp_seal", "earlyhelp_conflict", "earlyhelp_patch",
        "earlyhelp_confirmation", "people_post", "people_user", "people_organisation",
        "reference_partnership",
    )
)  # fmt: skip
# Both changes keep what each policy says; \\1 is the call itself.
IN_OTHER_WORDS = {
    r"unnest\((earlyhelp_(?:stories|by_kind|families)\(VARIADIC ARRAY\[[^]]*\]\))\)":
        r"unnest((SELECT \1))",
    r"SELECT ARRAY\(\s*SELECT earlyhelp_familymember\.id\s+FROM earlyhelp_familymember\s+WHERE"
    r" \(earlyhelp_familymember\.user_id = \( SELECT identity_person\(\) AS identity_person\)\)\)"
    ' AS "array"': "SELECT earlyhelp_my_members()",
}  # fmt: skip
REWRITTEN = """
DO $do$
DECLARE
    p record;
    used text;
    checked text;
BEGIN
    FOR p IN SELECT * FROM pg_policies WHERE schemaname = 'public' AND tablename LIKE 'earlyhelp\\_%'
    LOOP
        used := p.qual;
        checked := p.with_check;
        {steps}
        IF used IS DISTINCT FROM p.qual OR checked IS DISTINCT FROM p.with_check THEN
            EXECUTE format('ALTER POLICY %I ON %I', p.policyname, p.tablename)
                || coalesce(' USING (' || used || ')', '')
                || coalesce(' WITH CHECK (' || checked || ')', '');
        END IF;
    END LOOP;
END $do$;
""".replace("{steps}", "".join(
    f"{name} := regexp_replace({name}, $re${old}$re$, $re${new}$re$, 'g');\n"
    for old, new in IN_OTHER_WORDS.items() for name in ("used", "checked")
))  # fmt: skip
SYSTEM, ME = "(SELECT identity_is_system())", "(SELECT identity_person())"
MINE = "(SELECT earlyhelp_areas())::bigint[]"
KNOWN_BY_AREA = f"coalesce(area_id, 0) = ANY ({MINE}) AND family_id <> ALL ((SELECT earlyhelp_barred())::uuid[])"


def stories(*parts: str, column: str = "story_id") -> str:
    """Those open to whoever acts, by hash."""
    listed = ", ".join(f"'{part}'" for part in parts)
    return f"{column} IN (SELECT unnest((SELECT earlyhelp_stories({listed}))))"


READ = ("read", "write", "oversee", "lead", "family")
KNOWN = f"{stories(*READ, column='id')} OR ({KNOWN_BY_AREA})"
SEAL = f"{ME} = ANY (readers) AND family_id IN (SELECT s.family_id FROM earlyhelp_story AS s)"
KNOW = {
    "story": KNOWN, "storyevent": KNOWN, "seal": SEAL, "sealevent": SEAL,
    "access": (
        f"(person_id = {ME} AND story_id <> ALL ((SELECT earlyhelp_barred_stories())::uuid[]))"
        f" OR (person_id IS NULL AND {KNOWN_BY_AREA}) OR {stories("oversee", "lead", "family")}"
        f" OR ({stories(*READ)} AND post_id IN"
        " (SELECT p.id FROM people_post AS p WHERE p.lead_id = (SELECT identity_post())))"
    ),
}  # fmt: skip
POLICIES = "".join(
    f"ALTER POLICY seen ON earlyhelp_{table} USING ({SYSTEM} OR {rule});\n"
    for table, rule in KNOW.items()
)


class Migration(migrations.Migration):
    dependencies = [
        ("earlyhelp", "0008_asked_by_hash"),
        ("people", "0002_registers"),
        ("reference", "0003_the_story_so_far"),
    ]
    operations = [
        migrations.RunSQL(
            SYSTEM_FIRST + AREAS + RIGHTS + KEPT + ASKED + MY_MEMBERS + FORGET,
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(REWRITTEN + POLICIES, migrations.RunSQL.noop),
        migrations.AddIndex(
            "access",
            models.Index(
                fields=["area"],
                condition=Q(person__isnull=True) & ~Q(kind="coordination"),
                name="access_of_a_moment",
            ),
        ),
    ]
