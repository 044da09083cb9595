"""The front page: tell us, follow your thread, see one told from words to answer."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from saidanddone.core import clock
from saidanddone.core.pages import for_everyone
from saidanddone.governance import permissions as governance
from saidanddone.participation import counts, permissions
from saidanddone.participation.models import Issue, Voice
from saidanddone.participation.models.standing import days_since, days_to_answer

SOON = 3  # meetings shown
LONGEST = 160  # characters of a voice that still reads at a glance


@dataclass(frozen=True)
class Story:
    """One thread, told short: the words, who took it on, which board, the answer."""

    issue: Issue
    voice: Voice
    board: str = ""
    board_day: int | None = None
    answer_day: int | None = None


@login_not_required
@require_safe
@for_everyone
def front(request: HttpRequest) -> HttpResponse:
    """For everybody; the same for all, so it is kept for a minute."""
    fair = counts.fairness()
    context = {
        "story": told_story(),
        "year": counts.year_of_issues(),
        "fair": fair,
        "fair_tenths": round(fair.share / 10) if fair.share is not None else None,
        "meetings": coming_meetings(),
    }
    return render(request, "home/front.html", context)


def told_story() -> Story | None:
    """The latest answered thread that has published words short enough for a front page."""
    words = short_voices().filter(issues=OuterRef("pk"))
    issue = (
        permissions.public_issues()
        .filter(Exists(words), reply__sent_at__isnull=False, source="")
        .select_related(
            "reply", "first_owner__user", "tabling__item__body", "tabling__item__meeting"
        )
        .order_by("-answered_on", "-pk")
        .first()
    )
    if issue is None:
        return None
    voice = short_voices().filter(issues=issue).order_by("on", "pk").first()
    return Story(issue, voice, *board(issue), answer_day=numbered(days_to_answer(issue)))


def short_voices() -> QuerySet[Voice]:
    """Published words that are short enough."""
    return permissions.public_voices().alias(long=Length("public_words")).filter(long__lte=LONGEST)


def board(issue: Issue) -> tuple[str, int | None]:
    """Before which body it came and on which of its days, if that body meets in the open."""
    item = issue.tabling.item if issue.tabling_id else None
    if item is None or item.body.meets_in_private or item.restricted:
        return "", None
    return item.body.name, numbered(days_since(issue, item.meeting.on or clock.today()))


def numbered(days: int | None) -> int | None:
    """A thread's first day is day 1."""
    return None if days is None else days + 1


def coming_meetings() -> QuerySet:
    """The next meetings that everybody may know of."""
    meetings = governance.visible_meetings(AnonymousUser()).filter(on__gte=clock.today())
    return meetings.select_related("body").order_by("on", "starts_at")[:SOON]
