"""Stories seen from above: the coordinator's Monday page, the supervisor's caseload, the counts."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.earlyhelp import counts, permissions, states
from saidanddone.earlyhelp.models import Story
from saidanddone.earlyhelp.views.days import Tag, due_tag
from saidanddone.earlyhelp.views.guard import for_family_list
from saidanddone.earlyhelp.views.shared import draw
from saidanddone.reference.models import partnership
from saidanddone.ui.filters import day, plural

MOST = 100  # of each list on one page; the oldest come first


@require_safe
@for_family_list
def coordinate(request: HttpRequest) -> HttpResponse:
    """What waits in the areas somebody coordinates: references, leads and dates, never content."""
    user = request.user
    require("coordinate", permissions.overview_verbs(user))
    stories = permissions.coordinated_stories(user)
    late = permissions.drifting(stories, partnership().story_review_weeks)
    mine = permissions.to_answer(user).select_related("lead__user", "lead__organisation")
    return draw(
        request, "coordinate", asked=permissions.unallocated(user)[:MOST],
        leadless=_rows(permissions.leadless(stories).order_by("opened_at")[:MOST]),
        drifting=_rows(late[:MOST]), mine=_rows(mine.order_by("authorise_asked_at")[:MOST]),
    )  # fmt: skip


@require_safe
@for_family_list
def caseload(request: HttpRequest) -> HttpResponse:
    """How many stories each leads whom one supervises, and which of them wait."""
    require("see_caseload", permissions.overview_verbs(request.user))
    stories = permissions.overseen_stories(request.user)
    leads = [
        (lead, _rows(list(led))) for lead, led in groupby(stories, key=lambda story: story.lead)
    ]
    return draw(request, "caseload", leads=leads)


@require_safe
@for_family_list
def story_counts(request: HttpRequest) -> HttpResponse:
    """Numbers in which no family can be found, and from which none is reached."""
    since, until, tables = counts.early_help_counts(by=request.user)
    return draw(
        request, "counts", since=since, until=until, tables=tables, small=partnership().small_group
    )


def _rows(stories: Any) -> list[tuple[Story, Tag, str]]:
    return [(one, due_tag(one.review_due_on), _state(one)) for one in stories]


def _state(story: Story) -> str:
    told = [states.NAMES[story.state]]
    if late := getattr(story, "late_steps", 0):  # supervisors alone are told of steps
        told.append(f"{plural(late, 'step', 'steps')} late")
    if story.stand_in is not None and story.stand_in_until >= clock.today():
        told.append(f"{story.stand_in.user.name} stands in until {day(story.stand_in_until)}")
    return ", ".join(told)
