"""What was decided and answered at an item, and how it ended."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.governance import permissions
from saidanddone.governance.models import AgendaItem, Decision
from saidanddone.governance.models.quorum import may_decide
from saidanddone.governance.verbs.escalations import answer_from_item
from saidanddone.governance.verbs.presses import earlier, queue_up
from saidanddone.people.models import User

Outcome = Decision.Outcome
# What it amounts to where too few are there, or where the group takes no decisions.
NOT_DECIDED = {
    Outcome.AGREED: Outcome.RECOMMENDED,
    Outcome.AGREED_AMENDED: Outcome.RECOMMENDED,
    Outcome.REFUSED: Outcome.DEFERRED,
}


class VoiceNotAnswered(Exception):  # noqa: N818 -- it tells what is missing
    """Children said something here, and nothing has been decided, done or answered yet."""

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(f"governance.agendaitem:{item.pk}")
        self.item = item


@transaction.atomic
def note_answer(*, item: AgendaItem, answer: str, by: User) -> None:
    """Write down the answer that was given there and then to what children said. The clerk."""
    require("note_answer", permissions.item_verbs(by, item))
    item.move("note_answer", answer=answer)
    record("note_answer", item, by=by, detail=answer)


@transaction.atomic
def record_decision(
    *, item: AgendaItem, wording: str, outcome: str, reasons: str, by: User,
    alternatives: str = "", restricted: bool = False, on: date | None = None,
    once: UUID | None = None,
) -> Decision:  # fmt: skip
    """Record what a body decided at an item, with the next number of its year. The clerk.

    Restricted with its item, or by itself; then its number is of the closed series. A meeting that
    may not decide can only recommend, or put off.
    """
    require("record_decision", permissions.item_verbs(by, item))
    if found := earlier(Decision, once):
        return found
    if not may_decide(item.meeting):
        outcome = NOT_DECIDED.get(outcome, outcome)
    day = on or item.meeting.on
    precision = "day" if on else item.meeting.precision
    closed = restricted or item.restricted
    year = (day or clock.today()).year
    place = _next_place(item.body_id, year, closed=closed)
    decision = Decision.objects.create(
        item=item, body_id=item.body_id, year=year, place=place, closed_series=closed,
        number=f"{item.body.short_name}/{year}/{'R' if closed else ''}{place:03}",
        wording=wording, outcome=outcome, reasons=reasons, alternatives=alternatives,
        restricted=closed, on=day, precision=precision, recorded_by=by,
        origin_path=item.origin_path, once=once,
    )  # fmt: skip
    item.move("record_decision")
    record("record_decision", decision, by=by, detail=wording)
    return decision


@transaction.atomic
def end_item(*, item: AgendaItem, by: User) -> None:
    """Close an item. The clerk; its decisions are then there for all who may see them.

    What children say does not end as noted: it needs a decision, an action or an answer, else
    raises VoiceNotAnswered.
    """
    require("end_item", permissions.item_verbs(by, item))
    finish_item(item, by)


def finish_item(item: AgendaItem, by: User) -> None:
    """End an item, by itself or with its meeting."""
    came_of_it = item.answer or item.decisions.exists() or item.actions.exists()
    if item.is_voice and item.wording and not came_of_it:  # an empty heading asked for nothing
        raise VoiceNotAnswered(item)
    item.move("end_item", ended_at=clock.now())
    record("end_item", item, by=by)
    answer_from_item(item, by)


def _next_place(body: int, year: int, *, closed: bool) -> int:
    """The next number of this body's year: no gap and no double, however many decide at once."""
    queue_up(f"decision:{body}:{year}:{closed}")
    series = Decision.objects.filter(body=body, year=year, closed_series=closed)
    return (series.aggregate(last=Max("place"))["last"] or 0) + 1
