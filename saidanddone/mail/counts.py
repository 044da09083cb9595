"""How the mail and the queue of jobs are, in numbers, for the status page."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Min, Q
from django.db.models.functions import Now
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from saidanddone.core import clock
from saidanddone.mail import states
from saidanddone.mail.models import SILENT, Letter, Worker

SLOW = timedelta(minutes=15)  # a letter that waits longer wants a look


@dataclass(frozen=True)
class Backlog:
    """Letters by what became of them."""

    queued: int
    oldest: datetime | None  # since when the longest waiting one is due
    unknown: int
    refused: int
    accepted_today: int
    workers: int  # alive now
    trouble: str  # what a living worker says of the mail server

    @property
    def late(self) -> bool:
        """Whether letters wait longer than they should."""
        return self.oldest is not None and clock.now() - self.oldest > SLOW

    @property
    def well(self) -> bool:
        """Whether nothing here wants a person."""
        return not (self.late or self.unknown or self.trouble) and self.workers > 0


@dataclass(frozen=True)
class Jobs:
    """Jobs by state."""

    waiting: int
    doing: int
    failed: int
    oldest: datetime | None  # since when the longest waiting one is due

    @property
    def well(self) -> bool:
        """Whether nothing here wants a person."""
        return not self.failed and (self.oldest is None or clock.now() - self.oldest < SLOW)


def backlog() -> Backlog:
    """What waits, and what went wrong. Two queries."""
    waits = Q(state__in=(states.QUEUED, states.HANDING_OVER), called_back=False)
    midnight = timezone.make_aware(datetime.combine(clock.today(), time.min))
    numbers = Letter.objects.aggregate(
        queued=Count("pk", filter=waits),
        oldest=Min("not_before", filter=waits & Q(not_before__lte=clock.now())),
        unknown=Count("pk", filter=Q(state=states.UNKNOWN)),
        refused=Count("pk", filter=Q(state=states.REFUSED)),
        accepted_today=Count("pk", filter=Q(accepted_at__gte=midnight)),
    )
    living = list(
        Worker.objects.filter(seen_at__gt=Now() - SILENT).values_list("trouble", flat=True)
    )
    return Backlog(**numbers, workers=len(living), trouble=next(filter(None, living), ""))


@dataclass(frozen=True)
class Progress:
    """How far the letters about one thing have come."""

    written: int
    waiting: int
    accepted: int
    refused: int
    unknown: int

    @property
    def over(self) -> bool:
        """Whether nothing of it is still under way."""
        return self.waiting == 0


def progress(about: str) -> Progress:
    """What became of all letters about one thing. One query."""
    under_way = Q(state__in=(states.QUEUED, states.HANDING_OVER))
    numbers = Letter.objects.filter(wording__about=about).aggregate(
        written=Count("pk"),
        waiting=Count("pk", filter=under_way),
        accepted=Count("pk", filter=Q(state=states.ACCEPTED)),
        refused=Count("pk", filter=Q(state=states.REFUSED)),
        unknown=Count("pk", filter=Q(state=states.UNKNOWN)),
    )
    return Progress(**numbers)


def jobs() -> Jobs:
    """What waits in the queue, and what failed. One query."""
    due = Q(scheduled_at__isnull=True) | Q(scheduled_at__lte=clock.now())
    numbers = ProcrastinateJob.objects.aggregate(
        waiting=Count("pk", filter=Q(status="todo"), distinct=True),
        doing=Count("pk", filter=Q(status="doing"), distinct=True),
        failed=Count("pk", filter=Q(status="failed"), distinct=True),
        oldest=Min(
            "procrastinateevent__at",
            filter=Q(status="todo", procrastinateevent__type="deferred") & due,
        ),
    )
    return Jobs(**numbers)
