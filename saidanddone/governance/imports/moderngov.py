"""What ModernGov's web service answers: GetCommittees, GetMeetings and GetMeeting, as plain data.

Councils' servers differ, so names are looked for and never relied on. What is not needed is not
read at all: of people only their name and whether they came, never an address.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from urllib.parse import urlsplit

from saidanddone.core.files import FileRefused
from saidanddone.governance.imports.trees import tree
from saidanddone.governance.imports.words import line, unwrapped, words

MOST_BYTES = 10_000_000
MOST_MEETINGS, MOST_ITEMS = 5_000, 20_000
LONGEST_MINUTE = 200_000  # letters
Plain = dict[str, Any]

PRINTED = re.compile(r"\(?[A-Z]?\d{1,4}(?:\.\d{1,3})?[a-z]?[.)]", re.IGNORECASE)
CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm|a\.m|p\.m|noon|midnight)?", re.IGNORECASE)
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
OFF = ("cancel", "postpone", "abandon", "deferred", "withdrawn")
NOT_HERE = (
    "This is not a list of committees, a list of meetings or a meeting from ModernGov’s web "
    "service. Save what GetCommittees, GetMeetings or GetMeeting answers."
)


def read(content: bytes) -> Plain:
    """Committees and meetings in the file; raises FileRefused with a sentence."""
    root = tree(content)
    if next(root.iter("councillor"), None) is not None:
        raise FileRefused("This file is about councillors. We read committees and meetings only.")
    plan = {
        "committees": [
            _committee(one) for one in root.iter("committee") if _number(one, "committee")
        ],
        "meetings": [_meeting(one, of) for one, of in _meetings(root)],
    }
    if not plan["committees"] and not plan["meetings"]:
        raise FileRefused(NOT_HERE)
    items = sum(len(one["items"] or []) for one in plan["meetings"])
    if len(plan["meetings"]) > MOST_MEETINGS or items > MOST_ITEMS:
        raise FileRefused(
            f"This file holds more than {MOST_MEETINGS:,} meetings or {MOST_ITEMS:,} items. "
            "Fetch it in parts, a year at a time."
        )
    return plan


def _meetings(root: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    """Each meeting, with what tells its committee: the committee around it, or the meeting itself."""
    around = {
        meeting: committee
        for committee in root.iter("committee")
        for meeting in committee.iter("meeting")
    }
    for meeting in root.iter("meeting"):
        if _number(meeting, "meeting"):
            yield meeting, around.get(meeting, meeting)


def _committee(one: ET.Element) -> Plain:
    return {
        "ref": _number(one, "committee"), "title": _text(one, "committeetitle")[:160],
        "category": _text(one, "committeecategory")[:160],
        "ended": _yes(one, "committeeexpired") or _yes(one, "committeedeleted"),
    }  # fmt: skip


def _meeting(one: ET.Element, of: ET.Element) -> Plain:
    """A meeting; `items` is None where the file does not tell what stood on the agenda."""
    agenda = one.find("agendaitems")
    day, status = _text(one, "meetingdate"), _text(one, "meetingstatus")
    begins, ends = _times(one)
    number = _number(one, "meeting")
    found = [_item(item, number, n) for n, item in enumerate(_children(agenda, "agendaitem"), 1)]
    return {
        "ref": number, "committee": _number(of, "committee"),
        "committee_title": _text(of, "committeetitle")[:160],
        "day": day[:40], "on": _day(day), "starts_at": begins, "ends_at": ends,
        "place": _text(one, "meetinglocation")[:200], "status": status[:80],
        "off": any(word in status.lower() for word in OFF),
        "items": None if agenda is None else sorted(found, key=lambda item: item["sort"]),
        "documents": _documents(one), "people": _people(one.find("attendees")),
    }  # fmt: skip


def _item(one: ET.Element, meeting: str, place: int) -> Plain:
    """One item. What is not for display is kept as restricted, like what says so itself."""
    title = _text(one, "agendaitemtitle") or "(without a title)"
    inner = _text(one, "agendaitemnumber")
    printed = _printed(one)
    told = _text(one, "restrictionsref") or _text(one, "restrictions")
    said = told and not _no(one, "isrestricted")  # a reason without a word that it is open
    shut = bool(said) or _yes(one, "isrestricted") or _no(one, "isdisplayallowed")
    why = told or "Restricted in ModernGov"
    parts = [title if len(title) > 200 else "", _long(one, "agendatext", "agendanonemptyhtmlbody")]
    return {
        "ref": _number(one, "agendaitem") or f"{meeting}-{place}",
        "title": title if len(title) <= 200 else title[:199] + "…",
        "printed": (printed or inner)[:20], "sort": [*_order(printed or inner), place],
        "wording": "\n\n".join(filter(None, parts)), "minute": _minute(one),
        "decides": _yes(one, "isdecision"), "restricted": shut, "why": why[:300],
        "documents": _documents(one),
    }  # fmt: skip


def _printed(one: ET.Element) -> str:
    """The number as the agenda prints it, with its dot, under whichever name a server tells it."""
    told = _text(one, "fulldisplaynumberformat")
    names = [part.tag for part in one if "number" in part.tag and "minute" not in part.tag]
    found = (number for name in names if PRINTED.fullmatch(number := _text(one, name)))
    return told or next(found, "")


def _minute(one: ET.Element) -> str:
    """The minutes and the decision of an item, unless the council has not published them yet."""
    said = "" if _no(one, "isminutepublished") else _long(one, "minutesnonemptyhtmlbody")
    done = "" if _no(one, "isdecisionpublished") else _long(one, "decisionnonemptyhtmlbody")
    parts = [said, "" if done in said else f"Decision: {done}"]
    return "\n\n".join(filter(None, parts))[:LONGEST_MINUTE]


def _documents(one: ET.Element) -> list[Plain]:
    """Papers that stand on the council's own site: their title and address, nothing else."""
    found = {}
    for paper in _children(one.find("linkeddocuments"), "linkeddoc"):
        address = unwrapped(_raw(paper.find("url"))).strip()
        if urlsplit(_safe(address)).scheme not in {"http", "https"} or len(address) > 500:
            continue
        shut = _yes(paper, "isrestricted")
        title = _text(paper, "title") or "Paper"
        found.setdefault(address, {"title": title[:200], "url": address, "restricted": shut})
    return list(found.values())


