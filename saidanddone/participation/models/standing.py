"""How an issue stands, in words, shape and line: for lists, the wall and threads alike."""

from dataclasses import dataclass
from datetime import date

from saidanddone.core import clock
from saidanddone.participation import states
from saidanddone.participation.models.issues import Issue
from saidanddone.participation.models.replies import Reply

# The words, then: raised, with someone, answered, judged, done. The number is the step still open,
# so that the line is solid only for what has happened.
AT = {
    states.RAISED: 2, states.ROUTED: 3, states.TABLED: 3, states.REOPENED: 2, states.REPLIED: 4,
    states.PROMISED: 5, states.CLOSED: 5, states.WITHDRAWN: 2,
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """What a page says of an issue at a glance: how far, since when, and what came of it."""

    at: int
    closed: bool
    strong: str  # "Day 29.", "Answered on day 43."
    more: str  # "With the head of school nursing"
    did: str  # "We are doing it"
    icon: str
    shape: str
    words: str
    tone: str
    awaited: bool  # an answer is owed
    late: bool


def standing(issue: Issue, *, unknown_end: bool = False) -> Standing:
    """How it stands today. `unknown_end`: old papers do not tell what came of it."""
    late = is_late(issue)
    did, icon = _did(issue, unknown_end=unknown_end)
    shape, words, tone = _tag(issue, late=late, unknown_end=unknown_end)
    return Standing(
        at=AT[issue.state], closed=issue.state == states.CLOSED,
        strong=_strong(issue, unknown_end=unknown_end),
        more="" if unknown_end else _more(issue), did=did, icon=icon,
        shape=shape, words=words, tone=tone,
        awaited=issue.state in states.WITH_US, late=late,
    )  # fmt: skip


def is_late(issue: Issue) -> bool:
    """Whether the day by which an answer was owed has passed without one."""
    due = issue.answer_due
    return issue.state in states.WITH_US and due is not None and due < clock.today()


def age(issue: Issue) -> int | None:
    """Calendar days since the words were said, if that day is known."""
    return days_since(issue, clock.today())


def days_to_answer(issue: Issue) -> int | None:
    """Calendar days from the words to the first answer."""
    return days_since(issue, issue.answered_on) if issue.answered_on else None


def days_since(issue: Issue, day: date) -> int | None:
    """Calendar days from the words to that day; the day of the words is 0."""
    if issue.said_on is None or issue.said_precision != "day":
        return None
    return max((day - issue.said_on).days, 0)


def holder(issue: Issue) -> str:
    """Who has it now, as everybody may read it: an office, a board, never a private group."""
    if issue.owner_id:
        return f"{issue.owner.title}, {issue.owner.organisation.name}"
    routing = issue.routing if issue.routing_id else None
    if routing is None:
        return ""
    if routing.body_id:
        return "" if routing.body.meets_in_private else routing.body.name
    return routing.outside


def _strong(issue: Issue, *, unknown_end: bool) -> str:
    if unknown_end:
        return "The end is not known."
    if issue.state == states.WITHDRAWN:
        return "Withdrawn."
    if issue.state in states.WITH_US:
        days = age(issue)
        return "Still waiting." if days is None else f"Day {days + 1}."
    if issue.state == states.CLOSED:
        return "Finished."
    return _answered(issue)


def _answered(issue: Issue) -> str:
    days = days_to_answer(issue)
    return "Answered." if days is None else f"Answered on day {days + 1}."


def _more(issue: Issue) -> str:
    if issue.state == states.CLOSED:
        return _answered(issue).rstrip(".") if issue.answered_on else ""
    if issue.state == states.TABLED and not issue.tabling.item.body.meets_in_private:
        return f"On the agenda of the {issue.tabling.item.body.name}"
    if issue.state in states.WITH_US:
        who = holder(issue)
        return f"With {who}" if who else ""
    return ""


def _did(issue: Issue, *, unknown_end: bool) -> tuple[str, str]:
    if unknown_end:
        return "What came of it is not known", "s-none"
    if issue.state in states.WITH_US:
        return "We are looking again" if issue.reopened_at else "Not answered yet", "s-with"
    if issue.state == states.WITHDRAWN:
        return "Withdrawn", "s-pause"
    return _came_of_it(issue, issue.reply)


def _came_of_it(issue: Issue, reply: Reply) -> tuple[str, str]:
    if reply.kind == Reply.Kind.REFUSAL:
        return "We could not, because", "s-no"
    if issue.dropped_why:
        return "We did not do it, because", "s-no"
    if issue.state == states.PROMISED:
        return "We are doing it", "s-track"
    done = issue.state == states.CLOSED and reply.promise_id
    return "We did it" if done else "We answered", "s-done"


def _tag(issue: Issue, *, late: bool, unknown_end: bool) -> tuple[str, str, str]:
    if unknown_end:
        return "s-none", "Not known", ""
    if late:
        return "s-off", "No answer yet: late", "bad"
    if (
        issue.state == states.REPLIED and issue.reply.judge_by is None
    ):  # known from old papers alone
        return "s-none", "Nobody was asked if it is fair", ""
    return {
        states.RAISED: ("s-new", "Raised", "info"),
        states.ROUTED: ("s-with", "With someone", "info"),
        states.TABLED: ("s-with", "On an agenda", "info"),
        states.REOPENED: ("s-watch", "Being looked at again", "watch"),
        states.REPLIED: ("s-with", "Waiting to hear if it is fair", "info"),
        states.PROMISED: ("s-track", "Being done", "good"),
        states.CLOSED: ("s-done", "Finished", "good"),
        states.WITHDRAWN: ("s-pause", "Withdrawn", ""),
    }[issue.state]
