"""Who may say that a step of the plan is done."""

from collections.abc import Collection, Iterable
from uuid import UUID

from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models import Step, Story
from saidanddone.earlyhelp.permissions.rights import Asker, post_of
from saidanddone.earlyhelp.permissions.stories import story_verbs
from saidanddone.people.models import User


def steps_to_do(
    user: Asker, story: Story, steps: Iterable[Step], can: Collection[str] | None = None
) -> dict[UUID, set[str]]:
    """What they may do to each of these steps of one story; `can` is story_verbs, if known already.

    Its owner may; the lead may do any, since friends and small children have no door of their own.
    """
    if not isinstance(user, User) or story.state not in states.WITH_STEPS:
        return {}
    can = story_verbs(user, story) if can is None else can

    def owns(step: Step) -> bool:
        if step.member is not None and step.member.user_id == user.pk:
            return "read_story" in can
        return step.post_id == post_of(user) and "contribute" in can

    return {step.pk: step.open_verbs() for step in steps if "hand_over" in can or owns(step)}


def step_verbs(user: Asker, step: Step) -> set[str]:
    """What they may do to one step."""
    return steps_to_do(user, step.story, [step]).get(step.pk, set())
