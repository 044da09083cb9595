"""One issue on one line of time, for professionals and for the young: what happened, now, still to come."""

from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils import timezone

from saidanddone.core import clock
from saidanddone.governance.states import CANCELLED, DONE, DROPPED, MINUTED
from saidanddone.participation import states
from saidanddone.participation.models import Issue, Reply, Routing, Step, Voice
from saidanddone.ui.filters import day as in_words

YOUNG, DESK, PUBLIC = "young", "desk", "public"
A_GROUP = "a group that meets in private"


@dataclass
class Moment:
    """One knot of the line. `kind`: "" (it happened), said, now, next or reply."""

    kind: str
    icon: str
    title: str
    text: str = ""
    on: date | None = None
    precision: str = "day"
    href: str = ""
    link: str = ""
    reply: Any = None
    judged: Any = None
    turn: str = ""  # whose turn it is, in a "now": theirs to "judge", to say if it "happened"
    day: int | None = None
    at: str = ""  # the exact moment, for order alone
    source: str = ""


# ------------------------------------------------------------------ telling


def timeline(issue: Issue, register: str, voice: Voice | None = None) -> list[Moment]:
    """All moments of an issue that came through `with_thread`, in order, each with its day."""
    known = [
        *_raised(issue, register),
        *_routed(issue),
        *_tabled(issue),
        *_decided(issue),
        *_stepped(issue),
        *_acted(issue),
        *_answered(issue),
        *_judged(issue, register, voice),
        *_ended(issue, register, voice),
    ]
    start = voice.on if voice else issue.said_on
    past = sorted((m for m in known if m.kind != "next"), key=_when)
    later = sorted((m for m in known if m.kind == "next"), key=_when)
    now = _now(issue, voice)
    moments = [*past, *([now] if now else []), *(later if now else [])]
    for moment in moments:
        moment.day = _day(moment, start)
    return moments


def _when(moment: Moment) -> tuple:
    """By day; on one day by the exact moment; what has no day stands where it was written down."""
    return (moment.on or date.min, moment.at)


def _day(moment: Moment, start: date | None) -> int | None:
    if not (start and moment.on and moment.precision == "day" and moment.kind != "next"):
        return None
    days = (moment.on - start).days + 1
    return days if days > 0 else None


def _raised(issue: Issue, register: str) -> list[Moment]:
    others = issue.t_voices - 1
    if register == YOUNG and others >= 5:
        text = f"{others} others told us the same thing, so we put your words together."
    elif others > 0:
        text = "Others told us the same thing, so the words were put together."
    else:
        text = "It became something that somebody has to answer."
    title = f"It was called “{issue.title}”"
    return [_moment("", "link", title, issue.on, issue.precision, text=text, at=_iso(issue.at))]


def _routed(issue: Issue) -> list[Moment]:
    return [_historic(row, "people", *_to_whom(row)) for row in issue.t_routings]


def _to_whom(row: dict) -> tuple[str, str]:
    due = f" An answer is due by {_words(row['due'])}." if row["due"] else ""
    if row["name"]:
        who = f"{row['name']}, {row['post']}, {row['at_place']}."
        return f"{row['name'].split()[0]} took it on", who + due
    if row["body"]:
        return f"It went to {_named(row)}", row["why"] + due
    if row["to"] == Routing.To.COUNCIL:
        return "It went to the full Council", row["why"] + due
    return f"It went to {row['outside']}", row["why"] + due


def _tabled(issue: Issue) -> list[Moment]:
    moments = []
    for row in issue.t_tablings:
        if row["state"] == CANCELLED:
            continue
        body = "A group" if row["hidden"] else f"The {_the(row['body'])}"
        on = _date(row["meets"]) or _date(row["on"])
        happened = row["state"] == MINUTED or (on is not None and on < clock.today())
        title = f"{body} talked about it" if happened else f"{body} talks about it"
        moment = _moment("" if happened else "next", "talk", title, on, row["day_known"] or "day")
        if row["meeting"] and not row["hidden"]:
            moment.href, moment.link = reverse("meeting", args=[row["meeting"]]), "See the meeting"
        moments.append(moment)
    return moments


