"""Numbers of the wall: how many were heard, how soon and how fairly; small ones are hidden."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import (
    Aggregate,
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)

from saidanddone.core import clock
from saidanddone.participation import permissions, states
from saidanddone.participation.models import Issue, Judgement

SMALL = range(1, 5)  # one to four people could be found; nobody could be found in nought


class Median(Aggregate):
    """The middle value of a column; between the two middle ones, half way."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)%(filter)s"
    output_field = DurationField()


class Year(NamedTuple):
    """A year of issues: what was raised and answered, and what still waits, however old."""

    year: int
    raised: int  # issues that children and families raised this year
    answered: int  # of those, how many have had an answer
    waiting: int  # all that wait today, whenever they were raised
    late: int  # of those, past the day by which an answer was owed
    oldest: int | None  # days that the oldest of them has waited
    median: float | None  # days from words to answer, of the answers given this year
    replies: int  # how many answers that is


class Fairness(NamedTuple):
    """What those who raised issues said of the answers; None where a number is hidden."""

    fair: int | None
    not_fair: int | None
    not_said: int | None

    @property
    def share(self) -> int | None:
        """Per cent of those who said it that called the answer fair, if neither count is hidden."""
        if self.fair is None or self.not_fair is None or self.fair + self.not_fair == 0:
            return None
        return round(100 * self.fair / (self.fair + self.not_fair))


def year_of_issues(year: int | None = None) -> Year:
    """The numbers of a year, in one query. Workers' own issues are not children's voice (F18)."""
    year = year or clock.today().year
    owed = Q(state__in=states.WITH_US, answer_due__isnull=False)
    exact = Q(said_precision="day", said_on__isnull=False)
    took = ExpressionWrapper(F("answered_on") - F("said_on"), output_field=DurationField())
    found = _of_children().aggregate(
        raised=Count("pk", filter=Q(said_on__year=year)),
        answered=Count("pk", filter=Q(said_on__year=year, answered_on__isnull=False)),
        waiting=Count("pk", filter=owed),
        late=Count("pk", filter=owed & Q(answer_due__lt=clock.today())),
        first=Min("said_on", filter=owed & exact),
        median=Median(took, filter=exact & Q(answered_on__year=year, reply__isnull=False)),
        replies=Count("pk", filter=exact & Q(answered_on__year=year)),
    )
    first: date | None = found.pop("first")
    median: timedelta | None = found.pop("median")
    return Year(
        year=year,
        oldest=(clock.today() - first).days if first else None,
        median=median / timedelta(days=1) if median is not None else None,
        **found,
    )


def fairness(year: int | None = None) -> Fairness:
    """How many called the answers of a year fair; silence is counted as silence."""
    year = year or clock.today().year
    given = Judgement.objects.filter(
        at__year=year, reply__issue__in=_of_children().values("pk")
    ).aggregate(
        **{
            name: Sum(
                Case(
                    When(verdict=name, voice__isnull=False, then=Value(1)),
                    default=F(name),
                    output_field=IntegerField(),
                ),
                default=0,
            )
            for name in Fairness._fields
        }
    )
    return Fairness(**hide_small(given))


def hide_small(counts: dict[str, int]) -> dict[str, int | None]:
    """Counts of people with every one to four hidden, and never only one of them.

    With one hidden, whoever knows the whole could reckon it: the next smallest is hidden too.
    """
    hidden = {name for name, number in counts.items() if number in SMALL}
    if len(hidden) == 1:
        others = {name: number for name, number in counts.items() if name not in hidden and number}
        hidden |= set(sorted(others, key=lambda name: others[name])[:1])
    return {name: None if name in hidden else number for name, number in counts.items()}


def _of_children() -> QuerySet[Issue]:
    return permissions.public_issues().filter(by_worker=False)
