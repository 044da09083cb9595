"""What a session costs, said in words."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from saidanddone.core.tables import AddTogether


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_managers'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='session',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='session',
            name='update_update',
        ),
        AddTogether(
            migrations.AddField(
                model_name='session',
                name='cost',
                field=models.CharField(blank=True, max_length=80),
            ),
            migrations.AddField(
                model_name='sessionevent',
                name='cost',
                field=models.CharField(blank=True, max_length=80),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='session',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_sessionevent" ("about", "access_notes", "asks_manager", "begins_at", "cancelled_why", "capacity", "changed_at", "cost", "ends_at", "evaluation_first", "fact_sheet", "fact_sheet_type", "for_whom", "id", "impact_asked_at", "kind", "learn", "map_link", "once", "only_roles", "only_sectors", "opens_minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "presented_by_id", "presenters", "recording", "revision", "series_id", "shared_with", "slug", "source", "state", "title", "uid") VALUES (NEW."about", NEW."access_notes", NEW."asks_manager", NEW."begins_at", NEW."cancelled_why", NEW."capacity", NEW."changed_at", NEW."cost", NEW."ends_at", NEW."evaluation_first", NEW."fact_sheet", NEW."fact_sheet_type", NEW."for_whom", NEW."id", NEW."impact_asked_at", NEW."kind", NEW."learn", NEW."map_link", NEW."once", NEW."only_roles", NEW."only_sectors", NEW."opens_minutes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."presented_by_id", NEW."presenters", NEW."recording", NEW."revision", NEW."series_id", NEW."shared_with", NEW."slug", NEW."source", NEW."state", NEW."title", NEW."uid"); RETURN NULL;', hash='088a92172af9332ea9f59e8399142469f7577883', operation='INSERT', pgid='pgtrigger_insert_insert_033e9', table='events_session', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='session',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."access_notes" IS DISTINCT FROM (NEW."access_notes") OR OLD."asks_manager" IS DISTINCT FROM (NEW."asks_manager") OR OLD."begins_at" IS DISTINCT FROM (NEW."begins_at") OR OLD."cancelled_why" IS DISTINCT FROM (NEW."cancelled_why") OR OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."cost" IS DISTINCT FROM (NEW."cost") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."evaluation_first" IS DISTINCT FROM (NEW."evaluation_first") OR OLD."fact_sheet" IS DISTINCT FROM (NEW."fact_sheet") OR OLD."fact_sheet_type" IS DISTINCT FROM (NEW."fact_sheet_type") OR OLD."for_whom" IS DISTINCT FROM (NEW."for_whom") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."impact_asked_at" IS DISTINCT FROM (NEW."impact_asked_at") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."learn" IS DISTINCT FROM (NEW."learn") OR OLD."map_link" IS DISTINCT FROM (NEW."map_link") OR OLD."once" IS DISTINCT FROM (NEW."once") OR OLD."only_roles" IS DISTINCT FROM (NEW."only_roles") OR OLD."only_sectors" IS DISTINCT FROM (NEW."only_sectors") OR OLD."opens_minutes" IS DISTINCT FROM (NEW."opens_minutes") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."presented_by_id" IS DISTINCT FROM (NEW."presented_by_id") OR OLD."presenters" IS DISTINCT FROM (NEW."presenters") OR OLD."recording" IS DISTINCT FROM (NEW."recording") OR OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."series_id" IS DISTINCT FROM (NEW."series_id") OR OLD."shared_with" IS DISTINCT FROM (NEW."shared_with") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."uid" IS DISTINCT FROM (NEW."uid"))', func='INSERT INTO "events_sessionevent" ("about", "access_notes", "asks_manager", "begins_at", "cancelled_why", "capacity", "changed_at", "cost", "ends_at", "evaluation_first", "fact_sheet", "fact_sheet_type", "for_whom", "id", "impact_asked_at", "kind", "learn", "map_link", "once", "only_roles", "only_sectors", "opens_minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "presented_by_id", "presenters", "recording", "revision", "series_id", "shared_with", "slug", "source", "state", "title", "uid") VALUES (NEW."about", NEW."access_notes", NEW."asks_manager", NEW."begins_at", NEW."cancelled_why", NEW."capacity", NEW."changed_at", NEW."cost", NEW."ends_at", NEW."evaluation_first", NEW."fact_sheet", NEW."fact_sheet_type", NEW."for_whom", NEW."id", NEW."impact_asked_at", NEW."kind", NEW."learn", NEW."map_link", NEW."once", NEW."only_roles", NEW."only_sectors", NEW."opens_minutes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."presented_by_id", NEW."presenters", NEW."recording", NEW."revision", NEW."series_id", NEW."shared_with", NEW."slug", NEW."source", NEW."state", NEW."title", NEW."uid"); RETURN NULL;', hash='ca5adb7ed8da20805cd3e9ccf2278464e130211e', operation='UPDATE', pgid='pgtrigger_update_update_4f2b4', table='events_session', when='AFTER')),
            ),
        ),
    ]
