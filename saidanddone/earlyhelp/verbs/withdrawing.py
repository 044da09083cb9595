"""The family takes its agreement back: at once, for one agency or for all, and what follows."""

from django.db import transaction
from django.db.models import QuerySet

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity
from saidanddone.core.access import Refused, require
from saidanddone.earlyhelp import emails, permissions
from saidanddone.earlyhelp.models import (
    Access,
    Agreement,
    Cover,
    FamilyMember,
    Story,
    TeamMembership,
)
from saidanddone.earlyhelp.verbs.rights import end_rights, give_area, give_right
from saidanddone.people.models import Organisation, User

ENDED_WHY = "the family withdrew its agreement"


@transaction.atomic
def withdraw_agreement(
    *, story: Story, words: str, by: User, agency: Organisation | None = None,
    member: FamilyMember | None = None,
) -> int:  # fmt: skip
    """Take an agreement back, for one agency or for all. One of the family for themselves; the lead.

    It bites in this transaction: memberships that rest on agreement end, with their rights,
    everywhere; those that rest on a recorded share stand. Each adult's agreement stands for itself:
    where another's still does, the lead leads on and records how the difference was resolved. With
    none left, lead and coordinator keep the file to read. That day lead and supervisor are asked
    whether a child is less safe. How many memberships ended is answered.
    """
    require("withdraw_agreement", permissions.story_verbs(by, story))
    taking = _taking_back(story, member, by)
    record("withdraw_agreement", story, by=by, detail=words)
    # A family ends rights that it may not write itself: the deed is theirs, the writing the product's.
    with identity.as_system("withdraw"):
        ended = (
            _without(story, agency, taking)
            if agency is not None
            else _without_all(story, words, taking)
        )
        now = clock.now()
        Story.objects.filter(pk=story.pk).update(safety_asked_at=now, safety_answered_at=None)
        _tell(story, ended)
    return len(ended)


def _taking_back(story: Story, member: FamilyMember | None, by: User) -> QuerySet[Agreement]:
    """Whose agreements are taken back: one's own at one's own door; else his or hers, or all."""
    if by.acting_for is None:
        member = permissions.own_member(by, story)
        if member is None or not permissions.speaks_for_themselves(member):
            raise Refused("withdraw_agreement")
    found = Agreement.objects.filter(story=story.pk, withdrawn_at__isnull=True)
    return found if member is None else found.filter(member=member.pk)


def _without(
    story: Story, agency: Organisation, taking: QuerySet[Agreement]
) -> list[TeamMembership]:
    """These agreements no longer name the agency, and it is out; also where it led."""
    for agreement in taking:
        agreement.agencies = [pk for pk in agreement.agencies if pk != agency.pk]
        agreement.save(update_fields=["agencies"])
    end_rights(story, kind=Access.Kind.LEAD, post__organisation=agency)
    return _end(story, TeamMembership.objects.filter(post__organisation=agency))


def _without_all(story: Story, words: str, taking: QuerySet[Agreement]) -> list[TeamMembership]:
    now = clock.now()
    taking.update(withdrawn_at=now, withdrawn_words=words)
    others = Agreement.objects.filter(
        story=story.pk, withdrawn_at__isnull=True, until__gte=clock.today()
    )
    if others.exists():
        return _end(story, TeamMembership.objects.exclude(post=story.lead_id))
    Story.objects.filter(pk=story.pk).update(withdrawn_at=now)
    end_rights(story, kind=Access.Kind.LEAD)
    if not Access.objects.in_force().filter(story=story.pk, kind=Access.Kind.FILE).exists():
        lead = Story.objects.select_related("lead").get(pk=story.pk).lead
        give_right(story, lead, Access.Part.READ, Access.Kind.FILE)
        give_area(story, Access.Part.READ, Access.Kind.FILE)
    return _end(story, TeamMembership.objects.all())


def _end(story: Story, which: QuerySet[TeamMembership]) -> list[TeamMembership]:
    """End these memberships and what rests on them, save where a recorded share stands for them."""
    ending = which.filter(story=story.pk, ended_at__isnull=True, share__isnull=True)
    ended = list(ending.select_related("post__user"))
    keys = [one.pk for one in ended]
    TeamMembership.objects.filter(pk__in=keys).update(ended_at=clock.now(), ended_why=ENDED_WHY)
    end_rights(story, source__in=keys)
    return ended


def _tell(story: Story, ended: list[TeamMembership]) -> None:
    """Lead and supervisor are asked that day; whoever is out is told that something changed."""
    lead = Story.objects.select_related("lead").get(pk=story.pk).lead
    emails.needs_you(story, lead.pk, lead.lead_id, page="story-safety")
    emails.needs_you(story, *(one.post_id for one in ended if one.post_id != lead.pk))


@transaction.atomic
def answer_safety(*, story: Story, words: str, by: User) -> None:
    """After a withdrawal: say whether a child is less safe, and why. Whoever leads or led; a supervisor.

    What was said before stays in the history. It opens nothing: what must be shared is recorded as
    a share, with its power.
    """
    require("answer_safety", permissions.safety_verbs(by, story))
    record("answer_safety", story, by=by, detail=words)
    with identity.as_system("safety"):  # whoever keeps the file reads it and writes nothing else
        Cover.objects.filter(story=story.pk).update(safety=words)
        Story.objects.filter(pk=story.pk).update(safety_answered_at=clock.now())


@transaction.atomic
def record_resolution(*, story: Story, agreement: Agreement, words: str, by: User) -> None:
    """Two adults differ: write down how it was resolved, beside what one of them said. The lead."""
    require("record_resolution", permissions.safety_verbs(by, story))
    if agreement.story_id != story.pk:
        raise ValueError("This is an agreement of the story's own family")
    record("record_resolution", agreement, by=by, detail=words)
    with identity.as_system("resolution"):
        Agreement.objects.filter(pk=agreement.pk).update(disagreement=words)
