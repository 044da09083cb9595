"""What is said at an item, written down every few seconds by whoever keeps the minutes."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.governance import permissions, states
from saidanddone.governance.models import AgendaItem, Meeting, MinuteText
from saidanddone.governance.verbs.presses import earlier, queue_up
from saidanddone.people.models import User

A_SITTING = timedelta(minutes=10)


class Overtaken(Exception):  # noqa: N818 -- it tells what happened
    """Somebody else wrote here meanwhile: nothing was changed, look again."""


@transaction.atomic
def minute_item(
    *, item: AgendaItem, minute: str, by: User, seen: int | None = None,
    beside: int | None = None, once: UUID | None = None,
) -> MinuteText | None:  # fmt: skip
    """Write down what was said at an item, in place of the version that its writer saw. The clerk.

    Whoever is slower overwrites nothing: their text is kept beside the minute and returned, and
    they may go on writing there (`beside`). The same text sent twice changes nothing.
    """
    require("minute_item", permissions.item_verbs(by, item))
    hold_minutes(item.meeting_id)
    stands = AgendaItem.objects.select_related("meeting__minutes").get(pk=item.pk)
    if not permissions.is_drafted(stands.meeting):  # the chair was quicker
        raise Moved(item, "minute_item")
    seen = item.minute_version if seen is None else seen
    if beside is not None:  # their text has lost its place once: it does not take one unasked
        return _go_on_beside(beside, minute, by) or keep_beside(stands, minute, seen, by, once)
    if stands.minute != minute and not lay(item, minute, seen, by):
        return keep_beside(stands, minute, seen, by, once)
    item.refresh_from_db(fields=["minute", "minute_version", "minute_at", "minute_by"])
    if _new_sitting(stands, by):
        record("minute_item", item, by=by, detail=minute)
    return None


@transaction.atomic
def settle_text(*, text: MinuteText, choice: str, seen: int, by: User) -> None:
    """Say what becomes of a text that waits beside a minute: take, both or aside. The clerk.

    What it takes the place of is kept, put aside. Raises Overtaken if the minute changed since.
    """
    require("minute_item", permissions.item_verbs(by, text.item))
    hold_minutes(text.item.meeting_id)
    text.refresh_from_db()
    if text.settled_at is not None:
        return
    item = AgendaItem.objects.get(pk=text.item_id)
    if choice != "aside":
        both = f"{item.minute.rstrip()}\n\n{text.text.lstrip()}"
        if not lay(item, text.text if choice == "take" else both, seen, by):
            raise Overtaken
        if choice == "take":
            put_aside(item, by)
    text.settled_at, text.settled_by = clock.now(), by
    text.save(update_fields=["settled_at", "settled_by"])
    record("settle_text", item, by=by, detail=f"{choice}: {text.text}")


@transaction.atomic
def write_young_version(
    *, item: AgendaItem, young_title: str, plain: str, young_minute: str, by: User
) -> None:
    """Tell young people what an item is about and what came of it (A14).

    The clerk or a participation worker; it stands beside the minutes and may come after them.
    """
    require("write_young_version", permissions.item_verbs(by, item))
    item.move(
        "write_young_version", young_title=young_title, plain=plain, young_minute=young_minute
    )
    record("write_young_version", item, by=by, detail=f"{young_title} {plain} {young_minute}")


def hold_minutes(meeting: int) -> None:
    """Nobody else writes in, checks or agrees the minutes of this meeting until we are through."""
    queue_up(f"minutes:{meeting}")


def lay(item: AgendaItem, minute: str, seen: int, by: User, *, kept: bool = False) -> bool:
    """Put a text in the place of the version that was seen; False if another stands there now."""
    changes = {
        "minute": minute, "minute_version": seen + 1, "minute_at": clock.now(), "minute_by": by
    }  # fmt: skip
    if kept:
        changes["minute_kept"] = seen + 1
    laid = AgendaItem.objects.filter(pk=item.pk, minute_version=seen).update(**changes)
    return bool(laid)


def keep_beside(item: AgendaItem, text: str, seen: int, by: User, once: UUID | None) -> MinuteText:
    """Keep what could not be laid over another text; the same words only once."""
    waiting = item.other_texts.filter(text=text, written_by=by, settled_at__isnull=True).first()
    if found := earlier(MinuteText, once) or waiting:
        return found
    kept = MinuteText.objects.create(item=item, text=text, based_on=seen, written_by=by, once=once)
    record("keep_beside", item, by=by, detail=text)
    return kept


def put_aside(item: AgendaItem, by: User) -> None:
    """Keep what stood at this item until now, as settled."""
    if item.minute.strip():
        MinuteText.objects.create(
            item=item, text=item.minute, based_on=item.minute_version,
            written_at=item.minute_at or clock.now(), written_by=item.minute_by,
            settled_at=clock.now(), settled_by=by,
        )  # fmt: skip


def texts_wait(meeting: Meeting) -> bool:
    """Whether two texts still stand side by side at one of its items."""
    found = MinuteText.objects.filter(item__meeting=meeting, settled_at__isnull=True)
    return found.exclude(item__state=states.PROPOSED).exists()


def _go_on_beside(beside: int, text: str, by: User) -> MinuteText | None:
    """The writer of a text that waits goes on writing it, while nobody has settled it."""
    found = MinuteText.objects.filter(pk=beside, written_by=by, settled_at__isnull=True).first()
    if found is not None and found.text != text:
        found.text, found.written_at = text, clock.now()
        found.save(update_fields=["text", "written_at"])
    return found


def _new_sitting(before: AgendaItem, by: User) -> bool:
    """One line in the audit for each time that somebody sits down to an item.

    A line for each save would bury every other line; what the chair then checks has its own.
    """
    if before.minute_by_id != by.pk or before.minute_at is None:
        return True
    return clock.now() - before.minute_at > A_SITTING
