"""Opens what public registers publish: tables with commas or tabs, JSON, alone or in a zip.

Everything is read as a stream, row by row: a national register has fifty thousand rows and more,
and only those of one place are kept.
"""

import codecs
import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, TextIO

from saidanddone.core.files import FileRefused

Line = tuple[int, list[str]]  # its number in the file, its cells

CHUNK = 1 << 18
MOST_UNPACKED = 600_000_000  # bytes of the one file in a zip
LARGEST_OBJECT = 1_000_000  # characters of one entry in JSON
BROKEN = "We could not open this zip. Save the file again and send the new one."
NOT_JSON = "This JSON breaks off or is not a list. Save the register’s file again."


class Source:
    """A file's text, which may be read from its beginning as often as needed."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._zip = _opened(content) if content[:4] == b"PK\x03\x04" else None
        self._encoding = self._found_encoding()

    def text(self) -> TextIO:
        """The words, decoded as they are read."""
        return io.TextIOWrapper(self._bytes(), self._encoding, errors="replace", newline="")

    def is_json(self) -> bool:
        """Whether it begins as a list in JSON does."""
        return self.text().read(200).lstrip("\ufeff \r\n\t").startswith("[")

    def _bytes(self) -> IO[bytes]:
        if self._zip is None:
            return io.BytesIO(self._content)
        member = _only_member(self._zip)
        try:
            return self._zip.open(member)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as broken:
            raise FileRefused(BROKEN) from broken

    def _found_encoding(self) -> str:
        """By its first bytes; else UTF-8 if all of it is that, else what Windows writes."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            with self._bytes() as stream:
                head = stream.read(CHUNK)
                if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
                    return "utf-16"
                while head:
                    decoder.decode(head)
                    head = stream.read(CHUNK)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as broken:
            raise FileRefused(BROKEN) from broken
        return "utf-8-sig"


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as broken:
        raise FileRefused(BROKEN) from broken


def _only_member(packed: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one table in a zip; its size is what it says, for no more than that is ever read."""
    endings = (".csv", ".txt", ".tsv", ".json")
    found = [one for one in packed.infolist() if one.filename.lower().endswith(endings)]
    if len(found) != 1:
        raise FileRefused(
            f"There are {len(found)} tables in this zip. Take out the one you need and send that."
        )
    if found[0].file_size > MOST_UNPACKED:
        raise FileRefused("The file in this zip is too large.")
    return found[0]


def lines(source: Source) -> Iterator[Line]:
    """Each line of a table with its number; raises FileRefused where a quotation never ends."""
    text = source.text()
    first = text.readline(CHUNK)
    text.seek(0)
    options: dict[str, Any] = {"delimiter": ","}
    if first.count("\t") > first.count(","):
        # The Charity Commission's tabs come without quotation marks around their cells.
        quoted = first.startswith('"')
        quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
        options = {"delimiter": "\t", "quoting": quoting}
    reader = csv.reader(text, **options)
    try:
        for cells in reader:
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as broken:
        raise FileRefused(
            f"Line {reader.line_num} cannot be read: a quotation mark is open, or a cell too long."
        ) from broken
    except (zipfile.BadZipFile, zlib.error, EOFError) as broken:
        raise FileRefused(BROKEN) from broken


def objects(source: Source) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each entry of a list in JSON, one after the other, with its number."""
    text, decoder = source.text(), json.JSONDecoder()
    rest, at, number = text.read(CHUNK).lstrip().removeprefix("["), 0, 0
    while True:
        while at < len(rest) and rest[at] in " \r\n\t,":
            at += 1
        if rest[at : at + 1] == "]":
            return
        try:
            entry, at = decoder.raw_decode(rest, at)
        except RecursionError as deep:
            raise FileRefused(NOT_JSON) from deep
        except ValueError as cut:
            more = text.read(CHUNK)
            if not more or len(rest) - at > LARGEST_OBJECT:
                raise FileRefused(NOT_JSON) from cut
            rest, at = rest[at:] + more, 0
            continue
        number += 1
        if isinstance(entry, dict):
            yield number, entry
