"""What a family agreed to, took back, and what was shared outside it."""

from typing import Any
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity
from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import (
    Access,
    Agreement,
    FamilyMember,
    SharingDecision,
    Story,
    TeamMembership,
)
from saidanddone.earlyhelp.verbs.rights import end_rights, give_area, give_right
from saidanddone.people.models import Organisation, User


@transaction.atomic
def record_agreement(
    *, story: Story, member: FamilyMember, by: User, once: UUID | None = None, **agreed: Any
) -> Agreement:
    """Keep a new version of what one of the family agreed to. The lead."""
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
    return made


@transaction.atomic
def withdraw_agreement(
    *, story: Story, words: str, by: User, agency: Organisation | None = None
) -> int:
    """The family takes its agreement back, for one agency or for all. The family, or the lead.

    It bites in this transaction: memberships that rest on it end, with their rights, everywhere.
    Those that rest on a recorded share stand. Withdrawn for all, the lead and the coordinator keep
    the file to read, and are asked that day whether a child is less safe. How many memberships
    ended is answered.
    """
    require("withdraw_agreement", permissions.story_verbs(by, story))
    record("withdraw_agreement", story, by=by, detail=words)
    # A family ends rights that it may not write itself: the deed is theirs, the writing the product's.
    with identity.as_system("withdraw"):
        ended = _end_memberships(story, agency)
        if agency is None:
            _withdraw_for_all(story, words)
        else:
            _without(story, agency)
    return ended


def _end_memberships(story: Story, agency: Organisation | None) -> int:
    ending = TeamMembership.objects.filter(story=story, ended_at__isnull=True, share__isnull=True)
    if agency is not None:
        ending = ending.filter(post__organisation=agency)
    ended = list(ending.values_list("pk", flat=True))
    TeamMembership.objects.filter(pk__in=ended).update(
        ended_at=clock.now(), ended_why="the family withdrew its agreement"
    )
    end_rights(story, source__in=ended)
    return len(ended)


def _withdraw_for_all(story: Story, words: str) -> None:
    now = clock.now()
    Agreement.objects.filter(story=story, withdrawn_at__isnull=True).update(
        withdrawn_at=now, withdrawn_words=words
    )
    Story.objects.filter(pk=story.pk).update(withdrawn_at=now, safety_asked_at=now)
    end_rights(story, kind=Access.Kind.LEAD)
    lead = Story.objects.select_related("lead").get(pk=story.pk).lead
    give_right(story, lead, Access.Part.READ, Access.Kind.FILE)
    give_area(story, Access.Part.READ, Access.Kind.FILE)


def _without(story: Story, agency: Organisation) -> None:
    """The agreements in force no longer name this agency."""
    for agreement in Agreement.objects.filter(story=story, withdrawn_at__isnull=True):
        agreement.agencies = [pk for pk in agreement.agencies if pk != agency.pk]
        agreement.save(update_fields=["agencies"])


@transaction.atomic
def share_outside(
    *, story: Story, organisation: Organisation, shared: bool, power: str, what: str, why: str,
    family_told: bool, by: User, not_told_why: str = "", once: UUID | None = None,
) -> SharingDecision:  # fmt: skip
    """Keep the decision to share outside the agreement, or not to. The lead.

    Which power, what, why, and whether the family was told, or why not.
    """
    require("share_outside", permissions.story_verbs(by, story))
    if once and (found := SharingDecision.objects.filter(once=once).first()):
        return found
    made = SharingDecision.objects.create(
        story=story, organisation=organisation, shared=shared, power=power, what=what, why=why,
        family_told=family_told, not_told_why=not_told_why, decided_by=by.acting_for, once=once,
    )  # fmt: skip
    story.move("share_outside")
    record("share_outside", made, by=by, detail=why)
    return made