def _safe(address: str) -> str:
    """The address if it can be taken apart at all."""
    try:
        return address if urlsplit(address).hostname else ""
    except ValueError:
        return ""


def _people(attendees: ET.Element | None) -> list[list[str]]:
    """Who came and who sent apologies, by name."""
    found = {}
    for one in _children(attendees, "attendee"):
        name = line(one.get("name") or one.get("fullusername")) or _text(one, "name")
        how = _how((line(one.get("attendance")) or _text(one, "attendance")).lower())
        if name and how:
            found[name[:160]] = how
    return [[name, how] for name, how in found.items()]


def _how(said: str) -> str:
    if "apolog" in said:
        return "apologies"
    if "absent" in said or said.startswith("not ") or "did not" in said:
        return "absent"
    if any(word in said for word in ("virtual", "online", "on line", "remote", "video")):
        return "online"
    return "present" if "present" in said or "attend" in said else ""


# ------------------------------------------------------------------ single values


def _children(one: ET.Element | None, name: str) -> list[ET.Element]:
    return [] if one is None else one.findall(name)


def _raw(one: ET.Element | None) -> str:
    """Everything inside an element: text that holds HTML, or HTML that became elements itself."""
    if one is None:
        return ""
    inside = [ET.tostring(part, encoding="unicode", method="html") for part in one]
    return (one.text or "") + "".join(inside)


def _text(one: ET.Element, name: str) -> str:
    return line(_raw(one.find(name)))


def _long(one: ET.Element, *names: str) -> str:
    found = (words(_raw(one.find(name))) for name in names)
    return next(filter(None, found), "")[:LONGEST_MINUTE]


def _number(one: ET.Element, what: str) -> str:
    """The number by which ModernGov knows it; empty when that is not a number."""
    found = _text(one, f"{what}id")
    return found if found.isascii() and found.isdecimal() and len(found) <= 12 else ""


def _yes(one: ET.Element, name: str) -> bool:
    return _text(one, name).lower() in {"true", "yes", "1"}


def _no(one: ET.Element, name: str) -> bool:
    """Whether it says no; saying nothing is not a no."""
    return _text(one, name).lower() in {"false", "no", "0"}


def _order(number: str) -> tuple[int, int, str]:
    """Where a printed number such as 9., 5b or 12.2 stands; what has none comes last."""
    found = re.match(r"\D{0,10}(\d{1,5})(?:[.\-/](\d{1,5}))?\s*\.?\s*\(?([A-Za-z]?)", number)
    if not found:
        return (99_999, 0, "")
    return (int(found[1]), int(found[2] or 0), found[3].lower())


def _day(told: str) -> str | None:
    """The day as ISO writes it, or None when there is no such day."""
    for written in (told, told.split(" ", maxsplit=1)[0].split("T", maxsplit=1)[0]):
        for form in DAYS:
            try:
                found = datetime.strptime(written, form).date()  # noqa: DTZ007 -- a day, no moment
            except ValueError:
                continue
            return found.isoformat() if 1974 <= found.year <= 2100 else None
    return None


def _times(one: ET.Element) -> tuple[str | None, str | None]:
    """When it begins and ends, as far as the file says it in figures."""
    found = [at for part in CLOCK.finditer(_text(one, "meetingtime").lower()) if (at := _at(part))]
    ended = CLOCK.search(_text(one, "meetingplannedfinishtime").lower())
    later = found[1] if len(found) > 1 else _at(ended) if ended else None
    begins = found[0] if found else None
    ends = later if begins and later and later > begins else None
    return (begins and begins.isoformat("minutes"), ends and ends.isoformat("minutes"))


def _at(part: re.Match) -> time | None:
    hour, minute, half = int(part[1]), int(part[2] or 0), (part[3] or "").replace(".", "")
    if half in {"pm", "noon"} and hour < 12:
        hour += 12
    if half in {"am", "midnight"} and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None
