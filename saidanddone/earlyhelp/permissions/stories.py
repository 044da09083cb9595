"""Who sees which part of a family's story, and what they may do there."""

from django.db.models import F, Q, QuerySet

from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models import (
    ChildsWords,
    Contribution,
    Cover,
    FamilyMember,
    Look,
    Story,
    TeamMembership,
    WordsWidened,
)
from saidanddone.earlyhelp.permissions.agencies import spoken_for
from saidanddone.earlyhelp.permissions.guarding import OF_GUARDS
from saidanddone.earlyhelp.permissions.plans import OF_PLANS, SECOND, not_now
from saidanddone.earlyhelp.permissions.rights import (
    ALL_BUT_SEALED,
    READ,
    TEAM,
    Asker,
    Kind,
    Part,
    held_here,
    here,
    holds,
    post_of,
    quiet_posts,
    unsealed,
    visible_stories,
)
from saidanddone.earlyhelp.permissions.telling import OF_TELLING
from saidanddone.people.models import User

OF_A_READER = {"read_story"}
OF_THE_TEAM = OF_A_READER | {
    "contribute", "record_childs_words", "keep_drawing", "judge_level", "leave_team",
}  # fmt: skip
OF_THE_LEAD = OF_THE_TEAM | {
    "add_member", "change_member", "record_agreement", "withdraw_agreement", "share_outside",
    "invite_to_team", "hand_over", "name_stand_in", "end_stand_in", "begin_assessment",
    "open_door", "shut_door",
}  # fmt: skip
OF_THE_FAMILY = OF_A_READER | {
    "agree_plan", "answer_plan", "give_feedback", "say_words", "widen_words", "send_drawing", "give_score",
    "change_agreement", "withdraw_agreement",
}  # fmt: skip
OF_STANDING_IN = {"name_stand_in", "end_stand_in"}
BY_KIND = {Kind.AUTHORISATION: SECOND, Kind.COORDINATION: OF_STANDING_IN}
MAY_OPEN = "practitioner"


# ------------------------------------------------------------------ reading


def listed_stories(user: Asker) -> QuerySet[Story]:
    """Those of one's own list, with all that it shows by reference: due soonest first, closed last."""
    found = visible_stories(user).select_related("lead__user", "lead__organisation", "area")
    return found.order_by(
        F("closed_at").asc(nulls_first=True), F("review_due_on").asc(nulls_last=True), "opened_at",
        "pk",
    )  # fmt: skip


def visible_members(user: Asker, story: Story) -> QuerySet[FamilyMember]:
    """The people of the family, for whoever may read its story."""
    there = FamilyMember.objects.filter(family=story.family_id)
    return there if holds(user, story, READ) else there.none()


def visible_contributions(user: Asker, story: Story) -> QuerySet[Contribution]:
    """What is signed; of drafts, one's own. The family reads no word of a quiet colleague."""
    team = here(user, story, TEAM)
    told = here(user, story, {Part.FAMILY}) & ~quiet_posts(story)
    signed = unsealed(user) & Q(state=states.SIGNED)
    return Contribution.objects.filter((signed & (team | told)) | (team & Q(post=post_of(user))))


def visible_words(user: Asker, story: Story) -> QuerySet[ChildsWords]:
    """A child's words for those whom the child chose; a child's own, for that child alone.

    No grown-up of the family reads them here: what a child wants them to know is told by the child.
    """
    chosen = (
        ~Q(audience=ChildsWords.Audience.WORKER) | Q(gathered_by=post_of(user))
        | Q(pk__in=WordsWidened.objects.filter(story=story.pk).values("words"))
    )  # fmt: skip
    team = here(user, story, TEAM) & chosen & unsealed(user)
    own = here(user, story, {Part.FAMILY}) & Q(child__user=getattr(user, "pk", None))
    return ChildsWords.objects.filter(team | own)


def visible_team(user: Asker, story: Story) -> QuerySet[TeamMembership]:
    """Who helps this family, for the team, and for the family save whom it is unsafe to tell of."""
    told = here(user, story, {Part.FAMILY}) & Q(quiet=False)
    found = TeamMembership.objects.filter(here(user, story, TEAM) | told)
    return found.select_related("post__user", "post__organisation")


def visible_looks(user: Asker, story: Story) -> QuerySet[Look]:
    """Who has looked: all of it for the lead; for each of the family, what may be told to them."""
    told = (
        here(user, story, {Part.FAMILY})
        & Q(quiet=False, refused=False)
        & (Q(member__isnull=True) | Q(member__user=getattr(user, "pk", None)))
        & ~quiet_posts(story)
    )  # fmt: skip
    seeing = here(user, story, ALL_BUT_SEALED)
    return Look.objects.filter(seeing | told).select_related("person", "post__organisation")


def visible_cover(user: Asker, story: Story) -> Cover | None:
    """Why now and what the family hopes, for whoever reads the story."""
    return getattr(story, "cover", None) if holds(user, story, READ) else None


# ------------------------------------------------------------------ doing


def opening_verbs(user: Asker) -> set[str]:
    """Anybody who works with children, strongly signed in, may open a story with a family."""
    works = isinstance(user, User) and user.has_role(MAY_OPEN) and spoken_for(user)
    return {"open_story"} if works else set()


def story_verbs(user: Asker, story: Story) -> set[str]:
    """What their rights allow here, met with what the story's state allows."""
    if isinstance(user, str):
        return {"lapse_memberships"}
    if not isinstance(user, User):
        return set()
    found = held_here(user, story)
    allowed: set[str] = set()
    for part, kind in found:
        allowed |= _by_right(part) | BY_KIND.get(Kind(kind), set())
    return allowed & story.open_verbs() - not_now(
        story, {part for part, _ in found}
    ) - _not_oneself(user, story)


def _not_oneself(user: User, story: Story) -> set[str]:
    """Whoever stands in prolongs it not by themselves, nor names another."""
    stands_in = story.stand_in_id == post_of(user) and story.lead_id != post_of(user)
    return {"name_stand_in"} if stands_in else set()


def _by_right(part: str) -> set[str]:
    """To lead is to lead, also for a supervisor whose lead is gone; the rest of them read."""
    by_part = {
        Part.READ: OF_A_READER, Part.OVERSEE: OF_A_READER | OF_STANDING_IN, Part.WRITE: OF_THE_TEAM,
        Part.LEAD: OF_THE_LEAD, Part.FAMILY: OF_THE_FAMILY,
    }  # fmt: skip
    held = Part(part)
    more = (OF_GUARDS, OF_PLANS, OF_TELLING)
    return by_part.get(held, set()).union(*(one.get(held, set()) for one in more))


def contribution_verbs(user: Asker, contribution: Contribution) -> set[str]:
    """Its author, while they are in the team, until it is signed."""
    if contribution.post_id != post_of(user):
        return set()
    if "contribute" not in story_verbs(user, contribution.story):
        return set()
    return contribution.open_verbs()
