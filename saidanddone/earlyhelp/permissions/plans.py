"""Who reads the plan, the reviews and the closing, and who may do a step."""

from collections.abc import Collection

from django.db.models import Prefetch, Q, QuerySet

from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models import (
    Attendance,
    Closing,
    Feedback,
    Goal,
    PlanAnswer,
    Progress,
    Review,
    Scale,
    Step,
    Story,
)
from saidanddone.earlyhelp.permissions.rights import (
    READ,
    TEAM,
    Asker,
    Part,
    here,
    quiet_posts,
)

SECOND = {"authorise_story", "return_story", "close_story", "return_closing"}
OF_THE_TEAM = {"add_goal", "add_step"}
OF_PLANS = {
    Part.WRITE: OF_THE_TEAM,
    Part.LEAD: OF_THE_TEAM | {
        "send_for_authorising", "drop_goal", "agree_plan", "answer_plan", "plan_review",
        "hold_review", "pause_story", "resume_story", "step_up", "note_step_down", "ask_to_close",
    },
    Part.OVERSEE: SECOND,
    Part.FAMILY: {"agree_plan", "answer_plan"},
}  # fmt: skip


def not_now(story: Story, held: Collection[str]) -> set[str]:
    """What nobody may do while nothing waits for an answer; and whoever leads gives none to it."""
    shut = set(SECOND) if Part.LEAD in held else set()
    if story.close_asked_at is None and story.state != states.CLOSED:
        shut |= {"give_feedback"}
    if story.authorise_asked_at is None:
        shut |= {"authorise_story", "return_story"}
    else:
        shut |= {"send_for_authorising"}
    if story.close_asked_at is None:
        return shut | {"close_story", "return_closing"}
    return shut | {"ask_to_close"}


def visible_goals(user: Asker, story: Story) -> QuerySet[Goal]:
    """The goals of the plan, for whoever reads the story; dropped ones are left out."""
    return Goal.objects.filter(here(user, story, READ), dropped_at__isnull=True)


def visible_steps(user: Asker, story: Story) -> QuerySet[Step]:
    """The steps of the plan; the family sees none of a quiet colleague."""
    told = here(user, story, {Part.FAMILY}, ~quiet_posts(story))
    found = Step.objects.filter(here(user, story, TEAM) | told, goal__dropped_at__isnull=True)
    return found.select_related("member", "post__user", "post__organisation", "goal", "story")


def visible_answers(user: Asker, story: Story) -> QuerySet[PlanAnswer]:
    """What each of the family says to the plan: for the team, and their own for themselves."""
    return PlanAnswer.objects.filter(_theirs_or_team(user, story)).select_related("member")


def visible_reviews(user: Asker, story: Story) -> QuerySet[Review]:
    """When the team and the family looked back, and what was found."""
    return Review.objects.filter(here(user, story, READ))


def told_reviews(user: Asker, story: Story) -> QuerySet[Review]:
    """The same with who was part of each, and how far each goal was: whole, in three questions."""
    came = Attendance.objects.select_related("member", "post__user")
    far = Progress.objects.select_related("goal")
    found = visible_reviews(user, story).select_related("recorded_by__user")
    return found.prefetch_related(Prefetch("attendance", came), Prefetch("progress", far))


def visible_scales(user: Asker, story: Story) -> QuerySet[Scale]:
    """The numbers that people gave: for the team, and one's own for oneself."""
    found = Scale.objects.filter(_theirs_or_team(user, story))
    return found.select_related("member", "post__user")


def visible_closing(user: Asker, story: Story) -> Closing | None:
    """How the story ends, for whoever reads it."""
    return Closing.objects.filter(here(user, story, READ)).first()


def visible_feedback(user: Asker, story: Story) -> QuerySet[Feedback]:
    """What the family says at the end: for the team, and one's own for oneself."""
    return Feedback.objects.filter(_theirs_or_team(user, story)).select_related("member")


def _theirs_or_team(user: Asker, story: Story) -> Q:
    own = here(user, story, {Part.FAMILY}, Q(member__user=getattr(user, "pk", None)))
    return here(user, story, TEAM) | own
