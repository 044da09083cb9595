"""A backup holds everything, comes back whole, and never comes over what is there."""

import io
import tarfile

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from saidanddone.core import backups
from saidanddone.dev.database import OWNER, RUNTIME, SUPERUSER

EMPTY = "empty_place"


@pytest.fixture
def place(postgres, django_db_setup, monkeypatch, tmp_path):
    """The test database as a place that may be backed up, with one paper in it."""
    name = connection.settings_dict["NAME"]
    monkeypatch.setenv("DATABASE_URL", postgres.server.address(RUNTIME, name))
    monkeypatch.setenv("DATABASE_OWNER_URL", postgres.server.address(OWNER, name))
    monkeypatch.setenv("DATABASE_BACKUP_URL", postgres.server.address(SUPERUSER, name))
    monkeypatch.setitem(backups.FOLDERS, "files", tmp_path / "files")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "paper.pdf").write_bytes(b"%PDF-1.7 a paper")
    return postgres.server


@pytest.fixture
def go_to_empty_place(place, monkeypatch, tmp_path):
    """From its call on, commands mean an empty database and empty folders."""

    def go():
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "NAME", EMPTY)
        monkeypatch.setenv("DATABASE_OWNER_URL", place.address(OWNER, EMPTY))
        monkeypatch.setitem(backups.FOLDERS, "files", tmp_path / "other-files")
        monkeypatch.setitem(backups.FOLDERS, "audit-heads", tmp_path / "other-heads")

    with psycopg.connect(place.address(SUPERUSER, "postgres"), autocommit=True) as link:
        link.execute(f"CREATE DATABASE {EMPTY} OWNER {OWNER}")
        yield go
        link.execute(f"DROP DATABASE {EMPTY} WITH (FORCE)")


def count(place, name, table):
    """How many rows a table has."""
    with psycopg.connect(place.address(SUPERUSER, name)) as link:
        return link.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_a_backup_comes_back_whole(place, go_to_empty_place, tmp_path, django_db_blocker):
    source, made = connection.settings_dict["NAME"], tmp_path / "backup.tar"
    with django_db_blocker.unblock():
        assert backups.backup([str(made)]) == 0
        assert made.stat().st_mode & 0o777 == 0o600
        go_to_empty_place()
        assert backups.restore([str(made)]) == 0
        connection.close()
    for table in ("django_migrations", "auth_permission", "audit_chainend"):
        assert count(place, EMPTY, table) == count(place, source, table) > 0
    assert (tmp_path / "other-files" / "paper.pdf").read_bytes() == b"%PDF-1.7 a paper"
    with (
        psycopg.connect(place.address(RUNTIME, EMPTY)) as link,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        link.execute("DELETE FROM audit_line")


def test_a_restore_never_overwrites(place, tmp_path, django_db_blocker, capsys):
    with django_db_blocker.unblock():
        assert backups.restore([str(tmp_path / "any.tar")]) == 1
    assert "a restore never overwrites" in capsys.readouterr().err


def test_a_backup_never_overwrites(place, tmp_path, capsys):
    (tmp_path / "old.tar").write_text("old")
    assert backups.backup([str(tmp_path / "old.tar")]) == 1
    assert (tmp_path / "old.tar").read_text() == "old"


@pytest.mark.parametrize("damage", ["none of ours", "another dump", "no tar"])
def test_what_is_no_sound_backup_is_refused(
    go_to_empty_place, damage, tmp_path, django_db_blocker, capsys
):
    made = tmp_path / "backup.tar"
    with tarfile.open(made, "w") as archive:
        if damage == "another dump":
            add(archive, backups.LEAF, b'{"database": "0000"}')
            add(archive, backups.DUMP, b"PGDMP")
        else:
            add(archive, "notes.txt", b"hello")
    if damage == "no tar":
        made.write_bytes(b"not a tar at all")
    with django_db_blocker.unblock():
        go_to_empty_place()
        assert backups.restore([str(made)]) == 1
        connection.close()
    assert capsys.readouterr().err.strip()
    assert not list(settings.DATA.glob(".restore-*"))


def add(archive, name, content):
    """Put a file into a tar."""
    told = tarfile.TarInfo(name)
    told.size = len(content)
    archive.addfile(told, io.BytesIO(content))


def test_an_address_becomes_what_the_programs_read():
    told = backups._for_libpq("postgresql://me:p%40ss@host:6543/said?sslmode=require")
    assert told == {
        "PGHOST": "host", "PGPORT": "6543", "PGUSER": "me", "PGPASSWORD": "p@ss",
        "PGDATABASE": "said", "PGSSLMODE": "require",
    }  # fmt: skip
