"""Judging: those who raised it say whether the answer is fair, and later whether it happened."""

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import Refused, require
from saidanddone.governance import verbs as governance
from saidanddone.governance.models import AgendaItem, Body, Meeting
from saidanddone.participation import permissions, states
from saidanddone.participation.models import Happened, Issue, Judgement, Voice
from saidanddone.participation.models.voices import Speaker
from saidanddone.participation.verbs.lateness import confidence
from saidanddone.participation.verbs.told import By, Hindered, answer_due, board_of, locked
from saidanddone.participation.verbs.voices import add_words
from saidanddone.people.models import User

Verdict = Judgement.Verdict
JUDGING = "system:judging"


@transaction.atomic
def judge_reply(
    *, issue: Issue, voice: Voice, verdict: str, because: str = "", by: User | None = None
) -> Judgement:
    """Say whether the answer is fair. Whoever holds the code of one of its voices, once a reply.

    The first "not fair" with a reason sends the issue to somebody else and to the board; a second
    one stands in public. When all have spoken, what was promised is awaited, or the thread ends.
    The reason is kept as words of their own, and looked at for harm like all words.
    """
    locked(issue)
    reply = issue.reply
    if reply and (same := reply.judgements.filter(voice=voice).first()):
        return same
    require("judge_reply", permissions.speaker_verbs(voice, issue))
    if not issue.grouped.filter(voice=voice).exists() or verdict == Verdict.NOT_SAID:
        raise Refused("judge_reply")
    judgement = Judgement.objects.create(
        reply=reply, voice=voice, verdict=verdict, words=_own_words(voice, because, by)
    )
    _settle(issue, judgement, "judge_reply")
    record("judge_reply", issue, by=by, detail=f"{verdict} {because}")
    return judgement


@transaction.atomic
def judge_reply_as_group(
    *,
    issue: Issue,
    body: Body,
    by: User,
    fair: int = 0,
    not_fair: int = 0,
    not_said: int = 0,
    because: str = "",
    meeting: Meeting | None = None,
) -> Judgement:
    """Write down how a group counted at its meeting. Participation worker or clerk, once a reply.

    As many "not fair" as "fair" is not fair: a doubt is not a yes. Nobody's hand up is not said.
    """
    locked(issue)
    reply = issue.reply
    if reply and (same := reply.judgements.filter(body=body).first()):
        return same
    require("judge_reply_as_group", permissions.issue_verbs(by, issue))
    if not _raised_it(issue, body):
        raise Hindered("Those who raised it judge the answer: choose their group.")
    judgement = Judgement.objects.create(
        reply=reply, body=body, meeting=meeting, verdict=counted(fair, not_fair),
        fair=fair, not_fair=not_fair, not_said=not_said, because=because.strip(),
    )  # fmt: skip
    _settle(issue, judgement, "judge_reply_as_group")
    record("judge_reply_as_group", issue, by=by, detail=f"{fair} {not_fair} {not_said} {because}")
    return judgement


def counted(fair: int, not_fair: int) -> str:
    """What a group said by its count."""
    if not fair and not not_fair:
        return Verdict.NOT_SAID
    return Verdict.FAIR if fair > not_fair else Verdict.NOT_FAIR


@transaction.atomic
def lapse_judgement(*, issue: Issue, by: By) -> None:
    """Go on without those who kept silent. The clock, after the days to judge.

    Their silence is written down as "not said", never as fair.
    """
    require("lapse_judgement", permissions.issue_verbs(by, issue))
    locked(issue)
    reply = issue.reply
    if reply.judge_by is not None and reply.judge_by >= clock.today():
        raise Refused("lapse_judgement")
    issue.move("lapse_judgement", to=_after(issue), **_ending(issue))
    silent = len(silent_voices(issue))
    if silent or not reply.judgements.exists():
        Judgement.objects.create(reply=reply, verdict=Verdict.NOT_SAID, not_said=silent)
    record("lapse_judgement", issue, by=by)


@transaction.atomic
def say_if_it_happened(
    *,
    issue: Issue,
    answer: str,
    voice: Voice | None = None,
    body: Body | None = None,
    because: str = "",
    by: User | None = None,
) -> Happened:
    """Say whether it happened. Whoever holds the code of one of its voices; a group through its
    participation worker. Each once; it stands on the wall.
    """
    locked(issue)
    if same := issue.happened.filter(voice=voice, body=body).first():
        return same
    if voice is not None:
        require("say_if_it_happened", permissions.speaker_verbs(voice, issue))
        if not issue.grouped.filter(voice=voice).exists():
            raise Refused("say_if_it_happened")
    else:
        require("say_if_it_happened", permissions.issue_verbs(by, issue))
        if body is None or not _raised_it(issue, body):
            raise Hindered("Those who raised it say whether it happened: choose their group.")
    happened = Happened.objects.create(
        issue=issue,
        voice=voice,
        body=body,
        answer=answer,
        words=_own_words(voice, because, by) if voice else None,
        because="" if voice else because.strip(),
    )
    issue.move("say_if_it_happened")
    record("say_if_it_happened", issue, by=by, detail=f"{answer} {because}")
    return happened


def _own_words(voice: Voice, because: str, by: User | None) -> Voice | None:
    return add_words(voice=voice, words=because.strip(), by=by) if because.strip() else None


def _raised_it(issue: Issue, body: Body) -> bool:
    return body.is_young or body.pk == issue.raised_at_body_id


def silent_voices(issue: Issue) -> list[Voice]:
    """Those who raised it and have not yet judged the present reply, themselves or in their group.

    Workers' words raise issues too, but only children and families judge.
    """
    reply = issue.reply
    spoken = reply.judgements.filter(voice__isnull=False).values("voice")
    groups = reply.judgements.filter(body__isnull=False).values("body")
    voices = Voice.objects.filter(grouped__issue=issue, state=states.READ)
    return list(
        voices.exclude(speaker=Speaker.WORKER).exclude(pk__in=spoken).exclude(body__in=groups)
    )


def _settle(issue: Issue, judgement: Judgement, verb: str) -> None:
    """Where the issue goes after one more judgement."""
    unfair = judgement.verdict == Verdict.NOT_FAIR and judgement.has_reason
    if unfair and issue.reopened_at is None:
        _look_again(issue, verb)
    elif silent_voices(issue):
        issue.move(verb, to=states.REPLIED)
    else:
        issue.move(verb, to=_after(issue), **_ending(issue))


def _look_again(issue: Issue, verb: str) -> None:
    """To somebody else, with a new day by which an answer is owed, and before the board."""
    board = board_of(issue)
    issue.move(
        verb,
        to=states.REOPENED,
        reopened_at=clock.now(),
        first_owner=issue.reply.author or issue.owner,
        owner=None,
        routing=None,
        answer_due=answer_due(),
        late_told=0,
    )
    if board is not None:
        governance.propose_item(
            body=board, kind=AgendaItem.Kind.VOICE, title=f"Judged not fair: {issue.title}"[:200],
            wording=issue.wording, origin_path=issue.get_absolute_url(), by=JUDGING,
            **confidence(issue),
        )  # fmt: skip


def _after(issue: Issue) -> str:
    return states.PROMISED if issue.reply.promise_id else states.CLOSED


def _ending(issue: Issue) -> dict:
    return {} if issue.reply.promise_id else {"closed_at": clock.now()}
