"""What becomes of committees, meetings and items that ModernGov tells of."""

from datetime import date, time
from typing import Any

from django.utils.text import slugify

from saidanddone.core import clock
from saidanddone.core.imports import CHANGED, LEFT_OUT, NEW, REFUSED, SAME, Changes, Report
from saidanddone.governance import states
from saidanddone.governance.models import AgendaItem, Attendance, Body, Meeting, Minutes, Paper
from saidanddone.people.models import User
from saidanddone.ui.filters import day as in_words
from saidanddone.ui.filters import plural

Plain = dict[str, Any]
Kind = AgendaItem.Kind
SOURCE = "Held and minuted elsewhere. Read from ModernGov"
PURPOSE = "A committee of the council. What it meets for stands on the council’s own pages."
DOCUMENTS = "Agenda, papers and minutes as the council published them"
NO_BOARD = (
    "The file does not say which committee met. Read the list of its meetings (GetMeetings) first, "
    "or say which board it is."
)
NO_DAY = "“%s” is not a day that exists."
FIELDS = {
    "on": "day", "starts_at": "time", "ends_at": "end", "place": "place", "state": "state",
    "title": "title", "wording": "text", "minute": "minutes", "restricted": "members only",
    "order": "order", "printed_number": "number", "present": "how many came",
}  # fmt: skip
GUESSES = (
    (Kind.DECLARATIONS, ("declaration", "interests")),
    (Kind.MINUTES, ("minutes",)),
    (Kind.INFORMATION, ("apologies", "welcome", "chair’s announcements", "date of next")),
)


def in_moderngov(*parts: str) -> str:
    """The number under which ModernGov knows it."""
    return ":".join(("moderngov", *parts))


