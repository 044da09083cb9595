"""What each agency adds, what each child says, and how much help somebody judges is needed."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import ChildsWords, Contribution, FamilyMember, Level, Story
from saidanddone.people.models import User


@transaction.atomic
def contribute(*, story: Story, section: str, by: User) -> Contribution:
    """Begin to write a section for one's agency; a draft of one's own is gone on with. The team."""
    require("contribute", permissions.story_verbs(by, story))
    mine = Contribution.objects.filter(story=story, section=section, post=by.acting_for)
    if found := mine.filter(state="writing").first():
        return found
    signed = mine.filter(state="signed").order_by("-signed_at").first()
    # Versions go on: what another window saw of the signed text is no version of this one.
    made = Contribution.objects.create(
        story=story, section=section, post=by.acting_for, adds_to=signed,
        version=signed.version + 1 if signed else 0,
    )  # fmt: skip
    record("contribute", made, by=by)
    return made


@transaction.atomic
def save_contribution(*, contribution: Contribution, seen: int, by: User, **texts: Any) -> int:
    """Keep what is typed, every few seconds. Its author; the version that is now kept is answered.

    Raises Moved if another window of theirs kept something later: both texts are then shown.
    """
    require("save_contribution", permissions.contribution_verbs(by, contribution))
    kept = Contribution.objects.filter(pk=contribution.pk, version=seen, state="writing")
    if not kept.update(version=F("version") + 1, **texts):
        raise Moved(contribution, "save_contribution")
    return seen + 1


class NothingToSign(Exception):  # noqa: N818 -- it tells what is missing
    """Nothing is written yet, or two texts still stand side by side."""


@transaction.atomic
def sign_contribution(*, contribution: Contribution, by: User, seen: int | None = None) -> None:
    """Stand by what is written: the team and the family read it, and it is added to, not changed.

    Its author, who has read this version of it. Raises NothingToSign if there is nothing, or another
    text, to choose from; and Moved if it changed since it was read.
    """
    require("sign_contribution", permissions.contribution_verbs(by, contribution))
    said = contribution.strengths + contribution.worries + contribution.needs
    if not said.strip() or contribution.rivals.filter(chosen_at__isnull=True).exists():
        raise NothingToSign
    if seen is not None and contribution.version != seen:
        raise Moved(contribution, "sign_contribution")
    contribution.move("sign_contribution", signed_at=clock.now())
    record("sign_contribution", contribution, by=by)


@transaction.atomic
def record_childs_words(
    *, story: Story, child: FamilyMember, words: str, audience: str, how: str, by: User,
    said_on: date | None = None, once: UUID | None = None,
) -> ChildsWords:  # fmt: skip
    """Write down what a child said, word for word, for those whom the child chose. The team."""
    require("record_childs_words", permissions.story_verbs(by, story))
    if once and (found := ChildsWords.objects.filter(once=once).first()):
        return found
    if child.family_id != story.family_id or not child.is_child:
        raise ValueError("These are the words of a child of this family")
    made = ChildsWords.objects.create(
        story=story, child=child, words=words, audience=audience, how=how, once=once,
        said_on=said_on or clock.today(), gathered_by=by.acting_for,
    )  # fmt: skip
    record("record_childs_words", made, by=by, detail=words)
    return made


@transaction.atomic
def judge_level(*, story: Story, child: FamilyMember, level: int, why: str, by: User) -> Level:
    """Judge how much help one child needs now, and why. The team; earlier judgements stay."""
    require("judge_level", permissions.story_verbs(by, story))
    made = Level.objects.create(
        story=story, child=child, level=level, why=why, judged_by=by.acting_for
    )
    record("judge_level", made, by=by, detail=why)
    return made
