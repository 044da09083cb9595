"""What rule 3 leaves to whoever is shut out: their own work, the front door, one way to ask or tell."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import asking as forms
from saidanddone.earlyhelp.models import Story, TeamMembership
from saidanddone.earlyhelp.views.guard import for_family_list, for_family_record
from saidanddone.earlyhelp.views.shared import deed


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_list
def ask_or_tell(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask or tell something about this child, when the door is shut."""
    past = permissions.own_past(request.user, pk)
    if past is None:
        return _nowhere(request, pk)
    form = forms.AskOrTellForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _asked(request, past, form)
    status = 422 if form.errors else 200
    return render(request, "earlyhelp/ask_or_tell.html", {"form": form, "pk": pk}, status=status)


def _asked(request: HttpRequest, past: TeamMembership, form: forms.AskOrTellForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        made = verbs.ask_or_tell(
            past=past, words=given["words"], tells=given["kind"] == "tell", once=given["once"],
            by=request.user,
        )  # fmt: skip
    except verbs.NobodyToAsk:
        form.add_error(None, "Nobody leads this family’s team now. Ring the front door instead.")
        context = {"form": form, "pk": past.story_id}
        return render(request, "earlyhelp/ask_or_tell.html", context, status=422)
    return redirect("asking", made.pk)


def _nowhere(request: HttpRequest, pk: UUID) -> HttpResponse:
    verbs.note_refused(story=pk, part="ask-or-tell", by=request.user)
    request.id = ""
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_list
def asking(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was asked or told, and the answer to it."""
    found = permissions.visible_askings(request.user).filter(pk=pk).first()
    if found is None:
        request.id = ""
        raise Http404
    verbs.read_asking(asking=found, by=request.user)
    may = permissions.asking_verbs(request.user, found)
    form = forms.AnswerForm(request.POST or None) if may else None
    if request.method == "POST" and form is not None and form.is_valid():
        verbs.answer_asking(asking=found, by=request.user, **form.cleaned_data)
        return redirect("asking", pk)
    context = {"asking": found, "form": form}
    status = 422 if form is not None and form.errors else 200
    return render(request, "earlyhelp/asking.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_record("safety", permissions.TEAM)
def safety(request: HttpRequest, story: Story) -> HttpResponse:
    """After a withdrawal: is a child less safe? And where two grown-ups differ, how it was resolved."""
    if not permissions.safety_verbs(request.user, story):
        raise Http404
    differing = {str(one.pk): one for one in permissions.differing_agreements(request.user, story)}
    chosen = differing.get(request.POST.get("agreement") or request.GET.get("difference", ""))
    form = forms.SafetyForm(None if chosen else request.POST or None, auto_id="safety_%s")
    resolved = forms.ResolvedForm((request.POST or None) if chosen else None)
    if request.method == "POST" and (resolved if chosen else form).is_valid():
        return _kept(request, story, chosen, form, resolved)
    context: dict[str, Any] = {
        "story": story, "form": form, "differing": list(differing.values()), "resolved": resolved,
        "chosen": chosen, "can": permissions.safety_verbs(request.user, story),
        "cover": permissions.visible_cover(request.user, story),
    }  # fmt: skip
    return render(request, "earlyhelp/safety.html", context, status=422 if request.POST else 200)


def _kept(request: HttpRequest, story: Story, chosen, form, resolved) -> HttpResponse:
    if chosen is None:
        verbs.answer_safety(story=story, words=form.cleaned_data["words"], by=request.user)
    else:
        words = resolved.cleaned_data["words"]
        verbs.record_resolution(story=story, agreement=chosen, words=words, by=request.user)
    return redirect("story-safety", story.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_record("closing", permissions.TEAM)
def end_withdrawn(request: HttpRequest, story: Story) -> HttpResponse:
    """After a family took everything back: ask the coordinator to close."""
    require("end_withdrawn", permissions.safety_verbs(request.user, story))
    form = forms.EndForm(request.POST or None)
    if form.is_valid():
        try:
            verbs.end_withdrawn(story=story, by=request.user, **form.cleaned_data)
        except verbs.NotReady as lacks:
            messages.warning(request, str(lacks))
            return redirect("story-safety", story.pk)
        messages.success(request, "The coordinator reads it and closes the story.")
        return redirect("story", story.pk)
    intro = (
        "The family said stop. The coordinator reads this and closes the story; the file is kept."
    )
    return deed(request, story, "Close after a stop", form, "Ask to close it", intro=intro)
