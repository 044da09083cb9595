"""A stand-in is named on the story; who somebody is stands by its code; a record ends, by two."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import saidanddone.core.clock
from django.conf import settings
from django.db import migrations, models

from saidanddone.core.tables import AddTogether

SYSTEM, ME = "(SELECT identity_is_system())", "(SELECT identity_person())"
OFFICER = "(SELECT earlyhelp_holds('privacy_officer'))"
COORDINATOR = "(SELECT earlyhelp_holds('coordinator'))"
NOT_BARRED = "story <> ALL ((SELECT earlyhelp_barred_stories())::uuid[])"
EITHER = f"(({OFFICER} OR {COORDINATOR}) AND {NOT_BARRED})"
LOCK = f"""
ALTER TABLE earlyhelp_disposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE earlyhelp_disposal FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON earlyhelp_disposal FOR SELECT USING ({SYSTEM} OR {EITHER});
CREATE POLICY added ON earlyhelp_disposal FOR INSERT
    WITH CHECK ({SYSTEM} OR ({OFFICER} AND {NOT_BARRED} AND proposed_by_id = {ME}));
CREATE POLICY changed ON earlyhelp_disposal FOR UPDATE USING ({SYSTEM} OR {EITHER});
"""
# Only whoever owns the tables takes a row away, and only inside the function below.
OPEN = "current_setting('said.disposing', true) = 'yes'"
DISPOSED = f"""
DO $$
DECLARE
    held text;
    rule text := $rule${OPEN}$rule$;
BEGIN
    FOR held IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename LIKE 'earlyhelp\\_%'
    LOOP
        EXECUTE format('CREATE POLICY disposed_seen ON %I FOR SELECT TO CURRENT_USER USING (%s)', held, rule);
        EXECUTE format('CREATE POLICY disposed ON %I FOR DELETE TO CURRENT_USER USING (%s)', held, rule);
    END LOOP;
