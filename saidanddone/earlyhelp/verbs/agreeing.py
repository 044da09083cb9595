"""What a family agreed to, and what was shared outside it."""

from typing import Any
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import (
    Agreement,
    FamilyMember,
    SharingDecision,
    Story,
    TeamMembership,
)
from saidanddone.earlyhelp.verbs.rights import end_rights
from saidanddone.earlyhelp.verbs.teams import agreement_for
from saidanddone.people.models import Organisation, User


@transaction.atomic
def record_agreement(
    *, story: Story, member: FamilyMember, by: User, once: UUID | None = None, **agreed: Any
) -> Agreement:
    """Keep a new version of what one of the family agreed to. The lead.

    It takes the place of their earlier ones, which stay to be read. Whoever was in the team by
    those, and whose agency nobody's agreement names now, is out of it in the same transaction.
    """
    require("record_agreement", permissions.story_verbs(by, story))
    if once and (found := Agreement.objects.filter(once=once).first()):
        return found
    story.move("record_agreement")  # one at a time: versions are counted
    version = Agreement.objects.filter(story=story, member=member).count() + 1
    made = Agreement.objects.create(
        family_id=story.family_id, story=story, member=member, version=version, once=once,
        recorded_by=by.acting_for, **agreed,
    )  # fmt: skip
    record("record_agreement", made, by=by)
    _replace(story, made)
    return made


@transaction.atomic
def share_outside(
    *, story: Story, organisation: Organisation, shared: bool, power: str, what: str, why: str,
    family_told: bool, by: User, not_told_why: str = "", told_how: str = "",
    authorised_by: str = "", once: UUID | None = None,
) -> SharingDecision:  # fmt: skip
    """Keep the decision to share outside the agreement, or not to. The lead.

    Which power, what, why, and whether the family was told, or why not.
    """
    require("share_outside", permissions.story_verbs(by, story))
    if once and (found := SharingDecision.objects.filter(once=once).first()):
        return found
    made = SharingDecision.objects.create(
        story=story, organisation=organisation, shared=shared, power=power, what=what, why=why,
        family_told=family_told, not_told_why=not_told_why, told_how=told_how,
        authorised_by=authorised_by, decided_by=by.acting_for, once=once,
    )  # fmt: skip
    story.move("share_outside")
    record("share_outside", made, by=by, detail=why)
    return made


def _replace(story: Story, made: Agreement) -> None:
    earlier = Agreement.objects.filter(story=story, member=made.member, withdrawn_at__isnull=True)
    earlier = list(earlier.exclude(pk=made.pk).values_list("pk", flat=True))
    Agreement.objects.filter(pk__in=earlier).update(
        withdrawn_at=clock.now(), withdrawn_words=f"Replaced by version {made.version}"
    )
    resting = TeamMembership.objects.filter(agreement__in=earlier, ended_at__isnull=True)
    for membership in resting.select_related("post"):
        found = agreement_for(story, membership.post)
        if found is not None:
            membership.agreement = found
            membership.save(update_fields=["agreement"])
            continue
        membership.ended_at, membership.ended_why = clock.now(), "a new agreement leaves it out"
        membership.save(update_fields=["ended_at", "ended_why"])
        end_rights(story, source=membership.pk)
