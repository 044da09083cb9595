"""What the runtime role may do in the database, granted anew after every migration."""

import contextlib
from collections.abc import Callable, Iterator

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from saidanddone.core import identity

# The audit is written through its own function alone; a verifier's result is not part of it.
AUDIT = "audit_"
AUDIT_RESULTS = "audit_check"
READ_ONLY = ["django_migrations"]
NEVER_DELETED = ["pghistory_context"]
KEY = "identity_key"  # read by the functions that check who acts, and by nothing else


class NotSeparate(Exception):  # noqa: N818  it names what the person who installs must mend
    """The product would run with rights that only migrations may have."""


def prepare_database(say: Callable[[str], None]) -> None:
    """Bring tables and rights to what this version of the code expects, as their owner."""
    with as_owner():
        ensure_role(settings.RUNTIME_ROLE)
        say("Setting up: tables…")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        grant_runtime(settings.RUNTIME_ROLE)
        identity.set_key()
    check_separate()


@contextlib.contextmanager
def as_owner() -> Iterator[None]:
    """Inside, the connection is the owner's; outside it is the product's again."""
    product = dict(connection.settings_dict)
    owner = settings.OWNER_DATABASE
    connection.close()
    connection.settings_dict.update(
        {part: owner[part] for part in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    )
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(product)


def ensure_role(role: str) -> None:
    """Have the runtime role there, and let the owner wear it; a server may forbid us to make it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT 1 FROM pg_roles WHERE rolname = %s)", [role])
        owner, there = cursor.fetchone()
        if owner == role:
            raise NotSeparate(
                f"Migrations would run as {role}, the role that serves people. Give the owner's "
                "address in DATABASE_OWNER_URL (docs/operate.md)."
            )
        if there:
            return
        cursor.execute(
            "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        if not cursor.fetchone()[0]:
            raise NotSeparate(
                f"The database has no role {role}, and {owner} may not create roles. Somebody who "
                f"may runs: CREATE ROLE {role} NOLOGIN; GRANT {role} TO {owner};"
            )
        name, member = _quoted(role), _quoted(owner)
        cursor.execute(f"CREATE ROLE {name} NOLOGIN")
        cursor.execute(f"GRANT {name} TO {member}")


@transaction.atomic
def grant_runtime(role: str) -> None:
    """Ordinary tables: read and write. History: read and add. Audit: read. Nothing is owned."""
    name = _quoted(role)
    tables = _tables()
    everything = "SELECT, INSERT, UPDATE, DELETE"
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT {everything} ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        cursor.execute(f"REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM {name}")
        for table, kept_from in _kept_from_runtime(tables).items():
            cursor.execute(f"REVOKE {kept_from} ON {_quoted(table)} FROM {name}")
        cursor.execute("SELECT audit_grant(%s)", [role])  # its migration says what that is


def _kept_from_runtime(tables: list[str]) -> dict[str, str]:
    """Which rights the runtime role lacks on which table."""
    history = {m._meta.db_table for m in apps.get_models() if hasattr(m, "pgh_tracked_model")}
    kept = {}
    for table in tables:
        if table == KEY:
            kept[table] = "ALL"
        elif table == AUDIT_RESULTS or table in history:
            kept[table] = "UPDATE, DELETE"
        elif table.startswith(AUDIT) or table in READ_ONLY:
            kept[table] = "INSERT, UPDATE, DELETE"
        elif table in NEVER_DELETED:
            kept[table] = "DELETE"
    return kept


def check_separate() -> None:
    """Refuse to serve people with the rights of an owner; run on the product's own connection."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper OR rolbypassrls, EXISTS (SELECT 1 FROM pg_tables "
            "WHERE schemaname = 'public' AND tableowner = current_user) "
            "FROM pg_roles WHERE rolname = current_user"
        )
        role, powerful, owns = cursor.fetchone()
    if powerful or owns:
        raise NotSeparate(
            f"The product would serve people as {role}, which "
            f"{'may step over row security' if powerful else 'owns the tables'}. Give it a role of "
            "its own: docs/operate.md, Roles."
        )


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [name for (name,) in cursor.fetchall()]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
