"""How the audit is, in numbers, for the status page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from saidanddone.audit.models import Check
from saidanddone.core import clock

DAILY = timedelta(hours=24)
STALE = timedelta(hours=26)


@dataclass(frozen=True)
class Verification:
    """The last verification of the audit, if there was one."""

    at: datetime | None = None
    lines: int = 0
    heads: int = 0
    faults: int = 0

    @property
    def due(self) -> bool:
        """Whether it is time for the next one."""
        return self.at is None or clock.now() - self.at >= DAILY

    @property
    def late(self) -> bool:
        """Whether the last one is longer ago than it should be."""
        return self.at is None or clock.now() - self.at > STALE

    @property
    def well(self) -> bool:
        """Whether the last one is fresh and found nothing."""
        return not self.faults and not self.late


def verification() -> Verification:
    """What the verifier found when it last ran. One query."""
    last = Check.objects.first()
    if last is None:
        return Verification()
    return Verification(at=last.at, lines=last.lines, heads=last.heads, faults=last.faults)
