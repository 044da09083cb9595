"""Contacts as Outlook and spreadsheets give them: who, at which address, each with its line.

“Name <a@b>; …”, “Last, First <a@b>”, bare addresses, or a table with tabs or commas, with or
without names above its columns. Of a table only names and addresses are read.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from saidanddone.core.files import FileRefused

MOST_BYTES = 2_000_000
MOST = 5_000  # contacts in one list
ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
OUTLOOK = re.compile(r"([^;<>\n]{0,300})<\s*(?:mailto:)?([^<>\n]{0,300})>")
EMAILS = {"email", "e-mail", "email address", "e-mail address", "mail", "address"}
WHOLE = {"name", "full name", "display name", "contact"}
FIRST = {"first name", "first", "forename", "given name", "fname"}
LAST = {"last name", "last", "surname", "family name", "sname"}
LEFT = {"unsub_time", "unsub_reason", "clean_time", "clean_campaign_title"}
LEAVERS = (
    "This is a list of people who left or whose letters came back. None of them may be added. "
    "Use the list of those who get your letters."
)


def read(content: bytes) -> dict[str, Any]:
    """The contacts in a file; raises FileRefused."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return read_text(content.decode("utf-16", "replace"))
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("cp1252", "replace")
    return read_text(words)


def read_text(words: str) -> dict[str, Any]:
    """The contacts in what somebody pasted; raises FileRefused."""
    words = words.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    found = list(_outlook(words) if "<" in words and "@" in words else _table(words))
    if len(found) > MOST:
        raise FileRefused(f"There are more than {MOST:,} in this list. Take it in parts.")
    if not any(one["address"] for one in found):
        raise FileRefused("We found no e-mail address in it.")
    return {"contacts": found}


def _outlook(words: str) -> Iterator[dict[str, Any]]:
    """Name and address in angle brackets, or an address alone, with ; or a new line between."""
    for number, line in enumerate(words.split("\n"), start=1):
        rest, end = [], 0
        for one in OUTLOOK.finditer(line):
            rest.append(line[end : one.start()])
            yield _contact(number, one[1].lstrip(", \t"), one[2])
            end = one.end()
        for part in ";".join([*rest, line[end:]]).split(";"):
            if part.strip(" ,\t"):
                yield _contact(number, "", part)


def _table(words: str) -> Iterator[dict[str, Any]]:
    """Rows with tabs, semicolons or commas between their cells."""
    first = words.lstrip().partition("\n")[0]
    sign = "\t" if "\t" in words else ";" if ";" in first else ","
    try:
        rows = list(csv.reader(io.StringIO(words, newline=""), delimiter=sign))
    except csv.Error as broken:
        raise FileRefused("We could not read this table. Save it again as CSV.") from broken
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    if LEFT & set(head):
        raise FileRefused(LEAVERS)
    named = any(cell in EMAILS for cell in head) and not any("@" in cell for cell in head)
    for number, row in enumerate(rows[named:], start=1 + named):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if named:
            yield _under(head, cells, number)
        else:
            yield from _unnamed(cells, number)


def _unnamed(cells: list[str], number: int) -> Iterator[dict[str, Any]]:
    """A row of which nobody says what is what: a name and its address, or addresses alone."""
    addresses = [cell for cell in cells if "@" in cell]
    others = [cell for cell in cells if "@" not in cell and re.search(r"[^\W\d_]", cell)]
    if len(addresses) > 1:  # whose name belongs to which nobody can tell; none of them is lost
        yield from (_contact(number, "", cell) for cell in addresses)
    else:
        yield _contact(number, " ".join(others[:2]), "".join(addresses) or " ".join(cells))


def _under(head: list[str], cells: list[str], number: int) -> dict[str, Any]:
    """A row whose columns are named."""
    told = {"address": "", "whole": "", "first": "", "last": ""}
    kinds = (("address", EMAILS), ("whole", WHOLE), ("first", FIRST), ("last", LAST))
    for title, cell in zip(head, cells, strict=False):
        for part, titles in kinds:
            if title in titles and not told[part]:
                told[part] = cell
    return _contact(number, told["whole"] or f"{told['first']} {told['last']}", told["address"])


def _contact(line: int, name: str, address: str) -> dict[str, Any]:
    """One contact; the address is empty where there is none, and the words stand in its place."""
    name = " ".join(name.strip(" \"',\t").split())
    last, comma, first = name.partition(",")
    if comma and first.strip():
        name = f"{first.strip()} {last.strip()}"
    told = " ".join(address.split()).strip(" <>,'\"")
    sound = ADDRESS.fullmatch(told) and ".." not in told and len(told) <= 254
    return {
        "line": line, "name": name[:200], "address": told.lower() if sound else "",
        "words": told[:80],
    }  # fmt: skip
