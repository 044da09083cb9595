"""Brings database, static files and the demonstration up to date, in one process, then ends."""

import contextlib
import gc
import importlib
import importlib.util
import sys
import threading
import time
from collections.abc import Iterator

import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection, transaction

from saidanddone.core import rights

DEMONSTRATION = "saidanddone.dev.demonstration"


def say(line: str) -> None:
    """Tell the person who waits."""
    print(line, flush=True)


@contextlib.contextmanager
def never_silent() -> Iterator[None]:
    """Say every few seconds that the work goes on."""
    began = time.monotonic()
    done = threading.Event()

    def voice() -> None:
        while not done.wait(4):
            say(f"  still at it ({time.monotonic() - began:.0f} s)…")

    threading.Thread(target=voice, daemon=True).start()
    try:
        yield
    finally:
        done.set()


def collect_static_files() -> None:
    """Gather, name by content and compress what browsers fetch."""
    say("Setting up: pages' files…")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def load_first_data(*, empty: bool) -> None:
    """On a first start load the demonstration partnership, or the lists alone."""
    if settings.LIVE or not importlib.util.find_spec(DEMONSTRATION):
        return
    if apps.get_model("reference", "Partnership")._default_manager.exists():
        return
    demonstration = importlib.import_module(DEMONSTRATION)
    say("Setting up: lists and settings…" if empty else "Setting up: the demonstration…")
    with transaction.atomic():
        (demonstration.load_reference if empty else demonstration.load)()
    count_rows()


def count_rows() -> None:
    """Let the database know how full its tables are now: only their owner may have it look."""
    with rights.as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main() -> int:
    """Do all of it; on trouble say what it was in one sentence."""
    gc.disable()  # it ends soon; to look for what could be thrown away takes a twentieth of its time
    try:
        with never_silent():
            django.setup()
            rights.prepare_database(say)
            collect_static_files()
            load_first_data(empty="--empty" in sys.argv)
    except (ImproperlyConfigured, OperationalError, rights.NotSeparate) as trouble:
        say(str(trouble).strip())
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
