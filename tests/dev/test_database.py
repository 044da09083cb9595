"""The embedded PostgreSQL comes up, comes back, and leaves nothing behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from saidanddone.dev import database
from saidanddone.dev.database import OWNER, RUNTIME, Server, prepare_roles
from tests.house.source import ROOT


@pytest.fixture
def server(tmp_path):
    """A server that is not yet started; whatever the test does, it is stopped."""
    made = Server(tmp_path / "pg", tmp_path / "log", durable=False)
    yield made
    made.stop()


def test_what_was_written_is_there_after_a_kill(server):
    server.settings = database.SETTINGS  # with nothing forgotten for speed
    server.start()
    prepare_roles(server)
    with psycopg.connect(server.address(OWNER)) as link:
        link.execute("CREATE TABLE said (words text)")
        link.execute("INSERT INTO said VALUES ('kept')")
    server.process.kill()
    server.process.wait()
    server.start_again()
    with psycopg.connect(server.address(OWNER)) as link:
        assert link.execute("SELECT words FROM said").fetchall() == [("kept",)]


def test_the_socket_is_for_its_owner_alone_and_goes_at_the_stop(server):
    server.start()
    assert server.socket.stat().st_mode & 0o777 == 0o700
    assert list(server.socket.glob(".s.PGSQL*"))
    server.stop()
    assert not server.socket.exists()
    assert not server.alive()


def test_a_number_that_belongs_to_another_program_now_stops_nothing(server):
    server.start()
    server.stop()
    (server.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{server.cluster}\n")
    server.start()
    assert server.alive()


def test_a_creation_that_was_cut_short_is_begun_anew(server):
    half = server.cluster.with_name("pg.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("half")
    server.start()
    assert server.alive()


def test_the_roles_are_separate_and_weak(server):
    server.start()
    prepare_roles(server)
    prepare_roles(server)
    with psycopg.connect(server.address(RUNTIME)) as link:
        rights = (
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls "
            "FROM pg_roles WHERE rolname = %s"
        )
        for role in (OWNER, RUNTIME):
            assert link.execute(rights, [role]).fetchone() == (False, False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            link.execute("CREATE TABLE mine (n int)")


PARENT = """
import sys, time
from pathlib import Path
from saidanddone.dev.database import Server
made = Server(Path(sys.argv[1]), Path(sys.argv[2]))
made.start()
print(made.process.pid, made.socket, flush=True)
time.sleep(60)
"""


def test_it_ends_when_its_parent_is_killed(tmp_path):
    command = [sys.executable, "-c", PARENT, str(tmp_path / "pg"), str(tmp_path / "log")]
    parent = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    pid, socket = parent.stdout.readline().split()
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 10
    while database._command_line(int(pid)) and time.monotonic() < until:
        time.sleep(0.05)
    with contextlib.suppress(FileNotFoundError):
        Path(socket).rmdir()
    assert not database._command_line(int(pid))
