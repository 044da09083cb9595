"""Addresses that nobody has shown to be theirs: one letter a day, so that nobody can be flooded."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max, QuerySet
from django.db.models.functions import Lower

from saidanddone.core import clock
from saidanddone.mail import states
from saidanddone.mail.models import Letter, Wording

A_DAY = timedelta(days=1)
MOST_WAITING = 7  # letters, each for its own day
LEFT = (states.HANDING_OVER, states.UNKNOWN, states.ACCEPTED)


def place(address: str) -> str:
    """What counts as the same address."""
    return address.strip().lower()


def turns(wording: Wording, places: Iterable[str], *, may_wait: bool) -> dict[str, datetime]:
    """From when each may have this letter: now, or a day after the last; who is not in it, never.

    Where the same kind of letter about the same thing still waits, this one takes its turn. What
    may not wait, such as a code for today, goes now or never.
    """
    places = _one_after_the_other(places)
    now = clock.now()
    last = dict(
        _to(places)
        .filter(queued_at__gt=now - A_DAY)
        .exclude(state=states.CANCELLED)
        .values_list("place")
        .annotate(Max("queued_at"))
    )
    if not may_wait:
        return {one: now for one in places if one not in last}
    found = _turns_left(wording, places, now)
    for one in set(places) - found.keys():
        turn = last[one] + A_DAY if one in last else now
        if turn <= now + MOST_WAITING * A_DAY:
            found[one] = turn
    return found


def one_a_day(due: list[Letter]) -> list[Letter]:
    """Those of the letters that may leave now: the others' addresses had one within a day.

    Asked again as they leave, because a letter may have left later than on its day.
    """
    places = {place(letter.address) for letter in due if letter.unconfirmed}
    if not places:
        return due
    left = _to(_one_after_the_other(places)).filter(
        state__in=LEFT, handed_at__gt=clock.now() - A_DAY
    )
    had = dict(left.values_list("place").annotate(Max("handed_at")))
    going = []
    for letter in due:
        to = place(letter.address)
        if letter.unconfirmed and to in had:
            Letter.objects.filter(pk=letter.pk).update(not_before=had[to] + A_DAY)
            continue
        if letter.unconfirmed:
            had[to] = clock.now()
        going.append(letter)
    return going


def _turns_left(wording: Wording, places: list[str], now: datetime) -> dict[str, datetime]:
    """The turns of letters that wait and that this one makes old news; they are called back."""
    waiting = _to(places).filter(
        state=states.QUEUED, called_back=False, not_before__gt=now,
        wording__kind=wording.kind, wording__about=wording.about,
    )  # fmt: skip
    old = list(waiting.select_for_update(of=("self",), skip_locked=True))
    Letter.objects.filter(pk__in=[letter.pk for letter in old]).move_all("cancel")
    return {letter.place: letter.not_before for letter in old}


def _to(places: Iterable[str]) -> QuerySet:
    return (
        Letter.objects.order_by()
        .annotate(place=Lower("address"))
        .filter(place__in=list(places), unconfirmed=True)
    )


def _one_after_the_other(places: Iterable[str]) -> list[str]:
    """Two deeds at once that write to the same address wait for one another."""
    ordered = sorted(set(places))
    with connection.cursor() as cursor:
        for one in ordered:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [one])
    return ordered
