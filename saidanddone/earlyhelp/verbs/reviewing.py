"""Looking back together: who was there, how far each goal is, how things are, and when again."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import (
    Attendance,
    FamilyMember,
    Goal,
    Progress,
    Review,
    Scale,
    Story,
    TeamMembership,
)
from saidanddone.earlyhelp.verbs.agencies import NotSigned, require_signed
from saidanddone.earlyhelp.verbs.authorising import NotReady
from saidanddone.earlyhelp.verbs.rights import end_rights, join_team
from saidanddone.earlyhelp.verbs.teams import agreement_for
from saidanddone.people.models import Post, User
from saidanddone.reference.models import partnership

RENEWED = "renewed at a review"  # why a membership ended, when another followed it at once


class Came(NamedTuple):
    """One person at a review: how they were part of it, and what they sent."""

    how: str
    member: FamilyMember | None = None
    post: Post | None = None
    update: str = ""


class Far(NamedTuple):
    """How far one goal has come."""

    goal: Goal
    how: str
    words: str = ""


class Felt(NamedTuple):
    """How things are, 0 to 10, as one of the family or of the team sees it."""

    score: int
    member: FamilyMember | None = None
    post: Post | None = None
    words: str = ""


class Held(NamedTuple):
    """A review as it was held."""

    held_on: date
    kind: str
    words: str
    next_on: date | None
    came: list[Came] = []
    far: list[Far] = []
    felt: list[Felt] = []
    renew: list[TeamMembership] = []


@transaction.atomic
def plan_review(*, story: Story, on: date, by: User) -> None:
    """Set the day on which the team looks back next. The lead."""
    require("plan_review", permissions.story_verbs(by, story))
    if on < clock.today():
        raise NotReady("Choose a day that is still to come.")
    story.move("plan_review", review_due_on=on)
    record("plan_review", story, by=by)


@transaction.atomic
def hold_review(*, story: Story, held: Held, by: User, once: UUID | None = None) -> Review:
    """Keep what a review found, renew the memberships still needed, set the next day. The lead.

    Raises NotReady for a review before the story began or one that is still to come, and for
    somebody renewed whose agency has not signed.
    """
    require("hold_review", permissions.story_verbs(by, story))
    if once and (found := Review.objects.filter(once=once).first()):
        return found
    _check_days(story, held)
    made = Review.objects.create(
        story=story, held_on=held.held_on, kind=held.kind, words=held.words, next_on=held.next_on,
        recorded_by=by.acting_for, once=once,
    )  # fmt: skip
    _keep(made, held)
    for membership in held.renew:
        _renew(story, membership, by)
    story.move("hold_review", review_due_on=held.next_on)
    record("hold_review", made, by=by)
    return made


def next_day() -> date:
    """When the next review is due, after one today, by the period of this place."""
    return clock.today() + timedelta(weeks=partnership().story_review_weeks)


def _check_days(story: Story, held: Held) -> None:
    if held.held_on < timezone.localdate(story.opened_at):
        raise NotReady("This story began later than that. Write the day on which you looked back.")
    if held.held_on > clock.today():
        raise NotReady("That day is still to come. Write the review down once it has been.")
    if held.next_on is not None and held.next_on <= held.held_on:
        raise NotReady("The next review comes after this one.")


def _keep(review: Review, held: Held) -> None:
    Attendance.objects.bulk_create(
        Attendance(story_id=review.story_id, review=review, **one._asdict()) for one in held.came
    )
    Progress.objects.bulk_create(
        Progress(story_id=review.story_id, review=review, **one._asdict()) for one in held.far
    )
    Scale.objects.bulk_create(
        Scale(story_id=review.story_id, review=review, on=review.held_on, **one._asdict())
        for one in held.felt
    )


def _renew(story: Story, membership: TeamMembership, by: User) -> None:
    """A new membership from today on the same ground; the old one is over, and stays to be read."""
    if membership.ended_at is not None or membership.story_id != story.pk:
        raise Moved(membership, "hold_review")
    _check_signed(membership)
    agreement = None if membership.share_id else agreement_for(story, membership.post)
    if agreement is None and membership.share_id is None:
        raise NotReady(
            "The family’s agreement for somebody in the team has run out. Ask the family first."
        )
    membership.ended_at, membership.ended_why = clock.now(), RENEWED
    membership.save(update_fields=["ended_at", "ended_why"])
    end_rights(story, source=membership.pk)
    made = join_team(
        story, membership.post, membership.purpose, agreement, share=membership.share, by=by
    )
    if membership.quiet:  # telling the family is as unsafe as before
        made.quiet = True
        made.save(update_fields=["quiet"])
    record("renew_membership", made, by=by)


def _check_signed(membership: TeamMembership) -> None:
    """Nobody is renewed without their agency's signature; until their own day they stay."""
    try:
        require_signed(membership.post)
    except NotSigned as unsigned:
        name, until = membership.post.user.name, f"{membership.ends_on:%-d %B %Y}"
        raise NotReady(
            f"{unsigned} has not signed the sharing agreement, or its signature is due for review: "
            f"ask a privacy officer. Until it has, take the tick from {name}, who stays until {until}."
        ) from unsigned
