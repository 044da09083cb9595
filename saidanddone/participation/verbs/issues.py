"""What happens to issues on their way: raised, grouped, routed, tabled, reworded, told, withdrawn."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core.access import Refused, require
from saidanddone.governance import states as governance_states
from saidanddone.governance import verbs as governance
from saidanddone.governance.models import AgendaItem, Body, Meeting
from saidanddone.participation import permissions, states
from saidanddone.participation.emails import issues as emails
from saidanddone.participation.models import (
    GroupedVoice,
    Issue,
    Question,
    Routing,
    Step,
    Tabling,
    Voice,
)
from saidanddone.participation.models.voices import Readers, Speaker
from saidanddone.participation.verbs.lateness import confidence
from saidanddone.participation.verbs.told import By, Hindered, answer_due, locked, only, told
from saidanddone.people.models import Post, User
from saidanddone.reference.models import AgeBand, Area, Topic


@transaction.atomic
def raise_issue(
    *,
    title: str,
    wording: str,
    by: User,
    voices: Iterable[Voice] = (),
    agreed_how: str = "",
    topic: Topic | None = None,
    area: Area | None = None,
    age_band: AgeBand | None = None,
    raised_at_body: Body | None = None,
    raised_at_meeting: Meeting | None = None,
    by_worker: bool = False,
    is_public: bool = True,
    on: date | None = None,
    precision: str = "day",
    source: str = "",
    once: UUID | None = None,
) -> Issue:
    """Put voices that ask for the same thing together, in wording that the young people agreed.

    Participation worker. An answer is owed from now on, whoever it will be from. Without voices it
    comes from old papers, from a meeting's agreed wording or from workers.
    """
    if once and (same := Issue.objects.filter(once=once).first()):
        return same
    require("raise_issue", permissions.raising_verbs(by))
    chosen = _readable(voices, by)
    issue = Issue.objects.create(
        title=title,
        wording=wording,
        agreed_how=agreed_how,
        topic=topic or only(voice.topic for voice in chosen),
        area=area or only(voice.area for voice in chosen),
        age_band=age_band or only(voice.age_band for voice in chosen),
        raised_at_body=raised_at_body or only(voice.body for voice in chosen),
        raised_at_meeting=raised_at_meeting,
        by_worker=all(v.speaker == Speaker.WORKER for v in chosen) if chosen else by_worker,
        is_public=is_public and _may_be_public(chosen),
        answer_due=None if source else answer_due(),
        once=once,
        **told(by, on, precision, source),
    )
    _group(issue, chosen)
    record("raise_issue", issue, by=by, detail=wording)
    return issue


@transaction.atomic
def group_voices(*, issue: Issue, voices: Iterable[Voice], by: User) -> None:
    """Add more voices that ask for the same thing. Participation worker; each may judge the reply."""
    require("group_voices", permissions.issue_verbs(by, issue))
    locked(issue)
    there = set(issue.grouped.values_list("voice_id", flat=True))
    chosen = [voice for voice in _readable(voices, by) if voice.pk not in there]
    issue.move("group_voices")
    _group(issue, chosen)
    record("group_voices", issue, by=by)


@transaction.atomic
def route_issue(
    *,
    issue: Issue,
    to: str,
    by: User,
    owner: Post | None = None,
    body: Body | None = None,
    outside: str = "",
    why: str = "",
    on: date | None = None,
    precision: str = "day",
    source: str = "",
) -> Routing:
    """Give the issue to an officer, a board, full Council or a body outside the borough.

    Participation worker; its owner may hand it on. Handing on does not move the day by which an
    answer is owed. An issue judged not fair goes to a named person who has not answered it before.
    A board's clerk finds the proposed item waiting; the new owner gets a letter.
    """
    require("route_issue", permissions.issue_verbs(by, issue))
    locked(issue)
    _someone_else(issue, owner)
    if not (owner or body or outside):
        raise Hindered("Choose who gets it: a person, a board or a body outside.")
    old = bool(source)
    routing = Routing.objects.create(
        issue=issue, to=to, owner=owner, body=body, outside=outside, why=why,
        due=None if old else issue.answer_due or answer_due(),
        item=None if old or to != Routing.To.BOARD else _propose(issue, body, by),
        **told(by, on, precision, source),
    )  # fmt: skip
    new_owner = owner is not None and owner.pk != issue.owner_id
    issue.move(
        "route_issue",
        owner=owner,
        routing=routing,
        answer_due=routing.due or issue.answer_due,
        late_told=0 if new_owner and issue.late_told < 3 else issue.late_told,
    )
    record("route_issue", issue, by=by, detail=why)
    if new_owner and not old:
        emails.issue_routed(issue)
    return routing


@transaction.atomic
def table_issue(
    *,
    issue: Issue,
    meeting: Meeting,
    by: By,
    item: AgendaItem | None = None,
    plain: str = "",
    on: date | None = None,
    precision: str = "day",
    source: str = "",
) -> Tabling:
    """Put the issue on a meeting's agenda. Participation worker or clerk.

    The item carries title and wording, never the voices. A clerk who took up what was proposed has
    done it already: `item` is that item, and the clock notes it.
    """
    require("table_issue", permissions.issue_verbs(by, issue))
    locked(issue)
    there = issue.tablings.filter(item__meeting=meeting).exclude(
        item__state=governance_states.DECLINED
    )
    if not source and (same := there.first()) and issue.tabling_id == same.pk:
        return same
    item = item or _on_agenda(issue, meeting, by, plain)
    tabling = Tabling.objects.create(issue=issue, item=item, **told(by, on, precision, source))
    issue.move("table_issue", tabling=tabling)
    record("table_issue", issue, by=by)
    return tabling


@transaction.atomic
def reword_issue(
    *,
    issue: Issue,
    wording: str,
    by: User,
    title: str = "",
    agreed_how: str = "",
    why: str = "",
    on: date | None = None,
    precision: str = "day",
    source: str = "",
) -> Step:
    """Say it in other words, and keep the words until then. Participation worker.

    Everybody who raised it is asked again, on their thread page, whether it is what they mean.
    """
    require("reword_issue", permissions.issue_verbs(by, issue))
    locked(issue)
    title = title or issue.title
    step = Step.objects.create(
        issue=issue,
        kind=Step.Kind.REWORDED,
        text=why or "We said it in other words.",
        before=issue.wording if title == issue.title else f"{issue.title}\n\n{issue.wording}",
        **told(by, on, precision, source),
    )
    issue.move("reword_issue", title=title, wording=wording, agreed_how=agreed_how)
    issue.grouped.update(agrees=None, would_say="", agreed_at=None)
    record("reword_issue", issue, by=by, detail=wording)
    return step


@transaction.atomic
def ask_question(*, issue: Issue, text: str, by: User) -> Question:
    """Ask those who raised it something. Owner or participation worker; they answer on their thread."""
    require("ask_question", permissions.issue_verbs(by, issue))
    question = Question.objects.create(issue=issue, text=text, asked_by=by)
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
    on: date | None = None,
    precision: str = "day",
    source: str = "",
) -> Step:
    """Tell what else happened: tried out, partly done, taken off by somebody, no answer yet ….

    Owner, participation worker or clerk. Those who raised it read it on their thread.
    """
    require("tell_step", permissions.issue_verbs(by, issue))
    if kind == Step.Kind.REWORDED:
        raise Hindered("Other words have a page of their own, so that the old ones are kept.")
    step = Step.objects.create(
        issue=issue, kind=kind, text=text, body=body, meeting=meeting,
        **told(by, on, precision, source),
    )  # fmt: skip
    issue.move("tell_step")
    record("tell_step", issue, by=by, detail=text)
    return step


@transaction.atomic
def withdraw_issue(*, issue: Issue, withdrawn_by: str, why: str, by: User) -> None:
    """Stop it, saying whose wish that is and why. Participation worker; those who raised it are told."""
    require("withdraw_issue", permissions.issue_verbs(by, issue))
    if not why.strip() or not withdrawn_by.strip():
        raise Hindered("Say who withdraws it, and why: those who raised it are told.")
    issue.move(
        "withdraw_issue", withdrawn_by=withdrawn_by, withdrawn_why=why, answer_due=None
    )
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


def _may_be_public(voices: list[Voice]) -> bool:
    return not voices or any(voice.readers != Readers.MY_WORKER for voice in voices)


def _group(issue: Issue, voices: list[Voice]) -> None:
    GroupedVoice.objects.bulk_create(
        [GroupedVoice(issue=issue, voice=voice) for voice in voices], ignore_conflicts=True
    )
    issue.said_on, issue.said_precision = _first_said(issue, voices)
    issue.save(update_fields=["said_on", "said_precision"])


def _first_said(issue: Issue, voices: list[Voice]) -> tuple[date | None, str]:
    """The day from which its age is counted: the earliest of the words, else when it was raised."""
    days = [(voice.on, voice.precision) for voice in voices if voice.on]
    if issue.said_on:
        days.append((issue.said_on, issue.said_precision))
    return min(days, default=(issue.on, issue.precision))


def _someone_else(issue: Issue, owner: Post | None) -> None:
    """An answer judged not fair is looked at again by a different, named person."""
    if not issue.reopened_at:
        return
    if owner is None:
        raise Hindered("It was judged not fair: choose a person who looks at it again.")
    if owner.user_id in permissions.earlier_answerers(issue):
        raise Hindered(f"{owner.user.name} has answered it before. Choose somebody else.")


def _propose(issue: Issue, body: Body | None, by: User) -> AgendaItem | None:
    return body and governance.propose_item(
        body=body,
        kind=AgendaItem.Kind.VOICE,
        title=issue.title,
        wording=issue.wording,
        origin_path=issue.get_absolute_url(),
        by=by,
        **confidence(issue),
    )


def _on_agenda(issue: Issue, meeting: Meeting, by: By, plain: str) -> AgendaItem:
    """What was proposed to this board is taken up; otherwise the agenda gets a new item."""
    proposed = issue.routing.item if issue.routing_id else None
    if (
        proposed is not None
        and proposed.body_id == meeting.body_id
        and proposed.state == governance_states.PROPOSED
    ):
        governance.accept_item(item=proposed, meeting=meeting, by=by)
        return proposed
    return governance.add_agenda_item(
        meeting=meeting,
        kind=AgendaItem.Kind.VOICE,
        title=issue.title,
        wording=issue.wording,
        plain=plain,
        origin_path=issue.get_absolute_url(),
        by=by,
        **confidence(issue),
    )
