"""Letters are handed over: a worker takes a few, and tells what became of each.

What a worker takes is committed before the first byte leaves, and what it was told is written for
the few together. Between the two only the mail server knows: that is what "unknown" means.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Now

from saidanddone.core import clock
from saidanddone.mail import states
from saidanddone.mail.models import Letter
from saidanddone.mail.verbs.unconfirmed import one_a_day

PATIENCE = timedelta(days=3)  # how long a server may say "later" before that counts as a no


@dataclass(frozen=True)
class Fate:
    """What became of a letter, and the server's code for it."""

    letter: Letter
    verb: str  # accept, put_back, refuse or lose_sight
    said: str = ""
    not_before: datetime | None = None


@transaction.atomic(savepoint=False)
def hand_over(*, worker: str, most: int, bulk: bool | None = None) -> list[Letter]:
    """Take the next few letters that are due. Only a worker does; it then tells what became of each.

    `bulk` asks for letters to many alone, or for the others alone. Two workers never take the same
    one: each passes over what the other is taking.
    """
    due = one_a_day(list(Letter.objects.due(bulk=bulk).select_for_update(skip_locked=True)[:most]))
    Letter.objects.filter(pk__in=[letter.pk for letter in due]).move_all(
        "hand_over", worker=worker, handed_at=Now(), attempts=F("attempts") + 1
    )
    for letter in due:
        letter.state, letter.worker = states.HANDING_OVER, worker
        letter.attempts += 1
    return due


@transaction.atomic(savepoint=False)
def settle(fates: Iterable[Fate], *, worker: str) -> None:
    """Write down what became of the letters in this worker's hands, all together."""
    fates = list(fates)
    held = Letter.objects.filter(pk__in=[fate.letter.pk for fate in fates]).order_by("pk")
    list(held.select_for_update().values_list("pk"))  # in the order in which cancel locks them too
    accepted = [fate for fate in fates if fate.verb == "accept"]
    if accepted:
        accept(accepted, worker=worker)
    for fate in fates:
        if fate.verb == "put_back":
            put_back(fate, worker=worker)
        elif fate.verb == "refuse":
            refuse(fate, worker=worker)
        elif fate.verb == "lose_sight":
            _in_hand(fate, worker).move_all("lose_sight", said=fate.said)


def accept(fates: list[Fate], *, worker: str) -> None:
    """The mail server has taken them and answers for them now."""
    letters = Letter.objects.in_hands_of(worker).filter(pk__in=[fate.letter.pk for fate in fates])
    letters.move_all("accept", accepted_at=clock.now(), said=fates[0].said)


def put_back(fate: Fate, *, worker: str) -> None:
    """It did not leave: it waits again, unless it was called back meanwhile or has waited too long."""
    if fate.letter.queued_at < clock.now() - PATIENCE and fate.said:
        refuse(fate, worker=worker)
        return
    begun = (
        {"not_before": fate.not_before}
        if fate.not_before
        else {"attempts": Greatest(F("attempts") - 1, 0)}
    )
    _in_hand(fate, worker).move_all("put_back", worker="", said=fate.said, **begun)
    Letter.objects.filter(pk=fate.letter.pk, called_back=True).move_all("cancel")


def refuse(fate: Fate, *, worker: str) -> None:
    """The mail server said no, for good: an administrator sees it."""
    _in_hand(fate, worker).move_all("refuse", said=fate.said)


def _in_hand(fate: Fate, worker: str):
    return Letter.objects.in_hands_of(worker).filter(pk=fate.letter.pk)
