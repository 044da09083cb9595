"""The lead opens and shuts the family's doors; a card opens one without e-mail."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from saidanddone.core import limits
from saidanddone.core.limits import Limit
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.forms import doors as forms
from saidanddone.earlyhelp.models import FamilyMember, Story
from saidanddone.earlyhelp.views.guard import for_family_record
from saidanddone.ui import errors

LEADS = frozenset({permissions.Part.LEAD})
FROM_ONE_PLACE = Limit("family-card", most=10, seconds=600)
FROM_ALL = Limit("family-card-all", most=300, seconds=3600)
WRONG = "This code does not open a door. Look at each sign on your card, or ask for a new one."
TAKEN = (
    "This door cannot be opened so. Either they have one already, or this address is that of "
    "somebody else whom this story knows. Ask them for an address that is theirs alone."
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_family_record("doors", LEADS)
def doors(request: HttpRequest, story: Story) -> HttpResponse:
    """Who of the family has a door of their own; another one opened."""
    people = list(permissions.visible_members(request.user, story).filter(left_on=None))
    form = forms.DoorForm(request.POST or None, people=people)
    card = _opened(request, story, form) if form.is_valid() else None
    if card == "":
        return redirect("story-doors", story.pk)
    context = {"story": story, "people": people, "form": form, "card": card}
    return render(request, "earlyhelp/doors.html", context, status=422 if form.errors else 200)


def _opened(request: HttpRequest, story: Story, form: forms.DoorForm) -> str | None:
    """Open it: the code of a card to show once, nothing when a letter went, None when it may not be."""
    member, email = form.cleaned_data["who"], form.cleaned_data["email"]
    try:
        if not email:
            return verbs.make_card(story=story, member=member, by=request.user)
        verbs.open_door(story=story, member=member, email=email, by=request.user)
    except verbs.NotTheirDoor:
        form.add_error("email", TAKEN)
        return None
    messages.success(request, "The door is open. We wrote to them; the letter holds no name.")
    return ""


@require_POST
@for_family_record("doors", LEADS)
def door_shut(request: HttpRequest, story: Story) -> HttpResponse:
    """Shut somebody's door."""
    people = permissions.visible_members(request.user, story)
    member = _one(people, request.POST.get("who", ""))
    verbs.shut_door(story=story, member=member, by=request.user)
    messages.success(request, "The door is shut, on every phone and computer.")
    return redirect("story-doors", story.pk)


def _one(people: "list[FamilyMember]", key: str) -> FamilyMember:
    found = next((one for one in people if str(one.pk) == key), None)
    if found is None:
        raise Http404
    return found


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """Come in with the code on a card."""
    form = forms.CardForm(request.POST or None)
    if form.is_valid():
        here = limits.address(request)
        if not (FROM_ONE_PLACE.count(here) and FROM_ALL.count("")):
            return errors.too_many(request)
        person = verbs.enter_by_card(code=form.cleaned_data["code"])
        if person is not None:
            record_authentication(request, person, method="code", email=person.email)
            return perform_login(request, person, redirect_url=reverse("our-story"))
        form.add_error("code", WRONG)
    answer = render(
        request, "earlyhelp/card.html", {"form": form}, status=422 if form.errors else 200
    )
    answer["Cache-Control"] = "no-store"
    return answer
