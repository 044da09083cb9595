"""Who adds words, numbers, contacts and oversight to a story, and who reads them."""

from django.db.models import Q, QuerySet

from saidanddone.core import clock
from saidanddone.earlyhelp.models import (
    FAMILY_ROLES,
    Agreement,
    Contact,
    Level,
    Oversight,
    ParentsWords,
    RivalText,
    SharingDecision,
    Story,
    TeamMembership,
)
from saidanddone.earlyhelp.permissions.rights import (
    ALL_BUT_SEALED,
    TEAM,
    Asker,
    Part,
    here,
    post_of,
    unsealed,
)
from saidanddone.people.models import Post
from saidanddone.people.permissions import visible_posts
from saidanddone.reference.models import StoryTerm

OF_WRITERS = {"record_parents_words", "note_scale", "keep_contact"}
OF_TELLING = {
    Part.WRITE: OF_WRITERS,
    Part.LEAD: OF_WRITERS,
    Part.OVERSEE: {"note_oversight"},
}


def sections(*, also_past: bool = False) -> QuerySet[StoryTerm]:
    """The sections of a story, which are no family's: those of today, or all there ever were."""
    found = StoryTerm.objects.all() if also_past else StoryTerm.objects.current()
    return found.filter(kind=StoryTerm.Kind.SECTION)


def visible_rivals(user: Asker, story: Story) -> QuerySet[RivalText]:
    """What a second window of one's own typed, and nobody has chosen about yet."""
    found = RivalText.objects.filter(here(user, story, TEAM), post=post_of(user))
    return found.filter(chosen_at__isnull=True).order_by("kept_at")


def visible_parents_words(user: Asker, story: Story) -> QuerySet[ParentsWords]:
    """A grown-up's words: for the team, and for themselves."""
    team = here(user, story, TEAM, unsealed(user))
    own = here(user, story, {Part.FAMILY}, Q(member__user=getattr(user, "pk", None)))
    return ParentsWords.objects.filter(team | own).select_related("member", "gathered_by__user")


def visible_levels(user: Asker, story: Story) -> QuerySet[Level]:
    """How much help somebody judged a child to need: for the team."""
    found = Level.objects.filter(here(user, story, TEAM))
    return found.select_related("child", "judged_by__user", "judged_by__organisation")


def visible_contacts(user: Asker, story: Story) -> QuerySet[Contact]:
    """Visits, calls and messages: all of them for lead and supervisor; one's own for oneself."""
    seeing = here(user, story, ALL_BUT_SEALED, unsealed(user))
    own = here(user, story, TEAM, Q(post=post_of(user)))
    found = Contact.objects.filter(seeing | own)
    return found.select_related("post__user", "post__organisation").prefetch_related("who")


def visible_oversight(user: Asker, story: Story) -> QuerySet[Oversight]:
    """What a supervisor wrote down: for lead and supervisor."""
    found = Oversight.objects.filter(here(user, story, ALL_BUT_SEALED))
    return found.select_related("post__user")


def visible_agreements(user: Asker, story: Story) -> QuerySet[Agreement]:
    """Every version that anybody of the family gave: for the team; their own for themselves."""
    own = here(user, story, {Part.FAMILY}, Q(member__user=getattr(user, "pk", None)))
    found = Agreement.objects.filter(here(user, story, TEAM) | own)
    return found.select_related("member")


def visible_shares(user: Asker, story: Story) -> QuerySet[SharingDecision]:
    """What was shared outside the agreement, or not: for the team."""
    found = SharingDecision.objects.filter(here(user, story, TEAM), unsealed(user))
    return found.select_related("organisation", "decided_by__user")


def invitable(user: Asker, story: Story) -> QuerySet[Post]:
    """Colleagues at agencies that an agreement in force names, or with whom a share is recorded.

    Only those whose agency answers for it that they look at families' records.
    """
    agreed = visible_agreements(user, story).filter(
        withdrawn_at__isnull=True, until__gte=clock.today()
    )
    named = {pk for one in agreed.values_list("agencies", flat=True) for pk in one}
    named |= set(
        visible_shares(user, story).filter(shared=True).values_list("organisation", flat=True)
    )
    there = TeamMembership.objects.filter(story=story.pk, ended_at__isnull=True).values("post")
    found = visible_posts(user).filter(organisation__in=named, roles__overlap=FAMILY_ROLES)
    return found.exclude(pk__in=there)
