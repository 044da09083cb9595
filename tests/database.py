"""The tests' own PostgreSQL: thrown away after the run, quick to start because it is kept migrated.

The first run after a change of the tables migrates an empty cluster and keeps a copy of it; later
runs begin from that copy. Nothing that a test writes ever reaches the copy.
"""

import contextlib
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from saidanddone.dev.database import OWNER, RUNTIME, Server, prepare_roles

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".cache" / "test-database"
COPIES = 3  # of which older ones are removed


def temporary_folder() -> Path:
    """A folder for this run; what runs that were killed left behind is swept away first."""
    for old in Path(tempfile.gettempdir()).glob("said-tests-*"):
        number = old.name.split("-")[2]
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"said-tests-{os.getpid()}-"))


class TestServer:
    """A server in a temporary folder, for one run of the tests."""

    __test__ = False

    def __init__(self) -> None:
        self.folder = temporary_folder()
        self.server = Server(self.folder / "pg", self.folder / "postgres.log", durable=False)
        self.kept = KEPT / stamp_of_the_tables()

    def start(self) -> None:
        """Start, from the kept copy if there is one for these tables."""
        if self.kept.exists():
            shutil.copytree(self.kept, self.folder / "pg", symlinks=True)
        self.server.start()
        prepare_roles(self.server, for_tests=True)

    def keep(self) -> None:
        """Set the migrated cluster aside for later runs, unless another run did so meanwhile."""
        if self.kept.exists():
            return
        self.server.stop()
        KEPT.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=".making-", dir=KEPT))
        shutil.copytree(self.folder / "pg", making / "pg", symlinks=True)
        with contextlib.suppress(OSError):  # another process of this run was first
            (making / "pg").rename(self.kept)
        shutil.rmtree(making)
        by_age = sorted(KEPT.iterdir(), key=lambda copy: copy.stat().st_mtime, reverse=True)
        for old in by_age[COPIES:]:
            shutil.rmtree(old, ignore_errors=True)
        self.server.start()

    def stop(self) -> None:
        """Stop, and leave nothing behind."""
        self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def owner(self) -> str:
        """The address of the role that owns the tables."""
        return self.server.address(OWNER)

    def product(self) -> str:
        """The address of the role that serves people."""
        return self.server.address(RUNTIME)


def stamp_of_the_tables() -> str:
    """A digest of all that makes tables, triggers and rights."""
    package = ROOT / "saidanddone"
    files = [ROOT / "requirements/run.txt", package / "core/rights.py", package / "settings.py"]
    files += sorted(package.glob("*/migrations/*.py"))
    made = hashlib.sha256()
    for file in files:
        made.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return made.hexdigest()[:32]
