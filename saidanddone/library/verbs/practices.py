"""Good practice is sent in, read, published, confirmed, and taken off the list."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.presses import earlier
from saidanddone.library import emails, permissions
from saidanddone.library.models import Practice
from saidanddone.people.models import User
from saidanddone.reference.models import Topic, partnership


@transaction.atomic
def submit_practice(
    *, title: str, sector: str, done: str, children: str, changed: str, by: User,
    topics: Iterable[Topic] = (), once: UUID | None = None,
) -> Practice:  # fmt: skip
    """Tell of something that worked. Anybody who acts for a post, and who is then asked about it.

    A clerk or participation worker reads it before anybody else does.
    """
    require("submit_practice", permissions.practice_verbs(by, None))
    if found := earlier(Practice, once):
        return found
    practice = Practice.objects.create(
        title=title, sector=sector, done=done, children=children, changed=changed,
        contact=by.acting_for, submitted_by=by, once=once,
    )  # fmt: skip
    practice.topics.set(topics)
    record("submit_practice", practice, by=by, detail=done)
    emails.practice_sent(practice)
    return practice


@transaction.atomic
def ask_for_change(*, practice: Practice, why: str, by: User) -> None:
    """Ask its contact to change something first. The clerk or a participation worker."""
    _answer("ask_for_change", practice, by, why=why)


@transaction.atomic
def mend_practice(
    *, practice: Practice, by: User, topics: Iterable[Topic] | None = None, **changes: Any
) -> None:
    """Change an example. Its contact; it is read again before others see it."""
    require("mend_practice", permissions.practice_verbs(by, practice))
    practice.move("mend_practice", why="", **changes)
    if topics is not None:
        practice.topics.set(topics)
    record("mend_practice", practice, by=by, detail=practice.done)
    emails.call_back(practice)
    emails.practice_sent(practice)


@transaction.atomic
def publish_practice(*, practice: Practice, by: User) -> None:
    """Let everybody find it. The clerk or a participation worker, never whoever sent it.

    Its contact is told, and confirms it from time to time.
    """
    _answer(
        "publish_practice", practice, by, published_at=clock.now(), published_by=by,
        confirmed_on=clock.today(), **_until(),
    )  # fmt: skip


@transaction.atomic
def decline_practice(*, practice: Practice, why: str, by: User) -> None:
    """Not take it, with the reason. The clerk or a participation worker; its contact is told."""
    _answer("decline_practice", practice, by, why=why)


@transaction.atomic
def confirm_practice(*, practice: Practice, by: User) -> None:
    """Say that it is still so. Its contact; it stays on the list, or comes back to it."""
    require("confirm_practice", permissions.practice_verbs(by, practice))
    practice.move("confirm_practice", confirmed_on=clock.today(), **_until())
    record("confirm_practice", practice, by=by)
    emails.call_back(practice)


@transaction.atomic
def remind_of_practice(*, practice: Practice, by: str) -> None:
    """Ask its contact whether it is still so. The clock."""
    require("remind_of_practice", permissions.practice_verbs(by, practice))
    practice.move("remind_of_practice", reminded_on=clock.today())
    record("remind_of_practice", practice, by=by)
    emails.practice_due(practice)


@transaction.atomic
def withdraw_practice(*, practice: Practice, why: str, by: User) -> None:
    """Take it off for good, with the reason kept. Its contact, or those who read examples."""
    require("withdraw_practice", permissions.practice_verbs(by, practice))
    practice.move("withdraw_practice", why=why)
    record("withdraw_practice", practice, by=by, detail=why)
    emails.call_back(practice)


def _answer(verb: str, practice: Practice, by: User, *, why: str = "", **changes: Any) -> None:
    require(verb, permissions.practice_verbs(by, practice))
    practice.move(verb, why=why, **changes)
    record(verb, practice, by=by, detail=why)
    emails.practice_answered(practice)


def _until() -> dict[str, date | None]:
    """By when it is to be confirmed, and from when it is not listed if it has not been."""
    place, today = partnership(), clock.today()
    last = today.month == 2 and today.day == 29
    by = today.replace(year=today.year + place.practice_years, day=28 if last else today.day)
    grace = timedelta(days=place.practice_grace_days)
    return {"confirm_by": by, "unlisted_from": by + grace, "reminded_on": None}
