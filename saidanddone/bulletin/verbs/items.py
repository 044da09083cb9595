"""What is suggested for the bulletin, and what becomes of it."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.files.base import File
from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.bulletin import emails, permissions, states
from saidanddone.bulletin.models import Item
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.presses import earlier
from saidanddone.people.models import User

CONFIRMED_WITHIN = timedelta(days=7)
LISTS = ("topics", "areas")


@transaction.atomic
def submit_item(
    *, by: User | None, by_name: str = "", by_address: str = "", once: uuid.UUID | None = None,
    picture: File | None = None, topics: Iterable = (), areas: Iterable = (),
    answered: bool = False, **told: Any,
) -> Item:  # fmt: skip
    """Suggest something for the bulletin. Anybody; an editor reads it.

    Of somebody who is not signed in the address must answer first: a letter with a link goes there.
    """
    require("submit_item", permissions.item_verbs(by))
    if (there := earlier(Item, once)) is not None:
        return there
    signed_in = isinstance(by, User)
    item = Item.objects.create(
        **told, picture=picture or "", once=once, by=by if signed_in else None,
        by_name=by.name if signed_in else by_name,
        by_address=by.email if signed_in else by_address.strip().lower(),
        state=states.SUBMITTED if signed_in or answered else states.UNCONFIRMED,
    )  # fmt: skip
    item.topics.set(topics)
    item.areas.set(areas)
    record("submit_item", item, by=by)
    if item.state == states.UNCONFIRMED:
        emails.confirm_item(item)
    return item


@transaction.atomic
def confirm_item(*, item: Item, by: None = None) -> None:
    """Say that a suggestion is one's own. Whoever holds the link in the letter; an editor reads it."""
    require("confirm_item", permissions.item_verbs(by, item))
    item.move("confirm_item", submitted_at=clock.now())
    record("confirm_item", item, by=by)


@transaction.atomic
def change_item(
    *, item: Item, by: User, topics: Iterable = (), areas: Iterable = (),
    picture: File | None = None, **told: Any,
) -> None:  # fmt: skip
    """Put the words of a suggestion right. Its editor, or whoever made it while nobody has read it."""
    require("change_item", permissions.item_verbs(by, item))
    item.move("change_item", **told)
    if picture:
        item.picture = picture
        item.save(update_fields=["picture"])
    item.topics.set(topics)
    item.areas.set(areas)
    record("change_item", item, by=by)


@transaction.atomic
def accept_item(*, item: Item, by: User) -> None:
    """Take it for the next bulletin. An editor; whoever suggested it is told."""
    require("accept_item", permissions.item_verbs(by, item))
    item.move("accept_item", decided_by=by, decided_at=clock.now())
    record("accept_item", item, by=by)
    emails.item_taken(item)


@transaction.atomic
def decline_item(*, item: Item, why: str, by: User) -> None:
    """Not take it, and say why. An editor; whoever suggested it is told the reason."""
    require("decline_item", permissions.item_verbs(by, item))
    item.move("decline_item", decided_by=by, decided_at=clock.now(), why=why)
    record("decline_item", item, by=by, detail=why)
    emails.item_not_taken(item)


@transaction.atomic
def print_item(*, item: Item, by: str) -> None:
    """Give it its lasting address. The clock does, with the edition that it stands in."""
    require("print_item", permissions.item_verbs(by, item))
    item.move("print_item", printed_at=clock.now())
    record("print_item", item, by=by)


@transaction.atomic
def forget_unconfirmed(*, by: str) -> int:
    """Remove suggestions whose address has not answered within a week. Nightly; nobody is told."""
    old = Item.objects.filter(
        state=states.UNCONFIRMED, submitted_at__lt=clock.now() - CONFIRMED_WITHIN
    )
    done = old.count()
    if done:
        old.delete()
        record("forget_unconfirmed", "bulletin.item:old", by=by, detail=str(done))
    return done
