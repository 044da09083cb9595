"""What the verbs of this area share: who and when, the days that answers have, and what hinders."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict

from saidanddone.core import clock, workdays
from saidanddone.governance.models import Body
from saidanddone.participation.models import Issue
from saidanddone.people.models import User
from saidanddone.reference.models import ClosedDay, partnership

CONFIDENTIAL = "Raised in confidence"
NOT_BOARDS = {Body.Kind.YOUNG, Body.Kind.OUTSIDE}
By = User | str | None  # a person, the clock ("system: …"), or somebody who shows a code


class Hindered(Exception):  # noqa: N818 -- it carries what stands in the way, in a sentence for the page
    """The verb is open to this person, but something that they typed or chose stands in its way."""


class When(TypedDict, total=False):
    """Of a step from old papers: its day, how exactly that is known, and where it is written."""

    on: date | None
    precision: str
    source: str


def told(
    by: By, *, on: date | None = None, precision: str = "day", source: str = ""
) -> dict[str, Any]:
    """Who and when, as a step keeps it: a live one has both, one from old papers has its source."""
    if source:
        known = precision if on else "unknown"
        return {"at": None, "by": None, "on": on, "precision": known, "source": source}
    person = by if isinstance(by, User) else None
    return {
        "at": clock.now(), "by": person, "on": on or clock.today(), "precision": precision,
        "source": "",
    }  # fmt: skip


def locked(issue: Issue) -> Issue:
    """The issue as it stands now, its row held until the transaction ends, so that deeds queue up.

    The verb still moves the one it was given: whoever acted on an older state is told so.
    """
    return Issue.objects.select_for_update().get(pk=issue.pk)


def answer_due() -> date:
    """The day by which an answer is owed, counted from today."""
    return workdays.add(clock.today(), partnership().answer_days, closed_days())


def judge_by() -> date:
    """The day after which silence about a reply is 'not said', counted from today."""
    return workdays.add(clock.today(), partnership().judgement_days, closed_days())


def closed_days() -> set[date]:
    """Days on which offices are closed beside weekends and bank holidays."""
    return set(ClosedDay.objects.values_list("on", flat=True))


def board_of(issue: Issue) -> Body | None:
    """Where an issue goes when a person has not answered it, or not fairly.

    The board that has it, else the one that hears from those who raised it, else the first board.
    """
    asked = issue.routing.body if issue.routing_id else None
    heard_by = issue.raised_at_body.reports_voice_to if issue.raised_at_body_id else None
    first = Body.objects.filter(kind=Body.Kind.BOARD, parent=None, ends_on=None).order_by("pk")[:1]
    for body in (asked, heard_by, *first):
        if body is not None and body.kind not in NOT_BOARDS and not body.has_ended:
            return body
    return None


def named(body: Body) -> str:
    """A body as everybody may read it: one that meets in private is nobody's to name."""
    return "a group" if body.meets_in_private else f"the {body.name.removeprefix('The ')}"


def only[T](values: Iterable[T | None]) -> T | None:
    """The one value that all share, or None."""
    found = set(values)
    return found.pop() if len(found) == 1 else None
