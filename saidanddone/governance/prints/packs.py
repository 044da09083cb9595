"""The pack of a meeting as PDFs: what each edition brought, printed word for word as it was.

The open file is for everybody whom the meeting is for. The members' file is the same, page by page,
with the restricted part at its end, numbered for itself. Each edition keeps what it told; a later
one prints all of it again at the same pages and adds its own behind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from saidanddone.core import printing
from saidanddone.core.printing import Printed
from saidanddone.governance import states
from saidanddone.governance.models import Pack, Paper
from saidanddone.governance.prints.blocks import (
    Block,
    block_of,
    merged,
    missing,
    papers_in,
    standing_now,
)
from saidanddone.governance.prints.front import front
from saidanddone.reference.models import partnership

SHEET = Path(__file__).parents[1] / "jinja2/governance/typst/pack.typ"
TOLD_BY = (states.MADE, states.RETIRED)  # a retired edition's pages still have their numbers


@dataclass(frozen=True)
class Bound:
    """An edition, printed: its files, what it told, and on which pages everything stands."""

    open: Printed
    closed: Printed | None
    told: dict[str, Any]
    contents: list[dict[str, Any]]
    contents_closed: list[dict[str, Any]]
    pages: dict[str, int]  # of each paper that was looked at; 0 for one that cannot be merged


def bound(pack: Pack) -> Bound:
    """Print this edition; raises NotPrinted. A paper that cannot be merged stands as a link."""
    with printing.folder() as place:
        told, pages = _brought(pack, place)
        try:
            return _printed(pack, place, told, pages)
        except printing.NotPrinted:
            # Each was sound by itself; together they were too much. The agenda must go out.
            for paper in papers_in(told):
                paper["sizes"] = []
            return _printed(pack, place, told, pages)


def earlier(pack: Pack) -> list[Pack]:
    """The editions before it, from the first, whose pages are out."""
    found = Pack.objects.filter(meeting=pack.meeting_id, number__lt=pack.number)
    return list(found.filter(state__in=TOLD_BY).order_by("number"))


def _brought(pack: Pack, place: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """What is in this edition for the first time, and the pages of its papers."""
    before = earlier(pack)
    chain = [one.told for one in before]
    told: dict[str, Any] = {
        part: block for part in ("open", "closed") if (block := block_of(pack, part, chain))
    }
    if before and before[-1].state == states.RETIRED:
        told["again"] = True  # for everybody, since what everybody had is not there any more
    told["missing"] = missing(chain, standing_now(pack.meeting))
    files = {str(one.pk): one for one in Paper.objects.filter(item__meeting=pack.meeting_id)}
    pages = {}
    for paper in papers_in(told):
        if paper["pdf"]:
            key = paper["key"].removeprefix("paper-")
            paper["sizes"] = _sizes(files[key], place)
            pages[key] = len(paper["sizes"])
    return told, pages


def _sizes(paper: Paper, place: Path) -> printing.Sizes:
    """Of its pages; none if the file is gone, too long, encrypted or not what it says."""
    name = _laid(paper, place)
    return (printing.pages_of(place, name) or []) if name else []


def _laid(paper: Paper, place: Path) -> str:
    """Its file, put where it is printed; nothing if the file is lost."""
    name = f"{paper.pk}.pdf"
    if not (place / name).exists():
        try:
            with paper.file.open("rb") as file:
                (place / name).write_bytes(file.read())
        except OSError:
            return ""
    return name


def _printed(pack: Pack, place: Path, told: dict[str, Any], pages: dict[str, int]) -> Bound:
    chain = [one.told for one in earlier(pack)] + [told]
    now = standing_now(pack.meeting)
    opened, closed = (merged(chain, part, now) for part in ("open", "closed"))
    _lay_all(pack, place, [*opened, *closed])
    fronts = front(pack, earlier(pack), told), front(pack, earlier(pack), told, members=True)
    first = _press(pack, place, fronts[0], opened, [])
    second = _press(pack, place, fronts[1], opened, closed) if closed else None
    where = _where((second or first).places)
    return Bound(
        open=first, closed=second, told=_placed(told, where, chain[:-1]),
        contents=_contents(opened, where), contents_closed=_contents(closed, where), pages=pages,
    )  # fmt: skip


def _lay_all(pack: Pack, place: Path, blocks: Iterable[Block]) -> None:
    """Every paper that is printed lies in the folder; one that was lost since stands as a link."""
    files = {str(one.pk): one for one in Paper.objects.filter(item__meeting=pack.meeting_id)}
    for paper in papers_in({str(n): block for n, block in enumerate(blocks)}):
        if paper["sizes"] and not paper.get("gone"):
            paper["file"] = _laid(files[paper["key"].removeprefix("paper-")], place)
            if not paper["file"]:
                paper["sizes"] = []


def _press(
    pack: Pack, place: Path, cover: dict[str, Any], opened: list[Block], closed: list[Block]
) -> Printed:
    told = cover | {"blocks": opened, "closed": closed, "brand": partnership().brand}
    return printing.printed(place, SHEET.read_text(encoding="utf-8"), told, pack.wanted_at)


def _where(places: Iterable[dict[str, Any]]) -> dict[str, tuple[int, int]]:
    """First and last page of everything, by its key."""
    found: dict[str, tuple[int, int]] = {}
    for one in places:
        first, last = found.get(one["key"], (one["page"], one["page"]))
        found[one["key"]] = (min(first, one["page"]), max(last, one["page"]))
    return found


def _placed(
    told: dict[str, Any], where: dict[str, tuple[int, int]], before: list[dict[str, Any]]
) -> dict[str, Any]:
    """What this edition told, with the pages that it keeps from now on."""
    for part in ("open", "closed"):
        ends = [one[f"{part}_end"] for one in before if f"{part}_end" in one]
        block = told.get(part)
        if block:
            printed_here = [one for one in _entries(block) if one["key"] in where]
            for entry in printed_here:
                entry["first"], entry["last"] = where[entry["key"]]
            ends += [where[block["key"]][1], *(entry["last"] for entry in printed_here)]
        if ends:
            told[f"{part}_end"] = max(ends)
    return told


def _entries(block: Block) -> list[dict[str, Any]]:
    """Sheets and papers of a block that have pages of their own, in their order."""
    found = []
    for item in block["items"]:
        if item["sheet"]:
            found.append(item["sheet"])
        found += [paper for paper in item["papers"] if paper["sizes"]]
    return found


def _contents(blocks: list[Block], where: dict[str, tuple[int, int]]) -> list[dict[str, Any]]:
    """The table of contents of a part, as the page of the pack shows it."""
    return [row for block in blocks for item in block["items"] for row in _rows(block, item, where)]


def _rows(
    block: Block, item: dict[str, Any], where: dict[str, tuple[int, int]]
) -> list[dict[str, Any]]:
    """A row for an item, at its cover sheet or else on its agenda, and one for each of its papers."""
    sheet = item["sheet"]["key"] if item["sheet"] else ""
    first, last = where[sheet if sheet in where else block["key"]]
    own = {"item": int(item["key"].removeprefix("item-")), "late": bool(item["late"])}
    title = f"{item['number']}. {item['title']}"
    rows = [own | {"paper": None, "title": title, "first": first, "last": last}]
    for paper in item["papers"]:
        if paper.get("gone"):
            continue
        first, last = where.get(paper["key"], (None, None))
        rows.append(
            own | {"paper": paper["key"].removeprefix("paper-"), "first": first, "last": last,
                   "title": f"{paper['mark']} {paper['title']}",
                   "late": bool(item["late"] or paper["late"])}
        )  # fmt: skip
    return rows