END $$;
CREATE OR REPLACE FUNCTION earlyhelp_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND {OPEN} AND current_user =
            (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'This is never changed.' USING ERRCODE = 'insufficient_privilege';
END $$;
"""
# Whatever the code believes: closed, beyond its day, held by nobody, no other story of the family
# still goes on, proposed by another, agreed by whoever asks now. Then every row of it, history too.
DISPOSE = """
CREATE FUNCTION earlyhelp_dispose(asked uuid) RETURNS text[] LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    me bigint := (SELECT i.person FROM identity_now() AS i);
    today date := (SELECT (i.moment AT TIME ZONE 'Europe/London')::date FROM identity_now() AS i);
    may boolean := me IS NOT NULL
        AND (earlyhelp_holds('privacy_officer') OR earlyhelp_holds('coordinator'));
    barred uuid[] := earlyhelp_barred_stories();
    plan earlyhelp_disposal;
    gone earlyhelp_story;
    held text;
    pictures text[];
BEGIN
    PERFORM set_config('said.disposing', 'yes', true);
    SELECT * INTO plan FROM earlyhelp_disposal AS d WHERE d.id = asked AND d.refused_why = ''
        AND d.agreed_by_id = me AND d.proposed_by_id <> me;
    SELECT * INTO gone FROM earlyhelp_story AS s WHERE s.id = plan.story AND s.state = 'closed'
        AND s.keep_until < today AND s.id <> ALL (barred)
        AND NOT EXISTS (SELECT 1 FROM earlyhelp_legalhold AS h
                        WHERE h.story_id = s.id AND h.lifted_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM earlyhelp_story AS o
                        WHERE o.family_id = s.family_id AND o.state <> 'closed');
    IF gone.id IS NULL OR NOT may THEN
        RAISE EXCEPTION 'This record is not disposed of.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    pictures := array(SELECT d.picture FROM earlyhelp_drawing AS d WHERE d.story_id = gone.id);
    -- History is only ever added to: its triggers let go for this deed, by name.
    PERFORM set_config('pgtrigger.ignore', (
        SELECT coalesce(array_agg(t.tgname::text), '{}')::text FROM pg_trigger AS t
        JOIN pg_class AS c ON c.oid = t.tgrelid
        WHERE c.relname LIKE 'earlyhelp\\_%event' AND t.tgname LIKE 'pgtrigger\\_append\\_only%'), true);
    DELETE FROM earlyhelp_enquiryevent WHERE pgh_obj_id IN
        (SELECT e.id FROM earlyhelp_enquiry AS e WHERE e.story_id = gone.id);
    FOR held IN SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relkind = 'r' AND c.relname LIKE 'earlyhelp\\_%' AND a.attname = 'story_id'
          AND c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped
    LOOP
        EXECUTE format('DELETE FROM %I WHERE story_id = $1', held) USING gone.id;
    END LOOP;
    DELETE FROM earlyhelp_storyevent WHERE id = gone.id;
    DELETE FROM earlyhelp_story WHERE id = gone.id;
    IF NOT EXISTS (SELECT 1 FROM earlyhelp_story AS s WHERE s.family_id = gone.family_id) THEN
        DELETE FROM earlyhelp_dutycheck WHERE match_family_id = gone.family_id;
        FOR held IN SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
            WHERE c.relkind = 'r' AND c.relname LIKE 'earlyhelp\\_%' AND a.attname = 'family_id'
              AND c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped
        LOOP
            EXECUTE format('DELETE FROM %I WHERE family_id = $1', held) USING gone.family_id;
        END LOOP;
        DELETE FROM earlyhelp_familyevent WHERE id = gone.family_id;
        DELETE FROM earlyhelp_family WHERE id = gone.family_id;
    END IF;
    PERFORM set_config('said.disposing', '', true);
    PERFORM set_config('pgtrigger.ignore', '{}', true);
    RETURN pictures;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("earlyhelp", "0006_agencies_answer"),
        ("people", "0002_registers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="familymember",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="familymember",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="story",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="story",
            name="update_update",
        ),
        AddTogether(
            migrations.CreateModel(
                name="Disposal",
                fields=[
                    (
                        "id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                        ),
                    ),
                    ("story", models.UUIDField()),
                    ("reference", models.CharField(max_length=12)),
                    ("closed_on", models.DateField()),
                    ("kept_until", models.DateField()),
                    ("proposed_at", models.DateTimeField(default=saidanddone.core.clock.now)),
                    ("agreed_at", models.DateTimeField(blank=True, null=True)),
                    ("refused_why", models.CharField(blank=True, max_length=500)),
                    (
                        "agreed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["-proposed_at"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("agreed_by__isnull", True),
                                models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="disposal_takes_two",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("agreed_at__isnull", True),
                                models.Q(("agreed_by__isnull", False), ("refused_why", "")),
                                _connector="OR",
                            ),
                            name="disposal_agreed_by_somebody",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("refused_why", "")),
                            fields=("story",),
                            name="one_disposal_of_a_story",
                        ),
                    ],
                },
            ),
            migrations.AddField(
                model_name="familymember",
                name="gender",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("1", "Male"),
                        ("2", "Female"),
                        ("0", "Not known, or not born yet"),
                        ("9", "Neither, or another"),
                    ],
                    max_length=1,
                ),
            ),
            migrations.AddField(
                model_name="familymemberevent",
                name="gender",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("1", "Male"),
                        ("2", "Female"),
                        ("0", "Not known, or not born yet"),
                        ("9", "Neither, or another"),
                    ],
                    max_length=1,
                ),
            ),
            migrations.AddField(
                model_name="story",
                name="stand_in",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="people.post",
                ),
            ),
            migrations.AddField(
                model_name="storyevent",
                name="stand_in",
                field=models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="people.post",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="familymember",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "earlyhelp_familymemberevent" ("able", "born_on", "communication", "doctor", "due_on", "ethnicity", "family_id", "gender", "has_parental_responsibility", "id", "interpreter", "kind", "known_as", "language", "left_on", "lives_here", "name", "numbers", "once", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "setting", "user_id") VALUES (NEW."able", NEW."born_on", NEW."communication", NEW."doctor", NEW."due_on", NEW."ethnicity", NEW."family_id", NEW."gender", NEW."has_parental_responsibility", NEW."id", NEW."interpreter", NEW."kind", NEW."known_as", NEW."language", NEW."left_on", NEW."lives_here", NEW."name", NEW."numbers", NEW."once", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."relation", NEW."setting", NEW."user_id"); RETURN NULL;',
                        hash="c826cab741def7b5cae8681483d64a9633b96f27",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_d06f2",
                        table="earlyhelp_familymember",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="familymember",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "earlyhelp_familymemberevent" ("able", "born_on", "communication", "doctor", "due_on", "ethnicity", "family_id", "gender", "has_parental_responsibility", "id", "interpreter", "kind", "known_as", "language", "left_on", "lives_here", "name", "numbers", "once", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "setting", "user_id") VALUES (NEW."able", NEW."born_on", NEW."communication", NEW."doctor", NEW."due_on", NEW."ethnicity", NEW."family_id", NEW."gender", NEW."has_parental_responsibility", NEW."id", NEW."interpreter", NEW."kind", NEW."known_as", NEW."language", NEW."left_on", NEW."lives_here", NEW."name", NEW."numbers", NEW."once", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."relation", NEW."setting", NEW."user_id"); RETURN NULL;',
                        hash="bd09538ba1c72eaf93eccd3c3da0053dee5c5f31",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_5d0af",
                        table="earlyhelp_familymember",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="story",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='INSERT INTO "earlyhelp_storyevent" ("area_id", "assess_due_on", "authorise_asked_at", "authorised_at", "authorised_by_id", "came_by", "close_asked_at", "close_reason", "closed_at", "controller_id", "family_id", "id", "keep_until", "lead_id", "once", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_version", "reference", "review_due_on", "safety_answered_at", "safety_asked_at", "stand_in_id", "stand_in_until", "state", "stepped_up_on", "withdrawn_at") VALUES (NEW."area_id", NEW."assess_due_on", NEW."authorise_asked_at", NEW."authorised_at", NEW."authorised_by_id", NEW."came_by", NEW."close_asked_at", NEW."close_reason", NEW."closed_at", NEW."controller_id", NEW."family_id", NEW."id", NEW."keep_until", NEW."lead_id", NEW."once", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_version", NEW."reference", NEW."review_due_on", NEW."safety_answered_at", NEW."safety_asked_at", NEW."stand_in_id", NEW."stand_in_until", NEW."state", NEW."stepped_up_on", NEW."withdrawn_at"); RETURN NULL;',
                        hash="dee0e6336e579faa249c5876e24e1ce2ef67e75e",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_9cbf6",
                        table="earlyhelp_story",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="story",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                        func='INSERT INTO "earlyhelp_storyevent" ("area_id", "assess_due_on", "authorise_asked_at", "authorised_at", "authorised_by_id", "came_by", "close_asked_at", "close_reason", "closed_at", "controller_id", "family_id", "id", "keep_until", "lead_id", "once", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_version", "reference", "review_due_on", "safety_answered_at", "safety_asked_at", "stand_in_id", "stand_in_until", "state", "stepped_up_on", "withdrawn_at") VALUES (NEW."area_id", NEW."assess_due_on", NEW."authorise_asked_at", NEW."authorised_at", NEW."authorised_by_id", NEW."came_by", NEW."close_asked_at", NEW."close_reason", NEW."closed_at", NEW."controller_id", NEW."family_id", NEW."id", NEW."keep_until", NEW."lead_id", NEW."once", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_version", NEW."reference", NEW."review_due_on", NEW."safety_answered_at", NEW."safety_asked_at", NEW."stand_in_id", NEW."stand_in_until", NEW."state", NEW."stepped_up_on", NEW."withdrawn_at"); RETURN NULL;',
                        hash="af9064bab18848060cd61b75c469685c2fb2d8fc",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_31756",
                        table="earlyhelp_story",
                        when="AFTER",
                    ),
                ),
            ),
        ),
        migrations.RunSQL(LOCK + DISPOSED + DISPOSE, migrations.RunSQL.noop),
    ]
