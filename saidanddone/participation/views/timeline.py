"""One issue on one line of time, for professionals, the young and all: what was, is, comes."""

from datetime import date
from types import SimpleNamespace

from django.urls import reverse
from django.utils import timezone

from saidanddone.core import clock
from saidanddone.governance.states import CANCELLED, DONE, DROPPED, MINUTED
from saidanddone.participation import states
from saidanddone.participation.models import Issue, Routing, Step, Voice
from saidanddone.participation.views.moments import (
    Moment,
    date_of,
    historic,
    iso,
    local,
    named,
    the,
    words,
)
from saidanddone.participation.views.present import DESK, PUBLIC, YOUNG, present

__all__ = ["DESK", "PUBLIC", "YOUNG", "Moment", "timeline"]

MANY = 5  # fewer than this are "others"
VERDICTS = {"fair": "it is fair", "not_fair": "it is not fair", "not_said": "nothing yet"}
HAPPENED = {"yes": "yes, it happened", "partly": "partly", "no": "no, it did not"}
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


def timeline(issue: Issue, register: str, voice: Voice | None = None) -> list[Moment]:
    """All moments of an issue that came through `with_thread`, in order, each with its day."""
    known = [
        _raised(issue, register),
        *_routed(issue, register),
        *_tabled(issue),
        *_decided(issue),
        *_stepped(issue),
        *_acted(issue, register),
        *_promised(issue),
        *_answered(issue),
        *_judged(issue, register, voice),
        *_ended(issue),
        *_happened(issue, register, voice),
    ]
    start = voice.on if voice else issue.said_on
    past = sorted((m for m in known if m.kind != "next"), key=_when)
    later = sorted((m for m in known if m.kind == "next"), key=_when)
    now = present(issue, register, voice)
    moments = [*past, *([now] if now else []), *(later if now else [])]
    for moment in moments:
        moment.day = _day(moment, start)
    return moments


def _when(moment: Moment) -> tuple:
    """From the beginning by day, on one day by the exact moment; what has no day comes last."""
    return (not moment.first, moment.on or date.max, moment.at)


def _day(moment: Moment, start: date | None) -> int | None:
    if not (start and moment.on and moment.precision == "day" and moment.kind != "next"):
        return None
    days = (moment.on - start).days + 1
    return days if days > 0 else None


# ------------------------------------------------------------------ on the way


def _raised(issue: Issue, register: str) -> Moment:
    others = issue.t_voices - 1
    yours = "your words" if register == YOUNG else "the words"
    if others >= MANY:
        text = f"{others} others told us the same thing, so we put {yours} together."
    elif others > 0:
        text = f"Others told us the same thing, so we put {yours} together."
    elif issue.t_voices:
        text = "It became something that somebody has to answer."
    else:
        text = ""
    return Moment(
        "", "link", f"It was called “{issue.title}”", text, issue.on, issue.precision,
        at=iso(issue.at), source=issue.source, first=True,
    )  # fmt: skip


def _routed(issue: Issue, register: str) -> list[Moment]:
    return [historic(row, "people", *_to_whom(row, register)) for row in issue.t_routings]


def _to_whom(row: dict, register: str) -> tuple[str, str]:
    due = f" An answer is due by {words(row['due'])}." if row["due"] else ""
    if row["name"] and register == PUBLIC:
        return f"It went to the {row['post']}", f"{row['at_place']}.{due}"
    if row["name"]:
        who = f"{row['name']}, {row['post']}, {row['at_place']}."
        return f"{row['name'].split()[0]} took it on", who + due
    if row["body"]:
        return f"It went to {named(row)}", row["why"] + due
    if row["to"] == Routing.To.COUNCIL:
        return "It went to the full Council", row["why"] + due
    return f"It went to {row['outside']}", row["why"] + due


def _tabled(issue: Issue) -> list[Moment]:
    moments = []
    pulled = {row["meeting"] for row in issue.t_steps if row["kind"] == Step.Kind.PULLED}
    for row in issue.t_tablings:
        if row["state"] == CANCELLED:
            continue
        body = "A group" if row["hidden"] else f"The {the(row['body'])}"
        on = date_of(row["meets"]) or date_of(row["on"])
        happened = row["state"] == MINUTED or (on is not None and on < clock.today())
        title = f"{body} talked about it" if happened else f"{body} talks about it"
        if row["meeting"] in pulled - {None}:
            title = f"It stood on {body[0].lower()}{body[1:]}’s agenda"
        moment = Moment(
            "" if happened else "next", "talk", title, on=on,
            precision=row["day_known"] or "day", source=row["source"],
        )  # fmt: skip
        if row["may_open"] and not row["hidden"]:
            moment.href, moment.link = reverse("meeting", args=[row["meeting"]]), "See the meeting"
        moments.append(moment)
    return moments


def _decided(issue: Issue) -> list[Moment]:
    return [
        Moment(
            "", "tick", f"The {the(row['body'])} decided", row["wording"], date_of(row["on"]),
            row["precision"], reverse("decision", args=[row["pk"]]), f"Decision {row['number']}",
            at=row["recorded_at"],
        )
        for row in issue.t_decisions
    ]  # fmt: skip