class Application:
    """One file, laid over what is here; every change goes through `changes`."""

    def __init__(self, changes: Changes, by: User | None, board: Body | None) -> None:
        self.changes, self.by, self.board = changes, by, board
        self.report = Report()
        self.bodies: dict[str, Body] = {}

    def of(self, plan: Plain) -> Report:
        """Bodies first, then each meeting with its items."""
        needed = {one["committee"] for one in plan["meetings"]}
        known = {one["ref"] for one in plan["committees"]}
        for told in plan["committees"]:
            self._committee(told, needed=told["ref"] in needed)
        for told in plan["meetings"]:
            if told["committee"] and told["committee"] not in known and told["committee_title"]:
                known.add(told["committee"])
                alone = {"ref": told["committee"], "title": told["committee_title"], "ended": False}
                self._committee(alone, needed=True)
        seen: set[str] = set()
        for told in plan["meetings"]:
            self._meeting(told, twice=told["ref"] in seen)
            seen.add(told["ref"])
        return self.report

    # -------------------------------------------------------------- bodies

    def _committee(self, told: Plain, *, needed: bool) -> None:
        """The body of that number, else of that name, else a new one."""
        ref, title = in_moderngov(told["ref"]), told["title"]
        found = Body.objects.filter(source_ref=ref).first()
        if found:
            self._known(told, found, SAME, "")
        elif not title:
            self.report.add(f"Committee {told['ref']}", REFUSED, "It has no name.")
        elif same := Body.objects.filter(name__iexact=title).first():
            if same.source_ref:
                why = "Another committee of this name has been read already."
                self.report.add(title, REFUSED, why)
            else:
                self.changes.change(same, source_ref=ref)
                self._known(told, same, CHANGED, "The board of this name here is the same one.")
        elif told["ended"] and not needed:
            self.report.add(title, LEFT_OUT, "It has ended.")
        else:
            self._known(told, self._new_body(ref, title), NEW, "A committee of the council.")

    def _known(self, told: Plain, body: Body, fate: str, why: str) -> None:
        self.bodies[told["ref"]] = body
        self.report.add(body.name, fate, why)

    def _new_body(self, ref: str, title: str) -> Body:
        letters = "".join(word[0] for word in title.split() if word[0].isalpha()).upper()[:8]
        return self.changes.make(
            Body, kind=Body.Kind.COMMITTEE, name=title, purpose=PURPOSE, source_ref=ref,
            slug=_free("slug", slugify(title)[:150] or "committee", "-"),
            short_name=_free("short_name", letters or "C", ""),
        )  # fmt: skip

    # ------------------------------------------------------------ meetings

    def _meeting(self, told: Plain, *, twice: bool) -> None:
        ref = in_moderngov(told["ref"])
        found = Meeting.objects.select_related("body").filter(source_ref=ref).first()
        body = self.bodies.get(told["committee"]) or (found and found.body) or self._body_of(told)
        when = in_words(date.fromisoformat(told["on"])) if told["on"] else told["day"] or "no day"
        what = f"{body.name}, {when}" if body else f"Meeting {told['ref']}, {when}"
        if why := self._refusal(told, body, twice=twice):
            self.report.add(what, REFUSED, why)
        elif why := _kept_here(told, body, found):
            self.report.add(what, LEFT_OUT, why)
        elif found:
            self._again(found, told, what)
        else:
            self._new(body, told, what, ref)

    def _body_of(self, told: Plain) -> Body | None:
        ref = in_moderngov(told["committee"]) if told["committee"] else ""
        return (Body.objects.filter(source_ref=ref).first() if ref else None) or self.board

    def _refusal(self, told: Plain, body: Body | None, *, twice: bool) -> str:
        if twice:
            return "The file tells of this meeting twice."
        if body is None:
            return NO_BOARD
        return "" if told["on"] else NO_DAY % told["day"]

    def _new(self, body: Body, told: Plain, what: str, ref: str) -> None:
        values = _meeting_values(told, None)
        meeting = self.changes.make(Meeting, body=body, source_ref=ref, **values)
        self.report.add(what, NEW, _said(told, values["state"]))
        self._inside(meeting, told, what)

    def _again(self, meeting: Meeting, told: Plain, what: str) -> None:
        values = _meeting_values(told, meeting)
        other = [name for name, value in values.items() if getattr(meeting, name) != value]
        if other:
            values |= {"revision": meeting.revision + 1, "changed_at": clock.now()}
        self.changes.change(meeting, **values)
        named = [FIELDS[name] for name in other if name in FIELDS]
        self.report.add(what, CHANGED if other else SAME, ", ".join(named).capitalize())
        self._inside(meeting, told, what)

    # ------------------------------------------------- what is in a meeting

    def _inside(self, meeting: Meeting, told: Plain, what: str) -> None:
        """Items, papers and who came. A meeting that was called off keeps none of them."""
        if meeting.state == states.CANCELLED:
            return
        items = list(told["items"] or [])
        if told["documents"]:
            items.append(_documents_item(told))
        for place, one in enumerate(items, start=1):
            self._item(meeting, one, place, what)
        for name, how in told["people"]:
            self._attendee(meeting, name, how)

    def _item(self, meeting: Meeting, told: Plain, place: int, what: str) -> None:
        ref = in_moderngov("item", told["ref"])
        found = AgendaItem.objects.filter(source_ref=ref).first()
        shut = told["restricted"] or bool(found and found.restricted)
        called = f"{what}: {'a restricted item' if shut else told['title']}"
        if found and found.meeting_id != meeting.pk:
            self.report.add(called, LEFT_OUT, "It stands on another agenda here.")
            return
        values = _item_values(told, found, place, held=meeting.state == states.MINUTED)
        if found:
            other = self.changes.change(found, **values)
            named = [FIELDS[name] for name in other if name in FIELDS]
            fate, why = CHANGED if other else SAME, ", ".join(named).capitalize()
            item = found
        else:
            item = self.changes.make(
                AgendaItem, body=meeting.body, meeting=meeting, source_ref=ref,
                kind=_kind(told), minutes_allotted=0, **values,
            )  # fmt: skip
            fate, why = NEW, "Members only: it is shown to nobody else." if shut else ""
        papers = sum(self._paper(item, paper) for paper in told["documents"])
        if papers:
            fate = CHANGED if fate == SAME else fate
            why = f"{why} With {plural(papers, 'paper', 'papers')}.".strip()
        self.report.add(called, fate, why)

    def _paper(self, item: AgendaItem, told: Plain) -> bool:
        """A paper that stands on the council's site; tells whether it is new here."""
        if item.papers.filter(url=told["url"]).exists():
            return False
        self.changes.make(
            Paper, item=item, title=told["title"], url=told["url"], added_by=self.by,
            restricted=told["restricted"] or item.restricted,
        )  # fmt: skip
        return True

    def _attendee(self, meeting: Meeting, name: str, how: str) -> None:
        named = meeting.attendance.filter(seat__isnull=True, appointment__isnull=True, named=name)
        if found := named.first():
            self.changes.change(found, how=how)
        else:
            self.changes.make(Attendance, meeting=meeting, named=name, how=how, recorded_by=self.by)


