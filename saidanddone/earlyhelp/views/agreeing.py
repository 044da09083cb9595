"""What the family agreed to, version by version; taken back; and what was shared outside it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import agreeing as forms
from saidanddone.earlyhelp.models import Agreement, Story
from saidanddone.earlyhelp.views.guard import for_family_record
from saidanddone.earlyhelp.views.shared import back, deed, draw, typed
from saidanddone.people.models import Organisation
from saidanddone.people.permissions import visible_organisations

form_page = require_http_methods(["GET", "HEAD", "POST"])
LEADS = frozenset({permissions.Part.LEAD})


@require_safe
@for_family_record("agreement", permissions.TEAM)
def agreements(request: HttpRequest, story: Story) -> HttpResponse:
    """Every agreement, the newest of each person first, and every share outside it."""
    found = list(permissions.visible_agreements(request.user, story))
    named = _named(request, found)
    rows = [
        (one, [named[pk].name for pk in dict.fromkeys(one.agencies) if pk in named])
        for one in found
    ]
    return draw(
        request, "agreements", story=story, back=back(story), rows=rows,
        shares=permissions.visible_shares(request.user, story),
        can=permissions.story_verbs(request.user, story),
    )  # fmt: skip


@form_page
@for_family_record("agreement", LEADS)
def agreement_record(request: HttpRequest, story: Story) -> HttpResponse:
    """A new version of what one of them agrees to."""
    require("record_agreement", permissions.story_verbs(request.user, story))
    members = list(permissions.visible_members(request.user, story))
    form = forms.AgreementForm(typed(request), members=members, user=request.user)
    if form.is_valid():
        verbs.record_agreement(story=story, **form.cleaned_data, by=request.user)
        messages.success(request, "Kept as a new version. The earlier ones stay.")
        return redirect("story-agreements", story.pk)
    return deed(request, story, "What somebody agrees to", form, "Keep the agreement")


@form_page
@for_family_record("agreement", LEADS)
def agreement_withdraw(request: HttpRequest, story: Story) -> HttpResponse:
    """Take it back on the family's behalf, for one agency or for all: at once."""
    require("withdraw_agreement", permissions.story_verbs(request.user, story))
    agencies = _agreed_agencies(request, story)
    form = forms.WithdrawForm(typed(request), agencies=agencies)
    if form.is_valid():
        verbs.withdraw_agreement(story=story, **form.cleaned_data, by=request.user)
        messages.success(request, "It is done. Whoever rests on it sees nothing more from now on.")
        return redirect("story", story.pk)
    intro = (
        "The family may stop at any time. It bites at once: whoever is in the team by this "
        "agreement sees nothing more. Today you and your supervisor are asked whether a child is "
        "less safe."
    )
    return deed(
        request, story, "The family takes its agreement back", form, "Take it back now",
        intro=intro, grave=True,
    )  # fmt: skip


@form_page
@for_family_record("agreement", LEADS)
def share_record(request: HttpRequest, story: Story) -> HttpResponse:
    """Keep a decision to share outside the agreement, or not to."""
    require("share_outside", permissions.story_verbs(request.user, story))
    form = forms.ShareForm(typed(request), user=request.user)
    if form.is_valid():
        verbs.share_outside(story=story, **form.cleaned_data, by=request.user)
        messages.success(request, "Kept, with its reason and your name.")
        return redirect("story-agreements", story.pk)
    return deed(request, story, "Sharing outside the agreement", form, "Keep the decision")


def _named(request: HttpRequest, found: list[Agreement]) -> dict[int, Organisation]:
    numbers = {pk for one in found for pk in one.agencies}
    return {one.pk: one for one in visible_organisations(request.user).filter(pk__in=numbers)}


def _agreed_agencies(request: HttpRequest, story: Story) -> list[Organisation]:
    found = permissions.visible_agreements(request.user, story).filter(withdrawn_at__isnull=True)
    return sorted(_named(request, list(found)).values(), key=lambda one: one.name)
