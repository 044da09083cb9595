"""Organisations read in from public registers: looked at first, all or nothing, and back again."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Lower

from saidanddone.audit.verbs import record as note
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.imports import (
    CHANGED,
    LEFT_OUT,
    NEW,
    REFUSED,
    SAME,
    Changes,
    Report,
    rehearse,
    settle,
    undo,
)
from saidanddone.core.presses import earlier, queue_up
from saidanddone.people import permissions
from saidanddone.people.models import Organisation, Post, RegisterFile, User
from saidanddone.people.states import READ
from saidanddone.reference.models import Area

By = User | str
ALONE = "registers of organisations"
KEPT_UNDECIDED = timedelta(days=7)
NUMBERED = {"schools": "urn", "nhs": "ods", "charities": "charity"}
SECTORS = {
    "schools": Organisation.Sector.SCHOOL, "nhs": Organisation.Sector.HEALTH,
    "charities": Organisation.Sector.VOLUNTARY,
}  # fmt: skip
OPEN = {"open", "closing"}


@transaction.atomic
def read_register(
    *, plan: dict[str, Any], file_name: str, digest: str, by: By, once: UUID | None = None
) -> RegisterFile:
    """Keep what a register says, with a report of what would happen. Administrator, or by command.

    Nothing of it is taken in yet.
    """
    require("read_register", permissions.register_verbs(by))
    if found := earlier(RegisterFile, once):
        return found
    report, _ = rehearse(lambda: _apply(plan))
    record = RegisterFile.objects.create(
        register=plan["of"], file_name=file_name[-200:], digest=digest, plan=plan, once=once,
        rows=report.plain(), read_by=_person(by),
    )  # fmt: skip
    note("read_register", record, by=by, detail=digest)
    return record


@transaction.atomic
def look_at_register_again(*, record: RegisterFile, by: By) -> None:
    """Make the report of a file anew, when something changed since. Whoever may take it in."""
    require("import_register", permissions.register_verbs(by, record))
    report, _ = rehearse(lambda: _apply(record.plan))
    record.rows = report.plain()
    record.save(update_fields=["rows"])


@transaction.atomic
def import_register(*, record: RegisterFile, by: By) -> None:
    """Take in all that the report says, or nothing. Administrator, or by command.

    Raises Undecided when a row is refused, or when the report would read otherwise by now.
    """
    require("import_register", permissions.register_verbs(by, record))
    queue_up(ALONE)
    report, changes = _apply(record.plan)
    settle(report, record.rows)
    record.move("import_register", taken_at=clock.now(), plan={}, changes=changes)
    note("import_register", record, by=by, detail=record.digest)


@transaction.atomic
def undo_register(*, record: RegisterFile, by: By) -> None:
    """Put back everything that a register made or changed. Administrator.

    Raises Undecided when something of it has been changed or used since.
    """
    require("undo_register", permissions.register_verbs(by, record))
    queue_up(ALONE)
    undo(record.changes, "undo_register")
    record.move("undo_register", undone_at=clock.now(), undone_by=_person(by), changes=[])
    note("undo_register", record, by=by, detail=record.digest)


@transaction.atomic
def forget_undecided_registers(*, by: str) -> int:
    """Forget what was read and not decided on for a week. The clock; tells how many there were."""
    require("forget_undecided_registers", permissions.register_verbs(by))
    old = RegisterFile.objects.filter(state=READ, read_at__lt=clock.now() - KEPT_UNDECIDED)
    for record in old:
        note("forget_undecided_registers", record, by=by, detail=record.digest)
    return old.delete()[0]


def look_at_register(*, plan: dict[str, Any], by: By) -> Report:
    """What would happen, with nothing kept. Whoever may read registers."""
    require("read_register", permissions.register_verbs(by))
    return rehearse(lambda: _apply(plan))[0]


@transaction.atomic
def take_register(*, plan: dict[str, Any], file_name: str, digest: str, by: By) -> Report:
    """Read and take in at once; raises Undecided. By command."""
    record = read_register(plan=plan, file_name=file_name, digest=digest, by=by)
    import_register(record=record, by=by)
    return Report.of(record.rows)


def _person(by: By) -> User | None:
    return by if isinstance(by, User) else None


def _apply(plan: dict[str, Any]) -> tuple[Report, list[dict[str, Any]]]:
    changes = Changes("import_register")
    return Application(changes, plan["of"]).of(plan), changes.kept


class Application:
    """What a register says, made true here; every row tells what became of it."""

    def __init__(self, changes: Changes, register: str) -> None:
        self.changes, self.report = changes, Report()
        self.number, self.sector = NUMBERED[register], SECTORS[register]
        self.known: dict[str, Organisation] = {}  # by number
        self.named: dict[str, Organisation] = {}  # by name in small letters
        for one in Organisation.objects.annotate(small=Lower("name")).order_by("pk"):
            self.named[one.small] = one
            for number in one.numbers.get(self.number, []):
                self.known[number] = one
        self.areas = {
            half: area for area in Area.objects.current() for half in area.postcodes.split()
        }
        self.peopled = set(Post.objects.live().values_list("organisation", flat=True))
        self.met: set[str] = set()

    def of(self, plan: dict[str, Any]) -> Report:
        """Each row in its order, then which school followed which, then what was left aside."""
        for row in plan["rows"]:
            self._row(row)
        for link in plan["links"]:
            self._link(link)
        for what, told in (("elsewhere", "in other places"), ("linked", "that belong to another")):
            if number := plan["told"].get(what):
                self.report.add(f"{number:,} {told}", LEFT_OUT)
        return self.report

    def _row(self, row: dict[str, Any]) -> None:
        what = (
            f"{row.get('name') or 'Line'} ({row['ref']})" if row["ref"] else f"Line {row['line']}"
        )
        if fault := row["fault"]:
            self.report.add(what, REFUSED, f"Line {row['line']}: {fault}")
        elif row["ref"] in self.met:
            self.report.add(what, REFUSED, f"Line {row['line']}: this number stands there twice.")
        else:
            self.met.add(row["ref"])
            found = self.known.get(row["ref"]) or self._same_name(row)
            fate, why = self._refresh(found, row) if found else self._new(row)
            self.report.add(what, fate, why)

    def _same_name(self, row: dict[str, Any]) -> Organisation | None:
        """One that somebody wrote down by name, and that no number of this register has yet."""
        found = self.named.get(row["name"].lower())
        return found if found and not found.numbers.get(self.number) else None

    def _new(self, row: dict[str, Any]) -> tuple[str, str]:
        if row["status"] == "closed":
            return LEFT_OUT, "It is closed."
        if row["status"] not in OPEN:
            return LEFT_OUT, "It is not open yet."
        name = self._free_name(row)
        made = self.changes.make(
            Organisation, name=name, sector=self.sector, postcode=row["postcode"],
            phone=row["phone"], website=row["website"], numbers={self.number: [row["ref"]]},
        )  # fmt: skip
        self._keep(made, row["ref"])
        told = [] if name == row["name"] else [f"Called {name} here: the name is taken."]
        if area := self.areas.get(row["postcode"].split(" ")[0]):
            self.changes.make(Organisation.areas.through, organisation=made, area=area)
            told.append(f"In {area}.")
        return NEW, " ".join(told)

    def _free_name(self, row: dict[str, Any]) -> str:
        """Its name; where another has it too, with its postcode, or its number at last."""
        for name in (row["name"], f"{row['name']} ({row['postcode']})"):
            if name.lower() not in self.named:
                return name
        return f"{row['name']} ({row['ref']})"

    def _refresh(self, found: Organisation, row: dict[str, Any]) -> tuple[str, str]:
        told = {part: row[part] for part in ("postcode", "phone", "website") if row[part]}
        if row["name"].lower() not in self.named:
            told["name"] = row["name"]
        numbers = found.numbers.get(self.number, [])
        if row["ref"] not in numbers:
            told["numbers"] = found.numbers | {self.number: [*numbers, row["ref"]]}
        if over := self._ends(found, row):
            if found.pk in self.peopled:
                why = f"It closed on {over:%d/%m/%Y}. People act for it here: end it on its page."
                return LEFT_OUT, why
            told["ended_on"] = over
        other = self.changes.change(found, **told)
        self._keep(found, row["ref"])
        return (CHANGED, f"{', '.join(_in_words(one) for one in other)}.") if other else (SAME, "")

    def _ends(self, found: Organisation, row: dict[str, Any]) -> date | None:
        """The day on which it closed, if it is open here and no later number of it is."""
        later = found.numbers.get(self.number, [])[-1:]
        if row["status"] != "closed" or found.ended_on or (later and later != [row["ref"]]):
            return None
        return date.fromisoformat(row["closed"]) if row["closed"] else clock.today()

    def _link(self, link: dict[str, str]) -> None:
        """A school that became another: the same organisation here, which has both numbers."""
        before, after = self.known.get(link["before"]), self.known.get(link["after"])
        if before is None or before is after:
            return
        what = f"{before.name} ({link['before']} to {link['after']})"
        if after is not None:
            self.report.add(what, LEFT_OUT, f"{after.name} stands here by itself.")
            return
        numbers = before.numbers | {self.number: [*before.numbers[self.number], link["after"]]}
        self.changes.change(before, numbers=numbers)
        self._keep(before, link["after"])
        self.report.add(what, CHANGED, "It goes on under its new number.")

    def _keep(self, one: Organisation, number: str) -> None:
        self.known[number] = self.named[one.name.lower()] = one


def _in_words(field: str) -> str:
    return {"numbers": "its number", "ended_on": "it has closed"}.get(field, field)
