"""Letters are written: the wording once, and a row for each person, in the deed's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Lower

from saidanddone.core import clock
from saidanddone.mail import drawing, messages
from saidanddone.mail.models import Letter, Wording, new_message_id

MANY = 10  # with more copies than this, letters to a few go first
AT_A_TIME = 1000
LONGEST_SUBJECT = Wording._meta.get_field("subject").max_length
LONGEST_ADDRESS = Letter._meta.get_field("address").max_length  # a longer one is refused anyway


@dataclass(frozen=True)
class Recipient:
    """Where a copy goes, whose it is, and what differs in it."""

    address: str
    person: int | None = None
    fill: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def write(
    kind: str,
    subject: str,
    template: str,
    *,
    about: str,
    to: Iterable[Recipient | str] = (),
    headers: dict[str, str] | None = None,
    unconfirmed: bool = False,
    bulk: bool | None = None,
    **context: Any,
) -> Wording:
    """Draw a letter from its template and queue it. Verbs do, through their area's emails.py.

    Neither subject nor text may hold names or confidential words: "Something needs you", and where.
    In the template, `{{ each.name }}` is filled from each recipient's `fill`. It is drawn now, sent
    when the transaction stands, and called back by `cancel` with the same `about`.
    """
    drawn = drawing.draw(template, context)
    wording = Wording.objects.create(
        kind=kind,
        subject=drawing.one_line(subject)[:LONGEST_SUBJECT],
        text=drawn.text,
        html=drawn.html,
        headers=_sound(headers or {}),
        about=about,
    )
    queue(wording, to, unconfirmed=unconfirmed, bulk=bulk)
    return wording


@transaction.atomic
def queue(
    wording: Wording,
    to: Iterable[Recipient | str],
    *,
    about: str | None = None,
    unconfirmed: bool = False,
    bulk: bool | None = None,
) -> int:
    """Add a copy for each recipient; says how many. Workers hand them over once this is committed.

    Letters to many let others go first; `bulk` says so where many get their copies in small groups.
    An address that nobody has shown to be theirs gets at most one such letter a day: others asked
    for on that day are not written, so that nobody can be flooded through us.
    """
    if about is not None and about != wording.about:
        raise ValueError("A wording is about one thing, and so are its letters.")
    recipients = [r if isinstance(r, Recipient) else Recipient(r) for r in to]
    _check_fills(wording, recipients)
    if unconfirmed:
        recipients = _not_written_to_today(recipients)
    domain = messages.own_domain()
    bulk = len(recipients) > MANY if bulk is None else bulk
    letters = [
        Letter(
            wording=wording,
            address=drawing.one_line(recipient.address)[:LONGEST_ADDRESS],
            person=recipient.person,
            fill={name: drawing.clean(str(words)) for name, words in recipient.fill.items()},
            bulk=bulk,
            unconfirmed=unconfirmed,
            message_id=new_message_id(domain),
        )
        for recipient in recipients
    ]
    Letter.objects.bulk_create(letters, batch_size=AT_A_TIME)
    return len(letters)


def _check_fills(wording: Wording, recipients: list[Recipient]) -> None:
    """A copy with an open place left open must not leave the house."""
    wanted = drawing.places(wording.text, wording.html, *wording.headers.values())
    for recipient in recipients:
        missing = wanted - recipient.fill.keys()
        if missing:
            raise ValueError(f"{wording.kind}: a copy lacks {', '.join(sorted(missing))}")


def _sound(headers: dict[str, str]) -> dict[str, str]:
    """Further headers, such as List-Unsubscribe; ours are not theirs to change."""
    for name in headers:
        if (
            not name.isascii()
            or not name.replace("-", "").isalnum()
            or name.lower() in messages.OURS
        ):
            raise ValueError(f"{name!r} is not a header that a letter may add")
    return {name: drawing.one_line(words) for name, words in headers.items()}


def _not_written_to_today(recipients: list[Recipient]) -> list[Recipient]:
    """Those whose address had no such letter in a day; two deeds at once count one after the other."""
    asked = {recipient.address.strip().lower(): recipient for recipient in recipients}
    with connection.cursor() as cursor:
        for address in sorted(asked):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [address])
    day_ago = clock.now() - timedelta(days=1)
    had = Letter.objects.annotate(lower=Lower("address")).filter(
        lower__in=list(asked), unconfirmed=True, queued_at__gt=day_ago
    )
    for address in had.values_list("lower", flat=True):
        asked.pop(address, None)
    return list(asked.values())
