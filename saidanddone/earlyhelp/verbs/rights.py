"""Rights given and ended: the only place that writes the table of access."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from saidanddone.core import clock
from saidanddone.earlyhelp.models import Access, Agreement, SharingDecision, Story, TeamMembership
from saidanddone.earlyhelp.models.stories import LONGEST_MEMBERSHIP
from saidanddone.people.models import Post, User
from saidanddone.reference.models import partnership

LONDON = ZoneInfo("Europe/London")
DECADES = timedelta(days=36525)  # rights that something else ends: a post, a closing
Part, Kind = Access.Part, Access.Kind


def join_team(
    story: Story, post: Post, purpose: str, agreement: Agreement | None = None, *, by: User,
    share: SharingDecision | None = None, days: int = LONGEST_MEMBERSHIP, once: UUID | None = None,
) -> TeamMembership:  # fmt: skip
    """A dated membership with the right that follows from it, six months at the most."""
    today = clock.today()
    ends = today + timedelta(days=min(days, LONGEST_MEMBERSHIP))
    if agreement is not None:
        ends = min(ends, agreement.until)
    membership = TeamMembership.objects.create(
        story=story, post=post, purpose=purpose, starts_on=today, ends_on=ends, once=once,
        agreement=agreement, share=share, invited_by=by.acting_for,
        quiet=share is not None and not share.family_told,
    )  # fmt: skip
    give_right(
        story, post, Part.WRITE, Kind.MEMBERSHIP, source=membership.pk, until=last_moment(ends)
    )
    return membership


def coordinate(story: Story) -> None:
    """Whoever coordinates its area knows that it is there, who leads it and what is due."""
    give_area(story, Part.KNOW, Kind.COORDINATION)


def give_area(story: Story, part: str, kind: str) -> Access:
    """Write one right of whoever coordinates the story's area."""
    now = clock.now()
    return Access.objects.create(
        story=story, family_id=story.family_id, area_id=story.area_id, part=part, kind=kind,
        starts_at=now, ends_at=now + DECADES,
    )  # fmt: skip


def give_right(
    story: Story, post: Post, part: str, kind: str, *, source: UUID | None = None,
    until: datetime | None = None,
) -> Access:  # fmt: skip
    """Write one right."""
    now = clock.now()
    return Access.objects.create(
        story=story, family_id=story.family_id, person_id=post.user_id, post=post, part=part,
        kind=kind, source=source, starts_at=now, ends_at=until or now + DECADES,
    )  # fmt: skip


def end_rights(story: Story, **which: Any) -> None:
    """These rights end now, in this transaction."""
    Access.objects.in_force().filter(story=story, **which).update(ends_at=clock.now())


def last_moment(day: Any) -> datetime:
    """The end of a day here, and four weeks: memberships run on, shown in red, until renewed."""
    grace = timedelta(days=partnership().membership_grace_days)
    return datetime.combine(day + timedelta(days=1), time(), LONDON) + grace


def give_family(story: Story, person: User) -> Access:
    """Write the right of one of the family to their own story."""
    now = clock.now()
    return Access.objects.create(
        story=story, family_id=story.family_id, person=person, part=Part.FAMILY, kind=Kind.FAMILY,
        starts_at=now, ends_at=now + DECADES,
    )  # fmt: skip
