"""PDFs from a typst sheet and what it tells, tagged, with papers among its pages. Workers only.

Sheet and papers are put into a folder of their own and printed by a process of its own: whatever
is in a paper, the worst that happens is that this process ends.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

PRINTER = Path(__file__).with_name("printer.py")
LOOK_WITHIN, PRESS_WITHIN = 60, 240  # seconds by the clock on the wall
Sizes = list[list[float]]


class NotPrinted(Exception):  # noqa: N818 -- it tells what became of it
    """The printing process ended without a PDF, or ran out of time."""


@dataclass(frozen=True)
class Printed:
    """A PDF, how many pages it has, and what its marked places said of themselves."""

    pdf: bytes
    pages: int
    places: list[dict[str, Any]]


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for one print, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="said-print-") as made:
        yield Path(made)


def pages_of(place: Path, name: str) -> Sizes | None:
    """The sizes of a paper's pages, in points; None if it cannot stand among others."""
    try:
        return _run(place, "look", name, LOOK_WITHIN)["sizes"] or None
    except NotPrinted:
        return None


def printed(place: Path, sheet: str, told: Mapping[str, Any], dated: datetime) -> Printed:
    """The sheet, which reads told.json and the papers beside it, as a PDF; raises NotPrinted."""
    (place / "sheet.typ").write_text(sheet, encoding="utf-8")
    (place / "told.json").write_text(json.dumps(told), encoding="utf-8")
    answer = _run(place, "press", str(int(dated.timestamp())), PRESS_WITHIN)
    return Printed((place / "out.pdf").read_bytes(), answer["pages"], answer["places"])


def _run(place: Path, deed: str, what: str, within: int) -> dict[str, Any]:
    command = [sys.executable, "-I", "-X", "utf8", str(PRINTER), deed, what]
    try:
        subprocess.run(
            command, cwd=place, capture_output=True, timeout=within, check=True,
            env={"PATH": "", "RAYON_NUM_THREADS": "1"},
        )  # fmt: skip
        return json.loads((place / "answer.json").read_text(encoding="utf-8"))
    except (subprocess.SubprocessError, OSError, ValueError) as trouble:
        raise NotPrinted(type(trouble).__name__) from trouble
    finally:
        (place / "answer.json").unlink(missing_ok=True)
