"""The postman: takes letters that are due, hands them over, writes down what became of them.

Two run in each worker, in threads of their own: one for letters to many and one for all others, so
that neither a bulletin nor a long job holds up the code that somebody waits for.
"""

import random
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, transaction

from saidanddone.core import clock
from saidanddone.mail import carrier, messages, states, verbs
from saidanddone.mail.carrier import Carrier, Down, Outcome, Parcel, Shelf
from saidanddone.mail.models import Letter
from saidanddone.mail.verbs import Fate

log = structlog.get_logger("saidanddone.mail")
MOST, LEAST = 25, 1  # letters taken at a time: what is in hand at a crash is unknown afterwards
BRISK, SLOW = 0.25, 1.0  # seconds that so many should take
MASTERS = 32  # wordings kept ready
DATABASE_AWAY = (DatabaseError, InterfaceError)
LONGEST_PAUSE = 300.0  # seconds between two tries of a server that is down
VERBS = {carrier.TAKEN: "accept", carrier.NEVER: "refuse", carrier.LOST: "lose_sight"}


class Postman:
    """Hands letters over for one worker, round by round."""

    def __init__(
        self,
        worker: str,
        *,
        bulk: bool | None = None,
        alive: Callable[[], bool] = lambda: True,
        means: Carrier | Shelf | None = None,
    ) -> None:
        self.worker = worker
        self.bulk = bulk  # letters to many alone, or the others alone, or all
        self.alive = alive  # whether others still count us among the living
        self.means = means or (Carrier() if settings.MAIL_HOST else Shelf())
        self.fates: list[Fate] = []  # known here, not yet written
        self.most = 4
        self.strays = False  # whether something may be in our name that we do not hold
        self.idle = True
        self.masters: OrderedDict[int, messages.Master] = OrderedDict()
        self.trouble = ""
        self.failures = 0

    def go_round(self) -> bool:
        """One round: False if nothing was due. Raises Down if the server takes nothing now."""
        if self.idle and not self.strays and not Letter.objects.due(bulk=self.bulk).exists():
            return False
        try:
            self.means.open()
        except Down as trouble:
            self._note(trouble)
            self._take(0)
            raise
        letters = self._take(self.most)
        self.idle = not letters
        began = time.perf_counter()
        self._carry(letters)
        self._mind_the_pace(time.perf_counter() - began, len(letters))
        return bool(letters)

    def rest(self) -> None:
        """Write down what is known, and let go of the server."""
        self.means.close()
        if self.fates or self.strays:
            self._take(0)

    def pause(self) -> float:
        """How long to wait before the server is tried again: longer each time, and never in step."""
        longest = min(LONGEST_PAUSE, 2.0 ** min(self.failures, 10) / 2)
        return longest * random.uniform(0.5, 1.0)  # noqa: S311  nobody gains by guessing it

    def _take(self, most: int) -> list[Letter]:
        """Write the last round's fates and take the next letters, in one transaction."""
        try:
            with transaction.atomic():
                if self.strays:
                    self._put_strays_back()
                verbs.settle(self.fates, worker=self.worker)
                taken = self._hand_over(most) if most and self.alive() else []
        except DATABASE_AWAY:
            self.strays = True  # it may stand nevertheless: the answer was lost, not the deed
            raise
        self.fates, self.strays = [], False
        return taken

    def _hand_over(self, most: int) -> list[Letter]:
        return verbs.hand_over(worker=self.worker, most=most, bulk=self.bulk)

    def _put_strays_back(self) -> None:
        """Taken in our name while the database went away, and never begun: none of them has left."""
        strays = Letter.objects.filter(state=states.HANDING_OVER, worker=self.worker)
        if self.bulk is not None:  # the others may be in our colleague's hands
            strays = strays.filter(bulk=self.bulk)
        known = {fate.letter.pk for fate in self.fates}
        self.fates += [Fate(letter, "put_back") for letter in strays.exclude(pk__in=known)]

    def _carry(self, letters: list[Letter]) -> None:
        """Hand them over. Whatever happens, each has a fate in the end."""
        waiting = {letter.pk: letter for letter in letters}
        try:
            for outcome in self.means.hand_over(self._parcels(letters, waiting)):
                self._note_outcome(waiting.pop(outcome.number), outcome)
        except Down as trouble:
            if trouble.stumbled in waiting:
                self.fates.append(self._stumbled(waiting.pop(trouble.stumbled), str(trouble)))
            self._note(trouble)
            if self.failures > 1:
                raise
        finally:
            self.fates += [Fate(letter, "put_back") for letter in waiting.values()]

    def _parcels(self, letters: list[Letter], waiting: dict[int, Letter]) -> Iterator[Parcel]:
        """Each letter's bytes, made as it is its turn; none is begun once we may count as dead."""
        for letter in letters:
            if not self.alive():
                return
            try:
                parcel = self._parcel(letter)
            except messages.Unsendable as trouble:
                self.fates.append(Fate(waiting.pop(letter.pk), "refuse", str(trouble)))
            else:
                yield parcel

    def _parcel(self, letter: Letter) -> Parcel:
        """A letter that cannot be made must not hold up those behind it."""
        try:
            address = messages.addressed(letter.address)
            return Parcel(letter.pk, address, self._master(letter).filled(letter))
        except messages.Unsendable:
            raise
        except Exception as trouble:
            log.exception("letter not made", letter=letter.pk)
            raise messages.Unsendable(type(trouble).__name__) from trouble

    def _master(self, letter: Letter) -> messages.Master:
        if letter.wording_id not in self.masters:
            self.masters[letter.wording_id] = messages.Master(letter.wording)
            if len(self.masters) > MASTERS:
                self.masters.popitem(last=False)
        return self.masters[letter.wording_id]

    def _note_outcome(self, letter: Letter, outcome: Outcome) -> None:
        if outcome.fate in {carrier.TAKEN, carrier.NEVER}:
            self.failures, self.trouble = 0, ""
        if outcome.fate == carrier.LATER:
            self.fates.append(self._later(letter, outcome.said))
            return
        self.fates.append(Fate(letter, VERBS[outcome.fate], outcome.said))

    def _stumbled(self, letter: Letter, said: str) -> Fate:
        """The line broke as this one was opened: once is chance, twice and others may pass it."""
        return (
            Fate(letter, "put_back", said, clock.now())
            if letter.attempts < 2
            else self._later(letter, said)
        )

    def _later(self, letter: Letter, said: str) -> Fate:
        """Waits a minute, then twice as long each time, up to four hours."""
        minutes = min(240, 2 ** min(letter.attempts - 1, 8)) * random.uniform(1.0, 1.3)  # noqa: S311
        return Fate(letter, "put_back", said, clock.now() + timedelta(minutes=minutes))

    def _note(self, trouble: Down) -> None:
        self.failures += 1
        self.trouble = str(trouble)
        log.warning("mail server", trouble=self.trouble, tries=self.failures)

    def _mind_the_pace(self, took: float, letters: int) -> None:
        """Take more at a time from a quick server and fewer from a slow one."""
        if took < BRISK and letters >= self.most:
            self.most = min(MOST, self.most * 2)
        elif took > SLOW:
            self.most = max(LEAST, self.most // 2)
