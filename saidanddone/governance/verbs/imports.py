"""Reading meetings in from ModernGov: looked at first, all or nothing, and back again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record as note
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.imports import Changes, Report, Undecided, rehearse, settle, undo
from saidanddone.core.presses import earlier, queue_up
from saidanddone.governance import permissions, states
from saidanddone.governance.models import Body, Import
from saidanddone.governance.verbs.moderngov import Application
from saidanddone.governance.verbs.presses import person
from saidanddone.people.models import User

By = User | str
KEPT_UNDECIDED = timedelta(days=7)


@transaction.atomic
def read_meetings(
    *, plan: dict[str, Any], file_name: str, digest: str, by: By, board: str = "",
    once: UUID | None = None,
) -> Import:  # fmt: skip
    """Keep what a file says, with a report of what would happen. The clerk, or by command.

    Nothing of it is taken in yet. What nobody decides on is forgotten after a week.
    """
    require("read_meetings", permissions.import_verbs(by, None))
    if found := earlier(Import, once):
        return found
    plan = plan | {"board": board}
    report, _ = rehearse(lambda: _apply(plan, by))
    record = Import.objects.create(
        kind="meetings", file_name=file_name[-200:], digest=digest, plan=plan, once=once,
        rows=report.plain(), read_by=person(by),
    )  # fmt: skip
    note("read_meetings", record, by=by, detail=digest)
    return record


@transaction.atomic
def look_again(*, record: Import, by: By) -> None:
    """Make the report of a file anew, when something changed since. Whoever may take it in."""
    require("import_meetings", permissions.import_verbs(by, record))
    report, _ = rehearse(lambda: _apply(record.plan, by))
    record.rows = report.plain()
    record.save(update_fields=["rows"])


@transaction.atomic
def import_meetings(*, record: Import, by: By) -> None:
    """Take in all that the report says, or nothing. The clerk, or by command.

    Raises Undecided when a row is refused, or when the report would read otherwise by now.
    Meetings that are to come are planned, not published; restricted items stay restricted.
    """
    require("import_meetings", permissions.import_verbs(by, record))
    queue_up("imports of meetings")
    report, changes = _apply(record.plan, by)
    settle(report, record.rows)
    record.move("import_meetings", taken_at=clock.now(), plan={}, changes=changes)
    note("import_meetings", record, by=by, detail=record.digest)


@transaction.atomic
def undo_import(*, record: Import, by: By) -> None:
    """Put back everything that an import made or changed. The clerk.

    Raises Undecided when something of it has been changed or used since.
    """
    require("undo_import", permissions.import_verbs(by, record))
    queue_up("imports of meetings")
    undo(record.changes, "undo_import")
    record.move("undo_import", undone_at=clock.now(), undone_by=person(by), changes=[])
    note("undo_import", record, by=by, detail=record.digest)


@transaction.atomic
def forget_undecided_imports(*, by: str) -> int:
    """Forget what was read and not decided on for a week. The clock; tells how many there were."""
    require("forget_undecided_imports", permissions.import_verbs(by, None))
    old = Import.objects.filter(state=states.READ, read_at__lt=clock.now() - KEPT_UNDECIDED)
    for record in old:
        note("forget_undecided_imports", record, by=by, detail=record.digest)
    return old.delete()[0]


def look_at_meetings(*, plan: dict[str, Any], by: By, board: str = "") -> Report:
    """What would happen, with nothing kept. Whoever may read files in."""
    require("read_meetings", permissions.import_verbs(by, None))
    return rehearse(lambda: _apply(plan | {"board": board}, by))[0]


@transaction.atomic
def take_meetings(
    *, plan: dict[str, Any], file_name: str, digest: str, by: By, board: str = ""
) -> Report:
    """Read and take in at once, as the command line does; raises Undecided. By command."""
    record = read_meetings(plan=plan, file_name=file_name, digest=digest, by=by, board=board)
    import_meetings(record=record, by=by)
    return Report.of(record.rows)


def _apply(plan: dict[str, Any], by: By) -> tuple[Report, list[dict[str, Any]]]:
    changes, board = Changes("import_meetings"), None
    if plan.get("board"):
        board = Body.objects.filter(slug=plan["board"]).first()
        if board is None:
            raise Undecided(f"There is no board with the address {plan['board']!r}.")
    report = Application(changes, person(by), board).of(plan)
    return report, changes.kept
