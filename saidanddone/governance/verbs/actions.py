"""Actions and promises: given to somebody, reported on by them, done or dropped."""

from datetime import date
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.governance import emails, permissions
from saidanddone.governance.models import Action, ActionUpdate, AgendaItem, Decision
from saidanddone.governance.verbs.presses import earlier, person
from saidanddone.people.models import Post, User

By = User | str | None


@transaction.atomic
def assign_action(
    *, what: str, owner: Post, due_on: date, by: By, item: AgendaItem | None = None,
    decision: Decision | None = None, origin_path: str = "", restricted: bool = False,
    once: UUID | None = None,
) -> Action:  # fmt: skip
    """Give somebody something to do by a day. At a meeting the clerk; a promise, whoever answers.

    The owner is told at once and reports on it without the clerk. It inherits from its decision
    and item where it came from and whether it is restricted.
    """
    item = item or (decision.item if decision else None)
    allowed = permissions.item_verbs(by, item) if item else permissions.action_verbs(by, None)
    require("assign_action", allowed)
    if found := earlier(Action, once):
        return found
    closed = any(one.restricted for one in (item, decision) if one)
    action = Action.objects.create(
        what=what, owner=owner, due_on=due_on, item=item, decision=decision,
        origin_path=origin_path or (item.origin_path if item else ""),
        restricted=restricted or closed, assigned_by=person(by), once=once,
    )  # fmt: skip
    record("assign_action", action, by=by, detail=what)
    emails.action_assigned(action)
    return action


@transaction.atomic
def update_action(*, action: Action, text: str, by: By, once: UUID | None = None) -> None:
    """Say how far it is. Its owner, signed in however they like, or the clerk."""
    require("update_action", permissions.action_verbs(by, action))
    if earlier(ActionUpdate, once):
        return
    action.move("update_action")
    _note(action, "update_action", text, by, once)


@transaction.atomic
def complete_action(*, action: Action, evidence: str, by: By) -> None:
    """Say that it is done, and how one can tell. Its owner, signed in however they like."""
    require("complete_action", permissions.action_verbs(by, action))
    action.move("complete_action", evidence=evidence, ended_at=clock.now())
    _note(action, "complete_action", evidence, by)
    emails.call_back(action)


@transaction.atomic
def hand_action_on(*, action: Action, to: Post, by: By, why: str = "") -> None:
    """Give it to somebody else. Its owner or the clerk; the new owner is told, the day stays."""
    require("hand_action_on", permissions.action_verbs(by, action))
    if to.pk == action.owner_id:
        return
    emails.call_back(action)
    action.move("hand_action_on", owner=to, reminded_on=None)
    _note(action, "hand_action_on", f"Handed on to {to.user.name}. {why}".strip(), by)
    emails.action_assigned(action)


@transaction.atomic
def ask_to_drop(*, action: Action, why: str, by: User) -> None:
    """Say that it will not be done, and why. Its owner or the clerk; the chair agrees or not."""
    require("ask_to_drop", permissions.action_verbs(by, action))
    action.move("ask_to_drop", drop_asked_why=why, drop_asked_at=clock.now())
    _note(action, "ask_to_drop", why, by)
    emails.drop_asked(action)


@transaction.atomic
def keep_action(*, action: Action, why: str, by: User) -> None:
    """Not agree that it drops: it stays to be done. Whoever chairs; its owner is told."""
    require("keep_action", permissions.action_verbs(by, action))
    action.move("keep_action", drop_asked_why="", drop_asked_at=None)
    _note(action, "keep_action", why, by)
    emails.call_back(action)
    emails.drop_settled(action)


@transaction.atomic
def drop_action(*, action: Action, by: By, why: str = "") -> None:
    """Agree that it will not be done, with the reason that was asked or one's own. Who chairs.

    A promise may also be let go by whoever made it or looks after its thread, where the reason
    is told to those who raised it.
    """
    require("drop_action", permissions.action_verbs(by, action))
    why, asked = why or action.drop_asked_why, bool(action.drop_asked_why)
    action.move("drop_action", dropped_why=why, dropped_by=person(by), ended_at=clock.now())
    _note(action, "drop_action", why, by)
    emails.call_back(action)
    if asked:
        emails.drop_settled(action)


@transaction.atomic
def remind_of_action(*, action: Action, by: str) -> None:
    """Remind the owner that its day has passed. The clock, once a week while it is late."""
    require("remind_of_action", permissions.action_verbs(by, action))
    action.move("remind_of_action", reminded_on=clock.today())
    record("remind_of_action", action, by=by)
    emails.action_late(action)


def _note(action: Action, verb: str, text: str, by: By, once: UUID | None = None) -> None:
    ActionUpdate.objects.create(action=action, verb=verb, text=text, by=person(by), once=once)
    record(verb, action, by=by, detail=text)
