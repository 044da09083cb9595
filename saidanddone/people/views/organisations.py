"""Organisations that work with us."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from saidanddone.core.access import require
from saidanddone.people import forms, permissions, signin, verbs

A_PAGE = 50


def organisations(request: HttpRequest) -> HttpResponse:
    """All of them, or those that fit, with how many people each has here."""
    if not permissions.is_professional(request.user):
        return render(request, "people/not_for_you.html", status=403)
    form = forms.OrganisationSearch(request.GET)
    chosen = form.chosen()
    living = permissions.visible_posts(request.user).values("pk")
    found = permissions.with_places(permissions.visible_organisations(request.user))
    found = permissions.with_members(request.user, found)
    found = permissions.organisations_matching(found, **chosen).annotate(
        people=Count("posts__user", filter=Q(posts__in=living), distinct=True)
    )
    context = {
        "page": Paginator(found.order_by(Lower("name"), "pk"), A_PAGE).get_page(request.GET.get("page")),
        "form": form, "chosen": chosen, "url_base": form.address(),
        "can": permissions.organisation_verbs(request.user),
        "may": permissions.register_verbs(request.user),
        "proposed": permissions.proposed_organisations(request.user),
    }  # fmt: skip
    return render(request, "people/organisations.html", context)


def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation: where it works, what it belongs to, its contact and its people here."""
    visible = permissions.organisations_with_a_page(request.user)
    found = get_object_or_404(permissions.with_members(request.user, visible), pk=pk)
    posts = permissions.visible_posts(request.user).filter(organisation=found)
    page = Paginator(posts.order_by(Lower("user__name"), "pk"), A_PAGE)
    context = {
        "organisation": found, "page": page.get_page(request.GET.get("page")),
        "can": permissions.organisation_verbs(request.user, found),
        "areas": list(found.areas.all()), "memberships": permissions.memberships_of(found),
    }  # fmt: skip
    return render(request, "people/organisation.html", context)


def add_organisation(request: HttpRequest) -> HttpResponse:
    """Write down another organisation."""
    require("add_organisation", permissions.organisation_verbs(request.user))
    named = {"name": request.GET.get("name", "")[:200]}
    form = forms.OrganisationForm(request.POST or None, initial=named)
    if request.method == "POST" and form.is_valid():
        made = verbs.add_organisation(**form.cleaned_data, by=request.user)
        messages.success(request, f"{made.name} is added.")
        return redirect(made)
    return render(request, "people/add_organisation.html", {"form": form})


def change_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what we know of an organisation."""
    found = get_object_or_404(permissions.visible_organisations(request.user), pk=pk)
    require("change_organisation", permissions.organisation_verbs(request.user, found))
    form = forms.OrganisationForm(
        request.POST if request.method == "POST" else None, instance=found
    )
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "once"}
        verbs.change_organisation(organisation=found, **{"forums": ()} | told, by=request.user)
        messages.success(request, "The change is saved.")
        return redirect(found)
    return render(request, "people/change_organisation.html", {"form": form, "organisation": found})


@signin.asks_again
def end_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop working with an organisation: asked first, then done."""
    found = get_object_or_404(permissions.visible_organisations(request.user), pk=pk)
    require("end_organisation", permissions.organisation_verbs(request.user, found))
    if request.method == "POST":
        verbs.end_organisation(organisation=found, by=request.user)
        messages.success(request, f"{found.name} has ended. Its posts no longer count.")
        return redirect("organisations")
    posts = permissions.visible_posts(request.user).filter(organisation=found).count()
    return render(request, "people/end_organisation.html", {"organisation": found, "posts": posts})
