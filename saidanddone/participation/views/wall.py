"""You said, we did: what was asked, what became of it, and how long that took, for everybody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from saidanddone.core.pages import for_everyone
from saidanddone.participation import counts, permissions, states
from saidanddone.participation.forms.filters import WallFilter
from saidanddone.participation.models import Issue
from saidanddone.participation.models.standing import age, standing
from saidanddone.participation.views.timeline import PUBLIC, timeline
from saidanddone.reference.models import partnership

A_PAGE = 12


@login_not_required
@require_safe
@for_everyone
def wall(request: HttpRequest) -> HttpResponse:
    """Every public issue, the newest words first, with the year's honest numbers."""
    form = WallFilter(request.GET)
    found = form.narrow(permissions.public_issues())
    page = Paginator(permissions.on_the_wall(found), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "cards": [_card(issue) for issue in page],
        "form": form,
        "asked": form.query(),
        "narrowed": form.asks(),
        "year": counts.year_of_issues(),
        "fairness": counts.fairness(),
        "answer_days": partnership().answer_days,
    }
    return render(request, "participation/wall.html", context)


@login_not_required
@require_safe
@for_everyone
def wall_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue from words to reply, as everybody may read it."""
    found = permissions.with_thread(permissions.public_issues().filter(pk=pk), AnonymousUser())
    issue = get_object_or_404(permissions.on_the_wall(found))
    context = {
        "issue": issue,
        "stands": standing(issue, unknown_end=issue.unknown_end),
        "age": age(issue),
        "moments": timeline(issue, PUBLIC),
        "voices": permissions.public_words(issue),
        "verdict": verdict(issue),
    }
    return render(request, "participation/wall_issue.html", context)


def _card(issue: Issue) -> dict[str, Any]:
    return {
        "issue": issue,
        "stands": standing(issue, unknown_end=issue.unknown_end),
        "voice": issue.words[0] if issue.words else None,
        "verdict": verdict(issue),
    }


def verdict(issue: Issue) -> tuple[str, str, str] | None:
    """What those who raised it said last: shape, words and tone; never how many."""
    if issue.said_not_happened:
        return "s-off", "They said: it did not all happen", "bad"
    if issue.said_happened:
        return "s-done", "They said: it happened", "good"
    if issue.reopened_at and issue.state in states.WITH_US:
        return "s-watch", "They said: not fair. Looking again", "watch"
    if issue.said_unfair:
        return "s-off", "They said: not fair", "bad"
    if issue.said_fair:
        return "s-done", "They said: fair", "good"
    return None
