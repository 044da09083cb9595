"""The story: what happened, each deed at its own moment, told from the first to the last."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from saidanddone.core import clock, workdays
from saidanddone.events.models import Series
from saidanddone.governance.models import Body, Escalation, Meeting
from saidanddone.library.models import Document, Practice
from saidanddone.participation.models import Gathering, Issue, Voice
from saidanddone.people.models import Organisation, Post, User

MIDDAY = time(12)
SHORTLY_AGO = timedelta(minutes=2)


@dataclass(order=True)
class Deed:
    """One thing that somebody does: its day as the files give it, and when that really is."""

    day: date
    at: time
    place: int  # in the files: of two at the same time, the one that is written first
    moment: datetime = field(compare=False)
    do: Callable[..., Any] = field(compare=False)
    told: dict[str, Any] = field(compare=False)


@contextmanager
def named(deed: Deed) -> Iterator[None]:
    """Whatever goes wrong inside says which entry of the files it was."""
    try:
        yield
    except Exception as trouble:
        trouble.add_note(f"while telling, on {deed.day}, {deed.do.__qualname__}: {deed.told}")
        raise


@dataclass
class Story:
    """Deeds to tell, and everything that they have brought about so far, by the files' own keys."""

    now: datetime = field(default_factory=clock.now)
    today: date = field(default_factory=clock.today)
    deeds: list[Deed] = field(default_factory=list)
    people: dict[str, User] = field(default_factory=dict)  # each acts for the post of the key
    organisations: dict[str, Organisation] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    gatherings: dict[str, Gathering] = field(default_factory=dict)
    voices: dict[str, Voice] = field(default_factory=dict)
    issues: dict[str, Issue] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    practices: dict[str, Practice] = field(default_factory=dict)
    families: dict[str, UUID] = field(default_factory=dict)  # the stories of families
    codes: dict[str, str] = field(default_factory=dict)  # of voices
    escalations: dict[str, Escalation] = field(default_factory=dict)

    # -------------------------------------------------------------- days

    def day(self, offset: int) -> date:
        """So many days from today, on a day when offices are open: the last before, or the next."""
        day, step = self.today + timedelta(days=offset), timedelta(days=-1 if offset <= 0 else 1)
        while not workdays.is_working(day):
            day += step
        return day

    def moment(self, day: date, at: time) -> datetime:
        """That time of that day by the local clock; nothing that is told happens after now."""
        there = timezone.make_aware(datetime.combine(day, at))
        return min(there, self.now - SHORTLY_AGO)

    # -------------------------------------------------------------- telling

    def then(self, offset: int, do: Callable[..., Any], *, at: time = MIDDAY, **told: Any) -> None:
        """Somebody does something so many days from today; what is still to come is not told."""
        if offset <= 0:
            self._add(self.today + timedelta(days=offset), self.day(offset), at, do, told)

    def just_now(self, do: Callable[..., Any], **told: Any) -> None:
        """Somebody does something a moment before the telling ends."""
        self.deeds.append(Deed(self.today, time.max, len(self.deeds), self.now, do, told))

    def on(self, day: date, do: Callable[..., Any], *, at: time = MIDDAY, **told: Any) -> None:
        """Somebody did something on a day that is a matter of record."""
        self._add(day, day, at, do, told)

    def tell(self) -> None:
        """Let everything happen, in order, each deed at its moment and none before the last."""
        last = None
        for deed in sorted(self.deeds):
            moment = deed.moment if last is None else max(deed.moment, last)
            with clock.stand_at(moment), named(deed):
                deed.do(self, **deed.told)
            last = moment

    def _add(self, day: date, real: date, at: time, do: Callable, told: dict) -> None:
        moment = self.moment(real, at)
        self.deeds.append(Deed(day, at, len(self.deeds), moment, do, told))

    # -------------------------------------------------------------- who and what

    def post(self, key: str) -> Post:
        """The post behind a key."""
        return self.people[key].acting_for

    def issue(self, key: str) -> Issue:
        """The issue as it stands now, whoever moved it last."""
        return Issue.objects.get(pk=self.issues[key].pk)

    def voice(self, key: str) -> Voice:
        """The voice as it stands now."""
        return Voice.objects.get(pk=self.voices[key].pk)