# ------------------------------------------------------------------ the values of it


def _meeting_values(told: Plain, was: Meeting | None) -> Plain:
    """A meeting that was held is told as such; one to come is planned, and published by people."""
    day = date.fromisoformat(told["on"])
    held = day < clock.today() and not told["off"]
    state = states.CANCELLED if told["off"] else states.MINUTED if held else states.PLANNED
    if was and state == states.PLANNED and was.state == states.PUBLISHED:
        state = states.PUBLISHED  # its agenda has been let out here since
    shown = state != states.PLANNED
    came = sum(how in {"present", "online"} for _, how in told["people"])
    return {
        "on": day, "precision": "day", "state": state, "starts_at": _time(told["starts_at"]),
        "ends_at": _time(told["ends_at"]),
        "place": told["place"] or (was.place if was else ""),
        "source": SOURCE if held else "",
        "cancelled_why": f"ModernGov says: {told['status']}" if told["off"] else "",
        "published_at": (was and was.published_at) or (clock.now() if shown else None),
        "present": came or (was.present if was else None),
    }  # fmt: skip


def _item_values(told: Plain, was: AgendaItem | None, place: int, *, held: bool) -> Plain:
    """An item as told; once restricted it stays so until somebody here lets it out."""
    shut = told["restricted"] or bool(was and was.restricted)
    values: Plain = {
        "title": told["title"], "order": place, "printed_number": told["printed"],
        "wording": told["wording"] or (was.wording if was else ""), "restricted": shut,
        "restricted_why": ((was.restricted_why if was else "") or told["why"]) if shut else "",
        "minute": told["minute"] or (was.minute if was else ""),
        "state": states.ENDED if held else states.ON_AGENDA,
    }  # fmt: skip
    values["ended_at"] = ((was and was.ended_at) or clock.now()) if held else None
    if was and was.minute != values["minute"]:
        values["minute_version"] = was.minute_version + 1
    return values


def _documents_item(told: Plain) -> Plain:
    """Where the papers of the meeting as a whole stand."""
    return {
        "ref": f"{told['ref']}-documents", "title": DOCUMENTS, "printed": "", "wording": "",
        "minute": "", "decides": False, "kind": Kind.INFORMATION, "restricted": False, "why": "",
        "documents": told["documents"],
    }  # fmt: skip


def _kept_here(told: Plain, body: Body, found: Meeting | None) -> str:
    """Why a meeting is left as it is: somebody keeps it here."""
    if found and Minutes.objects.filter(meeting=found).exists():
        return "Its minutes are kept here."
    if found is None and body.meetings.filter(on=told["on"], source_ref="").exists():
        return "A meeting of that day is kept here already."
    return ""


def _said(told: Plain, state: str) -> str:
    """What a new meeting will look like, in a few words."""
    if state == states.CANCELLED:
        return "Called off."
    if state == states.PLANNED:
        return "To come: it is planned here, and not published."
    came = sum(how in {"present", "online"} for _, how in told["people"])
    return f"Held. {plural(came, 'person', 'people')} came." if came else "Held."


def _kind(told: Plain) -> str:
    """What an item is for, guessed from its title as a reader would."""
    if "kind" in told:
        return told["kind"]
    title = told["title"].lower()
    for kind, words in GUESSES:
        if any(word in title for word in words):
            return kind
    return Kind.DECISION if told["decides"] else Kind.DISCUSSION


def _time(told: str | None) -> time | None:
    return time.fromisoformat(told) if told else None


def _free(field: str, wish: str, between: str) -> str:
    """The wish, or the wish with the first number that nobody has."""
    found, number = wish, 1
    while Body.objects.filter(**{f"{field}__iexact": found}).exists():
        number += 1
        found = f"{wish}{between}{number}"
    return found
