"""The family's own door: what each of a family sees of their story, and of who has looked."""

from django.db.models import QuerySet

from saidanddone.earlyhelp.models import (
    Agreement,
    ChildsWords,
    FamilyMember,
    Feedback,
    Look,
    ParentsWords,
    Scale,
    SharingDecision,
    Story,
)
from saidanddone.earlyhelp.permissions.rights import (
    Asker,
    Part,
    answering,
    here,
    holds,
    unsealed,
    visible_stories,
)
from saidanddone.earlyhelp.permissions.stories import visible_looks
from saidanddone.people.models import Organisation, User

# The pages whose reading the family is told of. What is not named here is not told: the page of a
# safe address would betray that there is one, and that of words or contacts a child's private talk.
TOLD_PARTS = {
    "story": "read your story", "name": "saw your family’s name on their list",
    "people": "read who is in your family", "plan": "read your plan",
    "reviews": "read your reviews", "team": "read who helps you",
    "agreement": "read what you agreed to", "chronology": "read what happened when",
    "writing": "wrote in your story", "closing": "read how your story ends",
    "authorising": "read your story, to say yes to it",
}  # fmt: skip


def own_stories(user: Asker) -> QuerySet[Story]:
    """The stories of one's own family, the newest first."""
    found = visible_stories(user, {Part.FAMILY}).select_related("family")
    return found.order_by("-opened_at", "pk")


def own_member(user: Asker, story: Story) -> FamilyMember | None:
    """Who somebody is in the family whose door they came through."""
    if not holds(user, story, {Part.FAMILY}):
        return None
    mine = FamilyMember.objects.filter(family=story.family_id, user=user.pk, left_on__isnull=True)
    return mine.first()


def speaks_for_themselves(member: FamilyMember) -> bool:
    """A grown-up agrees for themselves; so does a child who is able to."""
    return not member.is_child or member.able


def own_agreements(user: Asker, story: Story) -> QuerySet[Agreement]:
    """What they themselves agreed to, the newest first; nobody else's."""
    return _own(Agreement.objects.all(), user, story).order_by("-version")


def own_agencies(user: Asker, story: Story) -> QuerySet[Organisation]:
    """The agencies that their own agreement names, while it stands."""
    last = own_agreements(user, story).first()
    named = last.agencies if last is not None and last.withdrawn_at is None else []
    return Organisation.objects.filter(pk__in=named).order_by("name")


def own_scores(user: Asker, story: Story) -> QuerySet[Scale]:
    """The numbers that they themselves gave, the oldest first."""
    return _own(Scale.objects.all(), user, story).order_by("on", "pk")


def own_feedback(user: Asker, story: Story) -> QuerySet[Feedback]:
    """What they themselves said of the help they had, the newest first."""
    return _own(Feedback.objects.all(), user, story).order_by("-given_on", "pk")


def own_words(
    user: Asker, story: Story, member: FamilyMember | None
) -> list[ChildsWords | ParentsWords]:
    """Everything that they themselves said, the newest first; also what they said as a child."""
    if member is None:
        return []
    mine = here(user, story, {Part.FAMILY})
    young = ChildsWords.objects.filter(mine, child=member, child__user=user.pk)
    grown = ParentsWords.objects.filter(mine, member=member, member__user=user.pk)
    said = [*young.select_related("gathered_by__user")]
    if not member.is_child:
        said += grown.select_related("gathered_by__user")
    return sorted(said, key=lambda one: one.recorded_at, reverse=True)


def told_shares(user: Asker, story: Story) -> QuerySet[SharingDecision]:
    """What was shared outside the agreement, where the family was told."""
    found = SharingDecision.objects.filter(
        here(user, story, {Part.FAMILY}), unsealed(user), family_told=True, shared=True
    )
    return found.select_related("organisation")


def told_looks(user: Asker, story: Story) -> QuerySet[Look]:
    """Who looked, as it is told to this one of the family: workers only, and only what is theirs.

    That a brother or the other parent came through their own door is theirs alone. So are looks at
    parts that are somebody else's, looks of whom it is unsafe to tell, and refused tries.
    """
    seen = visible_looks(user, story).filter(here(user, story, {Part.FAMILY}))
    return seen.filter(post__isnull=False, part__in=TOLD_PARTS)


def safety_verbs(user: Asker, story: Story) -> set[str]:
    """After a withdrawal: whoever leads or led, and their supervisor, say if a child is less safe."""
    if story.safety_asked_at is None or not isinstance(user, User):
        return set()
    if not Story.objects.filter(answering(user, of="pk"), pk=story.pk).exists():
        return set()
    ends = story.withdrawn_at is not None and story.close_asked_at is None
    more = {"end_withdrawn"} & story.open_verbs() if ends else set()
    return {"answer_safety", "record_resolution"} | more


def differing_agreements(user: Asker, story: Story) -> QuerySet[Agreement]:
    """For whoever answers after a withdrawal: what each adult agreed to or took back, the newest."""
    if not safety_verbs(user, story):
        return Agreement.objects.none()
    found = Agreement.objects.filter(story=story.pk).order_by("member_id", "-version")
    return found.distinct("member_id").select_related("member")


def _own(found: QuerySet, user: Asker, story: Story) -> QuerySet:
    number = getattr(user, "pk", None)
    return found.filter(here(user, story, {Part.FAMILY}), member__user=number)