def _decided(issue: Issue) -> list[Moment]:
    return [
        _moment(
            "", "tick", f"The {_the(row['body'])} decided", _date(row["on"]), row["precision"],
            text=row["wording"], href=reverse("decision", args=[row["pk"]]),
            link=f"Decision {row['number']}", at=row["recorded_at"],
        )
        for row in issue.t_decisions
    ]  # fmt: skip


STEPS = {
    Step.Kind.REWORDED: ("edit", "It was said in other words"),
    Step.Kind.PILOTED: ("play", "It was tried out"),
    Step.Kind.PART_DONE: ("s-track", "Part of it is done"),
    Step.Kind.UPDATE: ("bell", "There is news"),
    Step.Kind.NO_ANSWER: ("wait", "No answer yet"),
    Step.Kind.PULLED: ("s-off", "It was taken off"),
    Step.Kind.OBJECTED: ("flag", "Young people objected"),
    Step.Kind.PRESENTED: ("talk", "It was presented"),
    Step.Kind.ESCALATED: ("flag", "It was sent further up"),
    Step.Kind.UNKNOWN_END: ("s-none", "What came of it is not known"),
}


def _stepped(issue: Issue) -> list[Moment]:
    moments = []
    for row in issue.t_steps:
        icon, title = STEPS[Step.Kind(row["kind"])]
        text = row["text"] + (f"\n\nBefore: {row['before']}" if row["before"] else "")
        moments.append(_historic(row, icon, title, text))
    return moments


def _acted(issue: Issue) -> list[Moment]:
    moments = []
    for row in issue.t_actions:
        first = row["name"].split()[0]
        if row["state"] == DONE:
            on = _local(row["ended_at"])
            moment = _moment("", "tick", f"{first} did it", on, text=row["what"], at=row["ended_at"])
        elif row["state"] == DROPPED:
            on = _local(row["ended_at"])
            moment = _moment("", "s-no", "It will not be done", on, text=row["what"])
        else:
            moment = _moment("next", "day", f"{first} does it", _date(row["due_on"]), text=row["what"])
        moments.append(moment)
    return moments


def _answered(issue: Issue) -> list[Moment]:
    moments = []
    for row in issue.t_replies:
        reply = SimpleNamespace(**row | {"by_when": _date(row["by_when"])})
        on = _date(row["on"]) or _local(row["sent_at"])
        reply.on = on
        moment = _moment(
            "reply", "said", "Our answer", on, row["precision"], at=row["sent_at"] or ""
        )
        moment.reply = reply
        moments.append(moment)
    return moments


VERDICTS = {"fair": "it is fair", "not_fair": "it is not fair", "not_said": "nothing yet"}


def _judged(issue: Issue, register: str, voice: Voice | None) -> list[Moment]:
    """The young see their own word and their group's count; professionals see all."""
    moments = []
    for row in issue.t_judgements:
        own = voice is not None and row["voice"] == voice.pk
        if register != DESK and not own and not row["body"]:
            continue
        who = "You" if own else _group(row, register) if row["body"] else "One who raised it"
        if not row["voice"] and not row["body"]:
            title = f"{row['not_said']} of those who raised it did not say" if row["not_said"] else "Nobody said"
        else:
            title = f"{who} said: {VERDICTS[row['verdict']]}"
        icon = {"fair": "fair", "not_fair": "unfair"}.get(row["verdict"], "wait")
        text = row["because"] if own or row["body"] or register == DESK else ""
        moment = _moment("", icon, title, _local(row["at"]), text=text, at=row["at"])
        moment.judged = SimpleNamespace(**row)
        moments.append(moment)
    return moments


def _ended(issue: Issue, register: str, voice: Voice | None) -> list[Moment]:
    moments = []
    if issue.state == states.WITHDRAWN:
        text = f"{issue.withdrawn_by}: {issue.withdrawn_why}"
        on = timezone.localdate(issue.closed_at) if issue.closed_at else None
        moments.append(
            _moment("", "s-no", "It was withdrawn", on, text=text, at=_iso(issue.closed_at))
        )
    if issue.state == states.CLOSED and issue.closed_at:
        title = "It will not be done" if issue.dropped_why else "Finished"
        icon = "s-no" if issue.dropped_why else "tick"
        on = timezone.localdate(issue.closed_at)
        moments.append(
            _moment("", icon, title, on, text=issue.dropped_why, at=_iso(issue.closed_at))
        )
    for row in issue.t_happened:
        own = voice is not None and row["voice"] == voice.pk
        if own or row["body"] or register == DESK:
            who = "You" if own else _group(row, register) if row["body"] else "One who raised it"
            answer = {"yes": "yes, it happened", "partly": "partly", "no": "no, it did not"}
            title = f"{who} said: {answer[row['answer']]}"
            moments.append(
                _moment("", "said", title, _local(row["at"]), text=row["because"], at=row["at"])
            )
    return moments


