"""The one door to the audit: a function that adds a line to a chain, and nothing that changes one."""

from django.conf import settings
from django.db import migrations

# Everything that a line says goes into its digest, its own number included. JSON keeps the parts
# apart, whatever they hold, so that no two different lines are written alike.
DIGEST = """
CREATE FUNCTION audit_digest(
    previous text, line bigint, chain int, number bigint, happened timestamptz, written timestamptz,
    who text, for_post bigint, deed text, about text, salted text
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        previous, line, chain, number, extract(epoch FROM happened), extract(epoch FROM written),
        who, for_post, deed, about, salted)::text, 'UTF8')), 'hex')
$$;
"""

# A transaction keeps to the first chain that it was given: holding one, it waits for no other, and
# two transactions never wait for each other here.
APPEND = """
INSERT INTO audit_chainend (chain, number, digest)
    SELECT n, 0, '' FROM generate_series(0, 15) AS n ON CONFLICT DO NOTHING;

CREATE FUNCTION audit_append(
    happened timestamptz, who text, for_post bigint, deed text, about text, salted text
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    kept int := nullif(current_setting('said.audit_chain', true), '');
    stand audit_chainend;
    line bigint := nextval(pg_get_serial_sequence('audit_line', 'id'));
    written timestamptz := clock_timestamp();
    made text;
BEGIN
    IF kept IS NULL THEN
        SELECT * INTO stand FROM audit_chainend
            ORDER BY (chain + 16 - pg_backend_pid() % 16) % 16 LIMIT 1 FOR UPDATE SKIP LOCKED;
    END IF;
    IF stand.chain IS NULL THEN
        SELECT * INTO STRICT stand FROM audit_chainend
            WHERE chain = coalesce(kept, pg_backend_pid() % 16) FOR UPDATE;
    END IF;
    PERFORM set_config('said.audit_chain', stand.chain::text, true);
    made := audit_digest(stand.digest, line, stand.chain, stand.number + 1, happened, written,
                         who, for_post, deed, about, salted);
    INSERT INTO audit_line (id, chain, number, at, written_at, actor, post, verb, subject, detail,
                            previous, digest)
        VALUES (line, stand.chain, stand.number + 1, happened, written, who, for_post, deed, about,
                salted, stand.digest, made);
    UPDATE audit_chainend SET number = stand.number + 1, digest = made WHERE chain = stand.chain;
END $$;
"""

# Against a slip of the owner's hand. A superuser can switch it off; the chains and the signed heads
# are for that.
REFUSAL = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit is added to, and never changed.'
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_line_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_line
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_chainend_never_removed BEFORE DELETE OR TRUNCATE ON audit_chainend
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_check_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_check
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

GRANT = """
CREATE FUNCTION audit_grant(runtime text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('REVOKE ALL ON audit_line, audit_chainend, audit_check FROM %I', runtime);
    EXECUTE format('REVOKE ALL ON SEQUENCE %s, %s FROM %I',
        pg_get_serial_sequence('audit_line', 'id'), pg_get_serial_sequence('audit_check', 'id'), runtime);
    EXECUTE format('GRANT SELECT ON audit_line, audit_chainend, audit_check TO %I', runtime);
    EXECUTE format('GRANT INSERT ON audit_check TO %I', runtime);
    EXECUTE format('GRANT USAGE ON SEQUENCE %s TO %I',
        pg_get_serial_sequence('audit_check', 'id'), runtime);
    EXECUTE format('GRANT EXECUTE ON FUNCTION audit_append TO %I', runtime);
END $$;

REVOKE ALL ON FUNCTION audit_append, audit_grant FROM PUBLIC;
"""


def grant(apps, schema_editor) -> None:
    """Give the role that serves people its part, if it is there; ./said migrate does it later if not."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_grant(rolname) FROM pg_roles WHERE rolname = %s", [settings.RUNTIME_ROLE]
        )


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(DIGEST, "DROP FUNCTION audit_digest"),
        migrations.RunSQL(APPEND, "DROP FUNCTION audit_append"),
        migrations.RunSQL(REFUSAL, "DROP FUNCTION audit_refuse CASCADE"),
        migrations.RunSQL(GRANT, "DROP FUNCTION audit_grant"),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
