"""How long a record is kept: held for a reason, or, when its time is over, disposed of by two."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.earlyhelp import emails, permissions
from saidanddone.earlyhelp.models import Disposal, LegalHold, Seal, Story
from saidanddone.earlyhelp.verbs.closing import keep_until
from saidanddone.earlyhelp.verbs.emptying import empty, left_elsewhere
from saidanddone.people.models import User

MOST = 200  # on one page: those whose day is over longest


class NotThere(Exception):  # noqa: N818 -- it tells what was not found
    """No record of this reference is there for them, whether or not it is there for others."""


class TwoNeeded(Exception):  # noqa: N818 -- it tells what is missing
    """One proposes that a record goes, and another agrees; the first is a privacy officer."""


class Over(NamedTuple):
    """A record whose time is over, as a privacy officer reads it: a reference and days."""

    story: UUID
    reference: str
    closed_on: date
    kept_until: date


@transaction.atomic
def list_due(*, by: User) -> list[Over]:
    """Which records' time is over, by reference. Privacy officers and coordinators; kept."""
    require("see_keeping", permissions.keeping_verbs(by))
    record("list_due", "earlyhelp.story:over", by=by)
    with identity.as_system("keeping"):
        planned = Disposal.objects.filter(refused_why="").values("story")
        found = permissions.due_stories(by).exclude(pk__in=planned)[:MOST]
        return [_over(one) for one in found if _keep_until(one) < clock.today()]


@transaction.atomic
def list_holds(*, by: User) -> list[tuple[LegalHold, str]]:
    """What is held, each with the family's reference. Privacy officers and coordinators."""
    require("see_keeping", permissions.keeping_verbs(by))
    found = list(permissions.visible_holds(by)[:MOST])
    with identity.as_system("keeping"):
        known = Story.objects.filter(pk__in=[one.story_id for one in found])
        references = dict(known.values_list("pk", "reference"))
    return [(one, references[one.story_id]) for one in found]


@transaction.atomic
def hold_record(*, reference: str, why: str, by: User) -> list[LegalHold]:
    """Keep a family's record whatever its day says, for a reason. A privacy officer.

    It stays until somebody lifts the hold. Raises NotThere alike for what is not there and for what
    is sealed from them.
    """
    require("hold_record", permissions.keeping_verbs(by))
    with identity.as_system("hold"):
        stories = list(permissions.holdable_stories(by, reference))
        held = LegalHold.objects.filter(story__in=stories, lifted_at__isnull=True)
        there = set(held.values_list("story", flat=True))
        made = [
            LegalHold.objects.create(story=one, why=why, set_by=by.acting_for)
            for one in stories if one.pk not in there
        ]  # fmt: skip
    if not stories:
        raise NotThere
    for one in made:
        record("hold_record", one, by=by, detail=why)
    return made


@transaction.atomic
def lift_hold(*, hold: LegalHold, by: User) -> None:
    """Let the record's own day count again. A privacy officer."""
    require("lift_hold", permissions.keeping_verbs(by))
    still = LegalHold.objects.filter(pk=hold.pk, lifted_at__isnull=True)
    if not still.update(lifted_at=clock.now(), lifted_by=by.acting_for):
        raise Moved(hold, "lift_hold")
    record("lift_hold", hold, by=by)


@transaction.atomic
def propose_disposal(*, story: UUID, by: User) -> Disposal:
    """Say that a record whose time is over may go. A privacy officer; another person agrees."""
    require("propose_disposal", permissions.keeping_verbs(by))
    with identity.as_system("keeping"):
        found = permissions.due_stories(by).filter(pk=story).first()
        over = _over(found) if found and _keep_until(found) < clock.today() else None
        if over is None or Disposal.objects.filter(story=story, refused_why="").exists():
            raise Moved(Disposal(story=story), "propose_disposal")
    made = Disposal.objects.create(**over._asdict(), proposed_by=by)
    record("propose_disposal", made, by=by)
    emails.at_a_desk(made, "keeping", permissions.deciders().exclude(user=by.pk))
    return made


@transaction.atomic
def agree_disposal(*, disposal: Disposal, by: User) -> None:
    """Agree, and the record is gone: every row of it, its history, its drawings. A second person.

    The database decides once more by itself: closed, beyond its day, held by nobody. Accounts that
    were only doors to it are emptied, and letters about it or to them are gone. What stays is this
    line with a reference and days, and the audit.
    """
    require("agree_disposal", permissions.keeping_verbs(by, disposal))
    with identity.as_system("keeping"):
        story = permissions.due_stories(by).filter(pk=disposal.story).first()
        if story is None or _keep_until(story) >= clock.today():
            raise Moved(disposal, "agree_disposal")
        left = left_elsewhere(story)
    still = Disposal.objects.filter(pk=disposal.pk, agreed_at__isnull=True, refused_why="")
    if not still.update(agreed_at=clock.now(), agreed_by=by):
        raise Moved(disposal, "agree_disposal")
    with connection.cursor() as cursor:
        cursor.execute("SELECT earlyhelp_dispose(%s)", [disposal.pk])
        pictures = cursor.fetchone()[0]
    empty(left)
    record("agree_disposal", disposal, by=by)
    transaction.on_commit(lambda: [default_storage.delete(one) for one in pictures])


@transaction.atomic
def refuse_disposal(*, disposal: Disposal, why: str, by: User) -> None:
    """Do not agree, and say why: the record stays. A second person."""
    require("refuse_disposal", permissions.keeping_verbs(by, disposal))
    still = Disposal.objects.filter(pk=disposal.pk, agreed_at__isnull=True, refused_why="")
    if not still.update(refused_why=why, agreed_by=by):
        raise Moved(disposal, "refuse_disposal")
    record("refuse_disposal", disposal, by=by, detail=why)


@transaction.atomic
def name_keepers(*, story: Story, people: Collection[int], by: User) -> None:
    """Let a privacy officer and somebody else know of a sealed record whose day is over. The named.

    Its seal names them from now on: they find its reference and its days where records end, and no
    word of it, for they have no right to read it. Raises TwoNeeded if these are not such two.
    """
    require("name_keepers", permissions.sealed_verbs(by, story))
    posts = permissions.deciders().filter(user__in=people)
    named = set(posts.values_list("user", flat=True))
    if len(named) < 2 or not posts.filter(roles__contains=[permissions.OFFICER]).exists():
        raise TwoNeeded
    with identity.as_system("keepers"):  # the file is to read: nothing else of a seal changes by it
        seals = Seal.objects.filter(
            family=story.family_id, subject__isnull=True, lifted_at__isnull=True,
            readers__contains=[by.pk],
        )  # fmt: skip
        for seal in seals:
            seal.readers = sorted(named.union(seal.readers))
            seal.save(update_fields=["readers"])
            record("name_keepers", seal, by=by)
    emails.at_a_desk(story, "keeping", posts)


def _keep_until(story: Story) -> date:
    """The later of the day that was set and the day as births are known now."""
    return max(story.keep_until, keep_until(story))


def _over(story: Story) -> Over:
    return Over(story.pk, story.reference, timezone.localdate(story.closed_at), story.keep_until)
