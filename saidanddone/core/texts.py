"""The words in a file, for search and for reading on a page. Only workers ask: never the web.

Whatever is in the file is opened in a process of its own, with limits of memory and time and with
nothing of ours around it; if that process dies, the file simply has no words that we can read.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from saidanddone.core.files import OFFICE

READER = Path(__file__).with_name("reader.py")
WITHIN = 60  # seconds by the clock on the wall
KINDS = {
    "application/pdf": "pdf",
    "application/vnd.oasis.opendocument.text": "odt",
    **{media: ending for ending, media in OFFICE.items()},
}


class Unreadable(Exception):  # noqa: N818 -- it tells what became of the file
    """The file could not be opened within the limits, or is not what it says."""


@dataclass(frozen=True)
class Words:
    """What was found: paragraphs apart by a blank line, headings after "# "; and how many pages."""

    text: str
    pages: int | None


def may_hold_words(media_type: str) -> bool:
    """Whether files of this type are read at all; pictures and sound are not."""
    return media_type in KINDS


def words_in(file: IO[Any], media_type: str) -> Words:
    """The words of this file; raises Unreadable. Takes up to a minute, so never for a page."""
    command = [sys.executable, "-I", "-X", "utf8", str(READER), KINDS[media_type]]
    try:
        done = subprocess.run(
            command, input=file.read(), capture_output=True, timeout=WITHIN, check=True, cwd="/",
            env={"PATH": ""},
        )  # fmt: skip
        told = json.loads(done.stdout)
        return Words(str(told["text"]), told["pages"])
    except (subprocess.SubprocessError, OSError, ValueError, KeyError, TypeError) as trouble:
        raise Unreadable(type(trouble).__name__) from trouble
