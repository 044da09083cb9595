"""Who sees a family's story, which part of it, and what they may do there.

Nobody by rank or employer: by a right in the table of access, in force at this moment, through the
post they act for (docs/access.md). The database asks the same table again: the second lock.
"""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models import (
    Access,
    ChildsWords,
    Contribution,
    Cover,
    FamilyMember,
    Look,
    Seal,
    Story,
    TeamMembership,
    WordsWidened,
)
from saidanddone.people.models import User

Asker = User | AnonymousUser | str | None
Part, Kind = Access.Part, Access.Kind
TEAM = frozenset({Part.READ, Part.WRITE, Part.OVERSEE, Part.LEAD})
READ = TEAM | {Part.FAMILY}
KNOW = READ | {Part.KNOW}
ALL_BUT_SEALED = frozenset({Part.OVERSEE, Part.LEAD})

OF_A_READER = {"read_story"}
OF_THE_TEAM = OF_A_READER | {
    "contribute", "record_childs_words", "judge_level", "leave_team",
}  # fmt: skip
OF_THE_LEAD = OF_THE_TEAM | {
    "add_member", "record_agreement", "withdraw_agreement", "share_outside", "invite_to_team",
    "hand_over", "begin_assessment",
}  # fmt: skip
MAY_OPEN = "practitioner"
# The nearest first: whoever leads and also coordinates looks as the one who leads.
PURPOSES = [
    Kind.LEAD, Kind.MEMBERSHIP, Kind.FAMILY, Kind.SUPERVISION, Kind.AUTHORISATION, Kind.FILE,
    Kind.BREAK_GLASS, Kind.COORDINATION,
]  # fmt: skip


# ------------------------------------------------------------------ reading


def visible_stories(user: Asker, parts: Collection[str] = KNOW) -> QuerySet[Story]:
    """The stories to which they have a right of one of these parts now: a list driven from rights."""
    rights = _rights(user).filter(held__in=parts).order_by().values("story")
    return Story.objects.filter(pk__in=rights)


def listed_stories(user: Asker) -> QuerySet[Story]:
    """Those of one's own list, with all that a list by reference shows; what is due soonest first."""
    found = visible_stories(user).select_related("lead__user", "lead__organisation", "area")
    return found.order_by(F("review_due_on").asc(nulls_last=True), "opened_at", "pk")


def purpose_of(user: Asker, story: Story) -> str:
    """Why they look, as it follows from the right by which they do."""
    found = _rights(user).filter(story=story.pk).values_list("rests_on", flat=True)
    return min(found, key=PURPOSES.index, default="none")


def readable_stories(user: Asker) -> QuerySet[Story]:
    """Those whose shared story and plan they may read."""
    return visible_stories(user, READ)


def visible_members(user: Asker, story: Story) -> QuerySet[FamilyMember]:
    """The people of the family, for whoever may read its story."""
    known = readable_stories(user).filter(pk=story.pk).values("family")
    return FamilyMember.objects.filter(family__in=known)


def visible_contributions(user: Asker, story: Story) -> QuerySet[Contribution]:
    """What is signed; of drafts, one's own. The family reads no word of a quiet colleague."""
    signed = Contribution.objects.filter(_unsealed(user), state=states.SIGNED)
    mine = Q(story__in=visible_stories(user, TEAM), post=_post(user))
    return (
        signed.filter(story__in=_here(user, story, TEAM))
        | signed.filter(story__in=_here(user, story, {Part.FAMILY})).exclude(_quiet(story))
        | Contribution.objects.filter(mine, story=story.pk)
    )


def visible_words(user: Asker, story: Story) -> QuerySet[ChildsWords]:
    """A child's words for those whom the child chose; a child's own, for that child alone.

    No grown-up of the family reads them here: what a child wants them to know is told by the child.
    """
    chosen = (
        ~Q(audience=ChildsWords.Audience.WORKER) | Q(gathered_by=_post(user))
        | Q(pk__in=WordsWidened.objects.filter(story=story.pk).values("words"))
    )  # fmt: skip
    team = Q(story__in=_here(user, story, TEAM)) & chosen & _unsealed(user)
    own = Q(story__in=_here(user, story, {Part.FAMILY}), child__user=getattr(user, "pk", None))
    return ChildsWords.objects.filter(team | own)


