"""The second lock: no row of a family is there for a connection that has not said who acts.

Each policy asks once per statement which stories are open to whoever acts, and compares with an
array: the form in which row security costs nothing to speak of. The functions run with the rights
of the tables' owner, who may read four tables for them (rights, seals, conflicts, memberships) and
is held by the policies everywhere else. Rights of supervisors and coordinators follow from posts:
they are worked out here, never copied.
"""

from django.db import migrations

DEFINER = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$"

FUNCTIONS = f"""
CREATE FUNCTION earlyhelp_me() RETURNS TABLE (person bigint, post bigint, roles varchar[], moment timestamptz)
    {DEFINER}
    SELECT i.person, i.post, coalesce(p.roles, '{{}}'), i.moment FROM identity_now() AS i
    JOIN people_user AS u ON u.id = i.person AND u.is_active
    LEFT JOIN people_post AS p ON p.id = i.post AND p.user_id = i.person
        AND p.id IN (SELECT * FROM earlyhelp_live(ARRAY[i.post], i.moment))
    WHERE i.post IS NULL OR p.id IS NOT NULL
$$;

CREATE FUNCTION earlyhelp_conflicts() RETURNS uuid[] {DEFINER}
    SELECT array(
        SELECT c.family_id FROM earlyhelp_conflict AS c, identity_now() AS me
        WHERE c.person_id = me.person AND c.ended_at IS NULL
        UNION SELECT a.family_id FROM earlyhelp_access AS a, identity_now() AS me
        WHERE a.person_id = me.person AND a.kind = 'family')
$$;

CREATE FUNCTION earlyhelp_sealed() RETURNS uuid[] {DEFINER}
    SELECT array(
        SELECT s.family_id FROM earlyhelp_seal AS s, identity_now() AS me
        WHERE s.subject IS NULL AND s.lifted_at IS NULL AND me.person <> ALL (s.readers))
$$;

CREATE FUNCTION earlyhelp_barred() RETURNS uuid[] LANGUAGE sql STABLE AS
    $$ SELECT earlyhelp_conflicts() || earlyhelp_sealed() $$;

CREATE FUNCTION earlyhelp_barred_stories() RETURNS uuid[] {DEFINER}
    SELECT array(SELECT DISTINCT story_id FROM earlyhelp_access
                 WHERE family_id = ANY ((SELECT earlyhelp_barred())::uuid[]))
$$;

CREATE FUNCTION earlyhelp_kept_from_me() RETURNS uuid[] {DEFINER}
    SELECT array(
        SELECT s.subject FROM earlyhelp_seal AS s, identity_now() AS me
        WHERE s.subject IS NOT NULL AND s.lifted_at IS NULL AND me.person <> ALL (s.readers))
$$;

CREATE FUNCTION earlyhelp_rights() RETURNS TABLE (story_id uuid, family_id uuid, part text, kind text)
    {DEFINER}
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
        WHERE a.kind = 'lead' OR (a.kind = 'membership' AND w.lives)
        UNION ALL
        SELECT a.*, a.part::text, a.kind::text FROM earlyhelp_access AS a
        WHERE a.person_id IS NULL AND EXISTS (SELECT 1 FROM patch)
          AND (a.area_id IS NULL OR EXISTS (SELECT 1 FROM patch WHERE patch.area_id IS NULL)
               OR a.area_id IN (SELECT patch.area_id FROM patch)))
    SELECT g.story_id, g.family_id, g.held, g.rests_on FROM given AS g, me
    -- who acts was said at most a minute ago: what was given since then counts already
    WHERE g.starts_at <= me.moment + interval '1 minute' AND g.ends_at > me.moment
      AND g.family_id <> ALL ((SELECT earlyhelp_sealed())::uuid[])
      AND (g.held = 'family' OR g.family_id <> ALL ((SELECT earlyhelp_conflicts())::uuid[]))
$$;

CREATE FUNCTION earlyhelp_stories(VARIADIC parts text[]) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT story_id), '{{}}') FROM earlyhelp_rights() WHERE part = ANY (parts)
$$;

CREATE FUNCTION earlyhelp_by_kind(VARIADIC kinds text[]) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT story_id), '{{}}') FROM earlyhelp_rights() WHERE kind = ANY (kinds)
$$;

CREATE FUNCTION earlyhelp_families(VARIADIC parts text[]) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT family_id), '{{}}') FROM earlyhelp_rights() WHERE part = ANY (parts)
$$;

CREATE FUNCTION earlyhelp_quiet_posts() RETURNS bigint[] {DEFINER}
    SELECT array(SELECT t.post_id FROM earlyhelp_teammembership AS t WHERE t.quiet
                 AND t.story_id = ANY ((SELECT earlyhelp_stories('family'))::uuid[]))
$$;

CREATE FUNCTION earlyhelp_holds(role text) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT coalesce((SELECT role = ANY (me.roles) FROM earlyhelp_me() AS me), false) $$;

CREATE FUNCTION earlyhelp_claimed(story uuid) RETURNS boolean {DEFINER}
    SELECT EXISTS (SELECT 1 FROM earlyhelp_access WHERE story_id = story)
$$;
"""
# Asked by the functions above, and so made before them.
LIVE = f"""
CREATE FUNCTION earlyhelp_live(posts bigint[], moment timestamptz) RETURNS SETOF bigint {DEFINER}
    SELECT p.id FROM people_post AS p JOIN people_organisation AS o ON o.id = p.organisation_id
    JOIN people_user AS u ON u.id = p.user_id AND u.is_active
    CROSS JOIN LATERAL (SELECT (moment AT TIME ZONE 'Europe/London')::date AS day) AS today
    WHERE p.id = ANY (posts) AND p.ended_at IS NULL AND p.starts_on <= today.day
      AND coalesce(p.ends_on >= today.day, true) AND coalesce(o.ended_on > today.day, true)
$$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION earlyhelp_claimed, earlyhelp_holds, earlyhelp_quiet_posts, earlyhelp_families,
    earlyhelp_by_kind, earlyhelp_stories, earlyhelp_rights, earlyhelp_kept_from_me,
    earlyhelp_barred_stories, earlyhelp_barred, earlyhelp_sealed, earlyhelp_conflicts, earlyhelp_me,
    earlyhelp_live;
"""

