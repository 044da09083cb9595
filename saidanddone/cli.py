"""./said: commands for the people who look after a Said & Done.

Status 0: done. 1: refused, or something is wrong. 2: wrong use. An area that has a command of its
own adds one line to COMMANDS; the function takes the words after the command and gives a status.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

DONE, REFUSED, WRONG_USE = 0, 1, 2


class Command(NamedTuple):
    """Where a command's function stands, how it is used, and what it is for."""

    where: str
    usage: str
    about: str


COMMANDS = {
    "status": Command(
        "saidanddone.core.commands:status", "", "what runs here, and whether it is well"
    ),
    "check": Command(
        "saidanddone.core.commands:check", "", "are settings, tables and roles sound?"
    ),
    "migrate": Command(
        "saidanddone.core.commands:migrate", "", "bring tables and rights up to date"
    ),
    "worker": Command(
        "saidanddone.mail.worker:command", "", "do what runs later or on a clock, until stopped"
    ),
    "audit": Command(
        "saidanddone.audit.jobs:verify_command",
        "verify",
        "find any changed or missing line of the audit",
    ),
    "import": Command(
        "saidanddone.core.commands:import_file",
        "KIND FILE [--commit] [--json] [--board ADDRESS] [--only PLACES]",
        "read a file: a report by row first, and with --commit for good",
    ),
    "export": Command(
        "saidanddone.core.commands:export_file", "KIND FILE", "write a file of one kind"
    ),
    "backup": Command(
        "saidanddone.core.backups:backup", "FILE", "one file with all data and papers"
    ),
    "restore": Command(
        "saidanddone.mail.jobs:restore_command", "FILE", "a backup into an empty place"
    ),
    "first-administrator": Command(
        "saidanddone.people.jobs:first_administrator",
        "EMAIL NAME [ORGANISATION]",
        "invite whoever will keep a new place",
    ),
}


def main(words: list[str]) -> int:
    """Find the command, give it a database, run it."""
    if not words or words[0] in {"help", "--help", "-h"}:
        print(usage())
        return DONE if words else WRONG_USE
    name, *rest = words
    command = COMMANDS.get(name)
    if command is None:
        print(f"There is no command {name!r}.\n\n{usage()}", file=sys.stderr)
        return WRONG_USE
    if rest[:1] in (["--help"], ["-h"]):
        print(f"./said {name} {command.usage}\n{command.about}")
        return DONE
    with contextlib.ExitStack() as stack:
        problem = stack.enter_context(surroundings())
        if problem:
            print(problem, file=sys.stderr)
            return REFUSED
        return run(command, rest)


def usage() -> str:
    """All commands, one a line."""
    width = max(len(f"{name} {command.usage}") for name, command in COMMANDS.items())
    lines = [
        f"  {f'{name} {command.usage}':<{width}}  {command.about}"
        for name, command in COMMANDS.items()
    ]
    return "\n".join(["Usage: ./said COMMAND", "", *lines, f"  {'help':<{width}}  this list"])


@contextlib.contextmanager
def surroundings() -> Iterator[str]:
    """The environment that the command needs, or a sentence that says why it cannot be had.

    A server's own environment names its database. On a person's machine the database is the one of
    ./run: the running one, or else our own for as long as the command takes.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saidanddone.settings")
    if os.environ.get("DATABASE_URL") or os.environ.get("SAID_KIND") == "live":
        yield ""
        return
    dev = import_module("saidanddone.dev.commands")  # by name: the product does not know dev
    with contextlib.ExitStack() as stack:
        try:
            os.environ.update(stack.enter_context(dev.borrowed()))
            problem = ""
        except dev.Refusal as refusal:
            problem = str(refusal)
        yield problem


def run(command: Command, words: list[str]) -> int:
    """Set Django up and hand over; a trouble with a sentence of its own is told as that."""
    import django  # noqa: PLC0415  help and wrong use are answered without it
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.db import OperationalError  # noqa: PLC0415

    module, _, function = command.where.partition(":")
    try:
        django.setup()
        return getattr(import_module(module), function)(words)
    except (ImproperlyConfigured, OperationalError) as trouble:
        print(str(trouble).strip(), file=sys.stderr)
        return REFUSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
