"""The duty desk sees who may be one child, joins the two workers up, or not; nobody else is told."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity, workdays
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.earlyhelp import emails, permissions, states
from saidanddone.earlyhelp.models import Asking, DutyCheck, FamilyMember, Look, Seal, Story
from saidanddone.earlyhelp.verbs.alike import why_alike
from saidanddone.people.models import Post, User
from saidanddone.reference.models import ClosedDay, partnership

SEALED = "One of the records is sealed: ring whoever leads it before you decide"
Outcome = DutyCheck.Outcome


def find_matches(checks: list[DutyCheck]) -> int:
    """Look for each child among all, sealed records included. Only inside a deed of the product.

    A child whom nobody knows is written down as not found. How many may be known is answered; the
    desk is written to, and whoever asked is told nothing.
    """
    found = 0
    for check in checks:
        twins = _twins(check)
        for place, (twin, why) in enumerate(twins):
            match = check if place == 0 else _again(check)
            _put(match, twin, why)
            found += 1
        if not twins:
            DutyCheck.objects.filter(pk=check.pk).update(
                outcome=Outcome.NONE, decided_at=clock.now()
            )
    if found:
        desk = Post.objects.live().filter(roles__contains=[permissions.DESK])
        emails.at_a_desk(checks[0], "duty-desk", desk)
    return found


@transaction.atomic
def see_check(*, check: DutyCheck, by: User) -> None:
    """Look at two children beside each other. The duty desk; both families see that it looked."""
    require("see_checks", permissions.duty_verbs(by))
    record("see_check", check, by=by)
    with identity.as_system("duty"):
        stories = [check.story_id, *_stories(check.match_family_id).values_list("pk", flat=True)]
        Look.objects.bulk_create(
            Look(story_id=one, person=by, post=by.acting_for, part="duty desk", purpose="check")
            for one in stories
        )  # fmt: skip


@transaction.atomic
def decide_check(*, check: DutyCheck, outcome: str, why: str, by: User) -> None:
    """Say whether it is one child. The duty desk.

    If it is, and they are to be joined up, each of the two who lead finds a note that names the
    other; nobody else learns of it.
    """
    require("decide_check", permissions.duty_verbs(by))
    decided = DutyCheck.objects.filter(pk=check.pk, outcome="").update(
        outcome=outcome, why=why, decided_at=clock.now(), decided_by=by.acting_for
    )
    if not decided:
        raise Moved(check, "decide_check")
    record("decide_check", check, by=by, detail=f"{outcome} {why}")
    if outcome == Outcome.SAME:
        with identity.as_system("duty"):
            _join_up(check, by)


def _twins(check: DutyCheck) -> list[tuple[FamilyMember, str]]:
    known = FamilyMember.objects.filter(kind=FamilyMember.Kind.CHILD, left_on__isnull=True)
    known = known.exclude(family=check.family_id).filter(
        Q(name__iexact=check.name) | Q(born_on__in=_near(check.born_on))
    )
    told = [(one, why_alike(check.name, check.born_on, one.name, one.born_on)) for one in known]
    live = set(
        Story.objects.filter(state__in=states.LIVE, family__in=[one.family_id for one, _ in told])
        .values_list("family", flat=True)
    )  # fmt: skip
    return [(one, why) for one, why in told if why and one.family_id in live]


def _near(born: date | None) -> list[date]:
    """The day itself, those a slip of the pen away, and the same with day and month turned round."""
    if born is None:
        return []
    digits = f"{born:%Y%m%d}"
    slips = {digits, f"{born:%Y%d%m}"}
    slips |= {f"{digits[:n]}{d}{digits[n + 1 :]}" for n in range(8) for d in "0123456789"}
    return [day for slip in slips if (day := _day(slip))]


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _again(check: DutyCheck) -> DutyCheck:
    return DutyCheck.objects.create(
        story_id=check.story_id, child_id=check.child_id, family_id=check.family_id,
        name=check.name, born_on=check.born_on, lead_id=check.lead_id,
    )  # fmt: skip


def _put(check: DutyCheck, twin: FamilyMember, why: str) -> None:
    families = [check.family_id, twin.family_id]
    sealed = Seal.objects.filter(family__in=families, subject__isnull=True, lifted_at__isnull=True)
    DutyCheck.objects.filter(pk=check.pk).update(
        match=twin, match_family=twin.family_id, match_name=twin.name,
        match_born_on=twin.born_on, match_lead=_stories(twin.family_id)[0].lead_id,
        why_alike=f"{why[:1].upper()}{why[1:]}" + (f". {SEALED}" if sealed.exists() else ""),
    )  # fmt: skip


def _stories(family: UUID | None) -> QuerySet[Story]:
    return Story.objects.filter(family=family, state__in=states.LIVE).order_by("-opened_at")


def _join_up(check: DutyCheck, by: User) -> None:
    theirs = _stories(check.match_family_id).select_related("lead__user", "lead__organisation")
    ours = Story.objects.select_related("lead__user", "lead__organisation").get(pk=check.story_id)
    pairs = [(ours, theirs[0], check.child_id), (theirs[0], ours, check.match_id)]
    closed = set(ClosedDay.objects.values_list("on", flat=True))
    for story, other, child in pairs:
        lead = other.lead
        told = Asking.objects.create(
            story=story, child_id=child, from_post=by.acting_for, to_post=story.lead, tells=True,
            words=f"The duty desk: {lead.user.name}, {lead.organisation.name} "
            f"({lead.user.email}), works with the same child. Please talk to each other.",
            due_on=workdays.add(clock.today(), partnership().asking_days, closed),
        )  # fmt: skip
        emails.asking(told, story.lead_id)
