"""Issues as those who work with them see them: the list, and the whole thread on one page."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from saidanddone.governance import permissions as governance
from saidanddone.participation import permissions, states
from saidanddone.participation.forms.filters import IssueFilter
from saidanddone.participation.models import Issue, Reply, Voice
from saidanddone.participation.models.standing import age, standing
from saidanddone.participation.views.timeline import DESK, timeline
from saidanddone.people.models import User

A_PAGE = 25
DEEDS = {
    "route_issue": ("issue-route", "Give it to somebody, or hand it on"),
    "reply_to_issue": ("issue-reply", "Answer"),
    "refuse_issue": ("issue-reply", "Answer"),
    "table_issue": ("issue-table", "Put it on an agenda"),
    "tell_step": ("issue-tell", "Tell what happened"),
    "ask_question": ("issue-ask", "Ask them something"),
    "reword_issue": ("issue-reword", "Say it in other words"),
    "group_voices": ("issue-group", "Add more words"),
    "judge_reply_as_group": ("issue-judge", "Write down a group’s count"),
    "finish_issue": ("issue-finish", "Say that it is done"),
    "say_if_it_happened": ("issue-happened", "Write down if it happened"),
    "withdraw_issue": ("issue-withdraw", "Withdraw it"),
}


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """Issues that wait, and those that have been, with who holds each and how old it is."""
    form = IssueFilter(request.GET)
    found = form.narrow(permissions.visible_issues(request.user), request.user)
    found = permissions.most_urgent_first(permissions.with_standing(found))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [
            (issue, standing(issue, unknown_end=issue.unknown_end), age(issue)) for issue in page
        ],
        "form": form,
        "asked": form.query(),
        "may_raise": "raise_issue" in permissions.raising_verbs(request.user),
    }
    return render(request, "participation/issues.html", context)


@login_not_required
@require_safe
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue from words to reply, with what this person may do to it.

    Boards, decisions and actions lead here. Whoever does not work with issues is led to the public
    thread, where there is one.
    """
    user = request.user
    user.seats_now = governance.held_seats(user)  # asked once for all that this page reads
    found = permissions.with_thread(permissions.visible_issues(user).filter(pk=pk), user)
    found = found.select_related("routing__item", "reply__author", "first_owner", "raised_at_body")
    one = permissions.with_standing(found).first()
    if one is None:
        return _elsewhere(request, pk)
    return render(request, "participation/issue.html", _page(one, user))


def _elsewhere(request: HttpRequest, pk: int) -> HttpResponse:
    if permissions.public_issues().filter(pk=pk).exists():
        return redirect("wall-issue", pk)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404


def _page(issue: Issue, user: User) -> dict[str, Any]:
    can = permissions.issue_verbs(user, issue)
    voices = _words(issue, user)
    return {
        "issue": issue,
        "stands": standing(issue, unknown_end=issue.unknown_end),
        "age": age(issue),
        "moments": timeline(issue, DESK),
        "voices": voices,
        "questions": issue.t_questions,
        "raised_at": _raised_at(issue, user),
        "first": _first(issue, can),
        "deeds": _deeds(can),
        "draft": _draft(issue) if can & permissions.ANSWERING else None,
    }


def _first(issue: Issue, can: set[str]) -> tuple[str, str] | None:
    """What waits most: an owner, an answer, or the word that it is done."""
    held = issue.owner_id or issue.state == states.TABLED
    order = ("reply_to_issue", "finish_issue") if held else ("route_issue", "finish_issue")
    return next((DEEDS[verb] for verb in order if verb in can), None)


def _deeds(can: set[str]) -> list[tuple[str, str]]:
    """Addresses and words of all that this person may do, each address once."""
    return list(dict.fromkeys(deed for verb, deed in DEEDS.items() if verb in can))


def _draft(issue: Issue) -> Reply | None:
    return issue.replies.filter(state=states.DRAFT).select_related("by").first()


def _raised_at(issue: Issue, user: User) -> str:
    """Where it was raised; a group that meets in private is named only to those who run groups."""
    body = issue.raised_at_body
    if body is None:
        return "No meeting"
    may_know = not body.meets_in_private or _works_with_groups(user)
    return body.name if may_know else "A group that meets in private"


def _works_with_groups(user: User) -> bool:
    return user.has_role("participation_worker") or user.has_role("clerk")


def _words(issue: Issue, user: User) -> list[Voice]:
    """The words on the thread, each as this person may read it."""
    voices = list(permissions.words_on_thread(user, issue))
    for voice in voices:
        voice.whole = permissions.reads_whole(user, voice)
        voice.shown = permissions.words_for(user, voice)
        voice.place_shown = "" if voice.body is None or _private(voice) else voice.body.name
    return voices


def _private(voice: Voice) -> bool:
    """Whether naming where it was said would tell who they are."""
    return voice.body.meets_in_private and not voice.whole and not voice.source_may_be_named
