"""A borough of families, made at once: 20,000 stories and 100,000 memberships of 4,000 workers.

Each row is one of the demonstration's with other numbers and names, so that it has whatever the
tables want; it is written past row security and triggers, which a throw-away database may.
"""

import os

import psycopg

from saidanddone.dev import personas

STORIES, TEAM, WORKERS = 20_000, 5, 4000
PARTS_EACH = 2
FIRST = 1_000_000  # the number from which those are counted who are made here

Row = tuple[str, str, dict[str, str], str]

# Who is number 0 of all workers is the persona whose pages are measured.
WHO = "CASE WHEN {n} = 0 THEN {me} ELSE {first} + {n} END"
OTHER = (
    "INSERT INTO {table} SELECT made.* FROM (SELECT t AS model FROM {table} AS t WHERE {like} LIMIT 1)"
    " AS one, (SELECT * FROM {many}) AS each,"
    " jsonb_populate_record(model, jsonb_build_object({changes})) AS made"
)
SPOKEN_FOR = (
    "INSERT INTO earlyhelp_confirmation (post_id, until, said_at)"
    " SELECT id, current_date + 100, now() FROM people_post ON CONFLICT DO NOTHING"
)
EACH_STORY = f"generate_series(0, {STORIES - 1}) AS n"
EACH_MEMBERSHIP = f"{EACH_STORY}, generate_series(0, {TEAM - 1}) AS k"
FAMILY, STORY, MOTHER = (f"md5('{what}' || n)::uuid" for what in ("family", "story", "mother"))
AREA = "(SELECT id FROM reference_area ORDER BY id OFFSET n % 6 LIMIT 1)"
WORKER = f"((n * {TEAM} + k) % {WORKERS})"


def fill_borough() -> None:
    """Make them all, once."""
    with psycopg.connect(os.environ["DATABASE_BACKUP_URL"]) as connection:
        there = connection.execute("SELECT count(*) FROM earlyhelp_story").fetchone()
        if there[0] >= STORIES:
            return
        connection.execute("SET session_replication_role = replica")
        persona = personas.person("practitioner")
        person, post = persona.pk, persona.posts_now[0].pk
        for table, like, changes, many in rows(person, post):
            told = ", ".join(f"'{name}', {value}" for name, value in changes.items())
            connection.execute(OTHER.format(table=table, like=like, changes=told, many=many))
        connection.execute(SPOKEN_FOR)


def rows(person: int, post: int) -> list[Row]:
    """Each table: the row that is the model, what is other in each, and how many there are."""
    return [*of_families(person, post), *of_teams(person, post)]


def of_families(person: int, post: int) -> list[Row]:
    """Who works with them, and each family with its story, its people and what they agreed to."""
    workers = f"generate_series(1, {WORKERS - 1}) AS n"
    leading = WHO.format(n=WORKER.replace("k", "0"), me=post, first=FIRST)
    return [
        ("people_user", f"id = {person}",
         {"id": f"{FIRST} + n", "name": "'Worker ' || n", "email": "'w' || n || '@made.example'"},
         workers),
        ("people_post", f"id = {post}",
         {"id": f"{FIRST} + n", "user_id": f"{FIRST} + n", "once": "null"}, workers),
        ("earlyhelp_family", "true",
         {"id": FAMILY, "reference": "'M-' || n", "called": "'Family ' || n"}, EACH_STORY),
        ("earlyhelp_familymember", "kind = 'adult' AND user_id IS NULL",
         {"id": MOTHER, "family_id": FAMILY, "name": "'Mother ' || n", "once": "null"}, EACH_STORY),
        ("earlyhelp_familymember", "kind = 'child' AND user_id IS NULL",
         {"id": "md5('child' || n)::uuid", "family_id": FAMILY, "name": "'Child ' || n",
          "once": "null"}, EACH_STORY),
        ("earlyhelp_story", "state = 'in_plan'",
         {"id": STORY, "family_id": FAMILY, "reference": "'M-' || n", "lead_id": leading,
          "opened_by_id": leading, "review_due_on": "current_date - 30 + n % 400", "once": "null",
          "opened_at": "now() - n % 300 * interval '1 day'", "area_id": AREA}, EACH_STORY),
        ("earlyhelp_cover", "true", {"story_id": STORY}, EACH_STORY),
        ("earlyhelp_agreement", "withdrawn_at IS NULL",
         {"id": "md5('agreed' || n)::uuid", "family_id": FAMILY, "story_id": STORY,
          "member_id": MOTHER, "once": "null"}, EACH_STORY),
    ]  # fmt: skip


def of_teams(person: int, post: int) -> list[Row]:
    """Who is in each team, the rights that come of it, and what two of them have written."""
    acting = WHO.format(n=WORKER, me=post, first=FIRST)
    seeing = WHO.format(n=WORKER, me=person, first=FIRST)
    until = "current_date + 150"
    right = {
        "id": "gen_random_uuid()", "story_id": STORY, "family_id": FAMILY, "person_id": seeing,
        "post_id": acting, "starts_at": "now() - interval '9 days'", "ends_at": until,
    }  # fmt: skip
    return [
        ("earlyhelp_teammembership", "ended_at IS NULL AND NOT quiet",
         {"id": "gen_random_uuid()", "story_id": STORY, "post_id": acting, "once": "null",
          "starts_on": "current_date - 9", "ends_on": until,
          "agreement_id": "md5('agreed' || n)::uuid"}, EACH_MEMBERSHIP),
        ("earlyhelp_access", "kind = 'lead'", right, f"{EACH_MEMBERSHIP} WHERE k = 0"),
        ("earlyhelp_access", "kind = 'membership'", right, f"{EACH_MEMBERSHIP} WHERE k > 0"),
        ("earlyhelp_access", "kind = 'coordination'",
         {"id": "gen_random_uuid()", "story_id": STORY, "family_id": FAMILY, "area_id": AREA},
         EACH_STORY),
        ("earlyhelp_contribution", "state = 'signed'",
         {"id": "gen_random_uuid()", "story_id": STORY, "post_id": acting, "once": "null"},
         f"{EACH_MEMBERSHIP} WHERE k < {PARTS_EACH}"),
    ]  # fmt: skip
