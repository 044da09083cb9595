"""./run: a database, a web server and a worker, kept alive until they are told to stop.

Imports no Django: when nothing has changed since the last start there is nothing for it to do here.
"""

import contextlib
import hashlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

from saidanddone.dev.database import Refusal, Server
from saidanddone.dev.options import data_folder, parser, port_trouble
from saidanddone.dev.parts import Part
from saidanddone.dev.place import (
    PYTHON,
    ROOT,
    Place,
    embedded_addresses,
    given_addresses,
    surroundings,
)

READY_WITHIN = 90  # seconds
STOP_WITHIN = 6  # seconds for the web server and the worker together
TICK = 0.1


class Stopped(BaseException):
    """Somebody asked us to stop: everything is unwound in order."""


def say(line: str) -> None:
    """Tell the person at the terminal, who may have closed it."""
    with contextlib.suppress(BrokenPipeError):
        print(line, flush=True)


def main() -> int:
    """Serve until asked to stop; 0 after that, 1 if it cannot be done here."""
    chosen = parser().parse_args()
    place = Place(data_folder(chosen.data, ROOT))
    try:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, asked_to_stop)
        refuse_taken_port(chosen.port)
        with place.held(), database(place) as (server, addresses):
            serve(place, server, surroundings(place, addresses, chosen.port), chosen)
    except Refusal as refusal:
        say(str(refusal))
        return 1
    except Stopped:
        say("Stopped. Everything that was written is kept.")
    return 0


def refuse_taken_port(port: int) -> None:
    """./run looked already; between then and now somebody may have taken it."""
    trouble = port_trouble(port)
    if trouble:
        raise Refusal(trouble)


def asked_to_stop(*_: object) -> None:
    """Unwind once; further signals do not disturb a stop that is under way."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    say("\nStopping…")
    raise Stopped


@contextlib.contextmanager
def database(place: Place) -> Iterator[tuple[Server | None, dict[str, str]]]:
    """The server that the environment names, or our own for as long as we run."""
    if os.environ.get("DATABASE_URL"):
        say("Setting up: the database that DATABASE_URL names…")
        yield None, given_addresses()
        return
    say("Setting up: the database…")
    with place.served() as server:
        yield server, embedded_addresses(server)


def serve(place: Place, server: Server | None, environment: dict[str, str], chosen) -> None:
    """Prepare what has changed, start the parts, say Ready, and watch over them."""
    place.tell(server, chosen.port)
    prepare(place, environment, own=server is not None, empty=chosen.empty)
    parts = [web(place, environment, chosen.port), worker(place, environment)]
    try:
        say("Starting: the web server and the worker…")
        parts[0].start(ROOT)
        wait_until_ready(parts[0], chosen.port)
        parts[1].start(ROOT)  # after it, so that nobody waits for what can wait
        say(f"Ready: http://127.0.0.1:{chosen.port}")
        watch(parts, server)
    finally:
        stop(parts)


def prepare(place: Place, environment: dict[str, str], *, own: bool, empty: bool) -> None:
    """Tables, rights, pages' files, first data; skipped when our own place has all that already."""
    stamp = stamp_of_what_is_prepared()
    if own and place.stamp.exists() and place.stamp.read_text() == stamp:
        return
    command = [PYTHON, "-m", "saidanddone.dev.prepare", *(["--empty"] if empty else [])]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, start_new_session=True)
    if done.returncode:
        raise Refusal("The setting up did not succeed; the lines above say why.")
    place.stamp.write_text(stamp)


def stamp_of_what_is_prepared() -> str:
    """A digest of all that the preparation reads: as long as it stays, nothing is to be done."""
    package = ROOT / "saidanddone"
    files = [ROOT / "requirements/run.txt", package / "core/rights.py"]
    files += sorted(package.glob("*/migrations/*.py"))
    files += sorted(file for file in package.glob("*/static/**/*") if file.is_file())
    made = hashlib.sha256()
    for file in files:
        made.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return made.hexdigest()


def web(place: Place, environment: dict[str, str], port: int) -> Part:
    """The web server, which knows the runtime role only; it ends its own helper when told to."""
    command = [PYTHON, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", "4", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    command += ["--workers-kill-timeout", "4", "--log-level", "warning"]
    command += ["saidanddone.wsgi:application"]
    known = for_people(environment) | {"SAID_POOL": "1"}
    log = place.log("web")
    return Part("web server", command, known, log, if_we_are_killed=signal.SIGTERM)


def worker(place: Place, environment: dict[str, str]) -> Part:
    """The worker, which does what waits; without its database it could not stop in good order."""
    command = [PYTHON, "-m", "saidanddone.cli", "worker"]
    log = place.log("worker")
    known = for_people(environment)
    return Part("worker", command, known, log, if_we_are_killed=signal.SIGKILL)


def for_people(environment: dict[str, str]) -> dict[str, str]:
    """What serves people is not told how to become the owner."""
    secret = {"DATABASE_OWNER_URL", "DATABASE_BACKUP_URL"}
    return {name: value for name, value in environment.items() if name not in secret}


def wait_until_ready(part: Part, port: int) -> None:
    """Until the web server itself says that it is well."""
    began = time.monotonic()
    told = began
    while not healthy(port):
        if part.fallen() or time.monotonic() - began > READY_WITHIN:
            raise Refusal(
                f"The web server did not come up. Its log, {part.log}, ends:\n{part.last_words()}"
            )
        if time.monotonic() - told > 4:
            told = time.monotonic()
            say("  still at it…")
        time.sleep(TICK)


def healthy(port: int) -> bool:
    """What /healthz answers."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        link.request("GET", "/healthz")
        return link.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()


def watch(parts: list[Part], server: Server | None) -> None:
    """Start again what dies, until we are stopped."""
    while True:
        time.sleep(TICK)
        if server and not server.alive():
            say("The database stopped; starting it again.")
            server.start_again()
        for part in parts:
            if part.fallen() and not part.next_try:
                wait = part.note_fall()
                when = f" in {wait:.0f} seconds" if wait else ""
                say(f"The {part.name} stopped; starting it again{when}. Its log: {part.log}")
            elif part.fallen() and time.monotonic() >= part.next_try:
                part.next_try = 0.0
                part.start(ROOT)


def stop(parts: list[Part]) -> None:
    """Ask all, then wait for all; the database is stopped after them."""
    for part in parts:
        part.ask_to_stop()
    until = time.monotonic() + STOP_WITHIN
    for part in parts:
        part.stop(until - time.monotonic())


if __name__ == "__main__":
    sys.exit(main())
