"""Who has an issue now: somebody by name, a board, or the reader whose turn it is."""

from saidanddone.core import clock
from saidanddone.participation import states
from saidanddone.participation.models import Issue, Reply, Step, Voice
from saidanddone.participation.views.moments import Moment, named, words

YOUNG, DESK, PUBLIC = "young", "desk", "public"


def present(issue: Issue, register: str, voice: Voice | None) -> Moment | None:
    """Who has it now: one person by name, or the reader's own turn."""
    if issue.state == states.WITHDRAWN or _only_in_papers(issue):
        return None
    if issue.state == states.REPLIED:
        return _their_turn(issue, voice)
    if issue.state == states.CLOSED:
        return _last_word(issue, voice)
    title, text = _who_has_it(issue, register), _holder(issue)
    if issue.state == states.PROMISED:
        title = "It is being done"
    if issue.state == states.REOPENED:
        title = "Somebody else looks at it again"
        text = text if issue.owner_id else "We are finding a different person."
    return Moment("now", "s-with", title, text)


def _only_in_papers(issue: Issue) -> bool:
    """Old papers that end in silence, or with an answer: nobody has it now."""
    ends = [row["kind"] for row in issue.t_steps[-1:]]
    return bool(issue.source) and (issue.state == states.REPLIED or ends == [Step.Kind.UNKNOWN_END])


def _last_word(issue: Issue, voice: Voice | None) -> Moment | None:
    """Those who raised it are asked whether it happened, once each."""
    if voice is None or not _was_promised(issue):
        return None
    if any(row["voice"] == voice.pk for row in issue.t_happened):
        return None
    return Moment("now", "fair", "Did it happen?", turn="happened")


def _their_turn(issue: Issue, voice: Voice | None) -> Moment:
    theirs = [row for row in issue.t_judgements if row["reply"] == issue.reply_id]
    if voice and not any(row["voice"] == voice.pk for row in theirs):
        return Moment("now", "fair", "Is this fair?", turn="judge")
    text = "Others who raised it can still say whether the answer is fair."
    return Moment("now", "fair", "It is with those who raised it", text)


def _was_promised(issue: Issue) -> bool:
    return any(row["promise"] or row["kind"] == Reply.Kind.REPLY for row in issue.t_replies)


def _who_has_it(issue: Issue, register: str) -> str:
    if issue.owner_id:
        if register == PUBLIC:
            return f"{issue.owner.title}, {issue.owner.organisation}, has it now"
        return f"{issue.owner.user.name.split()[0]} has it now"
    last = issue.t_routings[-1] if issue.t_routings else None
    if last and last["body"]:
        who = named(last)
        return f"{who[0].upper()}{who[1:]} has it now"
    if last and last["outside"]:
        return f"{last['outside'][0].upper()}{last['outside'][1:]} has it now"
    return "We are finding the person who can change it"


def _holder(issue: Issue) -> str:
    due = issue.answer_due
    if issue.state == states.PROMISED:
        when = next((m["by_when"] for m in reversed(issue.t_replies) if m["by_when"]), None)
        return f"The day promised is {words(when)}." if when else ""
    if due and due < clock.today():
        days = (clock.today() - due).days
        return (
            f"No answer yet. It was due {words(due)}: {days} {'day' if days == 1 else 'days'} ago."
        )
    return f"The answer is due by {words(due)}." if due else ""
