"""The export that Ofsted's inspectors ask for: asked for by one, let go by another, fetched and kept."""

import csv
import io
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.core.presses import earlier
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import Access, Conflict, FamilyMember, Release, Seal, Story
from saidanddone.people.models import User

WHAT = "annex-a-list-2"
# In the order of Ofsted's Annex A, List 2.
COLUMNS = [
    "Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)",
    "Assessment start date", "Assessment completion date", "Organisation completing assessment",
]  # fmt: skip
# In the codes of the children in need census, as the council's own systems write them.
NOT_RECORDED = FamilyMember.Gender.UNKNOWN
NOT_OBTAINED = "NOBT"
ETHNICITIES = {
    "Indian": "AIND", "Pakistani": "APKN", "Bangladeshi": "ABAN", "Chinese": "CHNE",
    "Any other Asian background": "AOTH", "Caribbean": "BCRB", "African": "BAFR",
    "Any other Black, Black British or Caribbean background": "BOTH",
    "White and Black Caribbean": "MWBC", "White and Black African": "MWBA",
    "White and Asian": "MWAS", "Any other mixed or multiple ethnic background": "MOTH",
    "English, Welsh, Scottish, Northern Irish or British": "WBRI", "Irish": "WIRI",
    "Gypsy or Irish Traveller": "WIRT", "Roma": "WROM", "Any other White background": "WOTH",
    "Arab": "OOTH", "Any other ethnic group": "OOTH", "Did not want to say": "REFU",
}  # fmt: skip
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet would reckon with such a cell


@transaction.atomic
def ask_release(
    *, requester: str, why: str, since: date, until: date, by: User, once: UUID | None = None
) -> Release:
    """Ask for the export, for somebody who is named. A coordinator or privacy officer; another lets it go."""
    require("ask_release", permissions.release_verbs(by))
    if found := earlier(Release, once):
        return found
    made = Release.objects.create(
        what=WHAT, requester=requester, why=why, since=since, until=until, asked_by=by, once=once
    )
    record("ask_release", made, by=by, detail=f"{requester} {why}")
    return made


@transaction.atomic
def let_go(*, release: Release, by: User) -> None:
    """Let an export go to whoever it was asked for. A second person; never who asked."""
    require("let_go", permissions.release_verbs(by, release))
    _decide(release, released_at=clock.now(), released_by=by)
    record("let_go", release, by=by)


@transaction.atomic
def refuse_release(*, release: Release, why: str, by: User) -> None:
    """Do not let an export go, for a reason that whoever asked reads. A second person."""
    require("refuse_release", permissions.release_verbs(by, release))
    _decide(release, refused_why=why)
    record("refuse_release", release, by=by, detail=why)


@transaction.atomic
def fetch_release(*, release: Release, by: User) -> str:
    """The file, as text, for whoever asked, once another let it go. Each fetching is kept.

    What is sealed is left out, and so is a family of the reader's own or their relatives'. No
    address, no name, nothing that a spreadsheet would run.
    """
    require("fetch_release", permissions.release_verbs(by, release))
    with identity.as_system("release"):
        rows = [_row(child, story) for child, story in _children(release, by)]
    release.fetched_at, release.rows = clock.now(), len(rows)
    release.save(update_fields=["fetched_at", "rows"])
    record("fetch_release", release, by=by, detail=str(len(rows)))
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerows([COLUMNS, *rows])
    return sheet.getvalue()


def _decide(release: Release, **changes: Any) -> None:
    still_open = Release.objects.filter(pk=release.pk, released_at__isnull=True, refused_why="")
    if not still_open.update(**changes):
        raise Moved(release, "let_go")


def _children(release: Release, by: User) -> list[tuple[FamilyMember, Story]]:
    stories = _stories(release, by)
    children = FamilyMember.objects.filter(
        kind=FamilyMember.Kind.CHILD, family__in=[one.family_id for one in stories]
    ).order_by("pk")
    of_family: dict[Any, list[FamilyMember]] = {}
    for child in children:
        of_family.setdefault(child.family_id, []).append(child)
    return [(child, one) for one in stories for child in of_family.get(one.family_id, [])]


def _stories(release: Release, by: User) -> QuerySet[Story]:
    sealed = Seal.objects.filter(subject__isnull=True, lifted_at__isnull=True).values("family")
    related = Conflict.objects.filter(person=by.pk, ended_at__isnull=True).values("family")
    own = Access.objects.filter(person=by.pk, part=Access.Part.FAMILY).values("family")
    found = Story.objects.filter(
        opened_at__date__gte=release.since, opened_at__date__lte=release.until
    )
    found = found.exclude(family__in=sealed).exclude(family__in=related).exclude(family__in=own)
    return found.select_related("lead__organisation").order_by("opened_at", "pk")


def _row(child: FamilyMember, story: Story) -> list[str]:
    born = child.born_on
    cells = [
        str(child.pk), child.gender or NOT_RECORDED,
        ETHNICITIES.get(child.ethnicity, NOT_OBTAINED), _day(born),
        str(_years(born, clock.today())) if born else "",
        _day(timezone.localdate(story.opened_at)),
        _day(timezone.localdate(story.authorised_at) if story.authorised_at else None),
        story.lead.organisation.name,
    ]  # fmt: skip
    return [f"'{cell}" if cell.startswith(DANGEROUS) else cell for cell in cells]


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
