"""What happens to issues on their way: raised, routed, tabled, reworded, told, withdrawn."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Unpack
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import Refused, require
from saidanddone.governance.models import Body, Meeting
from saidanddone.governance.verbs.presses import earlier
from saidanddone.participation import permissions, states
from saidanddone.participation.emails import issues as emails
from saidanddone.participation.models import (
    GroupedVoice,
    Issue,
    Question,
    Step,
    Voice,
)
from saidanddone.participation.models.voices import Readers, Speaker
from saidanddone.participation.verbs.captions import public_area
from saidanddone.participation.verbs.routing import carry_to_agendas
from saidanddone.participation.verbs.told import (
    Hindered,
    When,
    answer_due,
    locked,
    only,
    told,
)
from saidanddone.people.models import User
from saidanddone.reference.models import AgeBand, Area, Topic


class Raised(When, total=False):
    """What else may be told of an issue when it is raised; what is left out, its voices tell."""

    agreed_how: str
    topic: Topic | None
    area: Area | None
    age_band: AgeBand | None
    raised_at_body: Body | None
    raised_at_meeting: Meeting | None
    by_worker: bool
    is_public: bool


@transaction.atomic
def raise_issue(
    *,
    title: str,
    wording: str,
    by: User,
    voices: Iterable[Voice] = (),
    once: UUID | None = None,
    **more: Unpack[Raised],
) -> Issue:
    """Put voices that ask for the same thing together, in wording that the young people agreed.

    Participation worker. An answer is owed from now on, whoever it will be from. Without voices it
    comes from old papers, from a meeting's agreed wording or from workers.
    """
    require("raise_issue", permissions.raising_verbs(by))
    if same := earlier(Issue, once):
        return same
    chosen = _readable(voices, by)
    old = bool(more.get("source"))
    issue = Issue.objects.create(
        title=title, wording=wording, once=once, answer_due=None if old else answer_due(),
        **_of_voices(chosen, more), **told(by, **_when(more)),
    )  # fmt: skip
    _group(issue, chosen)
    record("raise_issue", issue, by=by, detail=wording)
    return issue


@transaction.atomic
def group_voices(*, issue: Issue, voices: Iterable[Voice], by: User) -> None:
    """Add voices that ask for the same thing. Participation worker; each may judge the reply."""
    require("group_voices", permissions.issue_verbs(by, issue))
    locked(issue)
    there = set(issue.grouped.values_list("voice_id", flat=True))
    chosen = [voice for voice in _readable(voices, by) if voice.pk not in there]
    issue.move("group_voices")
    _group(issue, chosen)
    record("group_voices", issue, by=by)


@transaction.atomic
def reword_issue(
    *,
    issue: Issue,
    wording: str,
    by: User,
    title: str = "",
    agreed_how: str = "",
    why: str = "",
    **when: Unpack[When],
) -> Step:
    """Say it in other words, and keep the words until then. Participation worker.

    Everybody who raised it is asked again, on their thread page, whether it is what they mean.
    """
    require("reword_issue", permissions.issue_verbs(by, issue))
    locked(issue)
    old_title, title = issue.title, title or issue.title
    step = Step.objects.create(
        issue=issue,
        kind=Step.Kind.REWORDED,
        text=why or "We said it in other words.",
        before=issue.wording if title == issue.title else f"{issue.title}\n\n{issue.wording}",
        **told(by, **when),
    )
    issue.move("reword_issue", title=title, wording=wording, agreed_how=agreed_how)
    issue.grouped.update(agrees=None, would_say="", agreed_at=None)
    if not when.get("source"):
        carry_to_agendas(issue, old_title, by)
    record("reword_issue", issue, by=by, detail=wording)
    return step


@transaction.atomic
def ask_question(*, issue: Issue, text: str, by: User, once: UUID | None = None) -> Question:
    """Ask those who raised it something. Owner or participation worker.

    They get a letter where they gave an address, and answer on their thread page.
    """
    require("ask_question", permissions.issue_verbs(by, issue))
    locked(issue)
    if once and (same := Question.objects.filter(once=once).first()):
        return same
    question = Question.objects.create(issue=issue, text=text, asked_by=by, once=once)
    issue.move("ask_question")
    record("ask_question", question, by=by, detail=text)
    emails.question_asked(issue)
    return question


@transaction.atomic
def tell_step(
    *,
    issue: Issue,
    kind: str,
    text: str,
    by: User,
    body: Body | None = None,
    meeting: Meeting | None = None,
    once: UUID | None = None,
    **when: Unpack[When],
) -> Step:
    """Tell what else happened: tried out, partly done, taken off by somebody, no answer yet ….

    Owner, participation worker or clerk. Those who raised it read it on their thread.
    """
    require("tell_step", permissions.issue_verbs(by, issue))
    if kind == Step.Kind.REWORDED:
        raise Hindered("Other words have a page of their own, so that the old ones are kept.")
    locked(issue)
    if once and (same := Step.objects.filter(once=once).first()):
        return same
    step = Step.objects.create(
        issue=issue, kind=kind, text=text, body=body, meeting=meeting, once=once,
        **told(by, **when),
    )  # fmt: skip
    issue.move("tell_step")
    record("tell_step", issue, by=by, detail=text)
    return step


@transaction.atomic
def withdraw_issue(*, issue: Issue, withdrawn_by: str, why: str, by: User) -> None:
    """Stop it, saying whose wish that is and why. Participation worker.

    Those who raised it get a letter where they gave an address, and read both on their thread.
    """
    require("withdraw_issue", permissions.issue_verbs(by, issue))
    if not why.strip() or not withdrawn_by.strip():
        raise Hindered("Say who withdraws it, and why: those who raised it are told.")
    issue.move(
        "withdraw_issue", withdrawn_by=withdrawn_by, withdrawn_why=why, answer_due=None,
        closed_at=clock.now(),
    )  # fmt: skip
    record("withdraw_issue", issue, by=by, detail=why)
    emails.issue_withdrawn(issue)


def _readable(voices: Iterable[Voice], by: User) -> list[Voice]:
    """The voices, if this person may see each of them and each has been read."""
    wanted = {voice.pk for voice in voices}
    if not wanted:
        return []
    found = list(
        Voice.objects.filter(pk__in=permissions.visible_voices(by).values("pk"))
        .filter(pk__in=wanted, state=states.READ)
        .select_related("topic", "area", "age_band", "body")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if len(found) != len(wanted):
        raise Refused("group_voices")
    return found


def _when(more: Raised) -> When:
    return {name: more[name] for name in When.__annotations__ if name in more}


def _of_voices(voices: list[Voice], more: Raised) -> dict[str, Any]:
    """What was told of the issue, and where nothing was, what all its voices share."""
    fields = {name: value for name, value in more.items() if name not in When.__annotations__}
    shared = {"topic": "topic", "area": "area", "age_band": "age_band", "raised_at_body": "body"}
    for name, of_voice in shared.items():
        fields[name] = more.get(name) or only(getattr(voice, of_voice) for voice in voices)
    if voices:
        fields["by_worker"] = all(voice.speaker == Speaker.WORKER for voice in voices)
    fields["is_public"] = more.get("is_public", True) and _may_be_public(voices)
    return fields


def _may_be_public(voices: list[Voice]) -> bool:
    return not voices or any(voice.readers != Readers.MY_WORKER for voice in voices)


def _group(issue: Issue, voices: list[Voice]) -> None:
    GroupedVoice.objects.bulk_create(
        [GroupedVoice(issue=issue, voice=voice) for voice in voices], ignore_conflicts=True
    )
    issue.said_on, issue.said_precision = _first_said(issue, voices)
    issue.shown_area = _shown_area(issue)
    issue.save(update_fields=["said_on", "said_precision", "shown_area"])


def _shown_area(issue: Issue) -> Area | None:
    """The place as everybody may read it: with words behind it, as captions.public_area decides."""
    if issue.area is None:
        return None
    first = issue.voices.filter(area=issue.area).select_related("area").first()
    return issue.area if first is None else public_area(first)


def _first_said(issue: Issue, voices: list[Voice]) -> tuple[date | None, str]:
    """The day from which its age is counted: the earliest of the words, else when it was raised."""
    days = [(voice.on, voice.precision) for voice in voices if voice.on]
    if issue.said_on:
        days.append((issue.said_on, issue.said_precision))
    return min(days, default=(issue.on, issue.precision))
