"""The glass: one child's record opened by somebody outside the team, and looked at afterwards."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity, workdays
from saidanddone.core.access import require
from saidanddone.earlyhelp import emails, permissions, states
from saidanddone.earlyhelp.models import (
    Access,
    BreakGlass,
    Conflict,
    FamilyMember,
    Seal,
    Story,
)
from saidanddone.earlyhelp.verbs.alike import same_name
from saidanddone.people.models import Organisation, User
from saidanddone.reference.models import ClosedDay, partnership


class Paused(Exception):  # noqa: N818 -- it tells how things stand
    """This agency has broken glass that nobody reviewed in time: it breaks none until then."""


@transaction.atomic
def break_glass(
    *, name: str, born_on: date, why: str, by: User, once: UUID | None = None
) -> BreakGlass:
    """Open one child's record for an hour, to read, when a child may be harmed otherwise.

    Who works with children, for a child whom they know by name and birth date, saying why. The
    try is kept whether or not there is a record. What is sealed, or a relative's, answers as if it
    were not there. The lead and the privacy officers of both agencies are written to, without
    names. Raises Paused while the own agency's broken glass waits for its review too long.
    """
    require("break_glass", permissions.glass_verbs(by))
    if once and (found := permissions.own_glass(by).filter(once=once).first()):
        return found
    with identity.as_system("glass"):
        if _overdue(by.acting_for.organisation):
            raise Paused
        child = _child(name, born_on, by)
        story = _story_of(child) if child else None
        now, today = clock.now(), clock.today()
        settings = partnership()
        closed = set(ClosedDay.objects.values_list("on", flat=True))
        made = BreakGlass.objects.create(
            story=story, child=child if story else None, person=by, post=by.acting_for, why=why,
            started_at=now, ends_at=now + timedelta(minutes=settings.break_glass_minutes),
            review_by=workdays.add(today, settings.break_glass_days, closed), once=once,
        )  # fmt: skip
        if story is not None:
            Access.objects.create(
                story=story, family_id=story.family_id, person=by, post=by.acting_for,
                part=Access.Part.READ, kind=Access.Kind.BREAK_GLASS, starts_at=now,
                ends_at=made.ends_at, source=made.pk,
            )  # fmt: skip
    record("break_glass", made, by=by, detail=why)
    emails.glass_broken(made)
    return made


@transaction.atomic
def review_broken_glass(*, glass: BreakGlass, outcome: str, words: str, by: User) -> None:
    """Say whether it was right to break the glass, and why. A privacy officer, of another's deed.

    The agency may break it again once none of its waits beyond its day.
    """
    require("review_broken_glass", permissions.glass_verbs(by, glass))
    glass.reviewed_at, glass.reviewed_by = clock.now(), by.acting_for
    glass.outcome, glass.outcome_words = outcome, words
    glass.save(update_fields=["reviewed_at", "reviewed_by", "outcome", "outcome_words"])
    record("review_broken_glass", glass, by=by, detail=f"{outcome} {words}")


def _overdue(agency: Organisation) -> bool:
    waiting = BreakGlass.objects.filter(post__organisation=agency, reviewed_at__isnull=True)
    late = waiting.filter(review_by__lt=clock.today())
    # Sealed since then, it is there for no officer: nobody is paused for what nobody can review.
    sealed = Seal.objects.filter(subject__isnull=True, lifted_at__isnull=True).values("family")
    return late.exclude(story__in=Story.objects.filter(family__in=sealed)).exists()


def _child(name: str, born_on: date, by: User) -> FamilyMember | None:
    """The one child of that name and day; none if there are several, or it is not theirs to find."""
    born = FamilyMember.objects.filter(kind=FamilyMember.Kind.CHILD, born_on=born_on)
    sealed = Seal.objects.filter(subject__isnull=True, lifted_at__isnull=True)
    unnamed = sealed.exclude(readers__contains=[by.pk]).values("family")
    related = Conflict.objects.filter(person=by.pk, ended_at__isnull=True).values("family")
    own = Access.objects.filter(person=by.pk, part=Access.Part.FAMILY).values("family")
    open_to_them = born.exclude(family__in=unnamed).exclude(family__in=related)
    found = [one for one in open_to_them.exclude(family__in=own) if same_name(one.name, name)]
    return found[0] if len(found) == 1 else None


def _story_of(child: FamilyMember) -> Story | None:
    stories = Story.objects.filter(family=child.family_id).order_by("-opened_at")
    live = [one for one in stories if one.state in states.LIVE]
    return (live or list(stories) or [None])[0]
