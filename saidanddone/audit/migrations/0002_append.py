"""The one door to the audit: a function that adds a line to a chain, and nothing that changes one."""

from django.db import migrations

APPEND = """
INSERT INTO audit_chainend (chain, number, digest)
    SELECT n, 0, '' FROM generate_series(0, 15) AS n ON CONFLICT DO NOTHING;

CREATE FUNCTION audit_append(
    happened timestamptz, who text, for_post bigint, deed text, about text, salted text
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    stand audit_chainend;
    made text;
BEGIN
    -- A chain that nobody else is writing to, so that writers do not wait for each other.
    SELECT * INTO stand FROM audit_chainend
        ORDER BY (chain + 16 - pg_backend_pid() % 16) % 16 LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF stand.chain IS NULL THEN
        SELECT * INTO stand FROM audit_chainend WHERE chain = pg_backend_pid() % 16 FOR UPDATE;
    END IF;
    made := audit_digest(stand.digest, stand.chain, stand.number + 1, happened, who, for_post,
                         deed, about, salted);
    INSERT INTO audit_line (chain, number, at, actor, post, verb, subject, detail, previous, digest)
        VALUES (stand.chain, stand.number + 1, happened, who, for_post, deed, about, salted,
                stand.digest, made);
    UPDATE audit_chainend SET number = stand.number + 1, digest = made WHERE chain = stand.chain;
END $$;
"""
DIGEST = """
CREATE FUNCTION audit_digest(
    previous text, chain int, number bigint, happened timestamptz, who text, for_post bigint,
    deed text, about text, salted text
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws(
        chr(31), previous, chain::text, number::text, extract(epoch FROM happened)::text, who,
        coalesce(for_post::text, ''), deed, about, salted), 'UTF8')), 'hex')
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(DIGEST, "DROP FUNCTION audit_digest"),
        migrations.RunSQL(APPEND, "DROP FUNCTION audit_append"),
    ]
