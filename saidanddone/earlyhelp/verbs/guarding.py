"""What is kept from whom: records sealed and seals looked at again, safe addresses kept and opened."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity, lockbox
from saidanddone.core.access import Refused, require
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import FamilyMember, Look, SafeAddress, Seal, Story
from saidanddone.people.models import User
from saidanddone.reference.models import partnership


class AloneWithIt(Exception):  # noqa: N818 -- it tells what is missing
    """A seal that names one worker alone would leave the record to nobody when they are away."""


@transaction.atomic
def seal_record(
    *, story: Story, readers: Collection[int], why: str, by: User, subject: UUID | None = None,
    once: UUID | None = None,
) -> Seal:  # fmt: skip
    """Seal the record, or one part of it, for all but those it names. The lead, or who supervises.

    For everybody else it does not exist from this moment: in lists, counts, searches and checks.
    Whoever seals is named with the others. It is looked at again by the day that settings say, and
    never ends by silence. Raises AloneWithIt if it names nobody else who works with the family.
    """
    require("seal_record", permissions.story_verbs(by, story))
    if once and (found := Seal.objects.filter(once=once).first()):
        return found
    others = permissions.namable(by, story).filter(pk__in=readers).exclude(pk=by.pk)
    if not others.filter(posts__in=permissions.posts_with_rights(story)).exists():
        raise AloneWithIt
    named = sorted({by.pk, *others.values_list("pk", flat=True)})
    made = Seal.objects.create(
        family_id=story.family_id, subject=subject, readers=named, why=why, set_by=by.acting_for,
        review_on=_next_review(), once=once,
    )  # fmt: skip
    story.move("seal_record")
    record("seal_record", made, by=by, detail=why)
    return made


@transaction.atomic
def review_seal(*, story: Story, seal: Seal, by: User) -> None:
    """Keep a seal on after a look at whether it is still needed.

    Named people who lead or supervise; once the record is closed, whoever of them keeps its file.
    """
    require("review_seal", permissions.seal_verbs(by, seal, story))
    seal.reviewed_at, seal.reviewed_by = clock.now(), by.acting_for
    seal.review_on = _next_review()
    seal.save(update_fields=["reviewed_at", "reviewed_by", "review_on"])
    record("review_seal", seal, by=by)


@transaction.atomic
def lift_seal(*, story: Story, seal: Seal, why: str, by: User) -> None:
    """Take a seal off, for a reason. Those who may keep it on; others' rights count again at once."""
    require("lift_seal", permissions.seal_verbs(by, seal, story))
    seal.lifted_at, seal.lifted_by, seal.lifted_why = clock.now(), by.acting_for, why
    seal.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    record("lift_seal", seal, by=by, detail=why)


@transaction.atomic
def keep_safe_address(
    *, story: Story, member: FamilyMember, words: str, readers: Collection[int], by: User
) -> SafeAddress:
    """Lock up where somebody of the family may be found, for named people. The lead.

    It is written with a key that the database never holds. One that was kept before makes way for
    it; who is not named for that one may not replace it.
    """
    require("keep_safe_address", permissions.story_verbs(by, story))
    if member.family_id != story.family_id:
        raise Refused("keep_safe_address")
    with identity.as_system("address"):  # also one that the lead is not named for
        before = SafeAddress.objects.filter(member=member, replaced_at__isnull=True).first()
    if before is not None:
        if by.pk not in before.readers:
            raise Refused("keep_safe_address")
        SafeAddress.objects.filter(pk=before.pk).update(replaced_at=clock.now())
    named = permissions.namable(by, story).filter(pk__in=readers).values_list("pk", flat=True)
    made = SafeAddress.objects.create(
        member=member, family_id=story.family_id, set_by=by.acting_for,
        closed=lockbox.close(words, place=str(member.pk)), readers=sorted({by.pk, *named}),
    )  # fmt: skip
    story.move("keep_safe_address")
    record("keep_safe_address", made, by=by)
    return made


@transaction.atomic
def open_safe_address(*, story: Story, address: SafeAddress, purpose: str, by: User) -> str:
    """Read a safe address, for a purpose. Those it names, who work with the family today.

    The look is written first, where the person whose address it is sees it, and their lead.
    """
    require("open_safe_address", permissions.story_verbs(by, story))
    if not permissions.visible_addresses(by, story).filter(pk=address.pk).exists():
        raise Refused("open_safe_address")
    Look.objects.create(
        story=story, member_id=address.member_id, person=by, post=by.acting_for,
        part="safe address", purpose=purpose,
    )  # fmt: skip
    record("open_safe_address", address, by=by, detail=purpose)
    return lockbox.unlock(address.closed, place=str(address.member_id))


def _next_review() -> date:
    return clock.today() + timedelta(days=partnership().seal_days)
