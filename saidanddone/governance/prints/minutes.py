"""The open minutes of a meeting as a PDF: what everybody may read of them, and nothing else."""

from pathlib import Path
from typing import Any

from saidanddone.core import printing
from saidanddone.core.printing import Printed
from saidanddone.governance import states
from saidanddone.governance.models import AgendaItem, Attendance, Minutes
from saidanddone.governance.models.agenda import numbered
from saidanddone.reference.models import partnership
from saidanddone.ui.filters import fullday

SHEET = Path(__file__).parents[1] / "jinja2/governance/typst/minutes.typ"
HOWS = Attendance.How


def minutes_told(minutes: Minutes) -> dict[str, Any]:
    """Every word of the print. Offices, not names; no restricted item; no private interest."""
    meeting = minutes.meeting
    day = fullday(meeting.on) if meeting.on else "Day not known"
    return {
        "title": f"Minutes: {meeting.body.name}, {day}", "partnership": partnership().name,
        "brand": partnership().brand, "body": meeting.body.name, "when": day,
        "where": meeting.place, "state": _state(minutes), "amendments": minutes.amendments,
        "people": _people(minutes), "quorum": _quorum(minutes), "items": _items(minutes),
    }  # fmt: skip


def minutes_printed(minutes: Minutes, told: dict[str, Any]) -> Printed:
    """The PDF; raises NotPrinted."""
    dated = minutes.approved_at or minutes.circulated_at
    with printing.folder() as place:
        return printing.printed(place, SHEET.read_text(encoding="utf-8"), told, dated)


def _state(minutes: Minutes) -> str:
    if minutes.state == states.APPROVED:
        return f"Agreed at the meeting of {fullday(minutes.approved_in.on)}."
    return "Not yet agreed: the next meeting agrees them."


def _people(minutes: Minutes) -> list[dict[str, str]]:
    rows = minutes.meeting.attendance.select_related("seat", "appointment")
    found: dict[str, list[str]] = {label: [] for label in HOWS.labels}
    for row in rows.order_by("seat__order", "pk"):
        who = row.seat.title if row.seat else "a guest"
        many = row.seat is not None and row.seat.count > 1
        found[row.get_how_display()].append(f"{who} ({row.count})" if many else who)
    return [{"how": how, "who": "; ".join(who)} for how, who in found.items() if who]


def _quorum(minutes: Minutes) -> str:
    quorate, note = minutes.meeting.quorate, minutes.meeting.quorum_note
    if quorate is None:
        return ""
    words = "enough to decide" if quorate else "too few to decide; what was agreed is recommended"
    return f"The chair declared that there were {words}. {note}".strip()


def _items(minutes: Minutes) -> list[dict[str, Any]]:
    items = minutes.meeting.items.filter(
        state__in=(states.ON_AGENDA, states.ENDED), restricted=False
    )
    items = items.prefetch_related("decisions", "actions__owner__organisation", "declarations")
    return [_item(one.number, one.item) for one in numbered(items.order_by("order", "pk"))]


def _item(number: str, item: AgendaItem) -> dict[str, Any]:
    return {
        "number": number, "title": item.title, "minute": item.minute, "answer": item.answer,
        "voice": item.wording if item.is_voice else "",
        "interests": [_interest(one) for one in item.declarations.all()],
        "decisions": [
            {"number": one.number, "wording": one.wording, "outcome": one.get_outcome_display(),
             "reasons": one.reasons}
            for one in item.decisions.all() if not one.restricted
        ],
        "actions": [
            {"what": one.what, "by": fullday(one.due_on),
             "who": f"{one.owner.title}, {one.owner.organisation.name}"}
            for one in item.actions.all() if not one.restricted
            and not (one.decision_id and one.decision.restricted)
        ],
    }  # fmt: skip


def _interest(one: Any) -> str:
    kind = one.get_kind_display().lower()
    words = f"An interest was declared ({kind})" + ("" if one.private else f": {one.nature}")
    return f"{words.rstrip('.')}. {one.get_action_display()}.".removesuffix(" .")
