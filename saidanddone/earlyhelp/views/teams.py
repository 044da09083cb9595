"""The team around a family: who is in it and how to reach them; invited, gone, leading."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import teams as forms
from saidanddone.earlyhelp.models import SharingDecision, Story
from saidanddone.earlyhelp.views.guard import asked_once, for_family_list, for_family_record
from saidanddone.earlyhelp.views.shared import back, deed, draw, typed

form_page = require_http_methods(["GET", "HEAD", "POST"])
LEADS = frozenset({permissions.Part.LEAD})
NOT_AGREED = "The family has not agreed to this agency, and no share with it is recorded."
NOT_SIGNED = (
    "This agency has not signed the sharing agreement, or its signature is due for review. Ask a "
    "privacy officer; once it is signed, try again here."
)
NOBODY = (
    "There is nobody to invite yet. Record that the family agrees to another agency, or that "
    "something is shared with it."
)


@require_safe
@for_family_record("team", permissions.TEAM)
def team(request: HttpRequest, story: Story) -> HttpResponse:
    """Who helps this family, how to reach them, and until when."""
    found = permissions.visible_team(request.user, story)
    return draw(
        request, "team", story=story, back=back(story), today=clock.today(),
        can=permissions.story_verbs(request.user, story), own=request.user.acting_for,
        team=[one for one in found if one.ended_at is None],
        gone=[one for one in found if one.ended_at is not None],
        led=permissions.past_leads(request.user, story),
    )  # fmt: skip


@form_page
@for_family_record("team", LEADS)
def invite(request: HttpRequest, story: Story) -> HttpResponse:
    """Bring a colleague in."""
    require("invite_to_team", permissions.story_verbs(request.user, story))
    posts = permissions.invitable(request.user, story)
    form = forms.InviteForm(typed(request), posts=posts)
    if form.is_valid():
        told = form.told()
        try:
            share = _share_with(request, story, told["post"].organisation_id)
            verbs.invite_to_team(story=story, share=share, by=request.user, **told)
        except verbs.NotAgreed:
            messages.warning(request, NOT_AGREED)
        except verbs.NotSigned:
            messages.warning(request, NOT_SIGNED)
        else:
            messages.success(request, "They have a letter with a link, and no name in it.")
        return redirect("story-team", story.pk)
    notice = "" if posts.exists() else NOBODY
    return deed(request, story, "Invite a colleague", form, "Invite them", notice=notice)


@form_page
@for_family_record("team", LEADS)
def hand_over(request: HttpRequest, story: Story) -> HttpResponse:
    """Let another member of the team lead."""
    require("hand_over", permissions.story_verbs(request.user, story))
    there = permissions.visible_team(request.user, story).filter(ended_at__isnull=True)
    form = forms.HandOverForm(typed(request), team=list(there.exclude(post=story.lead_id)))
    if form.is_valid():
        try:
            verbs.hand_over(story=story, **form.cleaned_data, by=request.user)
        except verbs.NotSigned:
            form.add_error("to", NOT_SIGNED)
        else:
            messages.success(request, "They lead from now on. You stay in the team.")
            return redirect("stories")
    return deed(request, story, "Who leads", form, "Hand it over")


@form_page
@for_family_record("team", permissions.TEAM)
def leave(request: HttpRequest, story: Story, membership: UUID) -> HttpResponse:
    """Leave the team, or take somebody out of it."""
    can = permissions.story_verbs(request.user, story)
    there = permissions.visible_team(request.user, story).filter(pk=membership).first()
    own = there is not None and there.post == request.user.acting_for
    if there is None or there.post_id == story.lead_id:
        raise Http404
    require("leave_team" if own else "invite_to_team", can)
    form = forms.LeaveForm(typed(request))
    if form.is_valid():
        verbs.leave_team(membership=there, **form.cleaned_data, by=request.user)
        messages.success(request, "Their time in the team is over, and with it what they can see.")
        return redirect("stories") if own else redirect("story-team", story.pk)
    title = "Leave the team" if own else "End somebody’s time in the team"
    return deed(request, story, title, form, "Leave" if own else "End it", grave=True)


@form_page
@for_family_list
def stand_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who stands in for whoever leads, and until when; by reference, for a coordinator too."""
    user = request.user
    story = get_object_or_404(permissions.standable_stories(user), pk=pk)
    with asked_once(request, story, permissions.held_here(user, story)):
        return _stand_in(request, story)


def _stand_in(request: HttpRequest, story: Story) -> HttpResponse:
    user = request.user
    require("end_stand_in", permissions.story_verbs(user, story))
    form = forms.StandInForm(typed(request), posts=permissions.stand_ins(user, story))
    if request.method == "POST" and "end" in request.POST:
        verbs.end_stand_in(story=story, by=user)
        messages.success(request, "Nobody stands in any more.")
        return redirect("stand-in", story.pk)
    if form.is_valid():
        try:
            verbs.name_stand_in(story=story, by=user, **form.cleaned_data)
        except (verbs.NotAgreed, verbs.NotSigned) as lacks:
            words = NOT_SIGNED if isinstance(lacks, verbs.NotSigned) else NOT_AGREED
            form.add_error("to", words)
        else:
            messages.success(request, "They lead too, until that day. The family is told.")
            return redirect("stand-in", story.pk)
    return draw(
        request, "stand_in", story=story, form=form, back=[("Families", reverse("stories"))],
        can=permissions.story_verbs(user, story), today=clock.today(), most=verbs.LONGEST_DAYS,
    )  # fmt: skip


def _share_with(request: HttpRequest, story: Story, organisation: int) -> SharingDecision | None:
    found = permissions.visible_shares(request.user, story)
    return found.filter(organisation=organisation, shared=True).first()
