"""Attendance files: read, matched with bookings, taken in once, undone."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.imports import Changes, Undecided, undo
from saidanddone.core.presses import queue_up
from saidanddone.events import permissions, states
from saidanddone.events.models import AttendanceFile, Booking, Session
from saidanddone.events.verbs.register import state_for
from saidanddone.people.models import User

NEW, SKIP = "new", "skip"  # what a person may choose instead of a booking
VERB = "mark_attendance"
By = User | str
SAYS_LITTLE = {"guest", "ext", "external", "gast", "host", "me"}


class Taken(Exception):  # noqa: N818 -- it tells what happened
    """This very file has been taken in for this session already."""


@dataclass(frozen=True)
class Match:
    """A row of a file, whose booking it is, and whether that is sure or asks for a person."""

    number: int
    row: dict[str, Any]
    booking: Booking | None
    sure: bool

    @property
    def default(self) -> str:
        """What is chosen until a person chooses otherwise."""
        if self.booking is not None:
            return str(self.booking.pk)
        return SKIP if self.row["hosts"] else ""


def matches(rows: Iterable[dict[str, Any]], bookings: Iterable[Booking]) -> list[Match]:
    """Whose booking each row is: by address for sure, by name only as a proposal."""
    bookings = list(bookings)
    by_email = {one.email: one for one in bookings if one.email}
    by_name: dict[frozenset[str], list[Booking]] = {}
    for one in bookings:
        by_name.setdefault(words_of(one.name), []).append(one)
    found = []
    for number, row in enumerate(rows):
        sure = by_email.get(row["email"]) or by_email.get(row["upn"])
        alike = by_name.get(words_of(row["name"]), []) if words_of(row["name"]) else []
        likely = alike[0] if len(alike) == 1 else None
        found.append(Match(number, row, sure or likely, sure=sure is not None))
    return found


def words_of(name: str) -> frozenset[str]:
    """A name's words without order, case and accents: "LAST First (Guest)" is "First Last"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    letters = "".join(sign if sign.isalnum() else " " for sign in plain)
    return frozenset(letters.split()) - SAYS_LITTLE


@transaction.atomic
def read_attendance(
    *, session: Session, file_name: str, digest: str, plan: Mapping[str, Any], by: By
) -> AttendanceFile:
    """Keep what a file says, to be looked through. The clerk, or by command; nothing is marked.

    The same file a second time is the one that was read; raises Taken if it has been taken in.
    """
    require("read_attendance", permissions.session_verbs(by, session))
    queue_up(f"attendance:{session.pk}")
    same = AttendanceFile.objects.filter(session=session, digest=digest)
    if same.filter(state=states.TAKEN).exists():
        raise Taken(file_name)
    if waiting := same.filter(state=states.READ).first():
        return waiting
    session.move("read_attendance")
    file = AttendanceFile.objects.create(
        session=session, file_name=file_name[:200], digest=digest, via=plan["via"],
        rows=plan["rows"], notes=plan["notes"],
        read_by=by if isinstance(by, User) else None,
    )  # fmt: skip
    record("read_attendance", file, by=by)
    return file


@transaction.atomic
def take_attendance(*, file: AttendanceFile, choices: Mapping[int, str], by: By) -> int:
    """Mark who was there, and how long. The clerk; says how many people that are.

    `choices` gives for a row a booking's number, "new" or "skip". A row that is not sure and has
    no choice stops everything: raises Undecided. Whoever joined under two names counts once.
    """
    require("take_attendance", permissions.file_verbs(by, file))
    queue_up(f"attendance:{file.session_id}")
    taken = AttendanceFile.objects.filter(session=file.session_id, digest=file.digest)
    if taken.filter(state=states.TAKEN).exists():
        raise Taken(file.file_name)
    bookings = {one.pk: one for one in file.session.bookings.expected()}
    together, strangers = _sorted_out(file, bookings, choices)
    changes = Changes(VERB)
    for pk, minutes in together.items():
        _mark(changes, bookings[pk], file, minutes)
    for row in strangers:
        _add(changes, file, row)
    file.move("take_attendance", taken_at=clock.now(), changes=changes.kept)
    record("take_attendance", file, by=by)
    return len(together) + len(strangers)


def _sorted_out(
    file: AttendanceFile, bookings: dict[int, Booking], choices: Mapping[int, str]
) -> tuple[dict[int, int], list[dict[str, Any]]]:
    """Minutes by booking, and rows of people who had not booked."""
    together: dict[int, int] = {}
    strangers, open_rows = [], []
    for match in matches(file.rows, bookings.values()):
        choice = choices.get(match.number, match.default if match.sure else "")
        if choice.isdigit() and int(choice) in bookings:
            together[int(choice)] = together.get(int(choice), 0) + match.row["minutes"]
        elif choice == NEW:
            strangers.append(match.row)
        elif choice != SKIP:
            open_rows.append(match.row["name"])
    if open_rows:
        raise Undecided(*(f"Say who “{name}” is, or leave them out." for name in open_rows))
    return together, strangers


def _mark(changes: Changes, booking: Booking, file: AttendanceFile, minutes: int) -> None:
    """What one file says never takes away what another one has shown."""
    if booking.via in {Booking.Via.TEAMS, Booking.Via.ZOOM}:
        minutes = max(minutes, booking.minutes or 0)
    minutes = max(1, min(minutes, file.session.minutes))
    changes.change(booking, state=state_for(file.session, minutes), minutes=minutes, via=file.via)


def _add(changes: Changes, file: AttendanceFile, row: dict[str, Any]) -> None:
    minutes = max(1, min(row["minutes"], file.session.minutes))
    changes.make(
        Booking, session=file.session, name=row["name"][:120], email=_free(file, row["email"]),
        walked_in=True, minutes=minutes, via=file.via, state=state_for(file.session, minutes),
    )  # fmt: skip


def _free(file: AttendanceFile, email: str) -> str:
    """The row's address, unless somebody else is here under it already."""
    held = file.session.bookings.expected().of(email)
    return "" if held.exists() else email


@transaction.atomic
def undo_attendance(*, file: AttendanceFile, by: User) -> None:
    """Put back what a file changed, exactly. The clerk; raises Undecided if it changed since."""
    require("undo_attendance", permissions.file_verbs(by, file))
    undo(file.changes, VERB)
    file.move("undo_attendance", undone_at=clock.now())
    record("undo_attendance", file, by=by)
