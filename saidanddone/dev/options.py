"""What ./run may be told, read before anything is installed: it stands on Python alone."""

import argparse
import errno
import os
import socket
import sys
from pathlib import Path

HELP_GIVEN = 10  # ./run reads this: nothing went wrong, and there is nothing more to do


def parser() -> argparse.ArgumentParser:
    """The options of ./run; an unknown one is answered with the usage and status 2."""
    made = argparse.ArgumentParser(
        prog="./run",
        allow_abbrev=False,
        description="Serves Said & Done on this machine, with its own database and the "
        "demonstration partnership. Stop it with Ctrl-C; what was written stays.",
        epilog="With DATABASE_URL in the environment it uses that PostgreSQL server instead of "
        "its own: docs/operate.md.",
    )
    made.add_argument(
        "--port", type=port, default=8000, metavar="N", help="where it listens (8000)"
    )
    made.add_argument(
        "--data", type=Path, metavar="DIR", help="where it keeps everything (.data in this folder)"
    )
    made.add_argument(
        "--empty",
        action="store_true",
        help="on a first start: lists and settings only, no demonstration partnership",
    )
    return made


def port(words: str) -> int:
    """A port number that an ordinary program may listen on."""
    if not words.isascii() or not words.isdigit() or not 1 <= int(words) <= 65535:
        raise argparse.ArgumentTypeError(f"{words!r} is not a port: give a number from 1 to 65535")
    return int(words)


def port_trouble(number: int) -> str:
    """Why nobody can listen there, and the way out; empty if all is well."""
    trouble = listening_error(number)
    if not trouble:
        return ""
    free = next((n for n in range(number + 1, number + 100) if not listening_error(n)), 8001)
    way_out = f"Choose another one: ./run --port {free}"
    if trouble == errno.EADDRINUSE:
        return f"Port {number} is taken: another program listens there. {way_out}"
    return f"Port {number} cannot be used ({os.strerror(trouble)}). {way_out}"


def listening_error(number: int) -> int:
    """The system's error number if one tries to listen there; 0 if one can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except (OSError, OverflowError) as trouble:
            return getattr(trouble, "errno", None) or errno.EINVAL
    return 0


def data_folder(chosen: Path | None, root: Path) -> Path:
    """Where everything is kept; a relative folder is meant from where the person stood."""
    named = chosen or os.environ.get("SAID_DATA")
    if not named:
        return root / ".data"
    return Path(os.environ.get("SAID_CALLED_FROM", ".")).joinpath(named).resolve()


def main() -> int:
    """Check the command line; ./run goes on only if it is sound and the port is free."""
    try:
        chosen = parser().parse_args()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) and leaving.code else HELP_GIVEN
    trouble = port_trouble(chosen.port)
    if trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