ME = "(SELECT identity_person())"
MY_POST = "(SELECT identity_post())"
SYSTEM = "(SELECT identity_is_system())"
# Those of a family are asked by name through their own table, which shows each only what is theirs.
MY_MEMBERS = f"(SELECT array(SELECT id FROM earlyhelp_familymember WHERE user_id = {ME}))"


def stories(*parts: str, column: str = "story_id") -> str:
    return f"{column} = ANY ((SELECT earlyhelp_stories({_listed(parts)}))::uuid[])"


def by_kind(*kinds: str, column: str = "story_id") -> str:
    return f"{column} = ANY ((SELECT earlyhelp_by_kind({_listed(kinds)}))::uuid[])"


def families(*parts: str, column: str = "family_id") -> str:
    return f"{column} = ANY ((SELECT earlyhelp_families({_listed(parts)}))::uuid[])"


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def mine(column: str) -> str:
    return f"{column} = ANY ({MY_MEMBERS}::uuid[])"


def holds(role: str) -> str:
    return f"(SELECT earlyhelp_holds('{role}'))"


def no_conflict(column: str) -> str:
    return f"({column} IS NULL OR {column} <> ALL ((SELECT earlyhelp_conflicts())::uuid[]))"


TEAM = ("read", "write", "oversee", "lead")
READ = (*TEAM, "family")
KNOW = ("know", *READ)
WRITE = ("write", "lead")
ALL_BUT_SEALED = ("oversee", "lead")  # who reads what the lead reads
HANDS = ("write", "oversee", "lead")
NOT_BARRED = "story_id <> ALL ((SELECT earlyhelp_barred_stories())::uuid[])"
UNSEALED = "id <> ALL ((SELECT earlyhelp_kept_from_me())::uuid[])"
# A worker whom it is unsafe to tell the family of is nowhere in what the family sees.
NOT_QUIET = "(post_id IS NULL OR post_id <> ALL ((SELECT earlyhelp_quiet_posts())::bigint[]))"
# Own work stays one's own after the door is shut, save in what is sealed or a relative's.
OWN = f"(post_id = {MY_POST} AND {NOT_BARRED})"
DUTY, PRIVACY = holds("duty_desk"), holds("privacy_officer")
COORDINATOR = holds("coordinator")
PATCH = f"SELECT area_id FROM earlyhelp_patch WHERE post_id = {MY_POST} AND ended_at IS NULL"
IN_MY_PATCH = (
    f"({COORDINATOR} AND EXISTS ({PATCH}) AND (area_id IS NULL OR area_id = ANY (array({PATCH}))"
    f" OR EXISTS ({PATCH} AND area_id IS NULL)))"
)
HEARD = (  # whose words these are, or whom they let read them
    f"({stories(*TEAM)} AND {UNSEALED} AND (audience <> 'worker' OR gathered_by_id = {MY_POST}"
)
SAID_TO_ME = f"({stories(*WRITE)} AND gathered_by_id = {MY_POST})"
WIDENED = "OR id = ANY (array(SELECT words_id FROM earlyhelp_wordswidened))"
TEAM_OR_MINE = f"{stories(*TEAM)} OR {mine('member_id')}"
WRITE_OR_MINE = f"{stories(*WRITE)} OR {mine('member_id')}"
NEVER = "false"

