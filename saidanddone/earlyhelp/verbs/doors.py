"""The lead opens somebody of the family their own door, and shuts it; a card opens it without e-mail."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity
from saidanddone.core.access import require
from saidanddone.earlyhelp import emails, permissions
from saidanddone.earlyhelp.models import Access, FamilyCode, FamilyMember, Story
from saidanddone.earlyhelp.verbs.rights import end_rights, give_family
from saidanddone.people import signin
from saidanddone.people.models import User

NAME = "Somebody of a family"  # accounts show no name: who they are stands in the record alone
NOWHERE = "@door.invalid"  # where no letter ever arrives
CARD_LASTS = timedelta(days=28)
LETTERS = "BCDFGHJKMNPQRSTVWXZ23456789"  # no vowels, so no word; none that look alike
LENGTH = 12


class NotTheirDoor(Exception):  # noqa: N818 -- it tells what is in the way
    """They have a door already, or this address is that of somebody who works with the family."""


@transaction.atomic
def open_door(*, story: Story, member: FamilyMember, email: str, by: User) -> None:
    """Let one of the family in by codes that go to their own address. The lead.

    Raises NotTheirDoor where it would shut out somebody who works with the family, or serve two.
    """
    require("open_door", permissions.story_verbs(by, story))
    _check_member(story, member)
    if member.user_id is not None:
        raise NotTheirDoor
    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is not None and _known_here(story, person):
        raise NotTheirDoor
    person = person or _account(email, member)
    _let_in(story, member, person)
    record("open_door", member, by=by)
    emails.door_opened(story, person)


@transaction.atomic
def make_card(*, story: Story, member: FamilyMember, by: User) -> str:
    """A card for whoever has no e-mail: its code opens their door for 28 days. The lead.

    The code is shown once and kept as a digest; a new card ends the one before. Raises NotTheirDoor
    where they come in by codes to their own address.
    """
    require("open_door", permissions.story_verbs(by, story))
    _check_member(story, member)
    if member.user is not None and not member.user.email.endswith(NOWHERE):
        raise NotTheirDoor
    if member.user is None:
        _let_in(story, member, _account(f"{member.pk}{NOWHERE}", member))
    _end_cards(member, by)
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    made = FamilyCode.objects.create(
        member=member, family_id=story.family_id, digest=digest(code), made_by=by.acting_for,
        ends_at=clock.now() + CARD_LASTS,
    )  # fmt: skip
    record("make_card", made, by=by)
    return "-".join(code[place : place + 4] for place in range(0, LENGTH, 4))


@transaction.atomic
def shut_door(*, story: Story, member: FamilyMember, by: User) -> None:
    """Shut somebody's door: at once, in every browser, cards included. The lead."""
    require("shut_door", permissions.story_verbs(by, story))
    _check_member(story, member)
    person = member.user
    if person is None:
        return
    end_rights(story, kind=Access.Kind.FAMILY, person=person)
    _end_cards(member, by)
    FamilyMember.objects.filter(pk=member.pk).update(user=None)
    record("shut_door", member, by=by)
    if not person.posts_now:
        signin.end_sessions(person)


@transaction.atomic
def enter_by_card(*, code: str) -> User | None:
    """Whose door this card opens, if it does. Anybody who holds it; tries are counted by the page."""
    with identity.as_system("card"):  # nobody is signed in yet: the code alone speaks
        found = FamilyCode.objects.filter(
            digest=digest(code), revoked_at__isnull=True, ends_at__gt=clock.now(),
            member__user__is_active=True, member__left_on__isnull=True,
            member__user__email__endswith=NOWHERE,
        )  # fmt: skip
        card = found.select_related("member__user").first()
        if card is None:
            return None
        FamilyCode.objects.filter(pk=card.pk, opened_at=None).update(opened_at=clock.now())
        person = card.member.user
    record("enter_by_card", card, by=person)
    return person


def digest(code: str) -> str:
    """What is kept of a code: sixty bits by chance are not guessed from it."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(f"family card {plain}".encode()).hexdigest()


def _account(email: str, member: FamilyMember) -> User:
    return User.objects.create_user(
        email, NAME, None, is_young=member.is_child, joined_at=clock.now()
    )


def _let_in(story: Story, member: FamilyMember, person: User) -> None:
    FamilyMember.objects.filter(pk=member.pk).update(user=person)
    member.user = person
    give_family(story, person)


def _end_cards(member: FamilyMember, by: User) -> None:
    live = FamilyCode.objects.filter(member=member.pk, revoked_at__isnull=True)
    live.update(revoked_at=clock.now(), revoked_by=by)


def _check_member(story: Story, member: FamilyMember) -> None:
    if member.family_id != story.family_id or member.left_on is not None:
        raise ValueError("The door is one of this family's own")


def _known_here(story: Story, person: User) -> bool:
    """Somebody with a right here would lose it; two of a family do not share one door."""
    held = Access.objects.in_force().filter(story=story.pk, person=person)
    theirs = FamilyMember.objects.filter(family=story.family_id, user=person)
    return held.exists() or theirs.exists()
