"""How a story rests, goes up to social work, and ends; and how long it is then kept."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity
from saidanddone.core.access import require
from saidanddone.earlyhelp import emails, permissions, states
from saidanddone.earlyhelp.models import (
    Closing,
    Cover,
    FamilyMember,
    Feedback,
    Scale,
    SharingDecision,
    Story,
    TeamMembership,
)
from saidanddone.earlyhelp.verbs.agreeing import share_outside
from saidanddone.earlyhelp.verbs.authorising import NotReady, ask_second, second_answered
from saidanddone.earlyhelp.verbs.reviewing import Felt
from saidanddone.earlyhelp.verbs.rights import Kind, Part, end_rights, give_area, give_right
from saidanddone.people.models import Organisation, User
from saidanddone.reference.models import partnership

NO_LONGER_WISHED = "family"  # of the reasons for closing


class Said(NamedTuple):
    """What one of the family says at the end."""

    member: FamilyMember
    words: str
    of_the_lead: str = ""


@transaction.atomic
def pause_story(*, story: Story, why: str, by: User) -> None:
    """Let the story rest, and say why. The lead."""
    require("pause_story", permissions.story_verbs(by, story))
    story.move("pause_story")
    Cover.objects.filter(story=story.pk).update(paused_why=why)
    record("pause_story", story, by=by, detail=why)


@transaction.atomic
def resume_story(*, story: Story, by: User) -> None:
    """Go on where the story was left. The lead."""
    require("resume_story", permissions.story_verbs(by, story))
    if story.review_due_on:
        to = states.IN_PLAN
    else:
        to = states.AUTHORISED if story.authorised_at else states.ASSESSING
    story.move("resume_story", to=to)
    Cover.objects.filter(story=story.pk).update(paused_why="")
    record("resume_story", story, by=by)


@transaction.atomic
def step_up(
    *, story: Story, organisation: Organisation, power: str, what: str, why: str,
    family_told: bool, by: User, not_told_why: str = "", once: UUID | None = None,
) -> SharingDecision:  # fmt: skip
    """Keep that the family was referred to social work: what was told, to whom and why. The lead.

    The referral itself goes by the front door's own way. This help goes on until it is closed.
    """
    require("step_up", permissions.story_verbs(by, story))
    told = share_outside(
        story=story, organisation=organisation, shared=True, power=power, what=what, why=why,
        family_told=family_told, not_told_why=not_told_why, once=once, by=by,
    )  # fmt: skip
    story.move("step_up", stepped_up_on=clock.today())
    record("step_up", story, by=by)
    return told


@transaction.atomic
def note_step_down(*, story: Story, by: User) -> None:
    """Keep that this help began before the social work case closed, and follows it. The lead."""
    require("note_step_down", permissions.story_verbs(by, story))
    story.move("note_step_down", came_by=Story.Step.DOWN)
    record("note_step_down", story, by=by)


@transaction.atomic
def ask_to_close(
    *, story: Story, reason: str, words: str, continues: str, by: User,
    said: tuple[Said, ...] = (), felt: tuple[Felt, ...] = (),
) -> Closing:  # fmt: skip
    """Say how it went, what goes on without us and what the family says; the supervisor answers. The lead."""
    require("ask_to_close", permissions.story_verbs(by, story))
    told = {"words": words, "continues": continues, "asked_by": by.acting_for}
    asked = Closing.objects.filter(story=story.pk).first()
    if asked is None:
        asked = Closing.objects.create(story=story, **told)
    else:
        again = told | {"asked_at": clock.now(), "returned_why": ""}
        Closing.objects.filter(pk=asked.pk).update(**again)
    post = by.acting_for
    Feedback.objects.bulk_create(
        Feedback(story=story, gathered_by=post, **one._asdict()) for one in said
    )
    Scale.objects.bulk_create(Scale(story=story, moment="after", **one._asdict()) for one in felt)
    story.move("ask_to_close", close_asked_at=clock.now(), close_reason=reason)
    record("ask_to_close", story, by=by, detail=words)
    ask_second(story, by)
    return asked


@transaction.atomic
def end_withdrawn(*, story: Story, words: str, by: User) -> Closing:
    """After a family took everything back: ask the coordinator to close. Whoever keeps the file.

    First it is said whether a child is less safe; else raises NotReady. The family may say how it
    was at its own door, until then and after.
    """
    require("end_withdrawn", permissions.safety_verbs(by, story))
    if story.safety_answered_at is None:
        raise NotReady("First say whether a child is less safe.")
    with identity.as_system("end-withdrawn"):  # the file is to read; this alone is added to it
        made, _ = Closing.objects.update_or_create(
            story=story,
            defaults={
                "words": words, "continues": "", "asked_by": by.acting_for,
                "asked_at": clock.now(), "returned_why": "",
            },
        )  # fmt: skip
        story.move("end_withdrawn", close_asked_at=clock.now(), close_reason=NO_LONGER_WISHED)
        record("end_withdrawn", story, by=by, detail=words)
        give_area(story, Part.READ, Kind.AUTHORISATION)
        emails.at_a_desk(story, "stories-coordinate", permissions.coordinators(story.area))
    return made


@transaction.atomic
def close_story(*, story: Story, by: User) -> None:
    """End the story: the team's access ends now, the lead keeps the file to read. Whoever supervises.

    It is kept until the youngest child's birthday of the years set, and on while somebody holds it.
    """
    require("close_story", permissions.story_verbs(by, story))
    now = clock.now()
    Closing.objects.filter(story=story.pk).update(approved_at=now, approved_by=by.acting_for)
    story.move("close_story", closed_at=now, close_asked_at=None, keep_until=keep_until(story))
    record("close_story", story, by=by)
    # Others' rights end by a deed of the supervisor: the writing is the product's.
    with identity.as_system("close"):
        TeamMembership.objects.filter(story=story, ended_at__isnull=True).update(
            ended_at=now, ended_why="the story was closed"
        )
        end_rights(story, kind__in=[Kind.MEMBERSHIP, Kind.LEAD])
        give_right(story, story.lead, Part.READ, Kind.FILE)
    second_answered(story)


@transaction.atomic
def return_closing(*, story: Story, why: str, by: User) -> None:
    """Do not close it yet, and say what is missing. Whoever may close it."""
    require("return_closing", permissions.story_verbs(by, story))
    Closing.objects.filter(story=story.pk).update(returned_why=why)
    story.move("return_closing", close_asked_at=None, close_reason="")
    record("return_closing", story, by=by, detail=why)
    second_answered(story)


def keep_until(story: Story) -> date:
    """The youngest child's birthday of so many years; with no birth date known, as if born at the closing."""
    end = timezone.localdate(story.closed_at) if story.closed_at else clock.today()
    children = FamilyMember.objects.filter(family=story.family_id, kind=FamilyMember.Kind.CHILD)
    born = [one.born_on or one.due_on or end for one in children] or [end]
    return birthday(max(born), partnership().story_keep_years)


def birthday(born: date, years: int) -> date:
    """The day on which somebody is so old; born on 29 February, in other years on 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
