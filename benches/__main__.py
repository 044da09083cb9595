"""./bench [NAME [OPTIONS]]: runs one measurement, or all, on a throw-away database with the demonstration."""

import contextlib
import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from saidanddone.dev.database import Refusal
from saidanddone.dev.place import PYTHON, ROOT, Place, embedded_addresses, surroundings

HERE = Path(__file__).resolve().parent
RIGHT, WRONG, WRONG_USE = 0, 1, 2


def names() -> dict[str, str]:
    """Each measurement and the first sentence of its file."""
    found = {}
    for file in sorted(HERE.glob("[a-z]*.py")):
        words = file.read_text()
        if "\ndef main(" in words:
            found[file.stem] = words.splitlines()[0].strip('"')
    return found


def usage() -> str:
    """What there is to measure."""
    known = names()
    rows = [f"  {name:<8} {about}" for name, about in known.items()] or ["  nothing yet"]
    return "\n".join(["Usage: ./bench [NAME [OPTIONS]]", *rows])


def takes(options: list[str], chosen: list[str]) -> bool:
    """Whether what follows the name means anything there."""
    return not options or "\ndef main(*words" in (HERE / f"{chosen[0]}.py").read_text()


@contextlib.contextmanager
def throw_away_place() -> Iterator[None]:
    """A database with the demonstration in it, and an environment that points there."""
    folder = Path(tempfile.mkdtemp(prefix="said-bench-"))
    place = Place(folder)
    for name in [name for name in os.environ if name.startswith(("SAID_", "DATABASE_"))]:
        del os.environ[name]
    try:
        with place.held(), place.served() as server:
            os.environ.update(surroundings(place, embedded_addresses(server), 8000))
            prepare = [PYTHON, "-m", "saidanddone.dev.prepare"]
            if subprocess.run(prepare, cwd=ROOT, check=False).returncode:
                raise Refusal("The throw-away database could not be prepared.")
            yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(words: list[str]) -> int:
    """Run what was named, or everything, and say which limits did not hold."""
    known = names()
    chosen, options = words[:1] or list(known), words[1:]
    if not chosen or any(name not in known for name in chosen) or not takes(options, chosen):
        print(usage())
        return RIGHT if words in (["help"], ["--help"], ["-h"]) else WRONG_USE
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with throw_away_place():
            runs = {
                name: importlib.import_module(f"benches.{name}").main(*options) for name in chosen
            }
    except Refusal as refusal:
        print(refusal)
        return WRONG
    missed = [name for name, status in runs.items() if status]
    if missed:
        print(f"Limits that did not hold: {', '.join(missed)}")
    return WRONG if missed else RIGHT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
