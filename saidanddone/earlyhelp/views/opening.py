"""A story begins at the kitchen table, and its family is written down."""

from types import SimpleNamespace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import members, opening
from saidanddone.earlyhelp.models import FamilyMember, Story
from saidanddone.earlyhelp.views.guard import for_family_list, for_family_record
from saidanddone.earlyhelp.views.shared import deed, draw, typed

OPENED = (
    "The story is open, and you lead it. The duty desk will check whether someone already works "
    "with this family; if so, they will ring you."
)
NOT_SIGNED = (
    "{} has not signed the sharing agreement, or its signature is due for review. Ask a privacy "
    "officer of the partnership; once it is signed, you can open the story here."
)
LEADS = frozenset({permissions.Part.LEAD})


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_list
def story_open(request: HttpRequest) -> HttpResponse:
    """Who is in the family, why now, and what they agree to: one page, kept whole or not at all."""
    require("open_story", permissions.opening_verbs(request.user))
    unsigned = _unsigned(request)
    if unsigned and request.method != "POST":
        return _not_yet(request, unsigned)
    grew = {"enquiry": request.GET.get("request")}
    form = opening.OpenForm(typed(request), user=request.user, initial=grew)
    people = opening.PeopleSet(typed(request), prefix="person")
    if form.is_valid() & people.is_valid() and not unsigned:
        story = verbs.open_story(
            called=form.cleaned_data["called"], why_now=form.cleaned_data["why_now"],
            area=form.cleaned_data["area"], once=form.cleaned_data["once"],
            members=[verbs.NewMember(**one) for one in people.members()],
            agreement=form.agreement(), enquiry=form.cleaned_data["enquiry"],
            told=form.cleaned_data["told"], by=request.user,
        )  # fmt: skip
        messages.success(request, OPENED)
        return redirect("story", story.pk)
    if unsigned:
        form.add_error(None, unsigned)  # it ran out meanwhile: what was typed stands there still
    both = SimpleNamespace(forms=[form, *people.forms], non_form_errors=people.non_form_errors)
    return draw(request, "open", form=form, people=people, both=both if form.is_bound else None)


def _unsigned(request: HttpRequest) -> str:
    """Why nobody of their agency opens a story today, in a sentence; nothing, if they may."""
    agency = request.user.acting_for.organisation
    return "" if verbs.has_signed(agency.pk) else NOT_SIGNED.format(agency.name)


def _not_yet(request: HttpRequest, why: str) -> HttpResponse:
    """Before anybody types: who can put it right."""
    return draw(
        request, "deed", title="Open a story with a family", form=None, intro="", notice=why,
        back=[("Families", reverse("stories"))],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_record("people", LEADS)
def member_add(request: HttpRequest, story: Story) -> HttpResponse:
    """Somebody else of the family."""
    require("add_member", permissions.story_verbs(request.user, story))
    known = list(permissions.visible_members(request.user, story))
    form = members.MemberForm(typed(request), known=known)
    if form.is_valid():
        told = form.cleaned_data
        new = verbs.NewMember(told["kind"], told["name"], told["born_on"], more=form.more())
        verbs.add_member(story=story, member=new, once=told["once"], by=request.user)
        return redirect("story", story.pk)
    return deed(request, story, "Somebody else in the family", form, "Add them")


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_record("people", LEADS)
def member_change(request: HttpRequest, story: Story, who: object) -> HttpResponse:
    """What is known of somebody in the family: put right, or added to."""
    require("change_member", permissions.story_verbs(request.user, story))
    known = {one.pk: one for one in permissions.visible_members(request.user, story)}
    one = _one_of(known, who)
    form = members.MemberForm(typed(request), known=[*known.values()], member=one)
    if form.is_valid():
        verbs.change_member(story=story, member=one, by=request.user, **form.changes())
        return redirect("story", story.pk)
    return deed(request, story, "Somebody in the family", form, "Save what is known")


def _one_of(known: dict, who: object) -> FamilyMember:
    if who not in known:
        raise Http404
    return known[who]


@require_POST
@for_family_record("story", LEADS)
def story_begin(request: HttpRequest, story: Story) -> HttpResponse:
    """From here on the team writes."""
    verbs.begin_assessment(story=story, by=request.user)
    return redirect("story", story.pk)
