"""Words of forms that are not sent yet: kept every few seconds, and found when the form is opened again."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.http import require_POST

from saidanddone.core import clock
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Story
from saidanddone.earlyhelp.views.guard import for_own_words
from saidanddone.ui.filters import day
from saidanddone.ui.typed import LARGEST, SECRET

OURS = "saidanddone.earlyhelp."
OF_A_STORY = ("stories/<uuid:pk>/", "our-story/<uuid:pk>/")
NEVER = {"once"}  # of the form that was open then: each has its own


@require_POST
def typed_at_the_door(request: HttpRequest) -> HttpResponse:
    """The same for one of the family: whoever also works here is here as one of the family alone."""
    request.user.acting_for = None
    return _typed(request)


@require_POST
def typed_so_far(request: HttpRequest) -> HttpResponse:
    """Keep, find or drop what somebody typed into a form; headers say which, and of which form."""
    return _typed(request)


@for_own_words
def _typed(request: HttpRequest) -> HttpResponse:
    place = request.headers.get("X-Place", "")
    story = _story_of(request, place)
    deed = request.headers.get("X-Deed", "")
    if deed == "drop":
        verbs.drop_typing(place=place, by=request.user)
        return HttpResponse(status=204)
    if "keep_typing" not in permissions.typing_verbs(request.user, story):
        raise PermissionDenied
    return _keep(request, place, story) if deed == "keep" else _find(request, place, story)


def _keep(request: HttpRequest, place: str, story: Story | None) -> HttpResponse:
    said = [(name, one) for name, those in request.POST.lists() for one in those]
    said = [(name, one) for name, one in said if name not in NEVER and not SECRET.search(name)]
    if sum(len(one) for _, one in said) > LARGEST:
        return HttpResponse(status=413)
    at = verbs.keep_typing(place=place, story=story, fields=said, by=request.user)
    return JsonResponse({"at": f"{timezone.localtime(at):%H:%M}"})


def _find(request: HttpRequest, place: str, story: Story | None) -> HttpResponse:
    found = verbs.find_typing(place=place, story=story, by=request.user)
    if found is None:
        return HttpResponse(status=204)
    local = timezone.localtime(found.at)
    on = "" if local.date() == clock.today() else f" on {day(local)}"
    words = f"You typed this{on} at {local:%H:%M}, and did not send it."
    return JsonResponse({"words": words, "fields": found.fields})


def _story_of(request: HttpRequest, place: str) -> Story | None:
    """The story behind the address of a form, if it is one's; nothing but families' forms are kept."""
    try:
        found = resolve(place)
    except Resolver404 as nowhere:
        raise Http404 from nowhere
    if not found.func.__module__.startswith(OURS) or len(place) > 300:
        raise Http404
    if not found.route.startswith(OF_A_STORY):
        return None
    if found.route.endswith("/ask-or-tell/") and permissions.own_past(
        request.user, found.kwargs["pk"]
    ):
        return None  # whoever is shut out may still ask or tell
    return get_object_or_404(permissions.readable_stories(request.user), pk=found.kwargs["pk"])
