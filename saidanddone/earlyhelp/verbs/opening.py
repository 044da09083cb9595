"""A story begins: with a family, its people, and what they agreed to."""

import uuid
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity
from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import (
    Access,
    Agreement,
    Cover,
    DutyCheck,
    Enquiry,
    Family,
    FamilyMember,
    Story,
)
from saidanddone.earlyhelp.verbs.agencies import require_signed
from saidanddone.earlyhelp.verbs.duty import find_matches
from saidanddone.earlyhelp.verbs.enquiries import tell_asker
from saidanddone.earlyhelp.verbs.rights import DECADES, coordinate, join_team
from saidanddone.people.models import User
from saidanddone.reference.models import Area


class AgreementNeeded(Exception):  # noqa: N818 -- it tells what is missing
    """Nobody of the family who may has agreed yet: there is no story without it."""


class Impossible(ValueError):  # noqa: N818 -- it tells what cannot be
    """A birth that is still to come, or a child older than their parent."""


class NewMember(NamedTuple):
    """Somebody of the family as they are first written down."""

    kind: str
    name: str
    born_on: date | None = None
    agrees: bool = False
    words: str = ""  # of their agreement, where they are not those of everybody
    more: dict[str, Any] = {}


@transaction.atomic
def open_story(
    *, called: str, members: list[NewMember], agreement: dict[str, Any], why_now: str, by: User,
    area: Area | None = None, once: uuid.UUID | None = None, enquiry: Enquiry | None = None, told: str = "",
) -> Story:  # fmt: skip
    """Open a family's story with what they agreed to. Anybody who works with children; they lead it.

    Raises AgreementNeeded unless a grown-up of the family, or a child who is able to, agrees, and
    NotSigned unless the author's agency signed the sharing agreement. The author's membership ends
    with the agreement, six months from now at the latest. A request for help that it grew from is
    kept beside it, and whoever asked is told what the family allows.
    """
    require("open_story", permissions.opening_verbs(by))
    if once and (found := Story.objects.filter(once=once).first()):
        return found
    require_signed(by.acting_for)
    agreeing = [member for member in members if member.agrees]
    if not agreeing or not all(_words(member, agreement) for member in agreeing):
        raise AgreementNeeded
    _check_births(members)
    family_id, story_id = uuid.uuid4(), uuid.uuid4()
    claim(story_id, family_id, by)
    family = Family.objects.create(id=family_id, called=called, made_by=by.acting_for)
    story = Story.objects.create(
        id=story_id, family=family, lead=by.acting_for, opened_by=by.acting_for, area=area,
        controller=by.acting_for.organisation, reference=family.reference, once=once,
    )  # fmt: skip
    Cover.objects.create(story=story, why_now=why_now)
    made = [_member(family, place, member) for place, member in enumerate(members)]
    agreements = [
        _agreement(story, person, agreement | {"words": _words(member, agreement)}, by)
        for person, member in zip(made, members, strict=True) if member.agrees
    ]  # fmt: skip
    join_team(story, by.acting_for, "leads this family’s team", agreements[0], by=by)
    coordinate(story)
    record("open_story", story, by=by)
    if enquiry is not None:
        tell_asker(enquiry=enquiry, words=told, story=story, by=by)
    ask_the_desk(story, made)
    return story


def _agreement(story: Story, person: FamilyMember, said: dict[str, Any], by: User) -> Agreement:
    return Agreement.objects.create(
        family=story.family,
        story=story,
        member=person,
        version=1,
        recorded_by=by.acting_for,
        **said,
    )


@transaction.atomic
def add_member(
    *, story: Story, member: NewMember, by: User, once: uuid.UUID | None = None
) -> FamilyMember:
    """Write down somebody else of the family, also one not born yet. The lead."""
    require("add_member", permissions.story_verbs(by, story))
    if once and (found := FamilyMember.objects.filter(once=once).first()):
        return found
    _check_births([*_known(story), member])
    last = FamilyMember.objects.filter(family=story.family_id).count()
    made = _member(story.family, last, member, once)
    story.move("add_member")
    record("add_member", made, by=by)
    ask_the_desk(story, [made])
    return made


@transaction.atomic
def change_member(*, story: Story, member: FamilyMember, by: User, **changes: Any) -> None:
    """Put right, or add to, what is known of somebody in the family. The lead; earlier rows are kept."""
    require("change_member", permissions.story_verbs(by, story))
    if member.family_id != story.family_id:
        raise ValueError("This is somebody of the story's own family")
    known_by = (member.name, member.born_on)
    for name, value in changes.items():
        setattr(member, name, value)
    _check_births([*_known(story, but=member), _as_new(member)])
    member.save(update_fields=list(changes))
    story.move("change_member")
    record("change_member", member, by=by)
    if (member.name, member.born_on) != known_by:
        ask_the_desk(story, [member])


@transaction.atomic
def begin_assessment(*, story: Story, by: User) -> None:
    """From here on the team writes. The lead, once the family is written down."""
    require("begin_assessment", permissions.story_verbs(by, story))
    story.move("begin_assessment")
    record("begin_assessment", story, by=by)


def claim(story: uuid.UUID, family: uuid.UUID, by: User) -> None:
    """The first right to a story is its author's: the second lock lets nobody write one before."""
    Access.objects.create(
        story_id=story, family_id=family, person=by, post=by.acting_for, part=Access.Part.LEAD,
        kind=Access.Kind.LEAD, starts_at=clock.now(), ends_at=clock.now() + DECADES,
    )  # fmt: skip


def ask_the_desk(story: Story, those: list[FamilyMember]) -> None:
    """Each child is put before the duty desk, whether anybody knows them or not; no answer comes back."""
    with identity.as_system("duty"):
        made = DutyCheck.objects.bulk_create(
            DutyCheck(
                story=story, child=child, family_id=story.family_id, name=child.name,
                born_on=child.born_on, lead_id=story.lead_id,
            )
            for child in those if child.is_child
        )  # fmt: skip
        find_matches(made)


def _words(member: NewMember, agreement: dict[str, Any]) -> str:
    return member.words.strip() or agreement.get("words", "").strip()


def _check_births(members: list[NewMember]) -> None:
    """Nobody is born tomorrow, and no child before whoever has parental responsibility for them."""
    parents = [
        one.born_on for one in members
        if one.born_on and one.more.get("has_parental_responsibility") and one.kind == "adult"
    ]  # fmt: skip
    for one in members:
        if one.born_on and one.born_on > clock.today():
            raise Impossible
        if one.kind == "child" and one.born_on and any(born >= one.born_on for born in parents):
            raise Impossible


def _known(story: Story, but: FamilyMember | None = None) -> list[NewMember]:
    there = FamilyMember.objects.filter(family=story.family_id)
    return [_as_new(one) for one in there if but is None or one.pk != but.pk]


def _as_new(one: FamilyMember) -> NewMember:
    more = {"has_parental_responsibility": one.has_parental_responsibility}
    return NewMember(one.kind, one.name, one.born_on, more=more)


def _member(
    family: Family, place: int, member: NewMember, once: uuid.UUID | None = None
) -> FamilyMember:
    return FamilyMember.objects.create(
        family=family, kind=member.kind, name=member.name, born_on=member.born_on, order=place,
        once=once, **member.more,
    )  # fmt: skip
