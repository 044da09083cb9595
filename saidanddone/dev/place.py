"""The data folder of one Said & Done: who holds it, what is kept in it, how others find it."""

import contextlib
import fcntl
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from saidanddone.dev.database import OWNER, RUNTIME, SUPERUSER, Refusal, Server, prepare_roles

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = sys.executable


class Place:
    """Where everything that outlives a stop is kept; one program at a time may hold it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.logs = folder / "logs"
        self.note = folder / "running.json"  # how a second program finds what runs
        self.stamp = folder / "prepared"

    @contextlib.contextmanager
    def held(self, *, wait: bool = False) -> Iterator[None]:
        """Hold the folder; the kernel lets go of it however this process ends."""
        self._make()
        with (self.folder / "lock").open("a+") as lock:
            until = time.monotonic() + (60 if wait else 0.5)
            while not _locked(lock):
                if time.monotonic() >= until:
                    raise Refusal(self.who_holds_it())
                time.sleep(0.2)
            try:
                yield
            finally:
                self.note.unlink(missing_ok=True)

    def running(self) -> dict:
        """What the program that holds this folder wrote of itself; empty if nobody holds it."""
        if not self.note.exists():
            return {}
        with (self.folder / "lock").open("a+") as lock:
            if _locked(lock):
                return {}
        with contextlib.suppress(OSError, ValueError):
            return json.loads(self.note.read_text())
        return {}

    def tell(self, server: Server | None = None, port: int = 0) -> None:
        """Write down what runs here, for ./said and for who comes after a kill; only we read it."""
        what: dict[str, object] = {"port": port}
        if server:
            temporary = [str(folder) for folder in (server.socket, server.copy) if folder]
            what |= {"socket": str(server.socket), "temporary": temporary}
        fresh = self.note.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps({"process": os.getpid(), **what}))
        fresh.rename(self.note)

    def who_holds_it(self) -> str:
        """A sentence for whoever comes second."""
        there = self.running()
        if there.get("port"):
            return (
                f"Said & Done already runs with the data in {self.folder}, at "
                f"http://127.0.0.1:{there['port']} (process {there['process']}). Use that one, "
                "stop it first, or choose another folder: ./run --data DIR"
            )
        return (
            f"Another command is at work with the data in {self.folder}. Try again when it is done."
        )

    def server(self) -> Server:
        """The PostgreSQL of this place, not yet started."""
        return Server(self.folder / "pg", self.log("postgres"))

    @contextlib.contextmanager
    def served(self) -> Iterator[Server]:
        """PostgreSQL runs here, with its roles and database, until the block ends."""
        self._clear_what_a_kill_left()
        server = self.server()
        try:
            server.start()
            prepare_roles(server)
            yield server
        finally:
            server.stop()

    def log(self, name: str) -> Path:
        """The file that a part writes its account to; a long one is set aside at the next start."""
        path = self.logs / f"{name}.log"
        if path.exists() and path.stat().st_size > 5_000_000:
            path.rename(path.with_suffix(".1.log"))
        return path

    def _make(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.logs.mkdir(mode=0o700, exist_ok=True)
            (self.folder / "lock").touch(mode=0o600)
        except OSError as trouble:
            raise Refusal(f"Cannot keep data in {self.folder}: {trouble.strerror}.") from trouble
        owner = self.folder.stat().st_uid
        if owner != os.geteuid():
            raise Refusal(
                f"The data in {self.folder} belongs to another user (number {owner}). "
                "Start as that user, or choose another folder: ./run --data DIR"
            )

    def _clear_what_a_kill_left(self) -> None:
        """A killed start could not remove its temporary folders; we hold the lock, so it is over."""
        with contextlib.suppress(OSError, ValueError):
            for name in json.loads(self.note.read_text()).get("temporary", []):
                folder = Path(name)
                if folder.name.startswith("said-") and not folder.is_symlink():
                    shutil.rmtree(folder, ignore_errors=True)


def _locked(lock) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def embedded_addresses(server: Server) -> dict[str, str]:
    """The three addresses of the embedded database, as settings know them."""
    return {
        "DATABASE_URL": server.address(RUNTIME),
        "DATABASE_OWNER_URL": server.address(OWNER),
        "DATABASE_BACKUP_URL": server.address(SUPERUSER),
    }


def given_addresses() -> dict[str, str]:
    """The addresses of a server that the environment names; one address may serve as all three."""
    product = os.environ["DATABASE_URL"]
    owner = os.environ.get("DATABASE_OWNER_URL", product)
    backup = os.environ.get("DATABASE_BACKUP_URL", owner)
    return {"DATABASE_URL": product, "DATABASE_OWNER_URL": owner, "DATABASE_BACKUP_URL": backup}


def surroundings(place: Place, addresses: dict[str, str], port: int) -> dict[str, str]:
    """The environment of every part: what the person set stands, the rest is this place's own."""
    ours = {
        "SAID_KIND": "demo",
        "SAID_ADDRESS": f"http://127.0.0.1:{port}",
        "SAID_STATIC": str(place.folder / "static"),
        "DJANGO_SETTINGS_MODULE": "saidanddone.settings",
        "PYTHONUNBUFFERED": "1",
    }
    return {**ours, **os.environ, "SAID_DATA": str(place.folder), **addresses}
