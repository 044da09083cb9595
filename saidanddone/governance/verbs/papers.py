"""Papers and cover sheets: asked of those who lead an item, handed in, and taken back."""

from datetime import date
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock, workdays
from saidanddone.core.access import require
from saidanddone.core.files import paper as checked
from saidanddone.governance import emails, permissions, states
from saidanddone.governance.models import AgendaItem, CoverSheet, Meeting, Paper
from saidanddone.governance.verbs.packs import take_back
from saidanddone.governance.verbs.presses import earlier, person
from saidanddone.people.models import User
from saidanddone.reference.models import ClosedDay, partnership

By = User | str | None
Kind = AgendaItem.Kind
WITH_PAPERS = (Kind.DECISION, Kind.DISCUSSION, Kind.INFORMATION)
LATE = "It was ready only after the agenda was out."


def due_day(on: date | None) -> date | None:
    """By when papers are wanted for a meeting on that day; never a day that has gone."""
    if on is None:
        return None
    closed = set(ClosedDay.objects.values_list("on", flat=True))
    due = workdays.before(on, partnership().papers_due_days, closed)
    return max(due, workdays.add(clock.today(), 1, closed))


def ask_for_paper(item: AgendaItem, by: By) -> CoverSheet | None:
    """Ask whoever leads an item for its cover sheet and papers, as soon as it has a lead.

    Part of placing an item or giving it to somebody; what was asked of an earlier lead is called
    back. Only while the agenda is being planned.
    """
    emails.paper_not_wanted(item)
    meeting = item.meeting
    wanted = item.kind in WITH_PAPERS and item.lead_id and item.state == states.ON_AGENDA
    if not wanted or meeting.state != states.PLANNED or meeting.is_past:
        return None
    due = meeting.papers_due_on or due_day(meeting.on)
    cover, _ = CoverSheet.objects.update_or_create(
        item=item, defaults={"asked_at": clock.now(), "due_on": due, "reminded_on": None}
    )
    record("ask_for_paper", cover, by=by)
    if cover.handed_in_at is None:
        emails.paper_wanted(cover)
    return cover


def follow_meeting(meeting: Meeting) -> None:
    """After a meeting has moved: papers are wanted by another day too."""
    meeting.papers_due_on = due_day(meeting.on)
    Meeting.objects.filter(pk=meeting.pk).update(papers_due_on=meeting.papers_due_on)
    waiting = CoverSheet.objects.filter(item__meeting=meeting.pk, handed_in_at__isnull=True)
    waiting.update(due_on=meeting.papers_due_on, reminded_on=None)


@transaction.atomic
def hand_in(
    *, item: AgendaItem, decision_wanted: str, plain: str, children_said: str, by: User,
    not_asked_why: str = "",
) -> CoverSheet:  # fmt: skip
    """Hand in the cover sheet of an item: what is wanted, what it means for children, what they said.

    Whoever leads it, or the clerk for them, until the agenda is out; it may be handed in again. The
    plain sentence stands at the item, for young people's agenda too.
    """
    require("hand_in", permissions.item_verbs(by, item))
    if not (children_said.strip() or not_asked_why.strip()):
        raise ValueError("A cover sheet says what children said, or why they were not asked")
    item.move("hand_in", plain=plain)
    cover, _ = CoverSheet.objects.update_or_create(
        item=item,
        defaults={
            "decision_wanted": decision_wanted, "children_said": children_said,
            "not_asked_why": "" if children_said.strip() else not_asked_why,
            "handed_in_at": clock.now(), "handed_in_by": by,
        },
    )  # fmt: skip
    record("hand_in", cover, by=by, detail=f"{plain}\n{decision_wanted}\n{children_said}")
    emails.paper_not_wanted(item)
    return cover


@transaction.atomic
def remind_of_paper(*, cover: CoverSheet, by: str) -> None:
    """Remind whoever leads an item of its papers. The clock: once before the day, once after it."""
    require("remind_of_paper", permissions.cover_verbs(by, cover))
    cover.reminded_on = clock.today()
    cover.save(update_fields=["reminded_on"])
    record("remind_of_paper", cover, by=by)
    late = cover.due_on is not None and cover.due_on < clock.today()
    (emails.paper_late if late else emails.paper_due)(cover)


@transaction.atomic
def add_paper(
    *, item: AgendaItem, title: str, upload: File, by: User, restricted: bool = False,
    late_why: str = "", once: UUID | None = None,
) -> Paper:  # fmt: skip
    """Put a paper behind an item. The clerk, or its lead until the agenda is out.

    Raises core.files.FileRefused with the reason. After the agenda is out it is late and says why;
    it stands in the pack's next edition.
    """
    require("add_paper", permissions.item_verbs(by, item))
    if found := earlier(Paper, once):
        return found
    safe = checked(upload)
    paper = Paper(
        item=item, title=title, media_type=safe.media_type, size=safe.size, added_by=person(by),
        restricted=restricted or item.restricted, late_why=_why_late(item, late_why), once=once,
    )  # fmt: skip
    # Kept under its own number: what somebody called it at home is nobody's business here.
    paper.file.save(f"{paper.pk}.{safe.name.rpartition('.')[2]}", safe.file, save=False)
    paper.save()
    item.move("add_paper")
    record("add_paper", paper, by=by)
    return paper


@transaction.atomic
def withdraw_paper(*, paper: Paper, why: str, by: User) -> None:
    """Take a paper back: nobody can open it any more. The clerk; its lead until the agenda is out.

    The reason is kept. A pack that holds it is taken back too, and made again without it.
    """
    require("withdraw_paper", permissions.paper_verbs(by, paper))
    paper.withdrawn_at, paper.withdrawn_why = clock.now(), why
    paper.save(update_fields=["withdrawn_at", "withdrawn_why"])
    record("withdraw_paper", paper, by=by, detail=why)
    take_back(paper.item.meeting, "A paper was taken back.", by)


def _why_late(item: AgendaItem, why: str) -> str:
    """The reason of a paper that joins an agenda that is out already."""
    meeting = item.meeting
    if meeting is None or meeting.state != states.PUBLISHED or meeting.source:
        return ""
    return why or LATE
