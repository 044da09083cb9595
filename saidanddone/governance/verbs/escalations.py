"""A group's question on its way to the body above, and the answer on its way back (A12)."""

from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.governance import emails, permissions, states
from saidanddone.governance.models import AgendaItem, Escalation, Meeting
from saidanddone.governance.verbs.agendas import propose_item
from saidanddone.governance.verbs.placing import place
from saidanddone.governance.verbs.presses import earlier, person
from saidanddone.people.models import User

By = User | str
Kind = AgendaItem.Kind


@transaction.atomic
def escalate_item(
    *, item: AgendaItem, question: str, why: str, by: User, once: UUID | None = None
) -> Escalation:
    """Ask the body above what a group could not settle. Its chair or the clerk.

    The question waits among that body's proposals, as closed as the item that it comes from.
    """
    require("escalate_item", {"escalate_item"} if permissions.may_escalate(by, item) else set())
    if found := earlier(Escalation, once):
        return found
    above = item.body.parent
    asked = propose_item(
        body=above, kind=Kind.DECISION, title=_titled("From %s: %s", item.body.name, item.title),
        wording=f"{question}\n\n{why}", plain=item.plain, origin_path=item.origin_path,
        restricted=item.restricted, restricted_why=item.restricted_why, by=by,
    )  # fmt: skip
    escalation = Escalation.objects.create(
        source_item=item, to_body=above, question=question, why=why, board_item=asked,
        raised_by=person(by), once=once,
    )  # fmt: skip
    record("escalate_item", escalation, by=by, detail=question)
    return escalation


@transaction.atomic
def answer_escalation(*, escalation: Escalation, answer: str, by: By) -> None:
    """Record what the body above answered. Its chair or the clerk; the group's chair is told.

    Where the group meets next, the answer stands on its agenda; else on the next one planned.
    """
    require("answer_escalation", permissions.escalation_verbs(by, escalation))
    escalation.move("answer_escalation", answer=answer, answered_at=clock.now())
    record("answer_escalation", escalation, by=by, detail=answer)
    emails.escalation_answered(escalation)
    meeting = _next_agenda(escalation)
    if meeting is not None:
        _bring_back(escalation, meeting, by)


@transaction.atomic
def return_answer(*, escalation: Escalation, meeting: Meeting, by: By) -> AgendaItem:
    """Put the answer on an agenda of the group that asked. The clerk, or the clock."""
    require("return_answer", permissions.escalation_verbs(by, escalation))
    return _bring_back(escalation, meeting, by)


@transaction.atomic
def withdraw_escalation(*, escalation: Escalation, why: str, by: User) -> None:
    """Take the question back before it is answered. The group's chair or the clerk."""
    require("withdraw_escalation", permissions.escalation_verbs(by, escalation))
    escalation.move("withdraw_escalation", withdrawn_why=why)
    asked = escalation.board_item
    if asked is not None and asked.state == states.PROPOSED:
        asked.move("decline_item", declined_why=f"Taken back by those who asked. {why}"[:500])
        record("decline_item", asked, by=by, detail=why)
    record("withdraw_escalation", escalation, by=by, detail=why)


def bring_answers(meeting: Meeting, by: By) -> list[AgendaItem]:
    """Answers that a group still waits for come onto the agenda that is now planned for it."""
    found = Escalation.objects.filter(
        state=states.ANSWERED, source_item__body=meeting.body_id
    ).select_related("source_item__body", "to_body")
    return [_bring_back(one, meeting, by) for one in found]


def answer_from_item(item: AgendaItem, by: By) -> None:
    """An item that was sent up has ended: what was decided there is its answer.

    Without a decision that the group may read, the answer waits to be written by hand.
    """
    escalation = Escalation.objects.filter(board_item=item, state=states.SENT_UP).first()
    if escalation is None:
        return
    if item.restricted and not escalation.source_item.restricted:  # closed since it was sent up
        return
    read = [one for one in item.decisions.order_by("pk") if item.restricted or not one.restricted]
    words = [f"{one.number}, {one.get_outcome_display()}: {one.wording}" for one in read]
    words += [f"Why: {one.reasons}" for one in read if one.reasons]
    if item.answer:
        words.append(item.answer)
    if words:
        answer_escalation(escalation=escalation, answer="\n\n".join(words), by=by)


def _next_agenda(escalation: Escalation) -> Meeting | None:
    """The next meeting of the group whose agenda is not out yet."""
    coming = Meeting.objects.to_come().filter(body=escalation.source_item.body_id)
    return coming.filter(state=states.PLANNED).first()


def _bring_back(escalation: Escalation, meeting: Meeting, by: By) -> AgendaItem:
    source = escalation.source_item
    item = place(
        meeting, by, kind=Kind.INFORMATION, wording=escalation.answer,
        title=_titled("Answer from %s: %s", escalation.to_body.name, source.title),
        origin_path=source.origin_path, restricted=source.restricted,
        restricted_why=source.restricted_why,
    )  # fmt: skip
    escalation.move("return_answer", answer_item=item)
    record("return_answer", escalation, by=by)
    return item


def _titled(words: str, body: str, title: str) -> str:
    return (words % (body, title))[:200]