# Table: who sees a row; who adds one; who changes one; and into what. Nobody takes one away.
TABLES = {
    "family": (families(*READ, column="id"), families("lead", column="id"), families("lead", column="id")),
    "familymember": (families(*READ), families("lead"), families("lead")),
    "story": (
        stories(*KNOW, column="id"), stories("lead", column="id"),
        f"{stories(*HANDS, column='id')} OR {by_kind('authorisation', column='id')}",
    ),
    "cover": (
        stories(*READ), stories("lead"), f"{stories(*HANDS)} OR {by_kind('authorisation')}",
    ),
    "agreement": (TEAM_OR_MINE, WRITE_OR_MINE, f"{stories('lead')} OR {mine('member_id')}"),
    "sharingdecision": (
        f"({stories(*TEAM)} AND {UNSEALED}) OR ({stories('family')} AND family_told AND {UNSEALED})"
        f" OR ({PRIVACY} AND {NOT_BARRED})",
        stories(*WRITE), NEVER,
    ),
    "asking": (
        f"from_post_id = {MY_POST} OR (to_post_id = {MY_POST} AND {NOT_BARRED}) OR {stories(*ALL_BUT_SEALED)}",
        f"from_post_id = {MY_POST}",
        f"(to_post_id = {MY_POST} AND {NOT_BARRED}) OR {stories('lead')}",
    ),
    "legalhold": (
        f"{stories('lead')} OR ({PRIVACY} AND {NOT_BARRED})", PRIVACY, PRIVACY,
    ),
    "release": (
        f"asked_by_id = {ME} OR {PRIVACY} OR {COORDINATOR}",
        f"asked_by_id = {ME} AND ({PRIVACY} OR {COORDINATOR})", f"{PRIVACY} OR {COORDINATOR}",
    ),
    "teammembership": (
        f"{stories(*TEAM)} OR ({stories('family')} AND NOT quiet) OR {OWN}", stories("lead"),
        f"{stories('lead')} OR {OWN}",
        f"{stories('lead')} OR ({OWN} AND ended_at IS NOT NULL)",
    ),
    "contribution": (
        f"({stories(*TEAM)} AND state = 'signed' AND {UNSEALED}) OR {OWN}"
        f" OR ({stories('family')} AND state = 'signed' AND {UNSEALED} AND {NOT_QUIET})",
        f"{stories(*WRITE)} AND post_id = {MY_POST}",
        f"{stories(*WRITE)} AND post_id = {MY_POST} AND state = 'writing'",
        f"{stories(*WRITE)} AND post_id = {MY_POST}",
    ),
    "rivaltext": tuple([f"{stories(*WRITE)} AND post_id = {MY_POST}"] * 3),
    "childswords": (
        f"{HEARD} {WIDENED})) OR {mine('child_id')}", f"{SAID_TO_ME} OR {mine('child_id')}", NEVER,
    ),
    "wordswidened": (
        f"{stories(*TEAM)} OR {mine('child_id')}",
        f"({stories('lead')} AND decided_by_id = {MY_POST} AND NOT by_child)"
        f" OR ({mine('child_id')} AND by_child)",
        NEVER,
    ),
    "drawing": (f"{HEARD})) OR {mine('child_id')}", f"{SAID_TO_ME} OR {mine('child_id')}", NEVER),
    "parentswords": (
        f"({stories(*TEAM)} AND {UNSEALED}) OR {mine('member_id')}",
        f"{SAID_TO_ME} OR {mine('member_id')}", NEVER,
    ),
    "level": (stories(*TEAM), f"{stories(*WRITE)} AND judged_by_id = {MY_POST}", NEVER),
    "goal": (stories(*READ), stories(*WRITE, "family"), stories(*WRITE)),
    "step": (
        f"{stories(*TEAM)} OR ({stories('family')} AND {NOT_QUIET})", WRITE_OR_MINE, WRITE_OR_MINE,
    ),
    "plananswer": (TEAM_OR_MINE, WRITE_OR_MINE, NEVER),
    "review": (stories(*READ), stories(*WRITE), stories("lead")),
    "attendance": (
        f"{stories(*TEAM)} OR ({stories('family')} AND {NOT_QUIET})", stories(*WRITE), NEVER,
    ),
    "progress": (stories(*READ), stories(*WRITE), NEVER),
    "scale": (TEAM_OR_MINE, WRITE_OR_MINE, NEVER),
    "closing": (
        stories(*READ), stories("lead"),
        f"{stories(*ALL_BUT_SEALED)} OR {by_kind('authorisation')}",
    ),
    "feedback": (TEAM_OR_MINE, WRITE_OR_MINE, NEVER),
    "contact": (
        f"({stories(*ALL_BUT_SEALED)} AND {UNSEALED}) OR {OWN}",
        f"{stories(*WRITE)} AND post_id = {MY_POST}", NEVER,
    ),
    "contactwith": (
        "contact_id = ANY (array(SELECT id FROM earlyhelp_contact))", stories(*WRITE), NEVER,
    ),
    "oversight": (
        stories(*ALL_BUT_SEALED), f"{stories('oversee')} AND post_id = {MY_POST}", NEVER,
    ),
    "enquiry": (
        f"from_post_id = {MY_POST} OR given_to_id = {MY_POST} OR (state = 'sought' AND {IN_MY_PATCH})"
        f" OR decided_by_id = {MY_POST}",
        f"from_post_id = {MY_POST} OR {IN_MY_PATCH}",
        f"given_to_id = {MY_POST} OR {IN_MY_PATCH}",
    ),
    "dutycheck": (
        f"{DUTY} AND {no_conflict('family_id')} AND {no_conflict('match_family_id')}", NEVER,
        f"{DUTY} AND {no_conflict('family_id')} AND {no_conflict('match_family_id')}",
    ),
    "familycode": (families("lead"), families("lead"), families("lead")),
    "patch": ("true", holds("administrator"), holds("administrator")),
    "seal": (
        f"{ME} = ANY (readers) AND {families(*KNOW)}",
        f"{ME} = ANY (readers) AND {families(*ALL_BUT_SEALED)}",
        f"{ME} = ANY (readers) AND {families(*ALL_BUT_SEALED)}",
    ),
    "conflict": (
        f"declared_by_id = {ME} OR {DUTY}",
        f"declared_by_id = {ME} AND (person_id = {ME} OR {DUTY})", DUTY,
    ),
    "safeaddress": (
        f"{ME} = ANY (readers) AND {families(*HANDS, 'family')}", families("lead"),
        f"{ME} = ANY (readers) AND {families('lead')}",
    ),
    "breakglass": (
        f"person_id = {ME} OR ({PRIVACY} AND (story_id IS NULL OR {NOT_BARRED}))"
        f" OR {stories(*ALL_BUT_SEALED)}",
        f"person_id = {ME} AND post_id = {MY_POST}",
        f"{PRIVACY} AND person_id <> {ME} AND (story_id IS NULL OR {NOT_BARRED})",
    ),
    "access": (
        f"(person_id = {ME} AND {NOT_BARRED}) OR {stories(*ALL_BUT_SEALED, 'family')}"
        f" OR (person_id IS NULL AND {COORDINATOR} AND {stories(*KNOW)})"
        f" OR ({stories(*KNOW)} AND post_id IN (SELECT id FROM people_post WHERE lead_id = {MY_POST}))",
        f"({stories('lead')} AND kind <> 'break_glass')"
        f" OR (person_id = {ME} AND post_id = {MY_POST} AND kind = 'lead'"
        " AND NOT earlyhelp_claimed(story_id))",
        f"{stories('lead')} OR post_id = {MY_POST}",
        # Whoever leaves ends a right; they lengthen none.
        f"({stories('lead')} AND kind <> 'break_glass') OR (post_id = {MY_POST}"
        " AND ends_at <= (SELECT (identity_now()).moment) + interval '2 seconds')",
    ),
    "look": (
        f"(person_id = {ME} AND NOT refused) OR {stories(*ALL_BUT_SEALED)}"
        f" OR ({stories('family')} AND NOT quiet AND NOT refused AND {NOT_QUIET}"
        f" AND (member_id IS NULL OR {mine('member_id')}))"
        f" OR ({PRIVACY} AND (story_id IS NULL OR {NOT_BARRED}))",
        f"person_id = {ME}", NEVER,
    ),
}  # fmt: skip
# What the history of a record keeps is seen by whoever sees the record; a trigger adds it.
TRACKED = [
    "family", "familymember", "story", "cover", "agreement", "teammembership", "goal", "step",
    "review", "closing", "seal", "enquiry",
]  # fmt: skip
ASKED_BY_FUNCTIONS = ["access", "seal", "conflict", "teammembership"]


