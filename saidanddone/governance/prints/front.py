"""The cover of a pack: which meeting it is, when it was published, and what is new in it."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from saidanddone.governance.models import Meeting, Pack
from saidanddone.reference.models import partnership
from saidanddone.ui.filters import clocktime

LONGEST = 200  # letters of one line about what is new: the cover is always one page


def front(
    pack: Pack, before: list[Pack], told: dict[str, Any], *, members: bool = False
) -> dict[str, Any]:
    """What the cover says; in the open file, only of what is open."""
    meeting = pack.meeting
    day = _day(meeting.on) if meeting.on else "Day not known"
    return {
        "title": f"{meeting.body.name}, {day}: papers", "partnership": partnership().name,
        "body": meeting.body.name, "when": day + _times(meeting), "where": meeting.place,
        "published": f"Published on {_day(timezone.localdate(meeting.published_at))}.", "members": members,
        "link": settings.SITE_ADDRESS + meeting.get_absolute_url(),
        "foot": f"{meeting.body.name}, {day}",
        "changes": _changes([(one, one.told) for one in before] + [(pack, told)], members),
    }  # fmt: skip


def _times(meeting: Meeting) -> str:
    if meeting.starts_at is None:
        return ""
    until = f" to {clocktime(meeting.ends_at)}" if meeting.ends_at else ""
    return f", {clocktime(meeting.starts_at)}{until}"


def _changes(editions: list[tuple[Pack, dict]], members: bool) -> list[dict[str, str]]:
    """A line for each later edition; one that is news to members alone is not in the open file."""
    lines, missing = [], []
    for pack, told in editions:
        news = "open" in told or told.get("missing", []) != missing
        missing = told.get("missing", [])
        if pack.number == 1 or not (news or members):
            continue
        key = next((told[part]["key"] for part in ("open", "closed") if part in told), "")
        if not members and "open" not in told:
            key = ""
        words = pack.change_note
        short = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
        lines.append({"on": _day(timezone.localdate(pack.wanted_at)), "words": short, "key": key})
    return lines


def _day(day: date) -> str:
    """A day with its year: a pack is read for long."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"
