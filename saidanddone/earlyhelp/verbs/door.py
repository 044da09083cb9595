"""What one of a family does at their own door: says, scores, changes what they agreed to."""

from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import Refused, require
from saidanddone.core.presses import earlier
from saidanddone.earlyhelp import emails, permissions
from saidanddone.earlyhelp.models import (
    Agreement,
    ChildsWords,
    FamilyMember,
    Feedback,
    ParentsWords,
    Scale,
    Story,
    WordsWidened,
)
from saidanddone.people.models import Post, User

HOW = "wrote it here"


@transaction.atomic
def say_words(
    *, story: Story, words: str, by: User, audience: str = ChildsWords.Audience.TEAM,
    worker: Post | None = None, once: UUID | None = None,
) -> ChildsWords | ParentsWords:  # fmt: skip
    """Say something in one's own words. One of the family; a child chooses who reads it.

    "Just my worker" names the worker: nobody else reads it, and no grown-up of the family ever does.
    """
    member = _oneself("say_words", story, by)
    if not member.is_child:
        return _grown_up(story, member, words, by, once)
    if made := earlier(ChildsWords, once):
        return made
    alone = audience == ChildsWords.Audience.WORKER
    if alone and not _in_team(story, worker, by):
        raise ValueError("Just my worker is a worker of this team")
    made = ChildsWords.objects.create(
        story=story, child=member, words=words, audience=audience, how=HOW, once=once,
        gathered_by=worker if alone else None,
    )  # fmt: skip
    record("say_words", made, by=by, detail=words)
    emails.needs_you(story, worker.pk if alone else story.lead_id)
    return made


@transaction.atomic
def widen_words(*, story: Story, words: ChildsWords, by: User) -> None:
    """Let the whole team read what one said to one worker. The child whose words they are."""
    member = _oneself("widen_words", story, by)
    if words.child_id != member.pk or words.story_id != story.pk:
        raise Refused("widen_words")
    if WordsWidened.objects.filter(words=words).exists():
        return
    WordsWidened.objects.create(story=story, words=words, child=member, by_child=True)
    record("widen_words", words, by=by)


@transaction.atomic
def give_score(
    *, story: Story, score: int, by: User, words: str = "", once: UUID | None = None
) -> Scale:
    """Say how things are, from 0 to 10. One of the family; it stands beside nobody else's."""
    member = _oneself("give_score", story, by)
    if made := earlier(Scale, once):
        return made
    began = Scale.objects.filter(story=story, member=member, moment=Scale.Moment.BEFORE)
    moment = Scale.Moment.DURING if began.exists() else Scale.Moment.BEFORE
    made = Scale.objects.create(
        story=story, member=member, score=score, words=words, moment=moment, once=once
    )
    record("give_score", made, by=by, detail=words)
    return made


@transaction.atomic
def give_feedback(
    *, story: Story, words: str, by: User, of_the_lead: str = "", score: int | None = None,
    once: UUID | None = None,
) -> Feedback:  # fmt: skip
    """Say at the end how the help was, of the lead too, and how things are. One of the family.

    From the day on which the closing is asked for, and after it. Nobody else of the family reads it.
    """
    member = _oneself("give_feedback", story, by)
    if made := earlier(Feedback, once):
        return made
    made = Feedback.objects.create(
        story=story, member=member, words=words, of_the_lead=of_the_lead, once=once
    )
    if score is not None:
        Scale.objects.create(story=story, member=member, score=score, moment=Scale.Moment.AFTER)
    record("give_feedback", made, by=by, detail=words)
    emails.needs_you(story, story.lead_id, page="story")
    return made


@transaction.atomic
def change_agreement(
    *, story: Story, words: str, hold_back: str, by: User, once: UUID | None = None
) -> Agreement:
    """Say anew what one agrees to, for the same agencies and until the same day. For oneself.

    What was agreed before stays to be read. To leave an agency out is to withdraw for it.
    """
    member = _oneself("change_agreement", story, by)
    if not permissions.speaks_for_themselves(member):
        raise Refused("change_agreement")
    if made := earlier(Agreement, once):
        return made
    last = permissions.own_agreements(by, story).first()
    if last is None or last.withdrawn_at is not None:
        raise Refused("change_agreement")
    made = Agreement.objects.create(
        family_id=story.family_id, story=story, member=member, version=last.version + 1,
        words=words, hold_back=hold_back, agencies=last.agencies, until=last.until,
        given_on=min(last.until, clock.today()), how=Agreement.How.TYPED, once=once,
    )  # fmt: skip
    record("change_agreement", made, by=by, detail=words)
    emails.needs_you(story, story.lead_id)
    return made


def _grown_up(
    story: Story, member: FamilyMember, words: str, by: User, once: UUID | None
) -> ParentsWords:
    if made := earlier(ParentsWords, once):
        return made
    made = ParentsWords.objects.create(story=story, member=member, words=words, how=HOW, once=once)
    record("say_words", made, by=by, detail=words)
    emails.needs_you(story, story.lead_id)
    return made


def _oneself(verb: str, story: Story, by: User) -> FamilyMember:
    require(verb, permissions.story_verbs(by, story))
    member = permissions.own_member(by, story)
    if member is None:
        raise Refused(verb)
    return member


def _in_team(story: Story, worker: Post | None, by: User) -> bool:
    team = permissions.visible_team(by, story).filter(story=story.pk, ended_at__isnull=True)
    return worker is not None and team.filter(post=worker.pk).exists()
