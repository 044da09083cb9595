"""Letters are written: the wording once, and a row for each person, in the deed's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from saidanddone.core import clock
from saidanddone.mail import drawing, messages
from saidanddone.mail.models import Letter, Wording, new_message_id
from saidanddone.mail.verbs.unconfirmed import place, turns

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
    calendar: str = "",
    unconfirmed: bool = False,
    may_wait: bool = True,
    bulk: bool | None = None,
    not_before: datetime | None = None,
    **context: Any,
) -> Wording:
    """Draw a letter from its template and queue it. Verbs do, through their area's emails.py.

    Neither subject nor text may hold names or confidential words: "Something needs you", and where.
    In the template, `{{ each.name }}` is filled from each recipient's `fill`. It is drawn now, sent
    when the transaction stands, or `not_before` a moment, and called back by `cancel` with the same
    `about`. `calendar` is a calendar file that comes with it.
    """
    drawn = drawing.draw(template, context)
    wording = Wording.objects.create(
        kind=kind,
        subject=drawing.one_line(subject)[:LONGEST_SUBJECT],
        text=drawn.text,
        html=drawn.html,
        headers=_sound(headers or {}),
        calendar=calendar,
        about=about,
    )
    queue(wording, to, unconfirmed=unconfirmed, may_wait=may_wait, bulk=bulk, not_before=not_before)
    return wording


@transaction.atomic
def queue(
    wording: Wording,
    to: Iterable[Recipient | str],
    *,
    about: str | None = None,
    unconfirmed: bool = False,
    may_wait: bool = True,
    bulk: bool | None = None,
    not_before: datetime | None = None,
) -> int:
    """Add a copy for each recipient; says how many. Workers hand them over once this is committed.

    Letters to many let others go first; `bulk` says so where many get their copies in small groups.
    An address that nobody has shown to be theirs gets at most one such letter a day: the next waits
    for its own day, if it may wait, and after a week's worth none is written.
    """
    if about is not None and about != wording.about:
        raise ValueError("A wording is about one thing, and so are its letters.")
    recipients = [r if isinstance(r, Recipient) else Recipient(r) for r in to]
    _check_fills(wording, recipients)
    bulk = len(recipients) > MANY if bulk is None else bulk
    domain, now = messages.own_domain(), clock.now()
    due = [(recipient, now) for recipient in recipients]
    if unconfirmed:
        due = _each_on_its_day(wording, recipients, may_wait=may_wait)
    told = {"wording": wording, "bulk": bulk, "unconfirmed": unconfirmed}
    letters = [
        _copy(
            recipient, queued_at=turn, not_before=max(turn, not_before or turn),
            message_id=new_message_id(domain), **told,
        )
        for recipient, turn in due
    ]  # fmt: skip
    Letter.objects.bulk_create(letters, batch_size=AT_A_TIME)
    return len(letters)


def _copy(recipient: Recipient, **told: Any) -> Letter:
    """One person's copy, with what differs in it."""
    return Letter(
        address=drawing.one_line(recipient.address)[:LONGEST_ADDRESS],
        person=recipient.person,
        fill={name: drawing.clean(str(words)) for name, words in recipient.fill.items()},
        **told,
    )


def _each_on_its_day(
    wording: Wording, recipients: list[Recipient], *, may_wait: bool
) -> list[tuple[Recipient, datetime]]:
    """Those who may have it, each with the moment from which they may; one letter an address."""
    asked = {place(recipient.address): recipient for recipient in recipients}
    return [(asked[one], turn) for one, turn in turns(wording, asked, may_wait=may_wait).items()]


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
