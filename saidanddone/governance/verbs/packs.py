"""The pack of a meeting: wanted, made by the worker, made again, and taken back."""

from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.governance import emails, permissions, states
from saidanddone.governance.models import Meeting, Pack, Paper
from saidanddone.governance.prints.blocks import standing_now
from saidanddone.governance.prints.calendars import calendar_entry
from saidanddone.governance.prints.packs import Bound
from saidanddone.governance.verbs.presses import earlier, person
from saidanddone.people.models import User

By = User | str | None


class NoVoice(Exception):  # noqa: N818 -- it tells what is missing
    """No child is heard on this agenda, and the chair has not said why: it stays with the clerk."""


class Changed(Exception):  # noqa: N818 -- it tells what happened
    """Something was taken back while the pack was being printed: it must be printed again."""


def refuse_unheard(meeting: Meeting) -> None:
    """What the thread asks of every agenda and every edition of its pack (A13): raises NoVoice."""
    heard = meeting.items.voices().exists() or meeting.no_voice_reason or meeting.source
    if not heard:
        raise NoVoice(meeting)


def want_pack(meeting: Meeting, by: By, note: str = "", once: UUID | None = None) -> Pack:
    """Ask the worker for the next edition. One that still waits takes the further news along."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    last = meeting.packs.order_by("-number").first()
    if last and last.state in {states.WANTED, states.FAILED}:
        if last.number > 1 and note and note not in last.change_note:
            last.change_note = f"{last.change_note} {note}"[:500]
            last.save(update_fields=["change_note"])
        if last.state == states.FAILED:
            last.move("ask_pack_again", failed_why="")
        return last
    number = last.number + 1 if last else 1
    pack = Pack.objects.create(
        meeting=meeting, number=number, change_note=note if last else "", wanted_by=person(by),
        once=once,
    )  # fmt: skip
    record("want_pack", pack, by=by, detail=note)
    return pack


@transaction.atomic
def make_supplement(*, meeting: Meeting, note: str, by: User, once: UUID | None = None) -> Pack:
    """Send what came late out as a further edition of the pack, with a note of what is new.

    The clerk. Pages that are out keep their numbers; members get one letter. Raises NoVoice.
    """
    require("make_supplement", permissions.meeting_verbs(by, meeting))
    if found := earlier(Pack, once):
        return found
    refuse_unheard(meeting)
    meeting.move("make_supplement")
    return want_pack(meeting, by, note, once)


@transaction.atomic
def make_pack(*, pack: Pack, bound: Bound, by: str) -> None:
    """Keep a pack that has been printed, and tell those who sit on the body. The worker.

    Raises Changed when something was taken back meanwhile; nothing is kept then.
    """
    require("make_pack", permissions.pack_verbs(by, pack))
    Meeting.objects.select_for_update().get(pk=pack.meeting_id)
    _refuse_changed(pack, bound)
    files: dict[str, Any] = {"open_pages": bound.open.pages, "open_size": len(bound.open.pdf)}
    name = f"{pack.meeting_id}-{pack.number}"
    pack.open_file.save(f"{name}.pdf", ContentFile(bound.open.pdf), save=False)
    files["open_file"] = pack.open_file.name
    if bound.closed:
        pack.closed_file.save(f"{name}-members.pdf", ContentFile(bound.closed.pdf), save=False)
        files |= {"closed_file": pack.closed_file.name, "closed_pages": bound.closed.pages,
                  "closed_size": len(bound.closed.pdf)}  # fmt: skip
    pack.move(
        "make_pack", made_at=clock.now(), told=bound.told, contents=bound.contents,
        contents_closed=bound.contents_closed, **files,
    )  # fmt: skip
    for paper, pages in bound.pages.items():
        Paper.objects.filter(pk=paper).update(pages=pages)
    record("make_pack", pack, by=by)
    if not pack.meeting.is_past:
        day = calendar_entry(pack.meeting).decode() if pack.meeting.on else ""
        emails.pack_ready(pack, day)


@transaction.atomic
def fail_pack(*, pack: Pack, why: str, by: str) -> None:
    """Say why a pack could not be made. The worker; the clerk may have it tried again.

    Members are told that the agenda is out: it must not wait for its pack.
    """
    require("fail_pack", permissions.pack_verbs(by, pack))
    pack.move("fail_pack", failed_why=why)
    record("fail_pack", pack, by=by)
    if pack.number == 1 and not pack.meeting.is_past:
        emails.agenda_published(pack.meeting)


@transaction.atomic
def ask_pack_again(*, pack: Pack, by: User) -> None:
    """Have a pack tried again that could not be made. The clerk."""
    require("ask_pack_again", permissions.pack_verbs(by, pack))
    pack.move("ask_pack_again", failed_why="")
    record("ask_pack_again", pack, by=by)


def take_back(meeting: Meeting | None, note: str, by: By) -> None:
    """Something of an agenda is not for its readers any more: no pack that holds it is opened again.

    Part of taking a paper back and of closing an item. An edition without it is made at once.
    """
    if meeting is None:
        return
    made = list(meeting.packs.filter(state=states.MADE))
    for pack in made:
        retire_pack(pack=pack, by=by)
    if made:
        want_pack(meeting, by, note)


def retire_pack(*, pack: Pack, by: By) -> None:
    """Nobody opens this edition any more. Part of taking something back; the right is asked there."""
    pack.move("retire_pack")
    record("retire_pack", pack, by=by)


def _refuse_changed(pack: Pack, bound: Bound) -> None:
    """What was printed must still be there for those who will read it."""
    now = standing_now(pack.meeting)
    for rows, there in ((bound.contents, now.open), (bound.contents_closed, now.closed)):
        if any(row["paper"] and f"paper-{row['paper']}" not in there for row in rows):
            raise Changed(pack)
        if any(row["item"] and f"item-{row['item']}" not in there for row in rows):
            raise Changed(pack)
