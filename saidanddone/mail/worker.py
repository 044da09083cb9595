"""The worker process: postmen for letters, and procrastinate for everything else that runs later.

Any number of them work on one database, on any number of machines. Each goes on by itself when the
database or the mail server comes back.
"""

import asyncio
import contextlib
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models.functions import Now
from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from saidanddone.mail import verbs
from saidanddone.mail.carrier import Down
from saidanddone.mail.models import SILENT, Worker
from saidanddone.mail.postman import DATABASE_AWAY, Postman

log = structlog.get_logger("saidanddone.worker")
BEAT = 5.0  # seconds between two signs of life
SURE_FOR = 30.0  # without one for so long we begin no letter: others may think us dead soon
NAP = 5.0  # seconds without a ring after which we look anyway
AWAY = 1.0  # seconds between two tries of a database that is away
GRACE = 20.0  # seconds that a job in hand is given when we are asked to stop
LOST = (OperationalError, InterfaceError)  # what a job meets when the database goes away
PATIENCE = RetryStrategy(max_attempts=8, linear_wait=15, retry_exceptions=LOST)


def command(words: list[str]) -> int:
    """./said worker: do what runs later or on a clock until asked to stop."""
    if words:
        log.error("usage", usage="./said worker")
        return 2
    stopping = threading.Event()
    with _deliveries(stopping):
        asyncio.run(_jobs(stopping))
    return 0


# ------------------------------------------------------------------ letters


class Pulse:
    """Signs of life, so that others know whose letters are in good hands."""

    def __init__(self, name: str, *, beat: float = BEAT, sure_for: float = SURE_FOR) -> None:
        self.name, self.beat, self.sure_for = name, beat, sure_for
        self.last = 0.0
        self.trouble: Callable[[], str] = str

    def sure(self) -> bool:
        """Whether others still count us among the living."""
        return time.monotonic() - self.last < self.sure_for

    def strike(self) -> None:
        """Say that we live, by the database's clock."""
        began = time.monotonic()
        Worker.objects.update_or_create(
            name=self.name, defaults={"seen_at": Now(), "trouble": self.trouble()[:200]}
        )
        self.last = began

    def run(self, stopping: threading.Event) -> None:
        """Beat until we stop, then take our name off the list."""
        while not stopping.wait(self.beat):
            with _database_may_be_away():
                self.strike()
        with _database_may_be_away():
            Worker.objects.filter(name=self.name).delete()
        connection.close()


class Bell:
    """Rings when letters are queued, wherever that happens."""

    def __init__(self) -> None:
        self.link: psycopg.Connection | None = None

    def wait(self, longest: float, stopping: threading.Event) -> None:
        """Until it rings, or so many seconds have passed, or we are asked to stop."""
        until = time.monotonic() + longest
        try:
            if self.link is None:
                self._listen()
                return  # to look once more: what was queued before this rang for nobody
            while not stopping.is_set() and (left := until - time.monotonic()) > 0:
                if any(True for _ in self.link.notifies(timeout=min(left, 0.5), stop_after=1)):
                    return
        except psycopg.Error:
            self.close()
            stopping.wait(min(longest, AWAY))

    def _listen(self) -> None:
        self.link = psycopg.connect(**connector_params(), autocommit=True)
        self.link.execute("LISTEN mail_letters")

    def close(self) -> None:
        """Stop listening."""
        if self.link is not None:
            self.link.close()
            self.link = None


def deliver(postman: Postman, stopping: threading.Event, *, nap: float = NAP) -> None:
    """Go round after round until we stop; nothing that happens on one may end the next."""
    bell = Bell()
    while not stopping.is_set():
        try:
            if not postman.go_round():
                postman.rest()
                bell.wait(nap, stopping)
        except Down:
            stopping.wait(postman.pause())
        except DATABASE_AWAY:
            log.warning("database away")
            connection.close()
            stopping.wait(AWAY)
        except Exception:
            log.exception("delivery failed")
            stopping.wait(AWAY)
    bell.close()
    with _database_may_be_away():
        postman.rest()
    connection.close()


@contextlib.contextmanager
def _deliveries(stopping: threading.Event) -> Iterator[None]:
    """Two postmen at work beside us, and their pulse; they write down all they know before we go."""
    if settings.LIVE and not settings.MAIL_HOST:
        log.warning("letters wait", why="SAID_MAIL_HOST is empty")
        yield
        return
    pulse = Pulse(own_name())
    postmen = [Postman(pulse.name, bulk=bulk, alive=pulse.sure) for bulk in (False, True)]
    pulse.trouble = lambda: next((one.trouble for one in postmen if one.trouble), "")
    with _database_may_be_away():
        pulse.strike()
    ended = threading.Event()
    heart = threading.Thread(target=pulse.run, args=(ended,), name="pulse")
    rounds = [threading.Thread(target=deliver, args=(one, stopping)) for one in postmen]
    for thread in (heart, *rounds):
        thread.start()
    try:
        yield
    finally:
        stopping.set()
        for thread in rounds:
            thread.join()
        ended.set()
        heart.join()


def own_name() -> str:
    """Like no other worker's, ever."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


@contextlib.contextmanager
def _database_may_be_away() -> Iterator[None]:
    try:
        yield
    except DATABASE_AWAY:
        log.warning("database away")
        connection.close()


def bury_the_dead() -> int:
    """Letters of workers that are silent are unknown from now on."""
    return verbs.lose_sight(silent=SILENT)


# --------------------------------------------------------------------- jobs


async def _jobs(stopping: threading.Event) -> None:
    """Run jobs until a signal says stop, through every absence of the database."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask() -> None:
        stopping.set()
        asked.set()

    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, ask)
    while not asked.is_set():
        work = asyncio.create_task(_work())
        stop = asyncio.create_task(asked.wait())
        await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
        work.cancel()
        stop.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work


def give_patience(at_work: App) -> None:
    """A job that lost the database has not failed: it is tried again for some minutes."""
    at_work.perform_import_paths()
    for task in at_work.tasks.values():
        task.retry_strategy = task.retry_strategy or PATIENCE


async def _work() -> None:
    """One stretch of work, which the database's absence ends."""
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4, timeout=10)
    try:
        with app.replace_connector(connector) as at_work:
            give_patience(at_work)
            async with at_work.open_async():
                await at_work.run_worker_async(
                    install_signal_handlers=False,
                    concurrency=2,
                    delete_jobs="successful",
                    shutdown_graceful_timeout=GRACE,
                )
    except Exception as trouble:  # noqa: BLE001 -- whatever it was, work begins again
        log.warning("jobs interrupted", error=type(trouble).__name__)
    await asyncio.sleep(AWAY)
