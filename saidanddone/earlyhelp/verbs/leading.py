"""Who leads a family's team: handed over by the family's choice; and who stands in for some weeks."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity
from saidanddone.core.access import require
from saidanddone.earlyhelp import emails, permissions
from saidanddone.earlyhelp.models import Access, Story, TeamMembership
from saidanddone.earlyhelp.verbs.agencies import require_signed
from saidanddone.earlyhelp.verbs.authorising import NotReady
from saidanddone.earlyhelp.verbs.rights import LONDON, Kind, Part, end_rights, give_right, join_team
from saidanddone.earlyhelp.verbs.teams import NotAgreed, agreement_for
from saidanddone.people.models import Post, User

LONGEST_DAYS = 28
PURPOSE = "Stands in for whoever leads"


@transaction.atomic
def hand_over(*, story: Story, to: Post, by: User, why: str = "") -> None:
    """Another member of the team leads from now on, by the family's choice. The lead.

    What was written stays whose it was, and who led before stays to be read. The new lead, the team
    and the family get a letter. Nobody stands in any more. Their agency has signed; else NotSigned.
    """
    require("hand_over", permissions.story_verbs(by, story))
    member = TeamMembership.objects.filter(story=story, post=to, ended_at__isnull=True)
    if not member.exists():
        raise ValueError("Whoever is to lead is in the team first")
    require_signed(to)
    before = story.lead_id
    # Whoever hands over may see no more of it a moment later: the writing is the product's.
    with identity.as_system("hand-over"):
        end_rights(story, kind=Kind.LEAD)
        give_right(story, to, Part.LEAD, Kind.LEAD)
        story.move("hand_over", lead=to, stand_in=None, stand_in_until=None)
        record("hand_over", story, by=by, detail=why)
        _tell(story, to.pk, before)


@transaction.atomic
def name_stand_in(*, story: Story, to: Post, until: date, by: User, why: str = "") -> None:
    """Somebody leads too, for 28 days at the most. The lead, their supervisor, or the coordinator.

    It ends by itself on its day, and the lead goes on. The stand-in is of an agency that the family
    agreed to and that signed; else NotAgreed, NotSigned. The team and the family are told.
    """
    require("name_stand_in", permissions.story_verbs(by, story))
    if not clock.today() <= until <= clock.today() + timedelta(days=LONGEST_DAYS):
        raise NotReady("Choose a day within the next 28 days.")
    # A coordinator knows neither the agreement nor the team: the product looks for them.
    with identity.as_system("stand-in"):
        agreement = agreement_for(story, to)
        if agreement is None:
            raise NotAgreed
        require_signed(to)
        _over(story)
        there = TeamMembership.objects.filter(story=story.pk, post=to, ended_at__isnull=True)
        if not there.exists():
            days = (until - clock.today()).days
            made = join_team(story, to, PURPOSE, agreement, days=days, by=by)
            # No weeks of grace: it is over on its day.
            Access.objects.filter(source=made.pk).update(ends_at=_end_of(until))
        give_right(story, to, Part.LEAD, Kind.LEAD, until=_end_of(until))
        story.move("name_stand_in", stand_in=to, stand_in_until=until)
        record("name_stand_in", story, by=by, detail=why)
        _tell(story, to.pk, story.lead_id)


@transaction.atomic
def end_stand_in(*, story: Story, by: User) -> None:
    """Nobody stands in any more, before the day. Whoever may name a stand-in, or the one who does."""
    require("end_stand_in", permissions.story_verbs(by, story))
    if story.stand_in_id is None:
        return
    before = story.stand_in_id
    with identity.as_system("stand-in"):
        _over(story)
        story.move("end_stand_in", stand_in=None, stand_in_until=None)
        record("end_stand_in", story, by=by)
        _tell(story, before, story.lead_id)


def _over(story: Story) -> None:
    """Whoever stood in leads no more; a membership that was for that alone is over too."""
    if story.stand_in_id is None or story.stand_in_id == story.lead_id:
        return
    end_rights(story, kind=Kind.LEAD, post=story.stand_in_id)
    only = TeamMembership.objects.filter(
        story=story.pk, post=story.stand_in_id, purpose=PURPOSE, ended_at__isnull=True
    )
    for one in only:
        end_rights(story, source=one.pk)
    only.update(ended_at=clock.now(), ended_why="the lead is back")


def _tell(story: Story, *posts: int) -> None:
    team = TeamMembership.objects.filter(story=story.pk, ended_at__isnull=True)
    emails.needs_you(story, *posts, *team.values_list("post", flat=True), page="story-team")
    emails.family_needs_to_know(story, permissions.family_accounts(story))


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), LONDON)