def lock(table: str, seen: str, added: str, changed: str, becomes: str = "") -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON {table} FOR SELECT USING ({SYSTEM} OR {seen});
CREATE POLICY added ON {table} FOR INSERT WITH CHECK ({SYSTEM} OR {added});
CREATE POLICY changed ON {table} FOR UPDATE USING ({SYSTEM} OR {changed})
    WITH CHECK ({SYSTEM} OR {becomes or changed});
"""


LOCKS = "".join(lock(f"earlyhelp_{name}", *rules) for name, rules in TABLES.items())
LOCKS += "".join(
    lock(f"earlyhelp_{name}event", TABLES[name][0], "true", NEVER) for name in TRACKED
)
LOCKS += "".join(
    f"CREATE POLICY asked ON earlyhelp_{name} FOR SELECT TO CURRENT_USER USING (true);"
    for name in ASKED_BY_FUNCTIONS
)

NEVER_EDITED = """
CREATE FUNCTION earlyhelp_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'This is never changed.' USING ERRCODE = 'insufficient_privilege';
END $$;
""" + "".join(
    f"CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON earlyhelp_{name}"
    " FOR EACH STATEMENT EXECUTE FUNCTION earlyhelp_refuse();\n"
    for name, rules in TABLES.items() if rules[2] == NEVER
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("earlyhelp", "0001_initial"), ("core", "0001_identity")]
    operations = [
        migrations.RunSQL(LIVE + FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunSQL(LOCKS, migrations.RunSQL.noop),
        migrations.RunSQL(NEVER_EDITED, "DROP FUNCTION earlyhelp_refuse CASCADE"),
    ]
