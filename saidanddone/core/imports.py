"""Reading files for good: a report by row first, then all or nothing, and exactly back again.

An area gives two functions, one that reads a file into plain data and one that applies that data
through `Changes`. Here stand the shape of the report, the rehearsal that makes it, and the undoing.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.core.files.base import File
from django.db import models, transaction

from saidanddone.core.files import FileRefused
from saidanddone.core.lifecycle import Living

NEW, CHANGED, SAME, LEFT_OUT, REFUSED = "new", "changed", "same", "left out", "refused"
FATES = (REFUSED, NEW, CHANGED, LEFT_OUT, SAME)  # what a reader must look at comes first

# The kinds that areas read, by the word on the command line. Core knows them by name only.
KINDS = {
    "meetings": "saidanddone.governance.imports:MEETINGS",
    "attendance": "saidanddone.events.imports:ATTENDANCE",
    "bounce": "saidanddone.bulletin.imports:BOUNCES",
    "contacts": "saidanddone.bulletin.imports:CONTACTS",
    "item": "saidanddone.bulletin.imports:ITEM",
    "schools": "saidanddone.people.imports:SCHOOLS",
    "nhs": "saidanddone.people.imports:NHS",
    "charities": "saidanddone.people.imports:CHARITIES",
}


@dataclass(frozen=True)
class Row:
    """What becomes of one thing in the file, and why."""

    what: str
    fate: str
    why: str = ""


@dataclass
class Report:
    """Every row of a file, in its order."""

    rows: list[Row] = field(default_factory=list)

    def add(self, what: str, fate: str, why: str = "") -> None:
        """One more row."""
        self.rows.append(Row(what, fate, why))

    def count(self, fate: str) -> int:
        """How many rows met this fate."""
        return sum(row.fate == fate for row in self.rows)

    @property
    def refused(self) -> bool:
        """Whether anything in the file cannot be taken, and so nothing of it is."""
        return self.count(REFUSED) > 0

    def plain(self) -> list[dict[str, str]]:
        """The rows as plain data, to keep or to print."""
        return [asdict(row) for row in self.rows]

    @classmethod
    def of(cls, rows: Iterable[dict[str, str]]) -> "Report":
        """The report that was kept."""
        return cls([Row(**row) for row in rows])


@dataclass(frozen=True)
class Kind:
    """A kind of file: its reader, its rehearsal and its import, as the command line calls them."""

    name: str
    about: str
    most: int  # bytes
    options: tuple[str, ...]  # words that `look` and `take` understand beside the plan
    read: Callable[..., dict[str, Any]]  # of bytes; raises FileRefused
    look: Callable[..., Report]  # plan=, by=, options: nothing is kept
    take: Callable[..., Report]  # the same for good, with file_name= and digest=
    after: str = "All of it is kept. It can be undone on the page of imports."
    narrows: tuple[str, ...] = ()  # words that `read` understands: which part of a large file


class Undecided(Exception):  # noqa: N818 -- it tells what happened
    """The file cannot be taken, or undone, as it stands: `reasons` says why, a sentence each."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def weighed(upload: File, most: int) -> bytes:
    """The file's bytes, if it is neither empty nor too large; raises FileRefused."""
    if not upload.size:
        raise FileRefused("This file is empty. Choose another one.")
    if upload.size > most:
        raise FileRefused(f"This file is too large. It may be {most // 1_000_000} MB at most.")
    upload.seek(0)
    return upload.read()


def mark(content: bytes) -> str:
    """By what the same file is known again."""
    return hashlib.sha256(content).hexdigest()


# ------------------------------------------------------------------ doing


