"""Pages held against their limits: asked in turn, over 1 and 8 connections, by wrk."""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 1  # short and often, so that what else the machine does falls on both alike
ROUNDS = 7
PATIENCE = 60  # seconds for one answer, on a machine that has much else to do
FEW = 5  # answers that make a figure
CONNECTIONS = (1, 8)
FLOOR = {"public": 0.6, "private": 0.2}
ROOT = Path(__file__).resolve().parent.parent


def hold_against_limit(scene: str) -> int:
    """Print each page's figures beside its limit's; 1 if a floor is missed, 2 if wrk is not here."""
    if not wrk_is_here():
        return 2
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record.json"
        os.environ["SAID_BENCH_RECORD"] = str(record)
        os.environ["DJANGO_SETTINGS_MODULE"] = "benches.served"
        pages, cookie = prepare(scene, record)
        with served() as address:
            missed = [
                name for name, page in pages.items() if not measure(address, name, page, cookie)
            ]
    print("Every floor is kept." if not missed else f"Floor missed: {', '.join(missed)}")
    return 1 if missed else 0


def wrk_is_here() -> bool:
    """Whether the program that asks is here; says how to get it."""
    found = shutil.which("wrk") is not None
    if not found:
        print("This needs wrk: apt-get install wrk")
    return found


def prepare(scene: str, record: Path) -> tuple[dict, str]:
    """Load what the scene is made of, and write down what each page asks and answers."""
    import django  # noqa: PLC0415 -- settings are chosen above, at run time

    django.setup()
    from benches import record as recorder  # noqa: PLC0415
    from benches import scenes  # noqa: PLC0415

    return recorder.record(record, scenes.SCENES[scene])


@contextmanager
def served() -> Iterator[str]:
    """The product behind its own web server, as ./run starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1",
        "--blocking-threads", "4", "--host", "127.0.0.1", "--port", str(port), "--no-ws",
        "--log-level", "error", "saidanddone.wsgi:application",
    ]  # fmt: skip
    with (Path(tempfile.gettempdir()) / f"said-bench-{port}.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | {"SAID_POOL": "1"}, stdout=log, stderr=log
        )
        try:
            wait(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)
            Path(log.name).unlink()


def wait(port: int) -> None:
    """Until the server answers."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("The web server did not start.")


def measure(address: str, name: str, page: dict, cookie: str) -> bool:
    """One page against its limit, in turn; whether it keeps its floor."""
    headers = ["-H", f"Cookie: {cookie}"] if page["kind"] == "private" else []
    limit = f"{address}/limit/{page['kind']}/{name}/"
    kept = True
    for connections in CONNECTIONS:
        ours, most, ratio = in_turn(
            lambda count=connections: ask(address + page["path"], count, headers),
            lambda count=connections: ask(limit, count, headers),
        )
        kept = kept and ratio >= FLOOR[page["kind"]]
        print(
            f"{name:<12} {connections} at a time: {ours:7.0f} of {most:7.0f} a second, "
            f"{ratio:.2f} (floor {FLOOR[page['kind']]}), {page['queries']} queries, "
            f"{page['bytes']} bytes compressed",
            flush=True,
        )
    return kept


def in_turn(
    ours: Callable[[], float], limit: Callable[[], float], rounds: int = ROUNDS
) -> tuple[float, float, float]:
    """Both figures and how near the first comes to the second: medians of short turns.

    Who begins changes from turn to turn; before the first, each is asked once, for nothing.
    """
    ours(), limit()
    pairs = []
    for turn in range(rounds):
        if turn % 2:
            most, done = limit(), ours()
        else:
            done, most = ours(), limit()
        pairs.append((done, most))
    ratio = statistics.median(done / most for done, most in pairs)
    done, most = (statistics.median(column) for column in zip(*pairs, strict=True))
    return done, most, ratio


def ask(address: str, connections: int, headers: list[str]) -> float:
    """Requests a second that were answered well; an error ends the measurement."""
    for seconds in (SECONDS, 5 * SECONDS, 20 * SECONDS):  # until a few have been answered
        done = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", f"--timeout={PATIENCE}s",
             *headers, address],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
            raise SystemExit(f"{address} did not answer well:\n{done.stdout}")
        answered = int(re.search(r"(\d+) requests in", done.stdout).group(1))
        if answered >= max(FEW, connections):
            break
    else:
        raise SystemExit(f"{address} was answered {answered} times in {seconds} seconds.")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", done.stdout).group(1))
