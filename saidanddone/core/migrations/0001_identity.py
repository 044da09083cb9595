"""What checks who acts: functions that the product may call and whose key it may not read."""

from django.db import migrations

KEY = """
CREATE TABLE identity_key (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), inner_pad bytea NOT NULL, outer_pad bytea NOT NULL
);
REVOKE ALL ON identity_key FROM PUBLIC;
"""

# Called once per statement: policies write (SELECT identity_person()), which the planner asks once.
# The pattern keeps every cast below from failing on what somebody made up.
IDENTITY = """
CREATE TYPE identity AS (person bigint, post bigint, purpose text, moment timestamptz);

CREATE FUNCTION identity_now() RETURNS identity LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    said text := coalesce(current_setting('said.actor', true), '');
    words text := left(said, greatest(length(said) - 65, 0));
    part text[] := string_to_array(words, ':');
    key identity_key;
BEGIN
    IF said !~ '^\\d{1,18}:\\d{0,18}:[a-z-]{1,40}:\\d{1,17}:\\d{1,11}:\\d{1,10}:[0-9a-f]{64}$'
        OR part[6]::bigint <> pg_backend_pid()
        OR to_timestamp(part[5]::bigint) < clock_timestamp() THEN
        RETURN NULL;
    END IF;
    SELECT * INTO key FROM identity_key;
    IF key.one IS NULL OR right(said, 64) <> encode(sha256(key.outer_pad
        || sha256(key.inner_pad || convert_to(words, 'UTF8'))), 'hex') THEN
        RETURN NULL;
    END IF;
    RETURN (part[1]::bigint, nullif(part[2], '')::bigint, part[3],
            to_timestamp(part[4]::bigint / 1000000.0))::identity;
END $$;

CREATE FUNCTION identity_person() RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT (identity_now()).person $$;
CREATE FUNCTION identity_post() RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT (identity_now()).post $$;
CREATE FUNCTION identity_is_system() RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT coalesce((identity_now()).person = 0, false) $$;
"""

DROP = """
DROP FUNCTION identity_is_system, identity_post, identity_person, identity_now;
DROP TYPE identity;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(KEY, "DROP TABLE identity_key"),
        migrations.RunSQL(IDENTITY, DROP),
    ]
