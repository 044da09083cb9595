"""Rule 3: an agency that is shut out may ask or tell something about this child, and is answered."""

from datetime import date
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity, workdays
from saidanddone.core.access import Refused, require
from saidanddone.core.presses import earlier
from saidanddone.earlyhelp import emails, permissions
from saidanddone.earlyhelp.models import Asking, Look, Patch, Story, TeamMembership, counting
from saidanddone.people.models import Post, User
from saidanddone.reference.models import ClosedDay, partnership


class NobodyToAsk(Exception):  # noqa: N818 -- it tells what is missing
    """Nobody leads this family's team now, nor coordinates its area: the front door takes it."""


@transaction.atomic
def read_own(*, past: TeamMembership, by: User) -> None:
    """Read what one wrote oneself, after the door was shut. Its author; the look is kept."""
    story = past.story_id
    if (found := permissions.own_past(by, story)) is None or found.pk != past.pk:
        raise Refused("read_own")
    Look.objects.create(
        story_id=story, person=by, post=by.acting_for, part="own-work", purpose="own_work"
    )
    record("read_own", f"earlyhelp.story:{story}", by=by)


@transaction.atomic
def ask_or_tell(
    *, past: TeamMembership, words: str, tells: bool, by: User, once: UUID | None = None
) -> Asking:
    """Ask or tell something about this child. Whoever was in the team and is shut out.

    It goes to a named person, who shares or not within one working day, and records why.
    """
    if (found := permissions.own_past(by, past.story_id)) is None or found.pk != past.pk:
        raise Refused("ask_or_tell")
    if made := earlier(Asking, once):
        return made
    with identity.as_system("asking"):  # whoever is shut out may not know who leads now
        to = _named_person(past)
    asking = Asking.objects.create(
        story_id=past.story_id, from_post=by.acting_for, to_post=to, words=words, tells=tells,
        due_on=_due(), once=once,
    )  # fmt: skip
    record("ask_or_tell", asking, by=by, detail=words)
    emails.asking(asking, to.pk)
    return asking


@transaction.atomic
def answer_asking(*, asking: Asking, shared: bool, answer: str, why: str, by: User) -> None:
    """Share or do not share, and say why. The person it went to, or whoever leads; once."""
    require("answer_asking", permissions.asking_verbs(by, asking))
    Asking.objects.filter(pk=asking.pk, answered_at__isnull=True).update(
        shared=shared, answer=answer if shared else "", why=why, answered_at=clock.now(),
        answered_by=by.acting_for,
    )  # fmt: skip
    record("answer_asking", asking, by=by, detail=why)
    emails.asking(asking, asking.from_post_id)


@transaction.atomic
def read_asking(*, asking: Asking, by: User) -> None:
    """Read what was asked or told. Those whom it concerns; the look is kept."""
    if not permissions.visible_askings(by).filter(pk=asking.pk).exists():
        raise Refused("read_asking")
    Look.objects.create(
        story_id=asking.story_id, person=by, post=by.acting_for, part="asking", purpose="asking"
    )
    record("read_asking", asking, by=by)


def _named_person(past: TeamMembership) -> Post:
    """Whoever leads, unless they are of the agency that asks; else whoever coordinates the area."""
    story = Story.objects.select_related("lead").get(pk=past.story_id)
    others = counting().exclude(organisation=past.post.organisation_id)
    if others.filter(pk=story.lead_id).exists():
        return story.lead
    patches = Patch.objects.filter(ended_at__isnull=True, post__in=counting())
    near = patches.filter(area=story.area_id).first() or patches.filter(area=None).first()
    if near is None:
        raise NobodyToAsk
    return near.post


def _due() -> date:
    closed = set(ClosedDay.objects.values_list("on", flat=True))
    return workdays.add(clock.today(), partnership().asking_days, closed)
