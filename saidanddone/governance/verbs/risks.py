"""A body's risks: set down, scored again and again, told to the body above, closed."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.governance import emails, permissions
from saidanddone.governance.models import Body, Risk, RiskNote
from saidanddone.governance.verbs.presses import earlier, person
from saidanddone.people.models import User

By = User | str


@transaction.atomic
def add_risk(*, body: Body, by: User, once: UUID | None = None, **told: Any) -> Risk:
    """Set down what might happen, why, what then, and how it is scored. The clerk or the chair.

    Its owner is told, and asked again when its review is due.
    """
    require("add_risk", permissions.risk_verbs(by, body))
    if found := earlier(Risk, once):
        return found
    risk = Risk.objects.create(body=body, once=once, **told)
    _note(risk, "add_risk", "", by)
    emails.risk_given(risk)
    return risk


@transaction.atomic
def change_risk(*, risk: Risk, by: User, **changes: Any) -> None:
    """Change its words, owner, what is wanted or who may see it. The clerk or the chair."""
    require("change_risk", permissions.risk_verbs(by, risk.body, risk))
    handed_on = "owner" in changes and changes["owner"].pk != risk.owner_id
    risk.move("change_risk", **changes)
    _note(risk, "change_risk", "", by)
    if handed_on:
        emails.risk_given(risk)


@transaction.atomic
def score_risk(
    *, risk: Risk, likelihood: int, impact: int, text: str, review_on: date, by: User,
    once: UUID | None = None,
) -> None:  # fmt: skip
    """Look at it again: score it as it stands, say what was done, and when to look next.

    Its owner, the clerk or the chair; every score stays in its history.
    """
    require("score_risk", permissions.risk_verbs(by, risk.body, risk))
    if earlier(RiskNote, once):
        return
    risk.move(
        "score_risk", likelihood_now=likelihood, impact_now=impact, review_on=review_on,
        reminded_on=None,
    )  # fmt: skip
    _note(risk, "score_risk", text, by, once)
    emails.call_back(risk)


@transaction.atomic
def tell_risk(*, risk: Risk, why: str, by: User) -> None:
    """Tell it to the body above, whose members see it from now on. The clerk or the chair."""
    require("tell_risk", permissions.risk_verbs(by, risk.body, risk))
    risk.move("tell_risk", told_to=risk.body.parent)
    _note(risk, "tell_risk", why, by)


@transaction.atomic
def close_risk(*, risk: Risk, why: str, by: User) -> None:
    """Say that it is over, with the reason. The clerk or the chair; its history stays."""
    require("close_risk", permissions.risk_verbs(by, risk.body, risk))
    risk.move("close_risk", closed_why=why)
    _note(risk, "close_risk", why, by)
    emails.call_back(risk)


@transaction.atomic
def remind_of_risk(*, risk: Risk, by: str) -> None:
    """Remind the owner that it is time to look at it again. The clock, once a month."""
    require("remind_of_risk", permissions.risk_verbs(by, risk.body, risk))
    risk.move("remind_of_risk", reminded_on=clock.today())
    record("remind_of_risk", risk, by=by)
    emails.risk_due(risk)


def _note(risk: Risk, verb: str, text: str, by: By, once: UUID | None = None) -> None:
    RiskNote.objects.create(
        risk=risk, verb=verb, text=text, by=person(by), likelihood=risk.likelihood_now,
        impact=risk.impact_now, once=once,
    )  # fmt: skip
    record(verb, risk, by=by, detail=text)
