"""Who is in a family's team, invited, gone, or leading it."""

from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity
from saidanddone.core.access import require
from saidanddone.earlyhelp import emails, permissions
from saidanddone.earlyhelp.models import (
    Agreement,
    SharingDecision,
    Story,
    TeamMembership,
)
from saidanddone.earlyhelp.verbs.agencies import require_signed
from saidanddone.earlyhelp.verbs.rights import end_rights, join_team
from saidanddone.people.models import Post, User


class NotAgreed(Exception):  # noqa: N818 -- it tells what is missing
    """The family's agreement does not name this agency, and no share was recorded."""


@transaction.atomic
def invite_to_team(
    *, story: Story, post: Post, purpose: str, by: User, share: SharingDecision | None = None,
    days: int = 184, once: UUID | None = None,
) -> TeamMembership:  # fmt: skip
    """Bring a colleague into the family's team, for a purpose and until a day. The lead.

    Their agency is one that the family's agreement names, or a recorded share stands for it; else
    raises NotAgreed. And it is one that signed the sharing agreement; else raises NotSigned. They get
    a letter without names. If telling the family of the share was recorded as unsafe, nothing that
    the family sees tells of the colleague.
    """
    require("invite_to_team", permissions.story_verbs(by, story))
    if once and (found := TeamMembership.objects.filter(once=once).first()):
        return found
    agreement = agreement_for(story, post)
    shared = share is not None and share.shared and share.story_id == story.pk
    if agreement is None and not (shared and share.organisation_id == post.organisation_id):
        raise NotAgreed
    require_signed(post)
    membership = join_team(
        story, post, purpose, agreement, share=None if agreement else share, days=days, by=by,
        once=once,
    )  # fmt: skip
    story.move("invite_to_team")
    record("invite_to_team", membership, by=by)
    emails.needs_you(story, post.pk)
    return membership


@transaction.atomic
def leave_team(*, membership: TeamMembership, why: str, by: User) -> None:
    """Leave the team, or be taken out of it; access ends with it. Oneself, or the lead."""
    story = membership.story
    verbs = permissions.story_verbs(by, story)
    own = membership.post_id == by.acting_for.pk
    require("leave_team", verbs if own or "invite_to_team" in verbs else set())
    if membership.ended_at is not None:
        return
    if membership.post_id == story.lead_id:
        raise ValueError("Whoever leads hands over first")
    membership.ended_at, membership.ended_why = clock.now(), why
    membership.save(update_fields=["ended_at", "ended_why"])
    record("leave_team", membership, by=by, detail=why)
    end_rights(story, source=membership.pk)


@transaction.atomic
def lapse_memberships(*, by: str) -> int:
    """Keep whose time in a team is over: their post ended, or their day passed. The clock.

    They saw nothing any more before it; from here on the team and the family read it too.
    """
    require("lapse_memberships", permissions.clock_verbs(by))
    with identity.as_system("lapse"):
        lapsed = list(permissions.lapsed_memberships().select_related("post"))
        for one in lapsed:
            why = (
                "their time in the team ended" if one.post.ended_at is None else "their post ended"
            )
            TeamMembership.objects.filter(pk=one.pk).update(ended_at=clock.now(), ended_why=why)
            record("lapse_memberships", one, by=by)
    return len(lapsed)


def agreement_for(story: Story, post: Post) -> Agreement | None:
    """The agreement in force that names the agency of this post and lasts longest."""
    in_force = Agreement.objects.filter(
        story=story, withdrawn_at__isnull=True, until__gte=clock.today(),
        agencies__contains=[post.organisation_id],
    )  # fmt: skip
    return in_force.order_by("-until").first()
