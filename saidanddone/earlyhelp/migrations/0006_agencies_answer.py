"""Agencies answer for their own: whoever nobody spoke for in time has no family's record any more."""

import uuid

import django.db.models.deletion
import saidanddone.core.clock
from django.conf import settings
from django.db import migrations, models

DEFINER = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$"

# As in 0002, and its agency has spoken for it in time; a new post waits for the first word. Not for
# posts whose work here is not to read records: nobody would be left to speak for them.
LIVE = f"""
CREATE OR REPLACE FUNCTION earlyhelp_live(posts bigint[], moment timestamptz) RETURNS SETOF bigint {DEFINER}
    SELECT p.id FROM people_post AS p JOIN people_organisation AS o ON o.id = p.organisation_id
    JOIN people_user AS u ON u.id = p.user_id AND u.is_active
    CROSS JOIN LATERAL (SELECT (moment AT TIME ZONE 'Europe/London')::date AS day) AS today
    LEFT JOIN earlyhelp_confirmation AS c ON c.post_id = p.id
    WHERE p.id = ANY (posts) AND p.ended_at IS NULL AND p.starts_on <= today.day
      AND coalesce(p.ends_on >= today.day, true) AND coalesce(o.ended_on > today.day, true)
      AND (CASE WHEN c.post_id IS NOT NULL THEN c.until >= today.day
           ELSE p.starts_on > today.day - coalesce((
               SELECT s.sponsor_days FROM reference_partnership AS s WHERE s.starts_on <= today.day
               ORDER BY s.starts_on DESC, s.id DESC LIMIT 1), 90) END
           OR (p.roles <> '{{}}' AND
               p.roles <@ ARRAY['administrator', 'privacy_officer', 'agency_sponsor']::varchar[]))
$$;
"""
# A sponsor speaks for others also when nobody has spoken for them.
SPONSORS = f"""
CREATE FUNCTION earlyhelp_sponsors() RETURNS bigint[] {DEFINER}
    SELECT array(
        SELECT p.id FROM identity_now() AS i
        JOIN people_post AS mine ON mine.id = i.post AND mine.user_id = i.person
            AND mine.ended_at IS NULL AND 'agency_sponsor' = ANY (mine.roles)
        JOIN people_post AS p ON p.organisation_id = mine.organisation_id AND p.user_id <> i.person)
$$;
"""
SYSTEM, ME = "(SELECT identity_is_system())", "(SELECT identity_person())"
OFFICER = "(SELECT earlyhelp_holds('privacy_officer'))"
SPOKEN = (
    f"said_by_id = {ME} AND (post_id = ANY ((SELECT earlyhelp_sponsors())::bigint[])"
    f" OR ({OFFICER} AND post_id NOT IN (SELECT id FROM people_post WHERE user_id = {ME})))"
)
# No family's: that somebody may look, and what their agency signed, stands open, like who coordinates where.
RULES = {
    "confirmation": ("true", SPOKEN, "true", SPOKEN),
    "sharingagreement": (
        "true", f"{OFFICER} AND recorded_by_id = {ME}", "false", "false"
    ),
}  # fmt: skip
LOCKS = "".join(
    f"""
ALTER TABLE earlyhelp_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE earlyhelp_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON earlyhelp_{table} FOR SELECT USING ({SYSTEM} OR {seen});
CREATE POLICY added ON earlyhelp_{table} FOR INSERT WITH CHECK ({SYSTEM} OR {added});
CREATE POLICY changed ON earlyhelp_{table} FOR UPDATE USING ({SYSTEM} OR {changed})
    WITH CHECK ({SYSTEM} OR {becomes});
"""
    for table, (seen, added, changed, becomes) in RULES.items()
)
LOCKS += "CREATE POLICY asked ON earlyhelp_confirmation FOR SELECT TO CURRENT_USER USING (true);"
# Whoever works here on the day that this comes is spoken for from that day.
BEGIN = """
INSERT INTO earlyhelp_confirmation (post_id, until, said_at)
SELECT id, CURRENT_DATE + 90, now() FROM people_post WHERE ended_at IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""
NEVER_EDITED = """
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON earlyhelp_sharingagreement
    FOR EACH STATEMENT EXECUTE FUNCTION earlyhelp_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("earlyhelp", "0005_live_posts_and_quiet_pairs"),
        ("people", "0002_registers"),
        ("reference", "0003_the_story_so_far"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.post",
                    ),
                ),
                ("until", models.DateField()),
                ("said_at", models.DateTimeField(default=saidanddone.core.clock.now)),
                (
                    "said_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SharingAgreement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.CharField(max_length=60)),
                ("signed_by", models.CharField(max_length=160)),
                ("signed_on", models.DateField()),
                ("review_on", models.DateField()),
                ("recorded_at", models.DateTimeField(default=saidanddone.core.clock.now)),
                ("once", models.UUIDField(blank=True, null=True, unique=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-signed_on", "-recorded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("review_on__gt", models.F("signed_on"))),
                        name="sharing_agreement_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("version", ""), _negated=True),
                            models.Q(("signed_by", ""), _negated=True),
                        ),
                        name="sharing_agreement_says_who_and_what",
                    ),
                ],
            },
        ),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
        migrations.RunSQL(LIVE + SPONSORS + LOCKS, migrations.RunSQL.noop),
        migrations.RunSQL(NEVER_EDITED, migrations.RunSQL.noop),
    ]
