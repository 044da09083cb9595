"""What the registers of schools (GIAS), the NHS (ODS) and charities tell, as plain data.

Of people nothing is read: no head teacher, no trustee. Only what an organisation is, where it is
and how it is reached.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from saidanddone.core.files import FileRefused
from saidanddone.people.imports import cells
from saidanddone.people.imports.tables import Line, Source, lines, objects

Plain = dict[str, Any]
Cells = dict[str, str]

MOST = 2_000  # organisations that one import may bring
NHS_COLUMNS = {
    "ref": 0, "name": 1, "postcode": 9, "closed": 11, "status": 12, "commissioner": 14,
    "phone": 17, "setting": 25,
}  # fmt: skip
NHS_WIDTH = 27
NHS_STATUS = {"A": "open", "D": "open", "C": "closed", "P": "proposed"}
SCHOOL_STATUS = {"1": "open", "2": "closed", "3": "closing", "4": "proposed"}
GIAS = ("URN", "EstablishmentName", "EstablishmentStatus (code)", "LA (code)")
LINKS = ("URN", "LinkURN", "LinkType")
CHARITY = ("registered_charity_number", "linked_charity_number", "charity_name",
           "charity_registration_status")  # fmt: skip
TOO_MANY = (
    f"This file holds more than {MOST:,} organisations, and one import takes no more. Say whose you "
    "need: an authority’s number, or the beginnings of postcodes."
)
NOT_SCHOOLS = (
    "This is not GIAS’s list of schools. Download “All establishment data” or the links file, as "
    "CSV, and send it as it comes."
)
NOT_NHS = (
    "This is not a list of the NHS’s ODS. Its files, such as epraccur.csv, have 27 columns and no "
    "line of names above them."
)
NOT_CHARITIES = (
    "This is not the Charity Commission’s register. Download “publicextract.charity”, as JSON or "
    "as text."
)


def schools(content: bytes, *, only: str = "") -> Plain:
    """Schools from GIAS, or which school followed which; raises FileRefused."""
    source = Source(content)
    found = lines(source)
    names = _header(found)
    if set(LINKS) <= set(names):
        return {"of": "schools", "rows": [], "links": _links(names, found), "told": {}}
    if not set(GIAS) <= set(names):
        raise FileRefused(NOT_SCHOOLS)
    return _plan("schools", _named(names, found), _school, _where_school, only)


def nhs(content: bytes, *, only: str = "") -> Plain:
    """Practices and other bodies from a file of ODS; raises FileRefused."""
    found = lines(Source(content))
    return _plan("nhs", _placed(found), _practice, _where_practice, only)


def charities(content: bytes, *, only: str = "") -> Plain:
    """Charities from the Commission's public extract; raises FileRefused."""
    source = Source(content)
    if source.is_json():
        return _plan("charities", _entries(source), _charity, _where_charity, only)
    found = lines(source)
    names = _header(found)
    if not set(CHARITY) <= set(names):
        raise FileRefused(NOT_CHARITIES)
    return _plan("charities", _named(names, found), _charity, _where_charity, only)


def places(only: str) -> set[str]:
    """The authorities, commissioners and postcode districts that somebody named."""
    return {word.upper() for word in only.replace(",", " ").replace(";", " ").split()}


# ------------------------------------------------------------------ rows of each


def _plan(
    of: str, found: Iterable, kind: Callable[[Cells], Plain],
    where: Callable[[Cells], tuple[str, ...]], only: str,
) -> Plain:  # fmt: skip
    """The rows of the places that were named, and how many were left aside.

    Where a row belongs is looked at first: of fifty thousand most are elsewhere, and cost little.
    """
    wanted, rows = places(only), []
    told = {"elsewhere": 0, "linked": 0}
    for line, row, fault in found:
        if wanted and not fault and wanted.isdisjoint(where(row)):
            told["elsewhere"] += 1
            continue
        one = {"ref": "", "fault": fault} if fault else kind(row)
        if one.get("linked"):
            told["linked"] += 1
        elif len(rows) < MOST:
            rows.append(one | {"line": line})
        else:
            raise FileRefused(TOO_MANY)
    if not rows and not any(told.values()):
        raise FileRefused("There is nothing in this file.")
    return {"of": of, "rows": rows, "links": [], "told": told}


def _where_school(row: Cells) -> tuple[str, ...]:
    return cells.clean(row["LA (code)"]), cells.postcode(row.get("Postcode"))[:-4]


def _where_practice(row: Cells) -> tuple[str, ...]:
    return cells.clean(row["commissioner"]).upper(), cells.postcode(row["postcode"])[:-4]


def _where_charity(row: Cells) -> tuple[str, ...]:
    return (cells.postcode(row.get("charity_contact_postcode"))[:-4],)


