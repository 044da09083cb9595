"""The plan: goals in the family's words, steps that each have one owner, and the family's yes."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity
from saidanddone.core.access import require
from saidanddone.earlyhelp import emails, permissions, states
from saidanddone.earlyhelp.models import (
    FamilyMember,
    Goal,
    PlanAnswer,
    Step,
    Story,
    TeamMembership,
)
from saidanddone.earlyhelp.verbs.authorising import NotReady
from saidanddone.people.models import Post, User
from saidanddone.reference.models import partnership

Kind = PlanAnswer.Kind


@transaction.atomic
def add_goal(
    *, story: Story, words: str, by: User, strength: str = "", outcomes: tuple[str, ...] = (),
    once: UUID | None = None,
) -> Goal:  # fmt: skip
    """Write down what the family wants to be different, in its own words. The team."""
    require("add_goal", permissions.story_verbs(by, story))
    if once and (found := Goal.objects.filter(once=once).first()):
        return found
    made = Goal.objects.create(
        story=story, words=words, strength=strength, outcomes=list(outcomes), once=once,
        order=Goal.objects.filter(story=story).count(), made_by=by.acting_for,
    )  # fmt: skip
    _changed("add_goal", story)
    record("add_goal", made, by=by, detail=words)
    return made


@transaction.atomic
def drop_goal(*, goal: Goal, by: User) -> None:
    """Leave a goal out of the plan; what was done for it stays to be read. The lead."""
    story = goal.story
    require("drop_goal", permissions.story_verbs(by, story))
    if goal.dropped_at is not None:
        return
    goal.dropped_at = clock.now()
    goal.save(update_fields=["dropped_at"])
    _changed("drop_goal", story)
    record("drop_goal", goal, by=by)


@transaction.atomic
def add_step(
    *, goal: Goal, what: str, due_on: date, by: User, member: FamilyMember | None = None,
    post: Post | None = None, somebody: str = "", once: UUID | None = None,
) -> Step:  # fmt: skip
    """Say who does what by when. The team; the owner is in the family, in the team, or a friend."""
    story = goal.story
    require("add_step", permissions.story_verbs(by, story))
    if once and (found := Step.objects.filter(once=once).first()):
        return found
    _check_owner(story, member, post)
    made = Step.objects.create(
        story=story, goal=goal, what=what, due_on=due_on, member=member, post=post,
        somebody=somebody, once=once,
    )  # fmt: skip
    _changed("add_step", story)
    record("add_step", made, by=by, detail=what)
    return made


@transaction.atomic
def finish_step(*, step: Step, by: User, result: str = "") -> None:
    """Say that a step is done, and how it went. Its owner, or the lead for them."""
    _move(step, "finish_step", by, result)


@transaction.atomic
def drop_step(*, step: Step, result: str, by: User) -> None:
    """Say that a step will not be done, and why. Its owner, or the lead for them."""
    _move(step, "drop_step", by, result)


@transaction.atomic
def take_up_step(*, step: Step, by: User, result: str = "") -> None:
    """Put a step back among those to do. Its owner, or the lead for them."""
    _move(step, "take_up_step", by, result)


@transaction.atomic
def agree_plan(
    *, story: Story, member: FamilyMember, by: User, words: str = "", witness: str = "",
    once: UUID | None = None,
) -> PlanAnswer:  # fmt: skip
    """One of the family says yes to the plan as it stands. They themselves, or the lead who heard it.

    The first yes to an authorised story sets the plan under way, and the day of its first review.
    Raises NotReady without a goal that has a step, or without whoever else heard a spoken yes.
    """
    require("agree_plan", permissions.story_verbs(by, story))
    if not Step.objects.filter(story=story, goal__dropped_at__isnull=True).exists():
        raise NotReady("Write at least one goal with a step before the plan is agreed.")
    answer = _answer(story, member, Kind.AGREES, words, witness, once, by)
    if story.state == states.AUTHORISED:
        weeks = timedelta(weeks=partnership().story_review_weeks)
        # The family's yes moves a row that the family may not write: the writing is the product's.
        with identity.as_system("agree"):
            story.move("agree_plan", review_due_on=clock.today() + weeks)
    record("agree_plan", answer, by=by)
    emails.needs_you(story, *_lead_unless(story, by))
    return answer


@transaction.atomic
def answer_plan(
    *, story: Story, member: FamilyMember, kind: str, words: str, by: User, witness: str = "",
    once: UUID | None = None,
) -> PlanAnswer:  # fmt: skip
    """One of the family does not agree, or says something about it. They, or the lead who heard it."""
    require("answer_plan", permissions.story_verbs(by, story))
    answer = _answer(story, member, kind, words, witness, once, by)
    record("answer_plan", answer, by=by, detail=words)
    emails.needs_you(story, *_lead_unless(story, by))
    return answer


def _answer(
    story: Story, member: FamilyMember, kind: str, words: str, witness: str, once: UUID | None,
    by: User,
) -> PlanAnswer:  # fmt: skip
    """What they say to the plan as it is now; a spoken word has somebody else who heard it."""
    if once and (found := PlanAnswer.objects.filter(once=once).first()):
        return found
    own = member.user_id == by.pk
    if member.family_id != story.family_id or (by.acting_for is None and not own):
        raise ValueError("Each of the family speaks for themselves")
    if not own and not witness.strip():
        raise NotReady("Write who else heard it.")
    return PlanAnswer.objects.create(
        story=story, member=member, version=story.plan_version, kind=kind, words=words,
        witness=witness, recorded_by=None if own else by.acting_for, once=once,
    )  # fmt: skip


def _lead_unless(story: Story, by: User) -> list[int]:
    return [] if getattr(by.acting_for, "pk", None) == story.lead_id else [story.lead_id]


def _check_owner(story: Story, member: FamilyMember | None, post: Post | None) -> None:
    if member is not None and member.family_id != story.family_id:
        raise ValueError("The owner is in this family")
    team = TeamMembership.objects.filter(story=story, ended_at__isnull=True)
    if post is not None and not team.filter(post=post).exists():
        raise ValueError("The owner is in the team")


def _changed(verb: str, story: Story) -> None:
    """What the family agreed to before was an earlier plan."""
    story.move(verb, plan_version=F("plan_version") + 1)
    story.refresh_from_db(fields=["plan_version"])


def _move(step: Step, verb: str, by: User, result: str) -> None:
    require(verb, permissions.step_verbs(by, step))
    step.move(verb, result=result)
    record(verb, step, by=by, detail=result)