# ------------------------------------------------------------------ now


def _now(issue: Issue, voice: Voice | None) -> Moment | None:
    """Who has it now: one person by name, or the reader's own turn."""
    if issue.state == states.REPLIED:
        return _their_turn(issue, voice)
    if issue.state == states.CLOSED:
        asked = issue.t_replies and voice is not None
        said = voice is not None and any(row["voice"] == voice.pk for row in issue.t_happened)
        if asked and not said and _was_promised(issue):
            return Moment("now", "fair", "Did it happen?", turn="happened")
        return None
    if issue.state == states.WITHDRAWN:
        return None
    if issue.state == states.PROMISED:
        return Moment("now", "s-with", "It is being done", _holder(issue))
    if issue.state == states.REOPENED:
        text = _holder(issue) if issue.owner_id else "We are finding a different person."
        return Moment("now", "s-with", "Somebody else looks at it again", text)
    return Moment("now", "s-with", _who_has_it(issue), _holder(issue))


def _their_turn(issue: Issue, voice: Voice | None) -> Moment:
    present = issue.reply_id
    said = any(row["reply"] == present and row["voice"] == voice.pk for row in issue.t_judgements) if voice else True
    if not said:
        return Moment("now", "fair", "Is this fair?", turn="judge")
    text = "Others who raised it can still say whether the answer is fair."
    return Moment("now", "fair", "It is with those who raised it", text)


def _was_promised(issue: Issue) -> bool:
    return any(row["promise"] or row["kind"] == Reply.Kind.REPLY for row in issue.t_replies)


def _who_has_it(issue: Issue) -> str:
    if issue.owner_id:
        return f"{issue.owner.user.name.split()[0]} has it now"
    last = issue.t_routings[-1] if issue.t_routings else None
    if last and (last["body"] or last["outside"]):
        return f"{last['body'] or last['outside']} has it now"
    return "We are finding the person who can change it"


def _holder(issue: Issue) -> str:
    due = issue.answer_due
    if issue.state == states.PROMISED:
        when = next((m["by_when"] for m in reversed(issue.t_replies) if m["by_when"]), None)
        return f"The day promised is {_words(when)}." if when else ""
    if due and due < clock.today():
        days = (clock.today() - due).days
        return f"No answer yet. It was due {_words(due)}: {days} {'day' if days == 1 else 'days'} ago."
    return f"The answer is due by {_words(due)}." if due else ""


# ------------------------------------------------------------------ small things


def _moment(kind: str, icon: str, title: str, on: date | None, precision: str = "day", **more: Any) -> Moment:
    return Moment(kind, icon, title, on=on, precision=precision, **more)


def _historic(row: dict, icon: str, title: str, text: str) -> Moment:
    on = _date(row["on"]) or _local(row["at"])
    return Moment(
        "", icon, title, text.strip(), on, row["precision"], at=row["at"] or "", source=row["source"]
    )


def _named(row: dict) -> str:
    """A body by its name; one that meets in private is nobody's to name."""
    return A_GROUP if row["hidden"] else f"the {_the(row['body'])}"


def _group(row: dict, register: str) -> str:
    """Those who judged together, by name for whoever knows them already."""
    return "Their group" if row["hidden"] and register == PUBLIC else _the(row["body"])


def _the(name: str) -> str:
    return name.removeprefix("The ")


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _local(text: str | None) -> date | None:
    return timezone.localdate(datetime.fromisoformat(text)) if text else None


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _words(day: date | str | None) -> str:
    found = _date(day) if isinstance(day, str) else day
    return in_words(found) if found else ""