class Changes:
    """Everything that an import makes or changes, with what stood there before.

    `verb` is the move that records with a life cycle make when their state changes.
    """

    def __init__(self, verb: str) -> None:
        self.verb = verb
        self._found: dict[tuple[str, str], dict[str, Any]] = {}

    @property
    def kept(self) -> list[dict[str, Any]]:
        """Plain data from which `undo` finds the way back."""
        return list(self._found.values())

    def make[Record: models.Model](self, model: type[Record], **values: Any) -> Record:
        """A new record."""
        record = model._default_manager.create(**values)
        fields = [one.name for one in model._meta.concrete_fields if not one.primary_key]
        self._keep(record, None, {name: getattr(record, name) for name in fields})
        return record

    def change(self, record: models.Model, **values: Any) -> list[str]:
        """Give a record these values; tells which of them were other ones before."""
        other = {name: value for name, value in values.items() if getattr(record, name) != value}
        if other:
            before = {name: getattr(record, name) for name in other}
            _write(record, self.verb, other)
            self._keep(record, before, other)
        return list(other)

    def _keep(self, record: models.Model, before: dict | None, after: dict) -> None:
        label, pk = record._meta.label_lower, str(record.pk)
        empty = {"model": label, "pk": pk, "made": before is None, "before": {}, "after": {}}
        one = self._found.setdefault((label, pk), empty)
        one["after"] |= _plain(after)
        one["before"] = _plain(before or {}) | one["before"]  # what stood there first


LOOK_AGAIN = "Something here has changed since you looked. Look again at what would happen now."


def settle(report: Report, seen: list[dict[str, str]]) -> None:
    """Let a file be taken in only as it was shown; raises Undecided with the reasons why not."""
    if report.refused:
        raise Undecided(*(f"{row.what}: {row.why}" for row in report.rows if row.fate == REFUSED))
    if report.plain() != seen:
        raise Undecided(LOOK_AGAIN)


def rehearse[Made](apply: Callable[[], Made]) -> Made:
    """What `apply` would tell, with nothing of it kept."""
    with transaction.atomic():
        made = apply()
        transaction.set_rollback(True)
    return made


# ---------------------------------------------------------------- undoing


def undo(kept: list[dict[str, Any]], verb: str) -> None:
    """Put everything back as it was, the last first; raises Undecided if it has changed since."""
    found = [(one, _now(one)) for one in reversed(kept)]
    reasons = [reason for one, record in found if (reason := _changed_since(one, record))]
    if reasons:
        raise Undecided(*dict.fromkeys(reasons))
    for one, record in found:
        if record is None:
            continue
        if one["made"]:
            _refuse_if_used(record)
            record.delete()
        else:
            values = {name: _back(record, name, value) for name, value in one["before"].items()}
            _write(record, verb, values)


def _now(one: dict[str, Any]) -> models.Model | None:
    model = apps.get_model(one["model"])
    found = model._base_manager.select_for_update(of=("self",)).filter(pk=one["pk"])
    return found.order_by().first()


def _changed_since(one: dict[str, Any], record: models.Model | None) -> str:
    if record is None:
        return "Something that it brought has been taken away since."
    now = _plain({name: getattr(record, name) for name in one["after"]})
    return "" if now == one["after"] else f"“{record}” has been changed since."


def _refuse_if_used(record: models.Model) -> None:
    """What somebody has hung on a record since must not go with it."""
    relations: list[Any] = record._meta.get_fields(include_hidden=True)
    for relation in relations:
        if not (relation.one_to_many or relation.one_to_one) or relation.concrete:
            continue
        other = relation.related_model
        if hasattr(other, "pgh_tracked_model"):
            continue  # its history is kept in any case
        if other._base_manager.filter(**{relation.field.name: record.pk}).exists():
            raise Undecided(f"“{record}” has been used since.")


def _write(record: models.Model, verb: str, values: dict[str, Any]) -> None:
    """Write these fields; a state only by the move that the record's table allows."""
    if isinstance(record, Living) and "state" in values:
        rest = {name: value for name, value in values.items() if name != "state"}
        record.move(verb, to=values["state"], **rest)
        return
    for name, value in values.items():
        setattr(record, name, value)
    record.save(update_fields=list(values))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as they can be kept and compared: links by number, days and times as words."""
    plain = {}
    for name, value in values.items():
        held = value.pk if isinstance(value, models.Model) else value
        plain[name] = json.loads(json.dumps(held, default=_word))
    return plain


def _word(value: Any) -> str:
    return value.isoformat() if isinstance(value, (date, datetime, time)) else str(value)


def _back(record: models.Model, name: str, value: Any) -> Any:
    """A kept value as the field holds it."""
    found: Any = record._meta.get_field(name)
    if isinstance(found, models.ForeignKey) and value is not None:
        return found.related_model._base_manager.get(pk=value)
    return found.to_python(value)
