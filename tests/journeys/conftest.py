"""A real `./run` with the demonstration, and a real browser in front of it, once for all journeys."""

import json
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.journeys.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
FIRST_START_SECONDS = 240  # on a busy machine; ./run itself promises 60


def pytest_collection_modifyitems(items):
    """Every address is asked of a demonstration that no other journey has changed yet."""
    items.sort(key=lambda item: "test_every_address" not in item.nodeid)


@dataclass(frozen=True)
class Served:
    """The running product: its address, its folder, and its database as the superuser sees it."""

    address: str
    folder: Path

    def rows(self, query: str, *values: object) -> list[tuple]:
        """What the database holds, past every permission: for assertions only."""
        there = json.loads((self.folder / "running.json").read_text())
        with psycopg.connect(host=there["socket"], user="postgres", dbname="said") as connection:
            return connection.execute(query, values).fetchall()


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The product, started as README says, with the demonstration loaded."""
    folder = tmp_path_factory.mktemp("place")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SAID_")}
    process = subprocess.Popen(
        ["./run", "--port", str(port), "--data", str(folder)],
        cwd=ROOT, env=clean, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        wait_until_ready(process)
        yield Served(f"http://127.0.0.1:{port}", folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        process.stdout.close()


def wait_until_ready(process):
    """Read what ./run says until it says Ready; all that it said stands in the failure."""
    said, began = [], time.monotonic()
    for line in process.stdout:
        said.append(line)
        if line.startswith("Ready: "):
            return
        if time.monotonic() - began > FIRST_START_SECONDS:
            break
    pytest.fail("./run never said Ready:\n" + "".join(said), pytrace=False)


@pytest.fixture
def visit(served, chromium):
    """Open a window as somebody: visit("clerk"), visit("a child", phone=True, script=False)."""
    windows = []

    def opened(who="", *, phone=False, script=True, dark=False, width=0):
        visitor = Visitor(
            chromium, served.address, phone=phone, script=script, dark=dark, width=width
        )
        windows.append(visitor)
        if who:
            visitor.sign_in(who)
        return visitor

    yield opened
    for visitor in windows:
        visitor.leave()