def _school(row: Cells) -> Plain:
    """A row of GIAS."""
    kinds = [cells.clean(row.get(f"{part} (name)")) for part in
             ("TypeOfEstablishment", "PhaseOfEducation")]  # fmt: skip
    told = [one for one in kinds if one and one.lower() != "not applicable"]
    status = SCHOOL_STATUS.get(cells.clean(row["EstablishmentStatus (code)"]), "")
    return _row(
        ref=_number(row["URN"]), called="URN", name=cells.clean(row["EstablishmentName"]),
        what=", ".join(told), status=status, closed=row.get("CloseDate"),
        postcode=row.get("Postcode"), phone=row.get("TelephoneNum"),
        website=row.get("SchoolWebsite"),
    )  # fmt: skip


def _practice(row: Cells) -> Plain:
    """A row of ODS: a name in capitals, its status in a letter."""
    ref = cells.clean(row["ref"], 12).upper()
    return _row(
        ref=ref if ref.isalnum() and ref.isascii() else "", called="code",
        name=cells.name(row["name"]), what="GP practice" if row["setting"].strip() == "4" else "",
        status=NHS_STATUS.get(row["status"].strip().upper(), ""), closed=row["closed"],
        postcode=row["postcode"], phone=row["phone"], website="",
    )  # fmt: skip


def _charity(row: Cells) -> Plain:
    """An entry of the Commission's register; those that belong to another are left aside."""
    status = cells.clean(row.get("charity_registration_status")).lower()
    linked = cells.clean(row.get("linked_charity_number")) not in {"", "0"}
    return _row(
        ref=_number(row.get("registered_charity_number")), called="charity number",
        name=cells.name(row.get("charity_name")), what="Registered charity",
        status={"registered": "open", "removed": "closed"}.get(status, ""),
        closed=row.get("date_of_removal"), postcode=row.get("charity_contact_postcode"),
        phone=row.get("charity_contact_phone"), website=row.get("charity_contact_web"),
    ) | {"linked": linked, "email": cells.email(row.get("charity_contact_email"))}  # fmt: skip


def _row(*, ref: str, called: str, name: str, status: str, closed: object, **told: Any) -> Plain:
    """One organisation, with what is wrong with its row if something is."""
    code, over = cells.postcode(told["postcode"]), cells.day(closed)
    faults = [
        ("" if ref else f"It has no {called}."),
        ("" if name else "It has no name."),
        ("" if status else "We do not know its status."),
        ("" if over is not None else f"{cells.clean(closed, 20)} is no day."),
    ]
    return {
        "ref": ref, "name": name, "what": told["what"], "status": status, "closed": over or "",
        "postcode": code, "phone": cells.phone(told["phone"]), "email": "",
        "website": cells.website(told["website"]),
        "fault": next(filter(None, faults), ""),
    }  # fmt: skip


def _number(told: object) -> str:
    words = cells.clean(told)
    return words if words.isascii() and words.isdecimal() and len(words) <= 12 else ""


# -------------------------------------------------------------------- their shape


def _header(found: Iterator[Line]) -> list[str]:
    _, names = next(found, (0, [""]))
    return [cells.clean(one).removeprefix("\ufeff") for one in names]


def _named(names: list[str], found: Iterator[Line]) -> Iterator[tuple[int, Cells, str]]:
    """Rows under a line of names; one that has slipped sideways is a fault, not a guess."""
    for line, row in found:
        fault = "" if not any(row[len(names) :]) else f"It has more than {len(names)} columns."
        padded = row + [""] * (len(names) - len(row))
        yield line, dict(zip(names, padded, strict=False)), fault


def _placed(found: Iterator[Line]) -> Iterator[tuple[int, Cells, str]]:
    """Rows without a line of names, known by where each cell stands."""
    for number, (line, row) in enumerate(found):
        if number == 0 and len(row) != NHS_WIDTH:
            raise FileRefused(NOT_NHS)
        fault = "" if len(row) == NHS_WIDTH else f"It has {len(row)} columns, not {NHS_WIDTH}."
        padded = row + [""] * (NHS_WIDTH - len(row))
        yield line, {name: padded[place] for name, place in NHS_COLUMNS.items()}, fault


def _entries(source: Source) -> Iterator[tuple[int, Cells, str]]:
    for number, entry in objects(source):
        if number == 1 and not set(CHARITY) <= set(entry):
            raise FileRefused(NOT_CHARITIES)
        yield number, entry, ""


def _links(names: list[str], found: Iterator[Line]) -> list[Plain]:
    """Which school followed which, told from either side; other kinds of links are not ours."""
    told = {}
    for _, row, _ in _named(names, found):
        here, there = _number(row["URN"]), _number(row["LinkURN"])
        kind = cells.clean(row["LinkType"]).lower()
        if kind.startswith("successor"):
            told[here, there] = {"before": here, "after": there}
        elif kind.startswith("predecessor"):
            told[there, here] = {"before": there, "after": here}
        if len(told) > 100_000:
            raise FileRefused("This file holds too many links.")
    return [one for one in told.values() if one["before"] and one["after"]]
