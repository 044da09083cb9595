"""The door to the audit: lines are added through it, and nothing else is possible."""

import threading
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, InternalError, ProgrammingError, connection, transaction

from saidanddone.audit import verbs
from saidanddone.audit.models import ChainEnd, Check, Line


@pytest.mark.django_db
def test_a_line_says_who_what_and_when():
    user = SimpleNamespace(pk=12, acting_for=SimpleNamespace(pk=3))
    verbs.record("read_it", Line(pk=7), by=user, detail="secret words")
    line = Line.objects.latest("pk")
    said = (line.actor, line.post, line.verb, line.subject)
    assert said == ("person:12", 3, "read_it", "audit.line:7")
    assert line.detail == verbs.digest("secret words")
    assert "secret" not in str(vars(line))


@pytest.mark.parametrize(
    ("by", "actor"),
    [
        (None, "code"),
        ("system: letters", "system:letters"),
        (SimpleNamespace(pk=4), "person:4"),
        (SimpleNamespace(pk=None), "person:anonymous"),
    ],
)
def test_actors_have_no_names(by, actor):
    assert verbs.actor(by) == actor


@pytest.mark.django_db
def test_a_deed_that_is_undone_leaves_no_line():
    before = Line.objects.count()
    with transaction.atomic():
        verbs.record("try_it", "test.thing:1", by=None)
        transaction.set_rollback(True)
    assert Line.objects.count() == before
    assert verbs.verify().faults == []


@pytest.mark.django_db
def test_one_transaction_keeps_to_one_chain():
    last = Line.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for number in range(5):
        verbs.record("try_it", f"test.thing:{number}", by=None)
    assert len(set(Line.objects.filter(pk__gt=last).values_list("chain", flat=True))) == 1


REFUSED = [
    "INSERT INTO audit_line SELECT * FROM audit_line",
    "UPDATE audit_line SET verb = 'x'",
    "DELETE FROM audit_line",
    "TRUNCATE audit_line",
    "UPDATE audit_chainend SET number = 0",
    "DELETE FROM audit_chainend",
    "INSERT INTO audit_chainend VALUES (99, 0, '')",
    "UPDATE audit_check SET faults = 0",
    "DELETE FROM audit_check",
    "DROP TRIGGER audit_line_never_changed ON audit_line",
    "ALTER TABLE audit_line DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "SELECT audit_grant('public')",
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
]


@pytest.mark.django_db
@pytest.mark.parametrize("deed", REFUSED)
def test_the_role_that_serves_people_is_refused(deed):
    with (
        pytest.raises((ProgrammingError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(deed)


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE audit_line SET verb = 'x'",
        "DELETE FROM audit_line",
        "TRUNCATE audit_line",
        "DELETE FROM audit_chainend",
        "UPDATE audit_check SET faults = 0",
    ],
)
def test_even_the_owner_is_refused(superuser, deed):
    Check.objects.create(lines=0, faults=0)
    superuser.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(DatabaseError, match="added to, and never changed"), transaction.atomic():
        superuser.execute(deed)


def test_many_writers_at_once_keep_every_chain_whole(kept):
    before = Line.objects.count()
    failures = []

    def write(name: int) -> None:
        try:
            for number in range(25):
                with transaction.atomic():
                    verbs.record("say_it", f"test.thing:{name}", by=None)
                    verbs.record("hear_it", f"test.thing:{number}", by=None)
        except DatabaseError as trouble:
            failures.append(trouble)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in range(24)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    report = verbs.verify()
    assert (report.lines, report.faults) == (before + 24 * 50, [])
    assert ChainEnd.objects.filter(number__gt=0).count() > 1
