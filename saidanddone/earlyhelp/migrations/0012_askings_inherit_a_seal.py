"""What somebody asked or told about a child is sealed from them with the record that it is about.

It was theirs to read for ever, with its answer. Now it is gone with all else, as their own notes
are, for whoever the record is sealed from, and for relatives.
"""

from django.db import migrations

SEEN = """
ALTER POLICY seen ON earlyhelp_asking USING (
    (SELECT identity_is_system())
    OR ((from_post_id = (SELECT identity_post()) OR to_post_id = (SELECT identity_post()))
        AND story_id <> ALL ((SELECT earlyhelp_barred_stories())::uuid[]))
    OR story_id IN (SELECT unnest((SELECT earlyhelp_stories('oversee', 'lead')))));
"""


class Migration(migrations.Migration):
    dependencies = [("earlyhelp", "0011_typed_so_far")]
    operations = [migrations.RunSQL(SEEN, migrations.RunSQL.noop)]
