"""What is kept from whom on one family's record: seals and safe addresses."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import guarding as forms
from saidanddone.earlyhelp.models import SafeAddress, Seal, Story
from saidanddone.earlyhelp.views.guard import for_family_record
from saidanddone.people.models import User
from saidanddone.people.signin import asks_again
from saidanddone.reference.models import partnership
from saidanddone.ui.filters import day

ALONE = "Name somebody else who works with the family, who holds it when you are away"


@require_safe
@for_family_record("what is kept from whom", permissions.TEAM)
def guards(request: HttpRequest, story: Story) -> HttpResponse:
    """Seals in force, and the addresses that open for whoever looks."""
    if not permissions.opens_guards(request.user, story):
        raise Http404  # by the broken glass, or to authorise, one reads; no more
    return render(request, "earlyhelp/guards.html", _guards(request.user, story))


def _guards(user: User, story: Story, **more: Any) -> dict[str, Any]:
    seals = list(permissions.visible_seals(user, story))
    addresses = list(permissions.visible_addresses(user, story))
    names = {one.pk: one.name for one in permissions.named_by(seals, story)} if seals else {}
    return {
        "story": story,
        "seals": seals,
        "called": {seal.pk: _called(seal, names) for seal in seals},
        "parts": dict(_parts(user, story)) if seals else {},
        "can": permissions.story_verbs(user, story),
        "openings": [(one, forms.OpenForm(auto_id=f"id_{one.pk}_%s")) for one in addresses],
    } | more


def _called(seal: Seal, names: dict[int, str]) -> str:
    """Whom it names; who has left since is counted."""
    known = [names[one] for one in seal.readers if one in names]
    gone = len(seal.readers) - len(known)
    return ", ".join([*known, f"{gone} who left"] if gone else known)


def _parts(user: User, story: Story) -> list[tuple[str, str]]:
    """What can be sealed by itself, called so that its words are not told."""
    called = {"signed": "What {} signed", "words": "Words of {}", "drawn": "Drawing of {}"}
    return [
        (str(one.pk), f"{called[one.deed].format(one.name)}, {day(one.on)}")
        for one in permissions.sealable(user, story)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_record("a seal", permissions.ALL_BUT_SEALED)
@asks_again
def seal(request: HttpRequest, story: Story) -> HttpResponse:
    """Seal the record or one part of it."""
    user = request.user
    require("seal_record", permissions.story_verbs(user, story))
    people = permissions.namable(user, story).exclude(pk=user.pk)
    form = forms.SealForm(request.POST or None, people=people, parts=_parts(user, story))
    if form.is_valid():
        said = form.cleaned_data | {"subject": form.cleaned_data["subject"] or None}
        try:
            verbs.seal_record(story=story, by=user, **said)
        except verbs.AloneWithIt:
            form.add_error("readers", ALONE)
        else:
            messages.success(request, "Sealed. For everybody else it is not there from now on.")
            return redirect("story-guards", story.pk)
    context = {"story": story, "form": form, "seal_days": partnership().seal_days}
    return render(request, "earlyhelp/seal.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_record("a seal", permissions.TEAM)
@asks_again
def seal_review(request: HttpRequest, story: Story, seal: UUID) -> HttpResponse:
    """Keep a seal on, or take it off."""
    user = request.user
    context = _guards(user, story)
    found: Seal | None = next((one for one in context["seals"] if one.pk == seal), None)
    if found is None:
        raise Http404
    form = forms.SealReviewForm(request.POST or None)
    if form.is_valid():
        if form.cleaned_data["decision"] == "keep":
            verbs.review_seal(story=story, seal=found, by=user)
            messages.success(request, f"Kept on. Look again by {day(found.review_on)}.")
        else:
            verbs.lift_seal(story=story, seal=found, why=form.cleaned_data["why"], by=user)
            messages.success(request, "Taken off. Those who work with the family see it again.")
        return redirect("story-guards", story.pk)
    context |= {"seal": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "earlyhelp/seal_review.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_record("a safe address to keep", permissions.ALL_BUT_SEALED)
@asks_again
def address_keep(request: HttpRequest, story: Story) -> HttpResponse:
    """Lock up where somebody of the family may be found."""
    user = request.user
    require("keep_safe_address", permissions.story_verbs(user, story))
    people = permissions.namable(user, story).exclude(pk=user.pk)
    members = permissions.visible_members(user, story)
    form = forms.AddressForm(request.POST or None, people=people, members=members)
    if form.is_valid():
        verbs.keep_safe_address(story=story, by=user, **form.cleaned_data)
        messages.success(
            request, "Locked up. It opens for you and those you named, for nobody else."
        )
        return redirect("story-guards", story.pk)
    context = {"story": story, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "earlyhelp/address_keep.html", context, status=status)


@require_POST
@for_family_record("what is kept from whom", permissions.HANDS)
@asks_again
def address_open(request: HttpRequest, story: Story, address: UUID) -> HttpResponse:
    """Show a safe address once, to somebody whom it names, for a purpose."""
    user = request.user
    found: SafeAddress = get_object_or_404(permissions.visible_addresses(user, story), pk=address)
    form = forms.OpenForm(request.POST, auto_id=f"id_{address}_%s")
    if not form.is_valid():
        context = _guards(user, story)
        context["openings"] = [
            (one, form if one.pk == found.pk else empty) for one, empty in context["openings"]
        ]
        return render(request, "earlyhelp/guards.html", context, status=422)
    words = verbs.open_safe_address(story=story, address=found, by=user, **form.cleaned_data)
    context = {"story": story, "address": found, "words": words}
    return render(request, "earlyhelp/address.html", context)
