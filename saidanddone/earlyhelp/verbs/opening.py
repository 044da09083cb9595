"""A story begins: with a family, its people, and what they agreed to."""

import uuid
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import (
    Access,
    Agreement,
    Cover,
    Family,
    FamilyMember,
    Story,
)
from saidanddone.earlyhelp.verbs.rights import DECADES, coordinate, join_team
from saidanddone.people.models import User
from saidanddone.reference.models import Area


class AgreementNeeded(Exception):  # noqa: N818 -- it tells what is missing
    """Nobody of the family who may has agreed yet: there is no story without it."""


class NewMember(NamedTuple):
    """Somebody of the family as they are first written down."""

    kind: str
    name: str
    born_on: date | None = None
    agrees: bool = False
    more: dict[str, Any] = {}


@transaction.atomic
def open_story(
    *, called: str, members: list[NewMember], agreement: dict[str, Any], why_now: str, by: User,
    area: Area | None = None, once: uuid.UUID | None = None,
) -> Story:  # fmt: skip
    """Open a family's story with what they agreed to. Anybody who works with children; they lead it.

    Raises AgreementNeeded unless a grown-up of the family, or a child who is able to, agrees. The
    author's membership ends with the agreement, six months from now at the latest.
    """
    require("open_story", permissions.opening_verbs(by))
    if once and (found := Story.objects.filter(once=once).first()):
        return found
    agreeing = [member for member in members if member.agrees]
    if not agreeing or not agreement.get("words", "").strip():
        raise AgreementNeeded
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
        Agreement.objects.create(
            family=family, story=story, member=person, version=1, recorded_by=by.acting_for,
            **agreement,
        )
        for person, member in zip(made, members, strict=True) if member.agrees
    ]  # fmt: skip
    join_team(story, by.acting_for, "leads this family’s team", agreements[0], by=by)
    coordinate(story)
    record("open_story", story, by=by)
    return story


@transaction.atomic
def add_member(*, story: Story, member: NewMember, by: User) -> FamilyMember:
    """Write down somebody else of the family, also one not born yet. The lead."""
    require("add_member", permissions.story_verbs(by, story))
    last = FamilyMember.objects.filter(family=story.family_id).count()
    made = _member(story.family, last, member)
    story.move("add_member")
    record("add_member", made, by=by)
    return made


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


def _member(family: Family, place: int, member: NewMember) -> FamilyMember:
    return FamilyMember.objects.create(
        family=family, kind=member.kind, name=member.name, born_on=member.born_on, order=place,
        **member.more,
    )  # fmt: skip
