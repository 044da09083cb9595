"""What children say, for those who listen: write it down, find it, read it, look after it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from saidanddone.core import files
from saidanddone.core.access import require
from saidanddone.governance.permissions import visible_bodies
from saidanddone.participation import permissions, states, verbs
from saidanddone.participation.forms import voices as forms
from saidanddone.participation.forms.covering import covered
from saidanddone.participation.models import Voice
from saidanddone.participation.views.cards import card_token

A_PAGE = 25
REMEMBERED = ("body", "place", "age_band", "area", "topic", "readers")  # of the last voice written


# ------------------------------------------------------------------ the list


@require_GET
def voices(request: HttpRequest) -> HttpResponse:
    """The voices that this person may read, newest first."""
    form = forms.FilterForm(request.GET)
    found = _filtered(permissions.visible_voices(request.user), form)
    context = {
        "form": form,
        "page": Paginator(_listed(found), A_PAGE).get_page(request.GET.get("page")),
        "can": permissions.listening_verbs(request.user) | permissions.raising_verbs(request.user),
        "receipts": _receipts(request),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "query": _query(request),
    }
    return render(request, "participation/voices.html", context)


def _filtered(found: QuerySet[Voice], form: forms.FilterForm) -> QuerySet[Voice]:
    if not form.is_valid():
        return found
    asked = form.cleaned_data
    if asked["topic"]:
        found = found.filter(topic=asked["topic"])
    if asked["speaker"]:
        found = found.filter(speaker=asked["speaker"])
    if asked["state"] in {states.WAITING, states.READ}:
        found = found.filter(state=asked["state"])
    if asked["state"] == "loose":
        found = found.filter(state=states.READ, grouped__isnull=True)
    if asked["state"] == "published":
        found = found.filter(published_at__isnull=False)
    return found


def _listed(found: QuerySet[Voice]) -> QuerySet[Voice]:
    return found.select_related("age_band", "area", "topic", "body").order_by("-recorded_at", "-pk")


def _receipts(request: HttpRequest) -> list[Voice]:
    """What they wrote down lately and cannot read here yet: no words, held or not."""
    mine = permissions.recorded_voices(request.user).select_related("age_band")
    readable = permissions.visible_voices(request.user).values("pk")
    return list(mine.exclude(pk__in=readable).order_by("-recorded_at")[:5])


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"?{kept.urlencode()}&" if kept else "?"


# ------------------------------------------------------------------ writing down


def record(request: HttpRequest) -> HttpResponse:
    """Write down what one person said; the page after it shows the code, once."""
    require("record_voice", permissions.listening_verbs(request.user))
    bodies = visible_bodies(request.user)
    if request.method != "POST":
        form = forms.RecordForm(bodies=bodies, initial=_as_last_time(request))
        return render(request, "participation/voice_record.html", {"form": form})
    form = forms.RecordForm(request.POST, request.FILES, bodies=bodies)
    if not form.is_valid():
        return render(request, "participation/voice_record.html", {"form": form}, status=422)
    voice = verbs.record_voice(by=request.user, **form.cleaned_data)
    return render(request, "participation/voice_saved.html", _saved(voice))


def _as_last_time(request: HttpRequest) -> dict[str, Any]:
    """Most workers write down several things of one place: they are asked only what differs."""
    last = permissions.recorded_voices(request.user).order_by("-pk").first()
    return {name: getattr(last, name) for name in REMEMBERED} if last else {}


def _saved(voice: Voice) -> dict[str, Any]:
    return {
        "voice": voice, "code": voice.code,
        "token": card_token(voice.code) if voice.code else "",
    }  # fmt: skip


# ------------------------------------------------------------------ one voice


@require_GET
def voice(request: HttpRequest, pk: int) -> HttpResponse:
    """One voice: its words as this person may read them, its thread, and what may be done."""
    found = permissions.visible_voices(request.user).select_related(
        "age_band", "area", "topic", "body", "recorded_by", "recorded_for__organisation",
        "worker__user", "read_by", "gathering", "follows",
    ).filter(pk=pk).first()  # fmt: skip
    if found is None:
        return _receipt(request, pk)
    return render(request, "participation/voice.html", _of_one(request, found))


def _of_one(request: HttpRequest, found: Voice) -> dict[str, Any]:
    user = request.user
    readable = permissions.visible_voices(user)
    return {
        "voice": found,
        "words": permissions.words_for(user, found),
        "whole": permissions.reads_whole(user, found),
        "can": permissions.voice_verbs(user, found),
        "caption": verbs.caption(found, found.area),
        "issues": permissions.visible_issues(user).filter(grouped__voice=found),
        "may_raise": found.state == states.READ and bool(permissions.raising_verbs(user)),
        "followers": [
            (one, permissions.words_for(user, one))
            for one in readable.filter(follows=found).order_by("recorded_at")
        ],
    }


def _receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever wrote it down, while it cannot be read here: that it is safe, and the card."""
    found = get_object_or_404(
        permissions.recorded_voices(request.user).select_related("age_band"), pk=pk
    )
    context = {"voice": found, "can": permissions.voice_verbs(request.user, found)}
    return render(request, "participation/voice_receipt.html", context)


