"""Who may stand in for whoever leads, and for which stories one may say so; who led before."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models import Access, Story, TeamMembership, counting
from saidanddone.earlyhelp.permissions.rights import (
    TEAM,
    Asker,
    Kind,
    Part,
    holds,
    resting_on,
)
from saidanddone.earlyhelp.permissions.stories import visible_team
from saidanddone.people.models import Post, User

STANDS_IN = ("practitioner", "supervisor", "safeguarding_lead")


def standable_stories(user: Asker) -> QuerySet[Story]:
    """Stories for which they may name a stand-in: led or supervised by them, or in their areas."""
    near = Q(held__in=[Part.LEAD, Part.OVERSEE]) | Q(rests_on=Kind.COORDINATION)
    held = resting_on(user, "may name a stand-in", near, of="pk")
    found = Story.objects.filter(held, state__in=states.LIVE)
    return found.select_related(
        "lead__user", "lead__organisation", "stand_in__user", "stand_in__organisation"
    )


def stand_ins(user: Asker, story: Story) -> QuerySet[Post]:
    """Whom they may name: colleagues of whoever leads; and, for who reads the story, its team."""
    near = Q(organisation=story.lead.organisation_id)
    if holds(user, story, TEAM):
        team = visible_team(user, story).filter(story=story.pk, ended_at__isnull=True)
        near |= Q(pk__in=list(team.order_by().values_list("post", flat=True)))
    found = counting().filter(near, roles__overlap=STANDS_IN).exclude(pk=story.lead_id)
    return found.select_related("user", "organisation").order_by("user__name", "pk")


def past_leads(user: Asker, story: Story) -> list[tuple[Post, datetime]]:
    """Who has led since when, the newest first, as the story's own history keeps it: for the team."""
    if not holds(user, story, TEAM):
        return []
    kept = Story.pgh_event_models["insert"].objects  # one table for all that was
    rows = kept.filter(pgh_obj=story.pk).order_by("pgh_created_at", "pgh_id")
    told: list[tuple[int, datetime]] = []
    for lead, when in rows.values_list("lead", "pgh_created_at"):
        if not told or told[-1][0] != lead:
            told.append((lead, when))
    posts = Post.objects.select_related("user", "organisation").in_bulk([one for one, _ in told])
    return [(posts[lead], when) for lead, when in reversed(told)]


def clock_verbs(by: object) -> set[str]:
    """What the clock keeps, and no person."""
    return {"lapse_memberships"} if isinstance(by, str) else set()


def lapsed_memberships() -> QuerySet[TeamMembership]:
    """Places in teams that are over and not written down as over: a post ended, or the time did.

    For a clock. Whoever leads is in the team while they do, whatever the day of their membership.
    """
    right = Access.objects.in_force().filter(source=OuterRef("pk"))
    gone = ~Q(post__in=Post.objects.live())
    over = ~Exists(right) & ~Q(post=F("story__lead"))
    return TeamMembership.objects.filter(gone | over, ended_at__isnull=True)


def family_accounts(story: Story) -> QuerySet[User]:
    """Those of the family who have a door of their own."""
    held = Access.objects.in_force().filter(story=story.pk, kind=Kind.FAMILY).values("person")
    return User.objects.filter(pk__in=held, is_active=True)
