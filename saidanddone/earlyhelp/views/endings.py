"""Authorising, pausing, going up to social work, closing: the deeds of lead and supervisor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions, states, verbs
from saidanddone.earlyhelp.forms import closing as forms
from saidanddone.earlyhelp.models import Story
from saidanddone.earlyhelp.views.guard import for_family_record
from saidanddone.earlyhelp.views.shared import deed, draw, typed

LEADS = frozenset({permissions.Part.LEAD})
# Coordinators who are asked hold the right to read while it waits.
SECONDS = frozenset({permissions.Part.OVERSEE, permissions.Part.READ})
LOOKS_AND_DOES = ["GET", "HEAD", "POST"]
AUTHORISE = [
    ("authorise_story", "I have read it, and stand by it"), ("return_story", "Something is missing"),
]  # fmt: skip
CLOSE = [
    ("close_story", "I have read it: the story ends here"),
    ("return_closing", "Not yet: something is missing"),
]


@require_POST
@for_family_record("authorising", LEADS)
def authorise_ask(request: HttpRequest, story: Story) -> HttpResponse:
    """Send the assessment to whoever authorises it."""
    try:
        verbs.send_for_authorising(story=story, by=request.user)
        messages.success(request, "It is sent. You hear when it has been read.")
    except verbs.NotReady as missing:
        messages.error(request, str(missing))
    return redirect("story", story.pk)


@require_http_methods(LOOKS_AND_DOES)
@for_family_record("authorising", SECONDS)
def authorise(request: HttpRequest, story: Story) -> HttpResponse:
    """Stand by the assessment, or give it back with what is missing."""
    if story.authorise_asked_at is None:
        return _nothing_waits(request)
    require("authorise_story", permissions.story_verbs(request.user, story))
    form = forms.SecondForm(typed(request), deeds=AUTHORISE)
    if form.is_valid():
        return _decided(request, story, form)
    intro = f"Read the story of {story.reference} first, part by part. Then say what you decide."
    return deed(request, story, "Authorise the story", form, "Keep my decision", intro=intro)


@require_http_methods(LOOKS_AND_DOES)
@for_family_record("closing", LEADS)
def close_ask(request: HttpRequest, story: Story) -> HttpResponse:
    """How it went, what goes on without us, what the family says; then the supervisor is asked."""
    if story.close_asked_at:  # pressed twice
        return redirect("story", story.pk)
    require("ask_to_close", permissions.story_verbs(request.user, story))
    members = permissions.visible_members(request.user, story).filter(left_on__isnull=True)
    form = forms.CloseForm(typed(request), members=members)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("reason", "words", "continues")}
        verbs.ask_to_close(
            story=story, said=tuple(verbs.Said(**one) for one in form.said()),
            felt=tuple(verbs.Felt(**one) for one in form.felt()), by=request.user, **told,
        )  # fmt: skip
        messages.success(request, "It is sent. The story ends when your supervisor has read it.")
        return redirect("story", story.pk)
    returned = permissions.visible_closing(request.user, story)
    return draw(request, "close", story=story, form=form, returned=returned)


@require_http_methods(LOOKS_AND_DOES)
@for_family_record("closing", SECONDS)
def close_answer(request: HttpRequest, story: Story) -> HttpResponse:
    """What the lead and the family say at the end; then the story ends, or it comes back."""
    if story.close_asked_at is None:
        return _nothing_waits(request)
    require("close_story", permissions.story_verbs(request.user, story))
    form = forms.SecondForm(typed(request), deeds=CLOSE)
    if form.is_valid():
        return _decided(request, story, form)
    return draw(
        request, "close_answer", story=story, form=form,
        closing=permissions.visible_closing(request.user, story),
        reason=dict(forms.story_terms("closing")).get(story.close_reason, story.close_reason),
        feedback=permissions.visible_feedback(request.user, story),
        scales=permissions.visible_scales(request.user, story).filter(moment="after"),
    )  # fmt: skip


@require_http_methods(LOOKS_AND_DOES)
@for_family_record("pause", LEADS)
def pause(request: HttpRequest, story: Story) -> HttpResponse:
    """Let the story rest."""
    if story.state == states.PAUSED:  # pressed twice
        return redirect("story", story.pk)
    require("pause_story", permissions.story_verbs(request.user, story))
    form = forms.PauseForm(typed(request))
    if form.is_valid():
        verbs.pause_story(story=story, by=request.user, **form.cleaned_data)
        return redirect("story", story.pk)
    intro = "Nobody’s time in the team ends by it, and you go on where you left off."
    return deed(request, story, "Let it rest", form, "Let it rest", intro=intro)


@require_POST
@for_family_record("pause", LEADS)
def resume(request: HttpRequest, story: Story) -> HttpResponse:
    """Go on where the story was left."""
    verbs.resume_story(story=story, by=request.user)
    messages.success(request, "The story goes on.")
    return redirect("story", story.pk)


@require_http_methods(LOOKS_AND_DOES)
@for_family_record("referral", LEADS)
def step_up(request: HttpRequest, story: Story) -> HttpResponse:
    """Keep that the family was referred to social work, as a share of its own."""
    require("step_up", permissions.story_verbs(request.user, story))
    form = forms.StepUpForm(typed(request), user=request.user)
    if form.is_valid():
        verbs.step_up(story=story, by=request.user, **form.cleaned_data)
        messages.success(request, "The referral is kept. This help goes on until it is closed.")
        return redirect("story", story.pk)
    intro = "Refer by the front door first, by telephone if it cannot wait. This page keeps that you did."
    return deed(request, story, "Referred to social work", form, "Keep the referral", intro=intro)


@require_POST
@for_family_record("story", LEADS)
def step_down(request: HttpRequest, story: Story) -> HttpResponse:
    """Keep that this help began before a social work case closes, and follows it."""
    verbs.note_step_down(story=story, by=request.user)
    messages.success(request, "It is kept that this help follows social work.")
    return redirect("story", story.pk)


def _nothing_waits(request: HttpRequest) -> HttpResponse:
    """Somebody has answered already, perhaps oneself in another window."""
    messages.info(request, "Nothing waits there any more: it has been answered.")
    return redirect("stories")


def _decided(request: HttpRequest, story: Story, form: forms.SecondForm) -> HttpResponse:
    """Do what was decided. Whoever read only to decide reads no more, so the list comes next."""
    name, why = form.cleaned_data["deed"], form.cleaned_data["why"]
    more = {"why": why} if name == form.back else {}
    getattr(verbs, name)(story=story, by=request.user, **more)
    messages.success(request, "Your decision is kept, and the lead is told that something waits.")
    return redirect("stories")
