"""Who looked at one family's record this week, for whoever leads and whoever supervises them."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from saidanddone.core import clock
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import Look, Story
from saidanddone.earlyhelp.views.guard import for_family_record
from saidanddone.earlyhelp.views.shared import back, draw

WEEK = timedelta(days=7)
MOST = 400  # looks; a day's looks of one person are one line
WHY = {
    "lead": "leads the team", "membership": "in the team", "list": "opened a list with its name",
    "supervision": "supervises somebody in the team", "coordination": "coordinates the area",
    "authorisation": "it waited for their answer", "file": "keeps the file",
    "break_glass": "broke the glass", "none": "had no right to",
}  # fmt: skip


class Looked(NamedTuple):
    """One person on one day: why, at which pages, and whether a try was refused."""

    look: Look
    why: str
    pages: list[str]
    refused: list[str]


@require_safe
@for_family_record("who has looked", permissions.ALL_BUT_SEALED)
def looks(request: HttpRequest, story: Story) -> HttpResponse:
    """Who looked in the last seven days, the newest first."""
    found = permissions.lead_looks(request.user, story).filter(at__gte=clock.now() - WEEK)
    return draw(request, "looks", story=story, back=back(story), days=_by_day(found[:MOST]))


def _by_day(found: QuerySet[Look]) -> list[tuple[date, list[Looked]]]:
    days: dict[date, dict[tuple[int, str], Looked]] = {}
    for look in found:
        why = WHY.get(look.purpose, "works here")
        lines = days.setdefault(timezone.localdate(look.at), {})
        line = lines.setdefault((look.person_id, why), Looked(look, why, [], []))
        told = line.refused if look.refused else line.pages
        if look.part not in told:
            told.append(look.part)
    return [(day, list(lines.values())) for day, lines in days.items()]
