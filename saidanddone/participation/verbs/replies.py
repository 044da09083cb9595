"""Replies: written, read by a second person, sent; and the promise in them kept or dropped."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.governance import permissions as governance_permissions
from saidanddone.governance import states as governance_states
from saidanddone.governance import verbs as governance
from saidanddone.governance.models import Action
from saidanddone.governance.verbs.presses import earlier
from saidanddone.participation import permissions, states
from saidanddone.participation.emails import issues as emails
from saidanddone.participation.models import Issue, Reply
from saidanddone.participation.verbs.lateness import bring_back
from saidanddone.participation.verbs.told import Hindered, When, judge_by, locked, told
from saidanddone.people.models import Post, User
from saidanddone.reference.models import partnership
from saidanddone.ui import reading

ANSWERS = "system:answers"
VERB = {Reply.Kind.REPLY: "reply_to_issue", Reply.Kind.REFUSAL: "refuse_issue"}
TEXTS = ("said", "decided", "why", "could_not", "next")
REFUSAL_DECIDED = "We can’t do this."


class Written(TypedDict, total=False):
    """The parts of a reply, by the names that it gives them; the first four are needed."""

    said: str
    decided: str
    why: str
    who: str
    could_not: str
    next: str
    by_when: date | None
    promise_what: str
    promise_owner: Post | None
    above_age_why: str
    kind: str


class Sent(Written, When, total=False):
    """A reply, and of one from old papers its day."""


@transaction.atomic
def reply_to_issue(
    *,
    issue: Issue,
    by: User,
    keep_as_draft: bool = False,
    once: UUID | None = None,
    **sent: Unpack[Sent],
) -> Reply:
    """Tell those who raised it what happens. Owner or participation worker; they then judge it.

    Where the partnership wants a second pair of eyes the reply waits as a draft until somebody else
    sends it. A promise becomes an action of its owner. Letters say only that there is an answer.
    """
    return _answer(issue, Reply.Kind.REPLY, sent, by, once=once, keep_as_draft=keep_as_draft)


@transaction.atomic
def refuse_issue(
    *,
    issue: Issue,
    by: User,
    keep_as_draft: bool = False,
    once: UUID | None = None,
    **sent: Unpack[Sent],
) -> Reply:
    """Say "we can't, because". Owner or participation worker; a refusal is a reply, and judged."""
    sent.setdefault("decided", REFUSAL_DECIDED)
    return _answer(issue, Reply.Kind.REFUSAL, sent, by, once=once, keep_as_draft=keep_as_draft)


@transaction.atomic
def change_reply(*, reply: Reply, version: int, by: User, **written: Unpack[Written]) -> Reply:
    """Write a draft anew. Whoever may answer; refuses if somebody else has changed it meanwhile."""
    require("change_reply", permissions.reply_verbs(by, reply))
    if reply.version != version:
        raise Moved(reply, "change_reply")
    done = Reply.objects.filter(pk=reply.pk, version=version, state=states.DRAFT).update(
        version=version + 1, by=by, at=clock.now(), reading_age=_age(written), **written
    )
    if not done:
        raise Moved(reply, "change_reply")
    reply.refresh_from_db()
    record("change_reply", reply, by=by, detail=_text(written))
    return reply


@transaction.atomic
def send_reply(*, reply: Reply, by: User) -> Reply:
    """Send a draft. Whoever may answer; where a second pair of eyes is set, not its writer.

    From then on it stands on the thread, and those who raised it judge it.
    """
    require("send_reply", permissions.reply_verbs(by, reply))
    locked(reply.issue)
    if reply.by_id != by.pk:
        reply.second_reader = by
    record("send_reply", reply, by=by)
    return _send(reply, by)


@transaction.atomic
def finish_issue(*, issue: Issue, by: User, dropped_why: str = "") -> None:
    """End the thread: what was promised is done, or is dropped with a reason that is told.

    Owner or participation worker. Those who raised it are then asked "did it happen?".
    """
    require("finish_issue", permissions.issue_verbs(by, issue))
    locked(issue)
    action = issue.reply.promise
    if action.state == governance_states.DONE:
        dropped_why = ""
    elif action.state == governance_states.DROPPED:
        dropped_why = dropped_why or action.dropped_why
    else:
        if not dropped_why.strip():
            raise Hindered(
                "What was promised is not done yet. Finish the action, or say why it is dropped."
            )
        _drop(action, dropped_why, by)
    issue.move("finish_issue", closed_at=clock.now(), dropped_why=dropped_why)
    record("finish_issue", issue, by=by, detail=dropped_why)
    emails.did_it_happen(issue)


def _drop(action: Action, why: str, by: User) -> None:
    """The promise goes with its thread, even where its owner is somebody else."""
    own = "drop_action" in governance_permissions.action_verbs(by, action)
    governance.drop_action(action=action, why=why, by=by if own else ANSWERS)


def _promise(reply: Reply, by: User) -> Action | None:
    """What is promised, as an action of whoever will do it."""
    if not reply.promise_what:
        return None
    own = "assign_action" in governance_permissions.action_verbs(by, None)
    return governance.assign_action(
        what=reply.promise_what, owner=reply.promise_owner, due_on=reply.by_when,
        origin_path=reply.issue.get_absolute_url(), restricted=not reply.issue.is_public,
        by=by if own else ANSWERS,
    )  # fmt: skip


def _answer(
    issue: Issue, kind: str, sent: Sent, by: User, *, once: UUID | None, keep_as_draft: bool
) -> Reply:
    if same := earlier(Reply, once):
        return same
    require(VERB[kind], permissions.issue_verbs(by, issue))
    locked(issue)
    written = {name: text for name, text in sent.items() if name not in When.__annotations__}
    when = told(by, **{name: sent[name] for name in When.__annotations__ if name in sent})
    reply = _written(issue, kind, written, when, by)
    reply.once = once
    reply.save()
    live = reply.at is not None
    if live and (keep_as_draft or partnership().second_reader):
        record("draft_reply", reply, by=by, detail=_text(written))
        return reply
    return _send(reply, by)


def _written(issue: Issue, kind: str, written: Written, when: dict, by: User) -> Reply:
    """The reply with these words: in the draft that waits there, if somebody has begun one."""
    reply = issue.replies.filter(state=states.DRAFT).first() or Reply()
    # The very issue that the verb was given: its state moves with the reply.
    reply.issue = issue
    for name, value in {**written, **when}.items():
        setattr(reply, name, value)
    reply.kind, reply.reading_age = kind, _age(written)
    reply.author = _author(issue, by) if reply.at else None
    return reply


def _send(reply: Reply, by: User) -> Reply:
    """Make the promise an action, let the issue be answered, tell those who raised it."""
    issue, old = reply.issue, reply.at is None
    if not old:
        _readable_enough(reply.reading_age, vars(reply))
    on = reply.on if old else clock.today()
    reply.move(
        "send_reply",
        promise=_promise(reply, by),
        on=on,
        sent_at=None if old else clock.now(),
        judge_by=None if old else judge_by(),
        second_reader=reply.second_reader,
    )
    issue.move(
        VERB[reply.kind],
        reply=reply,
        first_owner=issue.first_owner or reply.author,
        answered_on=issue.answered_on or on,
    )
    record(VERB[reply.kind], issue, by=by, detail=_text(vars(reply)))
    if not old:
        emails.issue_replied(issue)
        bring_back(issue=issue, reply=reply, by=ANSWERS)
    return reply


def _age(written: Mapping[str, Any]) -> Decimal:
    return reading.read(*(written.get(name, "") for name in TEXTS)).age


def _text(written: Mapping[str, Any]) -> str:
    return "\n".join(written.get(name, "") for name in TEXTS)


def _readable_enough(age: Decimal, written: Mapping[str, Any]) -> None:
    """Above the set reading age a reply needs a reason that is kept (F11)."""
    limit = partnership().reading_age
    if age > limit and not written.get("above_age_why", "").strip():
        raise Hindered(
            f"It reads like a text for age {age:.0f}; we write for {limit}. "
            "Make it simpler, or say why it cannot be."
        )


def _author(issue: Issue, by: User) -> Post | None:
    """Who answers: the owner, even if a participation worker writes it down for them."""
    return issue.owner or by.acting_for
