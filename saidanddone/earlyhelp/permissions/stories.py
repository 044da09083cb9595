"""Who sees which part of a family's story, and what they may do there."""

from django.db.models import (
    BooleanField,
    CharField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, JSONObject

from saidanddone.core import clock
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
    among,
    held_here,
    here,
    holds,
    post_of,
    quiet_posts,
    unsealed,
    visible_stories,
)
from saidanddone.earlyhelp.permissions.telling import OF_TELLING, sections, visible_levels
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
    """Those of one's own list, with all that it shows by reference: due soonest first, closed last.

    `reads` says of each whether its page opens to them, or they only know that it is there.
    """
    found = visible_stories(user).select_related("lead__user", "lead__organisation", "area")
    reads = ExpressionWrapper(among(user, READ, of="pk"), output_field=BooleanField())
    found = found.annotate(reads=reads)
    return found.order_by(
        F("closed_at").asc(nulls_first=True), F("review_due_on").asc(nulls_last=True), "opened_at",
        "pk",
    )  # fmt: skip


def visible_members(user: Asker, story: Story) -> QuerySet[FamilyMember]:
    """The people of the family, for whoever may read its story."""
    there = FamilyMember.objects.filter(family=story.family_id)
    return there if holds(user, story, READ) else there.none()


def members_with_levels(user: Asker, story: Story) -> QuerySet[FamilyMember]:
    """The same, each child with the last judgement of how much help it needs, for the team.

    `judged` holds its level, by whom and on which day (ISO 8601); the earlier ones stand in what
    happened when.
    """
    newest = visible_levels(user, story).filter(child=OuterRef("pk"))
    told = JSONObject(level="level", by="judged_by__user__name", on="judged_on")
    return visible_members(user, story).annotate(judged=Subquery(newest.values(told=told)[:1]))


def signed_by_section(user: Asker, story: Story) -> QuerySet[Contribution]:
    """What is signed, in the order of the list of sections, with what each is called (`called`)."""
    named = sections(also_past=True).filter(code=OuterRef("section")).order_by("-starts_on")
    name = Subquery(named.values("name")[:1])
    found = visible_contributions(user, story).filter(state=states.SIGNED)
    found = found.annotate(
        called=Coalesce(name, F("section"), output_field=CharField()),
        place=Subquery(named.values("order")[:1]),
    )
    found = found.select_related("post__user", "post__organisation")
    return found.order_by("place", "called", "signed_at", "pk")


def visible_contributions(user: Asker, story: Story) -> QuerySet[Contribution]:
    """What is signed; of drafts, one's own. The family reads no word of a quiet colleague."""
    signed = unsealed(user) & Q(state=states.SIGNED)
    team = here(user, story, TEAM, signed | Q(post=post_of(user)))
    told = here(user, story, {Part.FAMILY}, signed & ~quiet_posts(story))
    return Contribution.objects.filter(team | told)


def visible_words(user: Asker, story: Story) -> QuerySet[ChildsWords]:
    """A child's words for those whom the child chose; a child's own, for that child alone.

    No grown-up of the family reads them here: what a child wants them to know is told by the child.
    """
    chosen = (
        ~Q(audience=ChildsWords.Audience.WORKER) | Q(gathered_by=post_of(user))
        | Q(pk__in=WordsWidened.objects.filter(story=story.pk).values("words"))
    )  # fmt: skip
    team = here(user, story, TEAM, chosen & unsealed(user))
    own = here(user, story, {Part.FAMILY}, Q(child__user=getattr(user, "pk", None)))
    return ChildsWords.objects.filter(team | own)


def visible_team(user: Asker, story: Story) -> QuerySet[TeamMembership]:
    """Who helps this family, for the team, and for the family save whom it is unsafe to tell of."""
    told = here(user, story, {Part.FAMILY}, Q(quiet=False))
    found = TeamMembership.objects.filter(here(user, story, TEAM) | told)
    return found.select_related("post__user", "post__organisation")


def visible_looks(user: Asker, story: Story) -> QuerySet[Look]:
    """Who has looked: all of it for the lead; for each of the family, what may be told to them.

    Whoever is of the family and works for a quiet agency knows of their own looks in any case.
    """
    me = getattr(user, "pk", None)
    theirs = Q(member__isnull=True) | Q(member__user=me)
    safe = Q(quiet=False, refused=False) & (Q(person=me) | ~quiet_posts(story))
    told = here(user, story, {Part.FAMILY}, theirs & safe)
    found = Look.objects.filter(here(user, story, ALL_BUT_SEALED) | told)
    return found.select_related("person", "post__organisation")


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
    mine = post_of(user)
    now = story.stand_in_until is not None and story.stand_in_until >= clock.today()
    stands_in = now and story.stand_in_id == mine and story.lead_id != mine
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