def _stepped(issue: Issue) -> list[Moment]:
    moments = []
    for row in issue.t_steps:
        icon, title = STEPS[Step.Kind(row["kind"])]
        text = row["text"] + (f"\n\nBefore: {row['before']}" if row["before"] else "")
        moment = historic(row, icon, title, text)
        if row["may_open"] and not row["hidden"]:
            moment.href, moment.link = reverse("meeting", args=[row["meeting"]]), "See the meeting"
        moments.append(moment)
    return moments


def _acted(issue: Issue, register: str) -> list[Moment]:
    moments = []
    for row in issue.t_actions:
        who = "" if register == PUBLIC else row["name"].split()[0]
        way = {"href": reverse("action", args=[row["pk"]]), "link": "See the action"}
        way = way if register == DESK else {}
        ended = {"on": local(row["ended_at"]), "at": row["ended_at"] or ""}
        if row["state"] == DONE:
            title = f"{who} did it" if who else "It was done"
            moments.append(Moment("", "tick", title, row["what"], **ended, **way))
        elif row["state"] == DROPPED:
            title = "It will not be done"
            moments.append(Moment("", "s-no", title, row["what"], **ended, **way))
        else:
            title = f"{who} does it" if who else "It is being done"
            due = date_of(row["due_on"])
            moments.append(Moment("next", "day", title, row["what"], due, **way))
    return moments


def _promised(issue: Issue) -> list[Moment]:
    """What the present answer promises, where the action itself is not for the reader's eyes."""
    seen = {row["pk"] for row in issue.t_actions}
    return [
        Moment("next", "day", row["promise_what"], on=date_of(row["by_when"]))
        for row in issue.t_replies
        if row["promise"] and row["promise"] not in seen and row["pk"] == issue.reply_id
    ]


def _answered(issue: Issue) -> list[Moment]:
    moments = []
    for row in issue.t_replies:
        on = date_of(row["on"]) or local(row["sent_at"])
        reply = SimpleNamespace(**row | {"by_when": date_of(row["by_when"]), "on": on})
        moments.append(
            Moment(
                "reply", "talk", "Our answer", on=on, precision=row["precision"], reply=reply,
                at=row["sent_at"] or "", source=row["source"],
            )
        )  # fmt: skip
    return moments


# ------------------------------------------------------------------ what they make of it


def _judged(issue: Issue, register: str, voice: Voice | None) -> list[Moment]:
    """The young see their own word and their group's count; professionals see all."""
    return [
        Moment(
            "", {"fair": "fair", "not_fair": "unfair"}.get(row["verdict"], "wait"),
            _verdict(row, register, voice), on=local(row["at"]), at=row["at"],
            judged=SimpleNamespace(**row), **_why(row, voice),
        )
        for row in issue.t_judgements  # of the silence in old papers only the silence is known
        if (register == DESK and not issue.source) or _own(row, voice) or row["body"]
    ]  # fmt: skip


def _why(row: dict, voice: Voice | None) -> dict[str, str]:
    """Their own reason in their own words; a group's as its worker wrote it down.

    Others' own words stand on a professional's page only as voices, for whoever may read them.
    """
    return {"said": row["own_words"] or ""} if _own(row, voice) else {"text": row["because"]}


def _verdict(row: dict, register: str, voice: Voice | None) -> str:
    if row["voice"] or row["body"]:
        return f"{_who(row, register, voice)} said: {VERDICTS[row['verdict']]}"
    silent = row["not_said"]
    return f"{silent} of those who raised it did not say" if silent else "Nobody said"


def _happened(issue: Issue, register: str, voice: Voice | None) -> list[Moment]:
    return [
        Moment(
            "", "said", f"{_who(row, register, voice)} said: {HAPPENED[row['answer']]}",
            on=local(row["at"]), at=row["at"], **_why(row, voice),
        )
        for row in issue.t_happened
        if register == DESK or _own(row, voice) or row["body"]
    ]  # fmt: skip


def _own(row: dict, voice: Voice | None) -> bool:
    return voice is not None and row["voice"] == voice.pk


def _who(row: dict, register: str, voice: Voice | None) -> str:
    """Who speaks: a group by its name, unless it meets in private and others read."""
    if _own(row, voice):
        return "You"
    if not row["body"]:
        return "One who raised it"
    return "A group" if row["hidden"] and register != DESK else the(row["body"])


def _ended(issue: Issue) -> list[Moment]:
    on = timezone.localdate(issue.closed_at) if issue.closed_at else None
    at = iso(issue.closed_at)
    if issue.state == states.WITHDRAWN:
        text = f"{issue.withdrawn_by}: {issue.withdrawn_why}"
        return [Moment("", "s-no", "It was withdrawn", text, on, at=at)]
    if issue.state == states.CLOSED and issue.dropped_why:
        return [Moment("", "s-no", "It will not be done", issue.dropped_why, on, at=at)]
    if issue.state == states.CLOSED and not issue.source:  # papers do not tell of that day
        return [Moment("", "tick", "Finished", on=on, at=at)]
    return []
