"""The network: who does what where, one's own place in it, and leaving it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core import limits
from saidanddone.core.access import require
from saidanddone.people import forms, permissions, verbs
from saidanddone.ui import errors

A_PAGE = 24
LETTERS_A_DAY = 20  # that one member may send to others


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Colleagues who want to be found; or those in whom the words stand."""
    require("tell_of_oneself", permissions.network_verbs(request.user))
    form = forms.MemberSearch(request.GET)
    chosen = form.chosen()
    members = permissions.visible_members(request.user)
    if words := chosen.get("q"):
        members = permissions.members_matching(members, words)
    where = {name: chosen[name] for name in ("area", "forum") if name in chosen}
    found = permissions.members_with_lists(permissions.members_placed(members, **where))
    context = {
        "page": Paginator(found.order_by("user__name", "pk"), A_PAGE).get_page(
            request.GET.get("page")
        ),
        "form": form, "chosen": chosen, "url_base": form.address(),
        "mine": permissions.own_profile(request.user),
    }  # fmt: skip
    return render(request, "people/network.html", context)


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One colleague, as far as they share it; and a letter to them."""
    found = get_object_or_404(permissions.visible_members(request.user), pk=pk)
    can = permissions.member_verbs(request.user, found)
    form = forms.WriteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who = f"person:{request.user.pk}"
        if not limits.count("network", who, most=LETTERS_A_DAY, seconds=24 * 3600):
            return errors.too_many(request)
        verbs.write_to_member(member=found, words=form.cleaned_data["words"], by=request.user)
        messages.success(request, f"Sent. {found.user.name} answers to your address.")
        return redirect(found)
    return render(request, "people/member.html", {"member": found, "form": form, "can": can})


@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """My own place in the network."""
    require("tell_of_oneself", permissions.network_verbs(request.user))
    profile = permissions.own_profile(request.user)
    form = forms.ProfileForm(request.POST or None, profile=profile, works_at=_works_at(request))
    if request.method == "POST" and form.is_valid():
        verbs.tell_of_oneself(**form.cleaned_data, by=request.user)
        messages.success(request, "Kept.")
        return redirect("network-me" if profile else "/bulletin/mine/")
    known = permissions.known_organisations()
    return render(
        request, "people/network_me.html", {"form": form, "profile": profile, "known": known}
    )


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the network."""
    verbs.leave_network(by=request.user)
    messages.success(request, "You have left the network. What you told there is removed.")
    return redirect("front")


def _works_at(request: HttpRequest) -> str:
    """Where they said that they work as they joined, or the organisation they act for."""
    post = request.user.acting_for
    return post.title if "subscriber" in post.roles else post.organisation.name
