"""An assessment that waits is known; who heard a spoken yes is kept."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from saidanddone.core.tables import AddTogether


class Migration(migrations.Migration):

    dependencies = [
        ('earlyhelp', '0002_second_lock'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='story',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='story',
            name='update_update',
        ),
        AddTogether(
            migrations.AddField(
                model_name='plananswer',
                name='witness',
                field=models.CharField(blank=True, max_length=160),
            ),
            migrations.AddField(
                model_name='story',
                name='authorise_asked_at',
                field=models.DateTimeField(blank=True, null=True),
            ),
            migrations.AddField(
                model_name='storyevent',
                name='authorise_asked_at',
                field=models.DateTimeField(blank=True, null=True),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='story',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "earlyhelp_storyevent" ("area_id", "assess_due_on", "authorise_asked_at", "authorised_at", "authorised_by_id", "came_by", "close_asked_at", "close_reason", "closed_at", "controller_id", "family_id", "id", "keep_until", "lead_id", "once", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_version", "reference", "review_due_on", "safety_answered_at", "safety_asked_at", "stand_in_until", "state", "stepped_up_on", "withdrawn_at") VALUES (NEW."area_id", NEW."assess_due_on", NEW."authorise_asked_at", NEW."authorised_at", NEW."authorised_by_id", NEW."came_by", NEW."close_asked_at", NEW."close_reason", NEW."closed_at", NEW."controller_id", NEW."family_id", NEW."id", NEW."keep_until", NEW."lead_id", NEW."once", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_version", NEW."reference", NEW."review_due_on", NEW."safety_answered_at", NEW."safety_asked_at", NEW."stand_in_until", NEW."state", NEW."stepped_up_on", NEW."withdrawn_at"); RETURN NULL;', hash='c71b5481282b736c3260a36917ae4c66782f945b', operation='INSERT', pgid='pgtrigger_insert_insert_9cbf6', table='earlyhelp_story', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='story',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "earlyhelp_storyevent" ("area_id", "assess_due_on", "authorise_asked_at", "authorised_at", "authorised_by_id", "came_by", "close_asked_at", "close_reason", "closed_at", "controller_id", "family_id", "id", "keep_until", "lead_id", "once", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_version", "reference", "review_due_on", "safety_answered_at", "safety_asked_at", "stand_in_until", "state", "stepped_up_on", "withdrawn_at") VALUES (NEW."area_id", NEW."assess_due_on", NEW."authorise_asked_at", NEW."authorised_at", NEW."authorised_by_id", NEW."came_by", NEW."close_asked_at", NEW."close_reason", NEW."closed_at", NEW."controller_id", NEW."family_id", NEW."id", NEW."keep_until", NEW."lead_id", NEW."once", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_version", NEW."reference", NEW."review_due_on", NEW."safety_answered_at", NEW."safety_asked_at", NEW."stand_in_until", NEW."state", NEW."stepped_up_on", NEW."withdrawn_at"); RETURN NULL;', hash='845853a67d43b15a1c751fd97d6e76f409a50cf8', operation='UPDATE', pgid='pgtrigger_update_update_31756', table='earlyhelp_story', when='AFTER')),
            ),
        ),
    ]