def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the words, and cover what would tell who speaks."""
    found = _one(request, pk, "read_voice")
    suggested = found.public_words or covered(found.words, found.speaker_name)
    form = forms.ReadForm(
        request.POST or None, has_words=bool(found.words),
        initial={"public_words": suggested, "topic": found.topic_id},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        verbs.read_voice(voice=found, by=request.user, **form.cleaned_data)
        messages.success(
            request, "Read. It can now be put with others that ask for the same thing."
        )
        return redirect(found)
    context = {"form": form, "voice": found, "caption": verbs.caption(found, found.area)}
    return render(request, "participation/voice_read.html", context, status=_status(form))


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Set beside the words what they should have said."""
    found = _one(request, pk, "correct_voice")
    form = forms.CorrectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.correct_voice(voice=found, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved beside the first words. A person reads it next.")
        return redirect(found)
    context = {"form": form, "voice": found}
    return render(request, "participation/voice_correct.html", context, status=_status(form))


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take words back for somebody who asked a worker to."""
    found = _any(request, pk, "take_back_voice")
    form = forms.NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.take_back_voice(voice=found, by=request.user, **form.cleaned_data)
        messages.success(request, "The words are taken back.")
        return redirect("voices")
    context = {"form": form, "voice": found}
    return render(request, "participation/voice_take_back.html", context, status=_status(form))


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody read the words."""
    found = _one(request, pk, "publish_voice")
    verbs.publish_voice(voice=found, by=request.user)
    messages.success(request, f"Published, as: {found.public_caption}.")
    return redirect(found)


@require_POST
def unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the words off the wall."""
    found = _one(request, pk, "unpublish_voice")
    verbs.unpublish_voice(voice=found, by=request.user)
    messages.success(request, "Taken off the website.")
    return redirect(found)


@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold words that may tell of harm."""
    found = _one(request, pk, "hold_voice")
    verbs.hold_voice(voice=found, why="reader", by=request.user)
    messages.success(request, "Held. The safeguarding lead on duty has been told.")
    return redirect("voices")


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a new code for a lost one."""
    found = _any(request, pk, "renew_code")
    found.code = verbs.renew_code(voice=found, by=request.user)
    return render(request, "participation/voice_saved.html", _saved(found) | {"renewed": True})


@require_GET
def picture(request: HttpRequest, pk: int) -> FileResponse:
    """The drawing, for those who may read the words whole."""
    found = get_object_or_404(permissions.visible_voices(request.user), pk=pk)
    if not found.picture or not permissions.reads_whole(request.user, found):
        raise Http404
    return files.answer(found.picture.open(), f"voice-{pk}.jpg", "image/jpeg", inline=True)


def _one(request: HttpRequest, pk: int, verb: str) -> Voice:
    """A voice that they may read and do this to."""
    found = permissions.visible_voices(request.user).select_related(
        "age_band", "area", "topic", "body"
    )
    voice_ = get_object_or_404(found, pk=pk)
    require(verb, permissions.voice_verbs(request.user, voice_))
    return voice_


def _any(request: HttpRequest, pk: int, verb: str) -> Voice:
    """A voice that they may read, or that they wrote down themselves."""
    found = permissions.visible_voices(request.user).filter(pk=pk).first()
    voice_ = found or get_object_or_404(permissions.recorded_voices(request.user), pk=pk)
    require(verb, permissions.voice_verbs(request.user, voice_))
    return voice_


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
