"""Asking for help, hearing what became of it, and deciding what was asked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core import limits
from saidanddone.core.limits import Limit
from saidanddone.earlyhelp import permissions, states, verbs
from saidanddone.earlyhelp.forms import enquiries as forms
from saidanddone.earlyhelp.models import Enquiry
from saidanddone.earlyhelp.views.guard import for_family_list, private
from saidanddone.people.models import User
from saidanddone.reference.models import partnership
from saidanddone.ui import errors

# A whole school may sit behind one address; the other figure is for all of us together.
FROM_ONE_PLACE = Limit("ask-for-help", most=20, seconds=600)
FROM_ALL = Limit("ask-for-help-all", most=300, seconds=600)
CODES = Limit("enquiry-code", most=30, seconds=600)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_help(request: HttpRequest) -> HttpResponse:
    """Ask for help for oneself, a child or a family; no account is needed."""
    form = forms.HelpForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "above": partnership().story_contact_words}
        status = 422 if form.is_bound else 200
        return private(render(request, "earlyhelp/ask_for_help.html", context, status=status))
    if not (FROM_ONE_PLACE.count(limits.address(request)) and FROM_ALL.count("all")):
        return errors.too_many(request)
    user = request.user if request.user.is_authenticated else None
    code = verbs.ask_for_help(by=user, **form.cleaned_data)
    return private(render(request, "earlyhelp/asked.html", {"code": code}))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def help_answer(request: HttpRequest) -> HttpResponse:
    """What became of a request, by its code."""
    form = forms.AnswerForm(request.POST or None)
    found = None
    if form.is_valid():
        if not CODES.count(limits.address(request)):
            return errors.too_many(request)
        found = verbs.hear_answer(**form.cleaned_data)
        if found is None:
            form.add_error("code", "No request has this code. Look at each letter and figure")
    context = {"form": form, "enquiry": found}
    status = 422 if form.errors else 200
    return private(render(request, "earlyhelp/help_answer.html", context, status=status))


@require_safe
@for_family_list
def enquiries(request: HttpRequest) -> HttpResponse:
    """Requests that wait for whoever coordinates, were given to somebody, or were asked by them."""
    found = list(permissions.visible_enquiries(request.user).order_by("-asked_at")[:100])
    post = request.user.acting_for.pk if request.user.acting_for else None
    context = {
        "waiting": [
            one for one in found if one.state == states.SOUGHT and one.from_post_id != post
        ],
        "given": [one for one in found if one.given_to_id == post],
        "asked": [one for one in found if one.from_post_id == post],
        "state_names": states.NAMES,
    }
    return render(request, "earlyhelp/enquiries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_list
def enquiry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request, and what is decided about it."""
    user = request.user
    found = get_object_or_404(permissions.visible_enquiries(user), pk=pk)
    can = permissions.enquiry_verbs(user, found)
    telling = "tell" in request.POST
    tell = forms.TellForm(request.POST if telling else None)
    if telling and tell.is_valid():
        verbs.tell_asker(enquiry=found, by=user, **tell.cleaned_data)
        messages.success(request, "Kept. Whoever asked can read it with their code.")
        return redirect("enquiry", pk)
    decides = None if telling else request.POST or None
    form = forms.DecideForm(decides, posts=permissions.posts_to_give())
    if decides and form.is_valid():
        _decide(found, form.cleaned_data, user)
        messages.success(request, "Decided. Whoever asked can read what you wrote for them.")
        return redirect("enquiries")
    verbs.read_enquiry(enquiry=found, by=user)
    context = {
        "enquiry": found, "form": form, "tell": tell, "can": can, "state_names": states.NAMES,
    }  # fmt: skip
    status = 422 if form.is_bound or tell.is_bound else 200
    return render(request, "earlyhelp/enquiry.html", context, status=status)


def _decide(found: Enquiry, said: dict[str, Any], user: User) -> None:
    if said["decision"] == "accept":
        verbs.accept_enquiry(enquiry=found, given_to=said["given_to"], told=said["told"], by=user)
    else:
        verbs.decline_enquiry(enquiry=found, why=said["why"], told=said["told"], by=user)
