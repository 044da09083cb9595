"""When no answer comes: the owner is told, then their lead, then the board; and what goes back."""

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core.access import require
from saidanddone.governance import states as governance_states
from saidanddone.governance import verbs as governance
from saidanddone.governance.models import AgendaItem, Body, Decision
from saidanddone.participation import permissions
from saidanddone.participation.emails import issues as emails
from saidanddone.participation.models import BroughtBack, Issue, Reply, Step
from saidanddone.participation.verbs.told import CONFIDENTIAL, By, board_of, locked, named, told

OWNER_TOLD, LEAD_TOLD, BOARD_TOLD = 1, 2, 3


@transaction.atomic
def remind_owner(*, issue: Issue, by: By) -> None:
    """Tell its owner that the day of the answer has passed. The clock, once.

    With nobody yet, participation workers are told.
    """
    _climb(issue, OWNER_TOLD, "remind_owner", by)
    emails.answer_late(issue)


@transaction.atomic
def tell_lead(*, issue: Issue, by: By) -> None:
    """Tell the owner's lead, else their organisation's contact. The clock, once."""
    _climb(issue, LEAD_TOLD, "tell_lead", by)
    emails.answer_late_to_lead(issue)


@transaction.atomic
def bring_to_board(*, issue: Issue, by: By) -> None:
    """Propose it to the board as a voice item, because nobody has answered. The clock, once.

    Those who raised it read on their thread that it was sent further up.
    """
    _climb(issue, BOARD_TOLD, "bring_to_board", by)
    board = board_of(issue)
    if board is None:
        return
    governance.propose_item(
        body=board, kind=AgendaItem.Kind.VOICE, title=f"No answer yet: {issue.title}"[:200],
        wording=issue.wording, origin_path=issue.get_absolute_url(), by=by, **confidence(issue),
    )  # fmt: skip
    Step.objects.create(
        issue=issue, kind=Step.Kind.ESCALATED, body=board,
        text=f"No answer came in time, so {named(board)} has been asked to deal with it.",
        **told(by),
    )  # fmt: skip


@transaction.atomic
def bring_back(
    *, issue: Issue, by: By, decision: Decision | None = None, reply: Reply | None = None
) -> BroughtBack | None:
    """Put "what became of what we raised" before those who raised it. The clock, or an answer sent.

    Once for each decision and each answer. Nothing when it was raised at no meeting, when those who
    raised it decided it themselves, or when the decision is not for everybody's eyes.
    """
    body = issue.raised_at_body
    if body is None or not _is_news_to(body, decision):
        return None
    locked(issue)
    if same := issue.brought_back.filter(decision=decision, reply=reply).first():
        return same
    require("bring_back", permissions.issue_verbs(by, issue))
    item = _brought_back(issue, body, _what_became(decision, reply), by)
    back = BroughtBack.objects.create(issue=issue, item=item, decision=decision, reply=reply)
    issue.move("bring_back")
    record("bring_back", issue, by=by)
    return back


def _brought_back(issue: Issue, body: Body, news: str, by: By) -> AgendaItem:
    """The item that tells them. What still waits for a place on their agenda is told more."""
    last = issue.brought_back.select_related("item").last()
    if last and last.item.state == governance_states.PROPOSED:
        wording = f"{last.item.wording}\n\n{news}"
        governance.change_item(item=last.item, wording=wording, by=by)
        return last.item
    return governance.propose_item(
        body=body, kind=AgendaItem.Kind.VOICE,
        title=f"What became of what we raised: {issue.title}"[:200], wording=news,
        origin_path=issue.get_absolute_url(), by=by, **confidence(issue),
    )  # fmt: skip


def confidence(issue: Issue) -> dict:
    """Agendas are public: what does not stand on the wall is a restricted item there."""
    return {} if issue.is_public else {"restricted": True, "restricted_why": CONFIDENTIAL}


def _climb(issue: Issue, step: int, verb: str, by: By) -> None:
    """One step further up, unless another worker took it while we waited for the row."""
    require(verb, permissions.issue_verbs(by, issue))
    locked(issue)
    issue.refresh_from_db(fields=["late_told", "state"])
    require(verb, permissions.issue_verbs(by, issue) if issue.late_told < step else ())
    issue.move(verb, late_told=step)
    record(verb, issue, by=by)


def _is_news_to(body: Body, decision: Decision | None) -> bool:
    if body.has_ended:
        return False
    if decision is None:
        return True
    closed = decision.restricted or decision.item.restricted
    return decision.body_id != body.pk and not closed


def _what_became(decision: Decision | None, reply: Reply | None) -> str:
    if decision is not None:
        return f"Decided by {named(decision.body)}: {decision.wording}"
    return f"{reply.who} answered: {reply.decided}"
