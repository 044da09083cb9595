"""The signed heads: where each chain stood at a minute, kept in files outside the database.

Whoever rules the database could rewrite lines and the ends of their chains alike. The heads lie
elsewhere and are signed with a key that the database does not know, so that a rewritten or a
missing tail shows. docs/operate.md says how to carry them off this machine.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

Ends = dict[int, tuple[int, str]]  # chain → how many lines, and the digest of the last


@dataclass
class Heads:
    """What the files say: every end that was ever signed, and what is wrong with the files."""

    ends: set[tuple[int, int, str]] = field(default_factory=set)  # chain, number, digest
    latest: datetime | None = None
    faults: list[str] = field(default_factory=list)


def write(ends: Ends, at: datetime) -> bool:
    """Sign the ends that moved since the last head of this day; False if none did.

    The first head of a day holds all sixteen, so that each file stands on its own.
    """
    days = _days()
    # If the clock went back, the heads still follow one another.
    path = max([settings.AUDIT_HEADS / f"{at:%Y-%m-%d}.jsonl", *days])
    last, known = _stand(days, path)
    moved = {
        str(chain): list(end) for chain, end in sorted(ends.items()) if known.get(chain) != end
    }
    if not moved:
        return False
    head = {"at": at.isoformat(), "ends": moved, "after": last}
    _append(path, json.dumps(head | {"sign": _sign(head)}))
    return True


def read() -> Heads:
    """Every head of every day, each checked against its signature and against the one before it.

    The oldest days may have been put away; nothing may be missing after the first that is here.
    """
    found, last = Heads(), None
    for path in _days():
        for place, head in _lines(path):
            if not hmac.compare_digest(head["sign"], _sign(head)):
                found.faults.append(f"{path.name}, line {place}: this head was not signed by us")
                continue
            if last not in {None, head["after"]}:
                found.faults.append(f"{path.name}, line {place}: a head before this one is missing")
            last = head["sign"]
            found.latest = datetime.fromisoformat(head["at"])
            found.ends |= {(int(chain), *end) for chain, end in head["ends"].items()}
    return found


def _days() -> list[Path]:
    return sorted(settings.AUDIT_HEADS.glob("????-??-??.jsonl"))


def _stand(days: list[Path], today: Path) -> tuple[str, Ends]:
    """The last signature there is, and where today's heads leave each chain."""
    last, known = "", {}
    for path in days[-1:]:
        for _, head in _lines(path):
            last = head["sign"]
            if path == today:
                known |= {int(chain): tuple(end) for chain, end in head["ends"].items()}
    return last, known


def _lines(path: Path) -> Iterator[tuple[int, dict]]:
    """The heads of a day with their place in the file.

    A line that a power cut tore is passed over: if it was anything, the next head misses it.
    """
    with path.open(encoding="utf-8", errors="replace") as lines:
        for place, line in enumerate(lines, 1):
            head = _head(line)
            if head is not None:
                yield place, head


def _head(line: str) -> dict | None:
    try:
        head = json.loads(line)
        whole = {"at", "ends", "after", "sign"} == set(head) and isinstance(head["sign"], str)
    except (ValueError, TypeError):
        return None
    return head if whole else None


def _sign(head: dict) -> str:
    """A signature over everything but itself, with the key that only the product's machines hold."""
    words = json.dumps({name: head[name] for name in ("at", "ends", "after")}, sort_keys=True)
    return hmac.new(settings.AUDIT_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()


def _append(path: Path, line: str) -> None:
    """One whole line, on the disk before we go on."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab") as day:
        torn = (
            day.tell() and path.read_bytes()[-1:] != b"\n"
        )  # a power cut may have cut the last one
        day.write((b"\n" if torn else b"") + line.encode() + b"\n")
        day.flush()
        os.fsync(day.fileno())
