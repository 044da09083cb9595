"""Words that may tell of harm: for the safeguarding lead whose turn it is, and the rota."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from saidanddone.audit.verbs import record
from saidanddone.core import files
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.participation import permissions, verbs
from saidanddone.participation.forms import voices as forms
from saidanddone.participation.models import Hold
from saidanddone.people.signin import confidential


@require_GET
@confidential
def held(request: HttpRequest) -> HttpResponse:
    """What waits for this safeguarding lead, and what they have dealt with."""
    holds = permissions.visible_holds(request.user).select_related("opened_by", "ended_by")
    context = {
        "waiting": holds.filter(ended_at=None).order_by("held_at"),
        "done": holds.exclude(ended_at=None).order_by("-ended_at")[:20],
        "rota": permissions.on_duty(),
        "can": permissions.listening_verbs(request.user),
    }
    return render(request, "participation/held.html", context)


@require_GET
@confidential
def held_voice(request: HttpRequest, pk: int) -> HttpResponse:
    """Held words, once opened: each look is recorded before it is shown."""
    hold = _hold(request, pk)
    if hold.opened_at is None:
        return render(request, "participation/held_open.html", {"hold": hold})
    return _page(request, hold)


def _page(request: HttpRequest, hold: Hold, status: int = 200, **bound: Any) -> HttpResponse:
    """Whichever way it is come to, also by a form with something to fix, the look is recorded."""
    if hold.ended_at is None:
        record("look_at_held_voice", hold, by=request.user)
    context = {
        "hold": hold,
        "can": permissions.hold_verbs(request.user, hold),
        "release": forms.ReleaseForm(prefix="release"),
        "hand_on": forms.HandOnForm(prefix="hand-on"),
        "form": next(iter(bound.values()), None),
    } | bound
    return render(request, "participation/held_voice.html", context, status=status)


@require_POST
@confidential
def open_held(request: HttpRequest, pk: int) -> HttpResponse:
    """Take held words up."""
    hold = _hold(request, pk)
    if hold.opened_at is None:
        verbs.open_held_voice(hold=hold, by=request.user)
    return redirect(hold)


@require_POST
@confidential
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let them go on to be read."""
    hold = _opened(request, pk, "release_voice")
    form = forms.ReleaseForm(request.POST, prefix="release")
    if not form.is_valid():
        return _page(request, hold, status=422, release=form)
    verbs.release_voice(hold=hold, by=request.user, **form.cleaned_data)
    messages.success(request, "Released. A person reads it next, like everything else.")
    return redirect("held-voices")


@require_POST
@confidential
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that they are looked after outside this record."""
    hold = _opened(request, pk, "hand_voice_on")
    form = forms.HandOnForm(request.POST, prefix="hand-on")
    if not form.is_valid():
        return _page(request, hold, status=422, hand_on=form)
    verbs.hand_voice_on(hold=hold, by=request.user, **form.cleaned_data)
    messages.success(request, "Handed on. The page of whoever said it now tells them so.")
    return redirect("held-voices")


@require_GET
@confidential
def held_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The drawing that came with held words."""
    hold = _hold(request, pk)
    found = hold.voice.picture
    if not found or hold.opened_at is None or hold.ended_at is not None:
        return redirect(hold)
    return files.answer(found.open(), f"held-{pk}.jpg", "image/jpeg", inline=True)


def _opened(request: HttpRequest, pk: int, verb: str) -> Hold:
    """Held words that this person has opened and may end: nothing of others is shown."""
    hold = _hold(request, pk)
    if hold.ended_at is not None:
        raise Moved(hold, verb)
    require(verb, permissions.hold_verbs(request.user, hold))
    return hold


def _hold(request: HttpRequest, pk: int) -> Hold:
    found = permissions.visible_holds(request.user).select_related(
        "opened_by", "ended_by", "voice__age_band", "voice__area", "voice__body", "voice__topic",
        "voice__recorded_by", "voice__recorded_for__organisation", "voice__gathering",
        "voice__worker__user",
    )  # fmt: skip
    return get_object_or_404(found, pk=pk)


# ------------------------------------------------------------------ the rota


def duty(request: HttpRequest) -> HttpResponse:
    """Who looks at held words, and when."""
    require("set_duty", permissions.listening_verbs(request.user))
    posts = permissions.posts_for_duty().select_related("user", "organisation")
    form = forms.DutyForm(request.POST or None, posts=posts)
    if request.method == "POST" and form.is_valid():
        verbs.set_duty(by=request.user, **form.cleaned_data)
        messages.success(request, "On the rota.")
        return redirect("duty")
    context = {
        "form": form,
        "rota": permissions.on_duty(),
        "duties": permissions.visible_duties(request.user).select_related(
            "post__user", "post__organisation"
        ),
    }
    return render(request, "participation/duty.html", context, status=422 if form.is_bound else 200)


@require_POST
def end_duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off the rota."""
    found = get_object_or_404(permissions.visible_duties(request.user), pk=pk)
    verbs.end_duty(duty=found, by=request.user)
    messages.success(request, "Taken off the rota.")
    return redirect("duty")
