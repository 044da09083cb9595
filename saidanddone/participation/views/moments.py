"""One knot on the line of an issue, and how days come out of the query that brings them all."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from saidanddone.ui.filters import day as in_words

A_GROUP = "a group that meets in private"


@dataclass
class Moment:
    """One knot of the line. `kind`: "" (it happened), said, now, next or reply."""

    kind: str
    icon: str
    title: str
    text: str = ""
    on: date | None = None
    precision: str = "day"
    href: str = ""
    link: str = ""
    reply: Any = None
    judged: Any = None
    said: str = ""  # in somebody's own words: drawn as such, and as nothing else
    turn: str = ""  # whose turn it is, in a "now": theirs to "judge", to say if it "happened"
    day: int | None = None
    at: str = ""  # the exact moment, for order alone
    source: str = ""
    first: bool = False  # where the line begins, whatever its day


def historic(row: dict, icon: str, title: str, text: str) -> Moment:
    """A step that is perhaps known from old papers only."""
    on = date_of(row["on"]) or local(row["at"])
    return Moment(
        "",
        icon,
        title,
        text.strip(),
        on,
        row["precision"],
        at=row["at"] or "",
        source=row["source"],
    )


def named(row: dict) -> str:
    """A body by its name; one that meets in private is nobody's to name."""
    return A_GROUP if row["hidden"] else f"the {the(row['body'])}"


def the(name: str) -> str:
    """A name that can stand behind "the"."""
    return name.removeprefix("The ")


def date_of(text: str | None) -> date | None:
    """A day as the query brings it."""
    return date.fromisoformat(text) if text else None


def local(text: str | None) -> date | None:
    """The day of a moment as the query brings it, by the local clock."""
    return timezone.localdate(datetime.fromisoformat(text)) if text else None


def iso(moment: datetime | None) -> str:
    """A moment as the query would bring it."""
    return moment.isoformat() if moment else ""


def words(day: date | str | None) -> str:
    """A day in words."""
    found = date_of(day) if isinstance(day, str) else day
    return in_words(found) if found else ""
