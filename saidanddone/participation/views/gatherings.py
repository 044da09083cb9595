"""Sessions with a group: what is the same is set once, then voice after voice is written down."""

from typing import Any

from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from saidanddone.core import files
from saidanddone.core.access import require
from saidanddone.governance.permissions import visible_bodies
from saidanddone.participation import permissions, verbs
from saidanddone.participation.forms import voices as forms
from saidanddone.participation.models import Gathering
from saidanddone.participation.views.cards import CARD, CARD_LASTS, MOST_CARDS, card_token


def start(request: HttpRequest) -> HttpResponse:
    """Say once where it was, who was there and who may read it."""
    require("start_gathering", permissions.listening_verbs(request.user))
    bodies = visible_bodies(request.user)
    if request.method == "POST":
        form = forms.GatheringForm(request.POST, request.FILES, bodies=bodies)
        if form.is_valid():
            return redirect(verbs.start_gathering(by=request.user, **form.cleaned_data))
        return render(request, "participation/gathering_start.html", {"form": form}, status=422)
    form = forms.GatheringForm(bodies=bodies)
    return render(request, "participation/gathering_start.html", {"form": form})


def gathering(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down one voice after another; what is saved stands below, each code on top, once."""
    found = get_object_or_404(_visible(request), pk=pk)
    if request.method != "POST":
        return _page(request, found, forms.NextVoiceForm(), codes=[])
    require("record_voice", permissions.gathering_verbs(request.user, found))
    codes = _given(request.POST.get("codes", ""))
    form = forms.NextVoiceForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, codes=codes, status=422)
    voice = verbs.record_voice(by=request.user, gathering=found, **form.cleaned_data)
    if voice.code and voice.code not in codes:
        codes.append(voice.code)
    fresh = forms.NextVoiceForm(initial={"speaker": voice.speaker})
    return _page(request, found, fresh, codes=codes, saved=voice)


def _visible(request: HttpRequest):
    return permissions.visible_gatherings(request.user).select_related(
        "body", "area", "age_band", "topic", "recorded_by"
    )


def _page(
    request: HttpRequest, found: Gathering, form: forms.NextVoiceForm, *, codes: list[str],
    saved: Any = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "gathering": found,
        "form": form,
        "codes": codes,
        "token": card_token(*codes) if codes else "",
        "saved": saved,
        "can": permissions.gathering_verbs(request.user, found),
        "receipts": found.voices.exclude(state="taken_back").order_by("pk"),
        "readable": set(
            permissions.visible_voices(request.user)
            .filter(gathering=found)
            .values_list("pk", flat=True)
        ),
        "photo": permissions.photo_may_show(request.user, found),
    }
    return render(request, "participation/gathering.html", context, status=status)


def _given(token: str) -> list[str]:
    """The codes given out since the page was opened: they travel with it, and are kept nowhere."""
    try:
        return (
            signing.loads(token, salt=CARD, max_age=8 * CARD_LASTS)[-MOST_CARDS:] if token else []
        )
    except signing.BadSignature:
        return []


@require_GET
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """The photo of the flip chart."""
    found = get_object_or_404(_visible(request), pk=pk)
    if not permissions.photo_may_show(request.user, found):
        raise Http404
    return files.answer(found.photo.open(), f"gathering-{pk}.jpg", "image/jpeg", inline=True)
