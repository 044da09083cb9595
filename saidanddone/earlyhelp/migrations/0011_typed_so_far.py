"""What is typed into a form and not sent yet is kept, for whoever typed it alone."""

import uuid

import django.db.models.deletion
import saidanddone.core.clock
from django.conf import settings
from django.db import migrations, models

SYSTEM = "(SELECT identity_is_system())"
# Through the post that they acted for; of a story, while it is open to them.
MINE = (
    "(person_id = (SELECT identity_person())"
    " AND post_id IS NOT DISTINCT FROM (SELECT identity_post()))"
)
OPEN = (
    "(story_id IS NULL OR story_id IN (SELECT unnest((SELECT"
    " earlyhelp_stories('read', 'write', 'oversee', 'lead', 'family')))))"
)
DISPOSED = "(current_setting('said.disposing', true) = 'yes')"
LOCK = f"""
ALTER TABLE earlyhelp_typedsofar ENABLE ROW LEVEL SECURITY;
ALTER TABLE earlyhelp_typedsofar FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON earlyhelp_typedsofar FOR SELECT USING ({SYSTEM} OR ({MINE} AND {OPEN}));
CREATE POLICY added ON earlyhelp_typedsofar FOR INSERT WITH CHECK ({SYSTEM} OR ({MINE} AND {OPEN}));
CREATE POLICY changed ON earlyhelp_typedsofar FOR UPDATE USING ({SYSTEM} OR ({MINE} AND {OPEN}));
CREATE POLICY dropped ON earlyhelp_typedsofar FOR DELETE USING ({SYSTEM} OR {MINE});
CREATE POLICY disposed_seen ON earlyhelp_typedsofar FOR SELECT TO CURRENT_USER USING {DISPOSED};
CREATE POLICY disposed ON earlyhelp_typedsofar FOR DELETE TO CURRENT_USER USING {DISPOSED};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("earlyhelp", "0009_rights_asked_once"),
        ("people", "0002_registers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TypedSoFar",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.CharField(max_length=300)),
                ("closed", models.BinaryField()),
                ("kept_at", models.DateTimeField(default=saidanddone.core.clock.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.post",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="earlyhelp.story",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "typed so far",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "post", "place"),
                        name="typed_once_a_place",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.RunSQL(LOCK, migrations.RunSQL.noop),
    ]
