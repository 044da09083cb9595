"""Letters are called back, lost from sight, and decided upon by a person."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.mail import permissions, states
from saidanddone.mail.models import Letter, Wording, Worker

LETTERS = "system: letters"
KEPT = timedelta(days=30)  # accepted letters, with their text and address
KEPT_REFUSED = timedelta(days=180)


@transaction.atomic
def cancel(*, about: str = "", person: int | None = None, address: str = "") -> int:
    """Call letters back that have not left: about a thing, or to a person; says how many waited.

    With an address, only what goes there.

    Verbs that end a right do, in their own transaction. One in a worker's hands at this moment may
    still arrive; if it does not leave now, it never will.
    """
    if not about and person is None:
        raise ValueError("Say what the letters are about, or to whom they are.")
    letters = Letter.objects.filter(state__in=(states.QUEUED, *states.IN_HAND))
    if about:
        letters = letters.filter(wording__about=about)
    if person is not None:
        letters = letters.filter(person=person)
    if address:
        letters = letters.filter(address__iexact=address)
    found = list(
        letters.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True)
    )
    held = Letter.objects.filter(pk__in=found)
    held.update(called_back=True)
    return held.move_all("cancel")


@transaction.atomic
def remove(*, abouts: Collection[str] = (), addresses: Collection[str] = ()) -> int:
    """Take letters away for good: about things that are gone, or to people who are; says how many.

    Verbs that dispose of a record do, in their own transaction. Whatever became of a letter, nobody
    reads any more of what it was, or where it went.
    """
    told = [address.lower() for address in addresses]
    letters = Letter.objects.alias(lowered=Lower("address"))
    over = letters.filter(Q(wording__about__in=abouts) | Q(lowered__in=told))
    wordings = set(over.values_list("wording", flat=True))
    _, rows = over.delete()
    Wording.objects.filter(Q(pk__in=wordings, letters=None) | Q(about__in=abouts)).delete()
    return rows.get(Letter._meta.label, 0)


@transaction.atomic
def lose_sight(*, silent: timedelta) -> int:
    """Say of letters in dead workers' hands that nobody here knows what became of them.

    A worker does, each minute. They are never sent again by themselves: an administrator decides.
    """
    lost = list(Letter.objects.of_dead_workers(silent).select_for_update(skip_locked=True))
    for letter in lost:
        letter.move("lose_sight")
        record("lose_sight", letter, by=LETTERS)
    return len(lost)


@transaction.atomic
def doubt() -> int:
    """Say of every letter that waits that it may have left before. Whoever restores a backup does.

    What was sent after the backup was made still waits in it; an administrator decides for each.
    """
    record("doubt", "mail.letter:all", by=LETTERS)
    return Letter.objects.move_all("doubt", worker="", said="restored")


@transaction.atomic
def send_again(*, letter: Letter, by: object) -> None:
    """Queue an unknown or refused letter once more. An administrator does, who knows that it is lost.

    It keeps its Message-ID, so that a server that has it already may drop the second.
    """
    require("send_again", permissions.letter_verbs(by, letter))
    letter.move("send_again", not_before=clock.now(), queued_at=clock.now(), worker="", said="")
    record("send_again", letter, by=by)


@transaction.atomic
def take_as_sent(*, letter: Letter, by: object) -> None:
    """Count an unknown letter as arrived. An administrator does, who has found that it did."""
    require("take_as_sent", permissions.letter_verbs(by, letter))
    letter.move("take_as_sent", accepted_at=clock.now())
    record("take_as_sent", letter, by=by)


@transaction.atomic
def forget() -> int:
    """Remove old letters, their text and their addresses; unknown ones stay until decided. Nightly."""
    now = clock.now()
    over = Q(state__in=(states.ACCEPTED, states.CANCELLED), queued_at__lt=now - KEPT)
    over |= Q(state=states.REFUSED, queued_at__lt=now - KEPT_REFUSED)
    _, rows = Letter.objects.filter(over).delete()
    Wording.objects.filter(letters__isnull=True, made_at__lt=now - KEPT).delete()
    Worker.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
    return rows.get(Letter._meta.label, 0)
