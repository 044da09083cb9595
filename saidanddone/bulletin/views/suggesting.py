"""Suggesting something for the bulletin, with an account or without one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.bulletin import forms, permissions, states, verbs
from saidanddone.core import limits
from saidanddone.core.access import require
from saidanddone.core.numbers import number
from saidanddone.ui import errors


@login_not_required
@require_http_methods(["GET", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """Anybody suggests an item; of a stranger the address answers first."""
    signed_in = request.user.is_authenticated
    kind = forms.ItemForm if signed_in else forms.StrangersItemForm
    form = kind(request.POST or None, request.FILES or None)
    if request.method == "POST" and not limits.count(
        "suggest", limits.address(request), most=30, seconds=3600
    ):
        return errors.too_many(request)
    if request.method == "POST" and form.is_valid():
        verbs.submit_item(by=request.user if signed_in else None, **form.cleaned_data)
        return redirect("bulletin-suggested")
    return draw(request, "suggest", form=form)


@login_not_required
@require_safe
def suggested(request: HttpRequest) -> HttpResponse:
    """It has come in; and what happens next. The same page whoever sent it."""
    mine = permissions.visible_items(request.user).exclude(state=states.PRINTED)
    mine = mine.filter(by=request.user.pk) if request.user.is_authenticated else mine.none()
    return draw(request, "suggested", mine=mine[:20], names=states.NAMES)


@login_not_required
@require_http_methods(["GET", "POST"])
def confirm_items(request: HttpRequest, token: str) -> HttpResponse:
    """Where the letter leads: what was suggested from this address, each with a button."""
    found = permissions.unconfirmed_items(token)
    if found is None:
        raise Http404
    address, waiting = found
    if request.method == "POST":
        item = get_object_or_404(waiting, pk=number(request.POST.get("item")))
        verbs.confirm_item(item=item)
        messages.success(request, f"Thank you. The editor will read “{item.title}”.")
        return redirect("bulletin-confirm-items", token)
    return draw(request, "confirm_items", waiting=waiting, address=address)


@require_http_methods(["GET", "POST"])
def change_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the words of a suggestion right."""
    item = get_object_or_404(permissions.visible_items(request.user), pk=pk)
    require("change_item", permissions.item_verbs(request.user, item))
    form = forms.ItemForm(request.POST or None, request.FILES or None, item=item)
    if request.method == "POST" and form.is_valid():
        verbs.change_item(item=item, **form.cleaned_data, by=request.user)
        return redirect(item)
    return draw(request, "change_item", form=form, item=item)


def draw(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page for whoever looks: the public's, or the desk of those who are signed in."""
    context["base"] = "desk.html" if request.user.is_authenticated else "front.html"
    return render(request, f"bulletin/{template}.html", context)
