"""How a draft becomes the agreed minutes: checked, circulated, corrected, agreed, locked."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from saidanddone.audit.verbs import record
from saidanddone.core import clock, workdays
from saidanddone.core.access import require
from saidanddone.governance import emails, permissions, states
from saidanddone.governance.models import AgendaItem, Correction, Decision, Meeting, Minutes, Vote
from saidanddone.governance.models.bodies import Appointment
from saidanddone.governance.prints.minutes import minutes_told
from saidanddone.governance.verbs.minuting import (
    Overtaken,
    hold_minutes,
    lay,
    put_aside,
    texts_wait,
)
from saidanddone.governance.verbs.presses import earlier
from saidanddone.people.models import User
from saidanddone.reference.models import partnership

Kind = AgendaItem.Kind


class TextsWait(Exception):  # noqa: N818 -- it tells what is missing
    """Two texts stand side by side at an item: the clerk says first which one it is."""


class CorrectionsWait(Exception):  # noqa: N818 -- it tells what is missing
    """Somebody asked for a correction and has no answer yet."""


def open_minutes(meeting: Meeting, by: User) -> None:
    """With the end of a meeting its minutes are there, to be checked by the chair.

    What was taken from minutes that are public already has been through all this elsewhere.
    """
    given: dict[str, Any] = {}
    if meeting.source:
        given = {"state": states.CIRCULATED, "checked_at": clock.now(), "checked_by": by,
                 "circulated_at": clock.now()}  # fmt: skip
    day = meeting.on or clock.today()
    due = workdays.add(day, partnership().minutes_days)
    minutes = Minutes.objects.create(meeting=meeting, circulate_by=due, **given)
    if meeting.source:
        _keep_in_history(minutes)
    elif not meeting.on or clock.today() - meeting.on < timedelta(days=60):
        emails.minutes_to_check(minutes)


@transaction.atomic
def check_minutes(*, minutes: Minutes, by: User) -> None:
    """Say that this is what happened. The chair, or the vice-chair where the chair was away.

    The text as it stands is kept in the history; members can read it from here on.
    """
    require("check_minutes", permissions.minutes_verbs(by, minutes))
    hold_minutes(minutes.meeting_id)
    if texts_wait(minutes.meeting):
        raise TextsWait
    minutes.move("check_minutes", checked_at=clock.now(), checked_by=by, returned_why="")
    _keep_in_history(minutes)
    record("check_minutes", minutes, by=by, detail=_whole(minutes))
    emails.minutes_checked(minutes)


@transaction.atomic
def return_minutes(*, minutes: Minutes, why: str, by: User) -> None:
    """Say what has to be put right first. The chair; or the clerk, who takes them back."""
    require("return_minutes", permissions.minutes_verbs(by, minutes))
    minutes.move("return_minutes", returned_why=why, checked_at=None, checked_by=None)
    record("return_minutes", minutes, by=by, detail=why)
    emails.minutes_returned(minutes)


@transaction.atomic
def circulate_minutes(*, minutes: Minutes, by: User) -> None:
    """Send them to those who sit there, who may ask for corrections until a day. The clerk.

    Everybody can read them from here on, marked as not agreed yet; they come onto the agenda of
    the next meeting that is being planned.
    """
    require("circulate_minutes", permissions.minutes_verbs(by, minutes))
    until = workdays.add(clock.today(), partnership().corrections_days)
    minutes.move("circulate_minutes", circulated_at=clock.now(), corrections_until=until)
    _keep_in_history(minutes)
    record("circulate_minutes", minutes, by=by, detail=_whole(minutes))
    emails.minutes_circulated(minutes)
    for meeting in minutes.meeting.body.meetings.to_come().filter(state=states.PLANNED)[:1]:
        bring_minutes(meeting, by)


def bring_minutes(meeting: Meeting, by: User) -> None:
    """Put "Minutes of …" on an agenda by itself, where circulated minutes wait to be agreed."""
    found = Minutes.objects.filter(
        meeting__body=meeting.body_id, state=states.CIRCULATED, meeting__source=""
    )
    last = found.exclude(meeting=meeting.pk).order_by("-meeting__on", "-pk").first()
    there = meeting.items.filter(kind=Kind.MINUTES, state__in=[states.ON_AGENDA, states.ENDED])
    if last is None or meeting.source or there.exists():
        return
    on = last.meeting.on
    item = AgendaItem.objects.create(
        body_id=meeting.body_id, meeting=meeting, kind=Kind.MINUTES, order=0, minutes_allotted=5,
        title=f"Minutes of {on.day} {on:%B %Y}" if on else "Minutes of the last meeting",
    )  # fmt: skip
    record("add_agenda_item", item, by=by)


@transaction.atomic
def propose_correction(
    *, minutes: Minutes, text: str, by: User, item: AgendaItem | None = None,
    once: UUID | None = None,
) -> Correction:  # fmt: skip
    """Ask for something to be put right, at an item or in general. Those who sit there."""
    require("propose_correction", permissions.minutes_verbs(by, minutes))
    if found := earlier(Correction, once):
        return found
    if item is not None and item.meeting_id != minutes.meeting_id:
        raise ValueError("The item is not in these minutes")
    minutes.move("propose_correction")
    asked = Correction.objects.create(
        minutes=minutes, item=item, text=text, proposed_by=by, once=once
    )
    record("propose_correction", asked, by=by, detail=text)
    emails.correction_proposed(minutes)
    return asked


@transaction.atomic
def make_correction(
    *, correction: Correction, by: User, answer: str = "", minute: str | None = None, seen: int = 0
) -> None:
    """Put it right: the item's text as it now reads, or in words what was changed. The clerk.

    Raises Overtaken if the text changed since it was looked at. Whoever asked is told.
    """
    require("make_correction", permissions.correction_verbs(by, correction))
    hold_minutes(correction.minutes.meeting_id)
    item = correction.item
    if item is not None and minute is not None and minute != item.minute:
        if not lay(item, minute, seen, by, kept=True):
            raise Overtaken
        put_aside(item, by)
    correction.move("make_correction", answer=answer, settled_at=clock.now(), settled_by=by)
    Minutes.objects.filter(pk=correction.minutes_id).update(printed="")  # it is printed anew
    record("make_correction", correction, by=by, detail=minute or answer)
    emails.correction_settled(correction)


@transaction.atomic
def refuse_correction(*, correction: Correction, answer: str, by: User) -> None:
    """Leave it as it is, and say why. The clerk; whoever asked is told."""
    require("refuse_correction", permissions.correction_verbs(by, correction))
    correction.move("refuse_correction", answer=answer, settled_at=clock.now(), settled_by=by)
    record("refuse_correction", correction, by=by, detail=answer)
    emails.correction_settled(correction)


@transaction.atomic
def approve_minutes(*, minutes: Minutes, at: Meeting, by: User, amendments: str = "") -> None:
    """Take down that a later meeting agreed them, with what it changed, in words. The clerk.

    From here on nothing in them changes: the database refuses it. Raises CorrectionsWait while
    somebody has asked for a correction and has no answer.
    """
    require("approve_minutes", permissions.minutes_verbs(by, minutes))
    if not may_agree(minutes, at):
        raise ValueError("Minutes are agreed at a later meeting of the same body")
    hold_minutes(minutes.meeting_id)
    if minutes.corrections.filter(state=states.ASKED).exists():
        raise CorrectionsWait
    _keep_in_history(minutes)
    minutes.move(
        "approve_minutes", approved_at=clock.now(), approved_in=at, amendments=amendments,
        printed="",
    )  # fmt: skip
    record("approve_minutes", minutes, by=by, detail=_whole(minutes))


@transaction.atomic
def print_minutes(*, minutes: Minutes, told: dict[str, Any], pdf: bytes, by: str) -> bool:
    """Keep the print of minutes that are out; False if they changed while it was made. The worker."""
    require("print_minutes", permissions.minutes_verbs(by, minutes))
    hold_minutes(minutes.meeting_id)
    now = Minutes.objects.select_related("meeting__body", "approved_in").get(pk=minutes.pk)
    if minutes_told(now) != told:
        return False
    now.printed.save(f"{now.meeting_id}-{now.state}.pdf", ContentFile(pdf), save=False)
    now.move("print_minutes", printed=now.printed.name)
    record("print_minutes", now, by=by)
    return True


def may_agree(minutes: Minutes, at: Meeting) -> bool:
    """Whether this meeting can agree them: of the same body, held, later, and not written shut."""
    own, day = minutes.meeting, at.on
    if at.body_id != own.body_id or at.pk == own.pk or day is None or day > clock.today():
        return False
    return (own.on is None or day >= own.on) and permissions.is_drafted(at)


@transaction.atomic
def record_votes(*, decision: Decision, votes: dict[Appointment, str], by: User) -> None:
    """Keep how each seat voted, where it did not just agree. The clerk, while it is minuted."""
    require("minute_item", permissions.item_verbs(by, decision.item))
    if any(one.seat.body_id != decision.body_id for one in votes):
        raise ValueError("Only those who sit there vote")
    decision.votes.all().delete()
    Vote.objects.bulk_create(
        Vote(decision=decision, appointment=who, how=how, recorded_by=by)
        for who, how in votes.items()
        if how
    )
    record("record_votes", decision, by=by)


def _keep_in_history(minutes: Minutes) -> None:
    """The history keeps each text as it stands now: see `DRAFTED` in models.meetings."""
    drafted = AgendaItem.objects.filter(meeting=minutes.meeting_id)
    drafted.exclude(minute_kept=F("minute_version")).update(minute_kept=F("minute_version"))


def _whole(minutes: Minutes) -> str:
    """Every minute of the meeting, for the digest that proves what was checked."""
    items = AgendaItem.objects.filter(meeting=minutes.meeting_id).order_by("pk")
    return "\n".join(f"{pk}: {minute}" for pk, minute in items.values_list("pk", "minute"))