def visible_team(user: Asker, story: Story) -> QuerySet[TeamMembership]:
    """Who helps this family, for the team, and for the family save whom it is unsafe to tell of."""
    told = Q(story__in=_here(user, story, {Part.FAMILY}), quiet=False)
    found = TeamMembership.objects.filter(Q(story__in=_here(user, story, TEAM)) | told)
    return found.select_related("post__user", "post__organisation")


def visible_looks(user: Asker, story: Story) -> QuerySet[Look]:
    """Who has looked: all of it for the lead; for each of the family, what may be told to them."""
    told = (
        Q(story__in=_here(user, story, {Part.FAMILY}), quiet=False, refused=False)
        & (Q(member__isnull=True) | Q(member__user=getattr(user, "pk", None)))
        & ~_quiet(story)
    )  # fmt: skip
    seeing = Q(story__in=_here(user, story, ALL_BUT_SEALED))
    return Look.objects.filter(seeing | told).select_related("person", "post__organisation")


def visible_cover(user: Asker, story: Story) -> Cover | None:
    """Why now and what the family hopes, for whoever reads the story."""
    return Cover.objects.filter(story__in=readable_stories(user).filter(pk=story.pk)).first()


# ------------------------------------------------------------------ doing


def opening_verbs(user: Asker) -> set[str]:
    """Anybody who works with children, strongly signed in, may open a story with a family."""
    return {"open_story"} if isinstance(user, User) and user.has_role(MAY_OPEN) else set()


def story_verbs(user: Asker, story: Story) -> set[str]:
    """What their rights allow here, met with what the story's state allows."""
    if isinstance(user, str):
        return {"lapse_memberships"}
    if not isinstance(user, User):
        return set()
    allowed: set[str] = set()
    for part in _rights(user).filter(story=story.pk).values_list("held", flat=True):
        allowed |= _by_right(part)
    return allowed & story.open_verbs()


def _by_right(part: str) -> set[str]:
    """To lead is to lead, also for a supervisor whose lead is gone; the rest of them read."""
    by_part = {
        Part.READ: OF_A_READER, Part.OVERSEE: OF_A_READER, Part.WRITE: OF_THE_TEAM,
        Part.LEAD: OF_THE_LEAD, Part.FAMILY: OF_A_READER | {"withdraw_agreement"},
    }  # fmt: skip
    return set(by_part.get(Part(part), set()))


def contribution_verbs(user: Asker, contribution: Contribution) -> set[str]:
    """Its author, while they are in the team, until it is signed."""
    if contribution.post_id != _post(user):
        return set()
    if "contribute" not in story_verbs(user, contribution.story):
        return set()
    return contribution.open_verbs()


def _rights(user: Asker) -> QuerySet[Access]:
    """Rights in force; through a post only when strongly signed in."""
    if not isinstance(user, User) or not (user.strong or user.acting_for is None):
        return Access.objects.nobodys()
    return Access.objects.of(user)


def _here(user: Asker, story: Story, parts: Collection[str]) -> QuerySet[Story]:
    """This one story, if they have a right of these parts to it."""
    return visible_stories(user, parts).filter(pk=story.pk)


def _unsealed(user: Asker) -> Exists:
    """Not a part that is sealed from them."""
    seals = Seal.objects.filter(subject=OuterRef("pk"), lifted_at__isnull=True)
    return ~Exists(seals.exclude(readers__contains=[getattr(user, "pk", None) or 0]))


def _quiet(story: Story) -> Q:
    """What is of a colleague of whom it is unsafe to tell the family."""
    quiet = TeamMembership.objects.filter(story=story.pk, quiet=True)
    return Q(post__in=quiet.values("post"))


def _post(user: Asker) -> int | None:
    post = getattr(user, "acting_for", None)
    return post.pk if post is not None and getattr(user, "strong", False) else -1
