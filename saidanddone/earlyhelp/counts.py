"""Numbers of early help in which no family can be found: twelve whole months, one dimension at a time.

Fewer than five are hidden, nought too, and as many more of the same table as it takes that nobody
works them out from the total. Sealed records are not counted, as if they were not there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.utils import timezone

from saidanddone.core import clock, identity, workdays
from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import Goal, Level, Review, Seal, Story
from saidanddone.people.models import User
from saidanddone.reference.models import StoryTerm, partnership
from saidanddone.ui.filters import MONTHS

MONTHS_BACK = 12


class Table(NamedTuple):
    """One list of counts; None where a number is hidden."""

    title: str
    of: str  # what is counted
    rows: list[tuple[str, int | None]]
    total: int | None


def early_help_counts(*, by: User) -> tuple[date, date, list[Table]]:
    """From when to when, and every table. An analyst; what is asked leads to no family."""
    require("read_counts", permissions.overview_verbs(by))
    since, until = whole_months(clock.today())
    # Counting reads every row; whoever asked has a right to the counts alone.
    with identity.as_system("counts"):
        sealed = Seal.objects.filter(subject__isnull=True, lifted_at__isnull=True).values("family")
        opened = Story.objects.exclude(family__in=sealed)
        opened = opened.filter(opened_at__date__gte=since, opened_at__date__lt=until)
        return since, until, [*_of_stories(opened, since), *_of_work(opened)]


def whole_months(today: date) -> tuple[date, date]:
    """The first day of the window and the day after its last: months that are over change no more."""
    return today.replace(day=1, year=today.year - 1), today.replace(day=1)


def suppressed(title: str, of: str, counted: Mapping[str, int]) -> Table:
    """A table in which small numbers cannot be read, nor worked out from the others and the total."""
    small = partnership().small_group
    hidden = {label for label, number in counted.items() if number < small}
    shown = sorted((number, label) for label, number in counted.items() if label not in hidden)
    while hidden and shown and (len(hidden) < 2 or sum(counted[one] for one in hidden) < small):
        hidden.add(shown.pop(0)[1])
    total = sum(counted.values())
    whole = not hidden or (len(hidden) > 1 and sum(counted[one] for one in hidden) >= small)
    rows = [(label, None if label in hidden else number) for label, number in counted.items()]
    return Table(title, of, rows, total if whole and total >= small else None)


def _of_stories(opened: QuerySet[Story], since: date) -> list[Table]:
    rows = list(opened.values_list("opened_at", "area__name", "controller__name", "close_reason"))
    months = {_month(since, step): 0 for step in range(MONTHS_BACK)}
    months |= Counter(_named(timezone.localdate(row[0])) for row in rows)
    reasons = _terms(StoryTerm.Kind.CLOSING)
    closed = Counter(reasons.get(row[3], row[3]) for row in rows if row[3])
    return [
        suppressed("By month", "stories opened", months),
        suppressed("By area", "stories opened", Counter(row[1] or "No area given" for row in rows)),
        suppressed("By agency", "stories opened", Counter(row[2] or "Not known" for row in rows)),
        suppressed("By reason for closing", "stories that ended", closed),
    ]


def _of_work(opened: QuerySet[Story]) -> list[Table]:
    """Levels of need, outcomes, and whether things were in time."""
    levels, outcomes = _terms(StoryTerm.Kind.LEVEL), _terms(StoryTerm.Kind.OUTCOME)
    judged = Level.objects.filter(story__in=opened).order_by("judged_on", "pk")
    last = dict(judged.values_list("child", "level"))  # the latest of each child stays
    tags = Goal.objects.filter(story__in=opened, dropped_at__isnull=True)
    wanted = {
        (story, code) for story, codes in tags.values_list("story", "outcomes") for code in codes
    }
    return [
        suppressed("By level of need", "children, as judged last",
                   _in_order(levels, (str(level) for level in last.values()))),
        suppressed("By outcome", "stories with a goal towards it",
                   _in_order(outcomes, (code for _, code in wanted))),
        suppressed("Assessments", "stories authorised", _assessed(opened)),
        suppressed("Reviews", "reviews held after another", _reviewed(opened)),
    ]  # fmt: skip


def _assessed(opened: QuerySet[Story]) -> dict[str, int]:
    days = partnership().story_assess_days
    found = opened.filter(authorised_at__isnull=False).values_list("opened_at", "authorised_at")
    took = [
        workdays.between(timezone.localdate(start), timezone.localdate(end)) for start, end in found
    ]
    in_time = sum(one <= days for one in took)
    return {f"Within {days} working days": in_time, "Later": len(took) - in_time}


def _reviewed(opened: QuerySet[Story]) -> dict[str, int]:
    held = Review.objects.filter(story__in=opened).order_by(F("story"), "held_on", "pk")
    counted = {"When it was due": 0, "Later": 0}
    before: tuple[object, date | None] = (None, None)
    for story, on, following in held.values_list("story", "held_on", "next_on"):
        if before[0] == story and before[1] is not None:
            counted["When it was due" if on <= before[1] else "Later"] += 1
        before = (story, following)
    return counted


def _in_order(named: Mapping[str, str], codes: Iterable[str]) -> dict[str, int]:
    """Every entry of a list in its order, those that nobody has among them."""
    counted = Counter(codes)
    return {name: counted[code] for code, name in named.items()}


def _terms(kind: str) -> dict[str, str]:
    return dict(StoryTerm.objects.filter(kind=kind).values_list("code", "name"))


def _month(since: date, step: int) -> str:
    years, month = divmod(since.month - 1 + step, 12)
    return _named(date(since.year + years, month + 1, 1))


def _named(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"
