"""Raising an issue from words that were read; first it shows what is asked for already."""

from django.contrib import messages
from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from saidanddone.core.access import require
from saidanddone.core.numbers import numbers
from saidanddone.participation import permissions, states, verbs
from saidanddone.participation.forms.issues import RaiseForm
from saidanddone.participation.models import Issue, Voice
from saidanddone.people.models import User
from saidanddone.reference.models import partnership

ALIKE = 0.35
MOST_TWINS = 3


def raise_issue(request: HttpRequest) -> HttpResponse:
    """Put words together under a title that stands in public."""
    require("raise_issue", permissions.raising_verbs(request.user))
    typed = request.POST if request.method == "POST" else None
    form = RaiseForm(typed, user=request.user, initial=_begun(request))
    twins: list[Issue] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        twins = [] if given.pop("twin") else alike(request.user, given["title"], given["wording"])
        if not twins:
            issue = verbs.raise_issue(by=request.user, **given)
            messages.success(request, "The issue is raised. Now give it to somebody.")
            return redirect(issue)
    context = {"form": form, "twins": twins, "answer_days": partnership().answer_days}
    status = 422 if form.errors or twins else 200
    return render(request, "participation/issue_raise.html", context, status=status)


def alike(user: User, title: str, wording: str) -> list[Issue]:
    """Open issues that seem to ask for the same thing, the likest first."""
    near = Greatest(
        TrigramSimilarity("title", title),
        TrigramWordSimilarity(title, "wording"),
        TrigramSimilarity("wording", wording),
    )
    open_ones = permissions.visible_issues(user).exclude(
        state__in=[states.CLOSED, states.WITHDRAWN]
    )
    found = open_ones.annotate(near=near).filter(near__gte=ALIKE)
    return list(found.order_by("-near", "pk")[:MOST_TWINS])


def _begun(request: HttpRequest) -> dict:
    """What the words that were ticked in the list of voices share."""
    wanted = numbers(request.GET.getlist("voice"))
    if not wanted:
        return {}
    voices = list(
        permissions.visible_voices(request.user).filter(pk__in=wanted[:200], state=states.READ)
    )
    shared = {
        "topic": _only(voices, "topic_id"), "area": _only(voices, "area_id"),
        "age_band": _only(voices, "age_band_id"), "raised_at_body": _only(voices, "body_id"),
    }  # fmt: skip
    return {"voices": [voice.pk for voice in voices], **shared}


def _only(voices: list[Voice], name: str) -> int | None:
    found = {getattr(voice, name) for voice in voices}
    return found.pop() if len(found) == 1 else None
