"""Rings for the workers when letters are queued, so that a sign-in code leaves at once."""

from django.db import migrations

BELL = """
CREATE FUNCTION mail_ring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('mail_letters', '');
    RETURN NULL;
END $$;

CREATE TRIGGER mail_letter_queued AFTER INSERT ON mail_letter
    FOR EACH STATEMENT EXECUTE FUNCTION mail_ring();
"""
SILENCE = "DROP FUNCTION mail_ring CASCADE"


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_initial")]
    operations = [migrations.RunSQL(BELL, SILENCE)]
