"""Getting the bulletin, choosing what it is about, and leaving: without an account, by a letter's link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from saidanddone.bulletin import forms, permissions, states, verbs
from saidanddone.bulletin.models import Subscription
from saidanddone.core import limits
from saidanddone.ui import errors

How = Subscription.How
SIGNED_IN = "Asked when signed in"


@login_not_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the bulletin. The answer is the same whoever is known."""
    form = forms.AskForm(request.POST or None)
    if request.method == "POST" and not limits.count(
        "bulletin", limits.address(request), most=60, seconds=3600
    ):
        return errors.too_many(request)
    if request.method == "POST" and form.is_valid():
        verbs.ask_for_bulletin(**form.cleaned_data)
        return render(request, "bulletin/asked.html", {"address": form.cleaned_data["address"]})
    return render(request, "bulletin/ask.html", {"form": form})


@login_not_required
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Where the first letter leads: looking changes nothing, the button does."""
    found = _by(request, "confirm", token)
    free = True
    if request.method == "POST" and "confirm_subscription" in found.open_verbs():
        free = verbs.confirm_subscription(subscription=found)
    return render(request, "bulletin/confirm.html", {"subscription": found, "free": free})


@login_not_required
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Topics and areas of one reader, by the link in their letters."""
    found = _by(request, "choose", token)
    if found.state != states.LIVE:
        return render(request, "bulletin/left.html", {"subscription": found})
    chosen = {"topics": found.topics.all(), "areas": found.areas.all()}
    form = forms.ChooseForm(request.POST or None, initial=chosen)
    # Ticking nothing sends an empty form, which is an answer too.
    if request.method == "POST":
        form = forms.ChooseForm(request.POST)
        if form.is_valid():
            verbs.choose_topics(subscription=found, **form.cleaned_data)
            messages.success(request, "Kept. The next bulletin is about these.")
            return redirect("bulletin-choose", token)
    return render(request, "bulletin/choose.html", {"form": form, "subscription": found})


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Leave: by the page's button, or by a mail program's own (RFC 8058), which sends no cookie.

    Looking changes nothing: filters open every link of a letter before its reader does.
    """
    found = _by(request, "leave", token)
    if request.method == "POST":
        one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        verbs.end_subscription(subscription=found, how=How.HEADER if one_click else How.PAGE)
        found.refresh_from_db()
    template = "left" if found.state == states.ENDED else "leave"
    return render(request, f"bulletin/{template}.html", {"subscription": found, "token": token})


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The bulletin of somebody who signs in: take it, choose, leave in one click."""
    found = permissions.visible_subscriptions(request.user).first()
    live = found is not None and found.state == states.LIVE
    chosen = (
        {"topics": found.topics.all(), "areas": found.areas.all(), "kind": found.kind}
        if live
        else {}
    )
    form = forms.MineForm(request.POST or None, initial=chosen)
    if request.method == "POST" and request.POST.get("leave") and live:
        verbs.end_subscription(subscription=found, how=How.ACCOUNT, by=request.user)
        messages.success(request, "You have left the bulletin.")
        return redirect("bulletin-mine")
    if request.method == "POST" and form.is_valid():
        verbs.take_bulletin(
            person=request.user, source=SIGNED_IN, by=request.user, **form.cleaned_data
        )
        messages.success(request, "Kept. The next bulletin comes to you.")
        return redirect("bulletin-mine")
    return render(request, "bulletin/mine.html", {"form": form, "live": live})


def _by(request: HttpRequest, purpose: str, token: str) -> Any:
    found = permissions.subscription_by(purpose, token)
    if found is None:
        raise Http404
    return found
