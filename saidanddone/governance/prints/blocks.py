"""The blocks of a pack: what an edition tells of items and papers, and what of it still stands."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any, NamedTuple

from django.conf import settings

from saidanddone.governance import states
from saidanddone.governance.models import AgendaItem, Meeting, Pack, Paper
from saidanddone.governance.models.agenda import Numbered, numbered, turns
from saidanddone.ui.filters import clocktime, filesize, plural

Block = dict[str, Any]
PDF = "application/pdf"
KINDS = {
    PDF: "PDF", "image/jpeg": "Picture",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.oasis.opendocument.text": "OpenDocument",
}  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"
FIRST_PAGE = {"open": 2, "closed": 1}  # page 1 is the cover


class Now(NamedTuple):
    """What may be read at this moment, by key: what was taken back or closed is not among it."""

    open: set[str]
    closed: set[str]


def block_of(pack: Pack, part: str, before: list[dict[str, Any]]) -> Block | None:
    """What this edition brings to the open or the closed part; None if that is nothing."""
    known = {key for told in before if part in told for key in _keys(told[part])}
    first = max((told.get(f"{part}_end", 0) for told in before), default=0) + 1
    agenda = _agenda(pack.meeting)
    at = turns(agenda, pack.meeting.starts_at)
    items = [_item(one, part, known, at) for one in agenda]
    items = [item for item in items if item.pop("new") or item["sheet"] or item["papers"]]
    if not items:
        return None
    main = part == "open" and not before
    return {
        "key": f"{part}-{pack.number}", "items": items,
        "heading": _heading(part, main=main, on_its_own=not known),
        "note": "" if main or not before else pack.change_note,
        "no_voice": pack.meeting.no_voice_reason if main else "",
        "first": FIRST_PAGE[part] if first == 1 else first,
    }  # fmt: skip


def _heading(part: str, *, main: bool, on_its_own: bool) -> str:
    if main:
        return "Agenda"
    if part == "open":
        return "Supplement"
    return "Part B: for those who sit here" if on_its_own else "Part B: supplement"


def _agenda(meeting: Meeting) -> list[Numbered]:
    """Everything that stands on it, with cover sheets and papers."""
    items = meeting.items.filter(state__in=(states.ON_AGENDA, states.ENDED))
    return numbered(
        items.select_related("cover").prefetch_related("papers").order_by("order", "pk")
    )


def _item(one: Numbered, part: str, known: set[str], at: dict[int, Any]) -> dict[str, Any]:
    """An item as this part shows it; `new` says whether it belongs here by itself."""
    number, item = one
    key, closed = f"item-{item.pk}", part == "closed"
    here = item.restricted is closed
    minutes = plural(item.minutes_allotted, "minute", "minutes")
    when = f"{clocktime(at[item.pk])}. " if item.pk in at else ""
    sheet = _sheet(item) if here else None
    return {
        "key": key, "number": number, "title": item.title, "voice": item.is_voice,
        "said": f"{when}{item.get_kind_display()}, {minutes}", "late": item.late_why,
        "plain": item.plain if here else "", "wording": item.wording if here else "",
        "sheet": sheet if sheet and sheet["key"] not in known else None,
        "papers": [paper for paper in _papers(number, item, closed) if paper["key"] not in known],
        "new": here and key not in known,
    }  # fmt: skip


def _sheet(item: AgendaItem) -> dict[str, Any] | None:
    """The cover sheet that its lead handed in."""
    cover = getattr(item, "cover", None)
    if cover is None or cover.handed_in_at is None:
        return None
    return {
        "key": f"sheet-{item.pk}", "decision_wanted": cover.decision_wanted,
        "children_said": cover.children_said, "not_asked_why": cover.not_asked_why,
    }  # fmt: skip


def _papers(number: str, item: AgendaItem, closed: bool) -> list[dict[str, Any]]:
    """Its papers for this part. Letters count those that were taken back, and so never move."""
    every = sorted(item.papers.all(), key=lambda paper: (paper.added_at, paper.pk))
    here = [paper for paper in every if (paper.restricted or item.restricted) is closed]
    apart = "B/" if closed and not item.restricted else ""
    return [
        _paper(paper, f"{apart}{number}{LETTERS[n % 26]}")
        for n, paper in enumerate(here)
        if paper.withdrawn_at is None
    ]


def _paper(paper: Paper, mark: str) -> dict[str, Any]:
    return {
        "key": f"paper-{paper.pk}", "mark": mark, "title": paper.title, "late": paper.late_why,
        "kind": KINDS.get(paper.media_type, "On another site" if paper.url else "File"),
        "size": filesize(paper.size) if paper.size else "",
        "link": paper.url or settings.SITE_ADDRESS + paper.get_absolute_url(),
        "pdf": paper.media_type == PDF and bool(paper.file), "sizes": [], "file": "",
    }  # fmt: skip


# ------------------------------------------------------------------ what still stands


def standing_now(meeting: Meeting) -> Now:
    """The keys of what may be shown in each part at this moment."""
    opened, closed = set(), set()
    for _, item in _agenda(meeting):
        (closed if item.restricted else opened).update({f"item-{item.pk}", f"sheet-{item.pk}"})
        for paper in item.papers.all():
            if paper.withdrawn_at is None:
                restricted = paper.restricted or item.restricted
                (closed if restricted else opened).add(f"paper-{paper.pk}")
    return Now(opened, opened | closed)


def merged(chain: Iterable[dict[str, Any]], part: str, now: Now) -> list[Block]:
    """This part of every edition, the first in front, without what does not stand any more."""
    may = getattr(now, part)
    blocks = [deepcopy(told[part]) for told in chain if part in told]
    for block in blocks:
        block["items"] = [_still(item, may) for item in block["items"] if item["key"] in may]
    return blocks


def _still(item: dict[str, Any], may: set[str]) -> dict[str, Any]:
    """The item; of a paper that was taken back only its pages are told, so that none moves."""
    for paper in item["papers"]:
        if paper["key"] not in may:
            first, last = paper.get("first"), paper.get("last")
            pages = f"Pages {first} to {last} were" if first != last else f"Page {first} was"
            gone = f"{pages} taken back." if first else "This paper was taken back."
            paper.update(title="", late="", link="", gone=gone)
    return item


def missing(chain: Iterable[dict[str, Any]], now: Now) -> list[str]:
    """The keys of what was open in an edition and is not there any more."""
    told = {key for one in chain if "open" in one for key in _keys(one["open"])}
    return sorted(told - now.open)


def papers_in(told: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Every paper in what was told."""
    for block in told.values():
        if isinstance(block, dict):
            for item in block["items"]:
                yield from item["papers"]


def _keys(block: Block) -> Iterable[str]:
    for item in block["items"]:
        yield item["key"]
        if item["sheet"]:
            yield item["sheet"]["key"]
        for paper in item["papers"]:
            yield paper["key"]
