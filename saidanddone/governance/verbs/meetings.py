"""Planning a meeting, publishing its agenda, and closing it."""

import re
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.governance import emails, permissions, states
from saidanddone.governance.models import AgendaItem, Body, Meeting
from saidanddone.governance.verbs.circulating import bring_minutes, open_minutes
from saidanddone.governance.verbs.forward import fill_agenda
from saidanddone.governance.verbs.minutes import finish_item
from saidanddone.governance.verbs.packs import refuse_unheard, want_pack
from saidanddone.governance.verbs.papers import due_day, follow_meeting
from saidanddone.governance.verbs.presses import earlier
from saidanddone.people.models import User

# How what closes every agenda is called, where its body has not said which items do.
CLOSING = re.compile(r"any other|anything else|next meeting|close", re.IGNORECASE)


@transaction.atomic
def plan_meeting(
    *, body: Body, on: date | None, by: User, starts_at: time | None = None,
    ends_at: time | None = None, place: str = "", link: str = "", precision: str = "day",
    source: str = "", once: UUID | None = None,
) -> Meeting:  # fmt: skip
    """Plan a meeting; what stands on every agenda, and what is due, comes onto it. The clerk.

    A meeting known from old minutes is planned with its source, and only if it lies behind us.
    """
    require("plan_meeting", permissions.body_verbs(by, body))
    if found := earlier(Meeting, once):
        return found
    _refuse_to_come(source, on)
    meeting = Meeting.objects.create(
        body=body, on=on, precision=precision if on else "unknown", starts_at=starts_at,
        ends_at=ends_at, place=place, link=link, source=source, once=once,
        papers_due_on=None if source else due_day(on),
    )  # fmt: skip
    if not source:
        AgendaItem.objects.bulk_create(
            AgendaItem(
                body=body,
                meeting=meeting,
                kind=line["kind"],
                title=line["title"],
                order=n,
                closing=line.get("closing", bool(CLOSING.search(line["title"]))),
            )
            for n, line in enumerate(body.standing_items, start=1)
        )
    record("plan_meeting", meeting, by=by)
    fill_agenda(meeting=meeting, by=by)
    bring_minutes(meeting, by)
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, by: User, **changes: Any) -> None:
    """Change its day, time, place or link. The clerk; members hear of it once the agenda is out."""
    require("change_meeting", permissions.meeting_verbs(by, meeting))
    _refuse_to_come(meeting.source, changes.get("on", meeting.on))
    was_published = meeting.state == states.PUBLISHED
    meeting.move("change_meeting", **changes, **_next_revision(meeting))
    record("change_meeting", meeting, by=by)
    if "on" in changes and meeting.state == states.PLANNED and not meeting.source:
        follow_meeting(meeting)
    if was_published:
        emails.meeting_changed(meeting)


@transaction.atomic
def excuse_missing_voice(*, meeting: Meeting, reason: str, by: User) -> None:
    """Say, for everybody to read, why no child is heard this time. The chair alone (A13)."""
    require("excuse_missing_voice", permissions.meeting_verbs(by, meeting))
    meeting.move("excuse_missing_voice", no_voice_reason=reason, no_voice_by=by)
    record("excuse_missing_voice", meeting, by=by, detail=reason)


@transaction.atomic
def publish_agenda(*, meeting: Meeting, by: User) -> None:
    """Let the agenda out. The clerk; its pack is made next, and members get it by letter.

    Refused while no child is heard on it and the chair has not recorded why: raises NoVoice. A
    meeting taken from old minutes tells what was, so it is not asked.
    """
    require("publish_agenda", permissions.meeting_verbs(by, meeting))
    # Nobody takes the last voice off meanwhile.
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    fill_agenda(meeting=meeting, by=by)
    bring_minutes(meeting, by)
    refuse_unheard(meeting)
    meeting.move("publish_agenda", published_at=clock.now(), published_by=by)
    record("publish_agenda", meeting, by=by)
    if not meeting.source:
        want_pack(meeting, by)


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: User, present: int | None = None) -> None:
    """End the meeting; its minutes go to the chair. The clerk.

    Items that are still open end with it as noted. Children must have been answered: a voice item
    without a decision, an action or an answer keeps the meeting open, and raises VoiceNotAnswered.
    """
    require("close_meeting", permissions.meeting_verbs(by, meeting))
    for item in meeting.items.filter(state=states.ON_AGENDA):
        finish_item(item, by)
    meeting.move("close_meeting", present=present)
    record("close_meeting", meeting, by=by)
    open_minutes(meeting, by)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, why: str, by: User) -> None:
    """Call a meeting off, with the reason. The clerk.

    What was to be discussed is not lost with it: every item that somebody put there goes back to
    the proposals and waits for the next agenda. What stands on every agenda is on the next anyway.
    """
    require("cancel_meeting", permissions.meeting_verbs(by, meeting))
    was_published = meeting.state == states.PUBLISHED
    standing = [(line["kind"], line["title"]) for line in meeting.body.standing_items]
    for item in meeting.items.filter(state=states.ON_AGENDA):
        if (item.kind, item.title) in standing:
            continue
        item.move("put_item_back", meeting=None)
        record("put_item_back", item, by=by)
        emails.paper_not_wanted(item)
    meeting.move("cancel_meeting", cancelled_why=why, **_next_revision(meeting))
    record("cancel_meeting", meeting, by=by, detail=why)
    if was_published:
        emails.meeting_cancelled(meeting)


def _next_revision(meeting: Meeting) -> dict[str, Any]:
    """By which calendars that know this meeting see that something about it is new."""
    return {"revision": meeting.revision + 1, "changed_at": clock.now()}


def _refuse_to_come(source: str, on: date | None) -> None:
    """What is known from minutes has been: otherwise a source would let an agenda out unheard."""
    if source and on is not None and on >= clock.today():
        raise ValueError("Only a meeting that has been held can come from somebody's minutes")
