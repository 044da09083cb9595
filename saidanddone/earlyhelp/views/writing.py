"""Writing a section: what is known is shown first, and what is typed saves itself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.earlyhelp import permissions, states, verbs
from saidanddone.earlyhelp.forms import writing as forms
from saidanddone.earlyhelp.models import Contribution, RivalText, Story
from saidanddone.earlyhelp.views.guard import for_family_record
from saidanddone.earlyhelp.views.shared import back, draw
from saidanddone.reference.models import StoryTerm
from saidanddone.ui.filters import clocktime

TOO_LONG = "There is more here than fits: 40,000 letters in one field."
CLOSED = "Nothing more is written here: the story is closed. Your words were not saved there."
BOTH_KEPT = "Another window of yours saved other words meanwhile. Both are kept: say which it is."
CHANGED = "The words here changed meanwhile. Look at both again."
NOT_READY = "Write something first; and if two texts stand side by side, say which it is."


@require_safe
@for_family_record("writing", permissions.TEAM)
def sections(request: HttpRequest, story: Story) -> HttpResponse:
    """Every section, with who has written in it."""
    require("contribute", permissions.story_verbs(request.user, story))
    written = _written(request, story)
    rows = [(term, *_standing(request, written, term.code)) for term in permissions.sections()]
    return draw(request, "write", story=story, back=back(story), rows=rows)


@require_safe
@for_family_record("writing", permissions.TEAM)
def section(request: HttpRequest, story: Story, section: str) -> HttpResponse:
    """One section: what is known, then one's own part of it."""
    require("contribute", permissions.story_verbs(request.user, story))
    term, written = _term(section), _written(request, story)
    draft, signed = _standing(request, written, section)
    waiting = [one for one in permissions.visible_rivals(request.user, story) if _in(one, draft)]
    return draw(
        request, "section", story=story, back=_back(story), term=term, draft=draft, signed=signed,
        waiting=waiting, parts=_parts(),
    )  # fmt: skip


@require_POST
@for_family_record("writing", permissions.TEAM, shown=False)
def save(request: HttpRequest, story: Story, section: str) -> HttpResponse:
    """Save what is typed; asked every few seconds by the page itself, or by its button."""
    term, form = _term(section), forms.SaveForm(request.POST)
    if "contribute" not in permissions.story_verbs(request.user, story):
        return _told(request, story, term, 409, CLOSED)
    if not form.is_valid():
        return _told(request, story, term, 422, TOO_LONG)
    draft, kept = verbs.write_section(
        story=story, section=term.code, by=request.user, **form.cleaned_data
    )
    return _saved(request, story, term, draft, kept)


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_record("writing", permissions.TEAM)
def sign(request: HttpRequest, story: Story, section: str) -> HttpResponse:
    """Read it through and sign it: from then on it is only added to."""
    require("contribute", permissions.story_verbs(request.user, story))
    term = _term(section)
    draft, _ = _standing(request, _written(request, story), section)
    if draft is None:
        return redirect("story-section", story.pk, term.code)
    form = forms.SignForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return draw(
            request, "sign", story=story, back=_back(story), term=term, draft=draft, parts=_parts()
        )
    return _signed(request, draft, form.cleaned_data["seen"])


def _signed(request: HttpRequest, draft: Contribution, seen: int) -> HttpResponse:
    try:
        verbs.sign_contribution(contribution=draft, seen=seen, by=request.user)
    except (verbs.NothingToSign, Moved):
        messages.warning(request, NOT_READY)
        return redirect("story-section", draft.story_id, draft.section)
    messages.success(request, "Signed. The team and the family can read it.")
    return redirect("story-write", draft.story_id)


@require_POST
@for_family_record("writing", permissions.TEAM, shown=False)
def settle(request: HttpRequest, story: Story, section: str, text: UUID) -> HttpResponse:
    """Say which of two texts it is, or both."""
    rivals = permissions.visible_rivals(request.user, story).select_related("contribution__story")
    found = rivals.filter(pk=text, contribution__section=section).first()
    form = forms.SettleForm(request.POST)
    if found is None or not form.is_valid():
        raise Http404
    try:
        verbs.settle_rival(rival=found, **form.cleaned_data, by=request.user)
    except verbs.Overtaken:
        messages.warning(request, CHANGED)
    return redirect("story-section", story.pk, section)


# ------------------------------------------------------------------ parts


def _term(code: str) -> StoryTerm:
    found = permissions.sections().filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _written(request: HttpRequest, story: Story) -> list[Contribution]:
    found = permissions.visible_contributions(request.user, story)
    return list(found.select_related("post__user", "post__organisation"))


def _standing(
    request: HttpRequest, written: list[Contribution], code: str
) -> tuple[Contribution | None, list[Contribution]]:
    """One's own draft of a section, and what is signed there."""
    here = [one for one in written if one.section == code]
    drafts = [one for one in here if one.state == states.WRITING]
    return (drafts or [None])[0], [one for one in here if one.state == states.SIGNED]


def _in(rival: RivalText, draft: Contribution | None) -> bool:
    return draft is not None and rival.contribution_id == draft.pk


def _parts() -> list[tuple[str, str, str]]:
    return [
        ("strengths", "What is going well", "Also what the family is proud of."),
        ("worries", "What worries", "What was seen or said, and by whom."),
        ("needs", "What needs to happen", "What would make a difference, and to whom."),
    ]


def _back(story: Story) -> list[tuple[str, str]]:
    return [*back(story), ("Write", f"/stories/{story.pk}/write/")]


def _saved(
    request: HttpRequest, story: Story, term: StoryTerm, draft: Contribution,
    kept: RivalText | None,
) -> HttpResponse:  # fmt: skip
    if not in_place(request):
        if kept:
            messages.warning(request, BOTH_KEPT)
        return redirect("story-section", story.pk, term.code)
    answer: dict[str, Any] = {
        "version": draft.version, "at": clocktime(timezone.localtime().time())
    }  # fmt: skip
    if kept:
        both = {"story": story, "term": term, "draft": draft, "kept": kept, "parts": _parts()}
        html = render_to_string("earlyhelp/_section_both.html", both | {"open": True}, request)
        answer |= {"beside": str(kept.window), "html": html}
    return JsonResponse(answer)


def _told(
    request: HttpRequest, story: Story, term: StoryTerm, status: int, sentence: str
) -> HttpResponse:
    if in_place(request):
        return JsonResponse({"sentence": sentence}, status=status)
    messages.warning(request, sentence)
    return redirect("story", story.pk)


def in_place(request: HttpRequest) -> bool:
    """Whether the page's script asks for a part of it, and not for a whole page."""
    return request.headers.get("X-In-Place") == "1"
