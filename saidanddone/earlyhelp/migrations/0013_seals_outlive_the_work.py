"""A seal is kept on or taken off also after the work has ended, by those it names who keep the file.

Until now nobody could: with the closing the last lead's right became one to read, and a seal that
never ends by silence stood for ever. For whoever it does not name the row is still not there.
"""

from django.db import migrations

ANSWERS = """(SELECT identity_is_system())
    OR ((SELECT identity_person()) = ANY (readers) AND family_id IN (
        SELECT s.family_id FROM earlyhelp_story AS s
        WHERE s.id IN (SELECT unnest((SELECT earlyhelp_stories('oversee', 'lead'))))
           OR s.id IN (SELECT unnest((SELECT earlyhelp_by_kind('file', 'supervision'))))))"""
CHANGED = f"ALTER POLICY changed ON earlyhelp_seal USING ({ANSWERS}) WITH CHECK ({ANSWERS});"


class Migration(migrations.Migration):
    dependencies = [("earlyhelp", "0012_askings_inherit_a_seal")]
    operations = [migrations.RunSQL(CHANGED, migrations.RunSQL.noop)]
