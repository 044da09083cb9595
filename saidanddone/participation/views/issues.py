"""Issues as those who work with them see them: the list, and the whole thread on one page."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from saidanddone.participation import permissions, states
from saidanddone.participation.forms.filters import IssueFilter
from saidanddone.participation.models import Issue, Step, Voice
from saidanddone.participation.models.standing import age, standing
from saidanddone.participation.views.loading import with_thread
from saidanddone.participation.views.timeline import DESK, timeline
from saidanddone.people.models import User

A_PAGE = 25
STANDS_ON = (
    "topic", "shown_area", "owner__organisation", "owner__user", "routing__body",
    "tabling__item__body", "reply",
)  # fmt: skip
# What is done most often from each state stands first; the rest is a list beside the thread.
FIRST = ("finish_issue", "route_issue", "reply_to_issue", "judge_reply_as_group")
DEEDS = {
    "route_issue": ("issue-route", "Give it to somebody"),
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
    found = _shown(permissions.visible_issues(request.user), form, request.user)
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
    found = with_thread(permissions.visible_issues(request.user).filter(pk=pk), request.user)
    found = found.select_related(*STANDS_ON, "routing__item", "reply__author", "first_owner")
    one = found.annotate(unknown_end=_unknown_end()).first()
    if one is None:
        return _elsewhere(request, pk)
    return render(request, "participation/issue.html", _page(one, request.user))


def _elsewhere(request: HttpRequest, pk: int) -> HttpResponse:
    if permissions.public_issues().filter(pk=pk).exists():
        return redirect("wall-issue", pk)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404


def _page(issue: Issue, user: User) -> dict[str, Any]:
    can = permissions.issue_verbs(user, issue)
    return {
        "issue": issue,
        "stands": standing(issue, unknown_end=issue.unknown_end),
        "age": age(issue),
        "moments": timeline(issue, DESK),
        "voices": _voices(issue, user),
        "can": can,
        "first": next((DEEDS[verb] for verb in FIRST if verb in can), None),
        "deeds": _deeds(can),
        "draft": issue.replies.filter(state=states.DRAFT).select_related("by").first()
        if can
        else None,
    }


def _deeds(can: set[str]) -> list[tuple[str, str]]:
    """Addresses and words of all that this person may do, each address once."""
    return list(dict.fromkeys(deed for verb, deed in DEEDS.items() if verb in can))


def _voices(issue: Issue, user: User) -> list[Voice]:
    """The words that this person may read, and places where words were taken back.

    Reasons and last words are there too, each said of the answer it belongs to.
    """
    mine = Q(pk__in=permissions.visible_voices(user).order_by().values("pk"))
    gone = Q(state=states.TAKEN_BACK, grouped__issue=issue)
    here = (
        Q(grouped__issue=issue) | Q(reason_for__reply__issue=issue) | Q(last_word_of__issue=issue)
    )
    voices = (
        Voice.objects.filter(here & (mine | gone))
        .select_related("age_band", "area", "body", "reason_for", "last_word_of")
        .order_by("on", "pk")
        .distinct()
    )
    for voice in voices:
        voice.shown = "" if voice.taken_back_at else permissions.words_for(user, voice)
    return list(voices)


def _shown(found: QuerySet[Issue], form: IssueFilter, user: User) -> QuerySet[Issue]:
    """The issues that the filter asks for; the longest overdue stands first."""
    if form.is_valid():
        found = form.narrow(found, user)
    found = found.select_related(*STANDS_ON).annotate(unknown_end=_unknown_end())
    return found.order_by(
        F("answer_due").asc(nulls_last=True), F("said_on").desc(nulls_last=True), "pk"
    )


def _unknown_end() -> Exists:
    """Whether old papers leave open what came of it."""
    ends = Step.objects.filter(issue=OuterRef("pk"), kind=Step.Kind.UNKNOWN_END)
    return Exists(ends.filter(issue__reply__isnull=True))
