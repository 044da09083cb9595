"""The partnership on every page, its theme and logo; pages for settings and lists."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import ModelForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_POST

from saidanddone.core import files
from saidanddone.core.access import require
from saidanddone.reference import forms, models, permissions, verbs
from saidanddone.reference.models import AgeBand, Area, BulletinSection, Forum, Topic

GetResponse = Callable[[HttpRequest], HttpResponse]
YEAR = 365 * 24 * 60 * 60


def partnership_known(get_response: GetResponse) -> GetResponse:
    """Middleware: every request knows its partnership, asked for only when a page needs it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.partnership = SimpleLazyObject(models.partnership)
        return get_response(request)

    return middleware


# ---------------------------------------------------------- theme and logo


@login_not_required
def theme(request: HttpRequest) -> HttpResponse:
    """The place's colours, as the custom properties that the stylesheet follows."""
    place = request.partnership
    properties = {
        "brand": place.brand, "on-brand": place.on_brand, "accent": place.accent, "ink": place.ink
    }  # fmt: skip
    lines = "".join(f"  --council-{name}: {colour};\n" for name, colour in properties.items())
    response = HttpResponse(f":root {{\n{lines}}}\n", content_type="text/css; charset=utf-8")
    return for_long(request, response)


@login_not_required
def logo(request: HttpRequest) -> FileResponse:
    """The place's logo."""
    kept = request.partnership.logo
    if not kept or not kept.storage.exists(kept.name):
        raise Http404
    kind = ("logo.png", "image/png") if kept.name.endswith(".png") else ("logo.jpg", "image/jpeg")
    return for_long(request, files.answer(kept.open("rb"), *kind, inline=True))


def for_long(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Kept for a year under its own version; without it, for a minute."""
    exact = request.GET.get("v") == request.partnership.version
    response["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if exact else "public, max-age=60"
    )
    return response


# ------------------------------------------------------------------ settings


class Section(NamedTuple):
    """One page of settings."""

    title: str
    form: type[ModelForm]
    lead: str


SECTIONS = {
    "name": Section(
        "Name and numbers to ring", forms.NameForm,
        "Shown on every page. Whoever is worried about a child looks for the number first.",
    ),
    "look": Section(
        "Colours and logo", forms.LookForm,
        "Tints and dark mode follow from these. What does not read well is not taken.",
    ),
    "times": Section(
        "Times and numbers", forms.TimesForm,
        "They count from today. What was promised before keeps the time it was promised in.",
    ),
    "bulletin": Section(
        "The weekly bulletin", forms.BulletinForm,
        "It counts for every bulletin that has not been handed on yet.",
    ),
    "boards": Section(
        "Boards and papers", forms.BoardsForm,
        "They count from now on, for every board.",
    ),
    "library": Section(
        "The library", forms.LibraryForm,
        "They count from the next morning, for everything that is in the library.",
    ),
    "sessions": Section(
        "Sessions", forms.SessionsForm,
        "They count from now on, for every session that has not been held.",
    ),
    "story": Section(
        "The early help record", forms.StoryForm,
        "They count from now on. None can be made longer than families were promised.",
    ),
    "words": Section(
        "Words that hold", forms.WordsForm,
        "What holds one of these waits for the safeguarding lead; nobody else sees it before.",
    ),
}  # fmt: skip


def settings(request: HttpRequest) -> HttpResponse:
    """Everything that this place may set, and since when it is so."""
    require("change_partnership", permissions.settings_verbs(request.user))
    place = models.partnership()
    triage = [line for line in place.triage_words.splitlines() if line.strip()]
    measured = {
        name: models.contrast(getattr(place, name), getattr(place, ground, ground))
        for name, (ground, _) in models.LEAST_CONTRAST.items()
    }
    rows = permissions.visible_changes(request.user)
    return render(
        request,
        "reference/settings.html",
        {"place": place, "triage": triage, "measured": measured, "since": rows.first(),
         "changes": rows.count()},
    )  # fmt: skip


def section(request: HttpRequest, name: str) -> HttpResponse:
    """Change one part of the settings."""
    require("change_partnership", permissions.settings_verbs(request.user))
    part = SECTIONS.get(name)
    if part is None:
        raise Http404
    form = part.form(
        request.POST or None, request.FILES or None, instance=models.read_partnership()
    )
    if request.method == "POST" and form.is_valid():
        changes = form.changes() if hasattr(form, "changes") else form.cleaned_data
        verbs.change_partnership(by=request.user, **changes)
        messages.success(request, "Saved. It counts from now on.")
        return redirect("settings")
    return render(request, "reference/section.html", {"form": form, "part": part})


# --------------------------------------------------------------------- lists


class Kind(NamedTuple):
    """One list of entries that pages choose from."""

    title: str
    one: str
    model: type[models.Dated]
    form: type[ModelForm]


KINDS = {
    "topics": Kind("Topics", "a topic", Topic, forms.TopicForm),
    "areas": Kind("Areas", "an area", Area, forms.AreaForm),
    "forums": Kind("Forums and alliances", "a forum or alliance", Forum, forms.ForumForm),
    "ages": Kind("Ages", "an age", AgeBand, forms.AgeBandForm),
    "sections": Kind(
        "Sections of the bulletin", "a section", BulletinSection, forms.BulletinSectionForm
    ),
}


def kind_or_404(name: str) -> Kind:
    """The list of this name."""
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def lists(request: HttpRequest) -> HttpResponse:
    """Topics, areas, ages and closed days."""
    require("change_entry", permissions.settings_verbs(request.user))
    shown = [
        (key, kind, list(permissions.visible_entries(request.user, kind.model)))
        for key, kind in KINDS.items()
    ]
    closed = permissions.visible_closed_days(request.user)
    return render(request, "reference/lists.html", {"lists": shown, "closed": closed})


def add_entry(request: HttpRequest, name: str) -> HttpResponse:
    """Add an entry to one of the lists."""
    require("add_entry", permissions.settings_verbs(request.user))
    kind = kind_or_404(name)
    form = kind.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entry = verbs.add_entry(kind=kind.model, by=request.user, **form.cleaned_data)
        messages.success(request, f"{entry} is on the list.")
        return redirect("lists")
    return render(request, "reference/add_entry.html", {"form": form, "kind": kind})


def change_entry(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Rename an entry, or set its days."""
    require("change_entry", permissions.settings_verbs(request.user))
    kind = kind_or_404(name)
    entry = get_object_or_404(permissions.visible_entries(request.user, kind.model), pk=pk)
    form = kind.form(request.POST or None, instance=entry)
    if request.method == "POST" and form.is_valid():
        verbs.change_entry(entry=entry, by=request.user, **form.cleaned_data)
        messages.success(request, f"{entry} is changed.")
        return redirect("lists")
    return render(
        request, "reference/change_entry.html",
        {"form": form, "kind": kind, "entry": entry, "name": name},
    )  # fmt: skip


@require_POST
def end_entry(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Offer an entry no longer."""
    kind = kind_or_404(name)
    require("end_entry", permissions.settings_verbs(request.user))
    entry = get_object_or_404(permissions.visible_entries(request.user, kind.model), pk=pk)
    verbs.end_entry(entry=entry, by=request.user)
    messages.success(request, f"{entry} is no longer offered. What was filed under it stays there.")
    return redirect("lists")


def add_closed_day(request: HttpRequest) -> HttpResponse:
    """Add a day on which offices are closed."""
    require("add_closed_day", permissions.settings_verbs(request.user))
    form = forms.ClosedDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.add_closed_day(**form.cleaned_data, by=request.user)
        messages.success(request, "The day is on the list. It no longer counts as a working day.")
        return redirect("lists")
    return render(request, "reference/add_closed_day.html", {"form": form})


@require_POST
def drop_closed_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a closed day back."""
    require("drop_closed_day", permissions.settings_verbs(request.user))
    day = get_object_or_404(permissions.visible_closed_days(request.user), pk=pk)
    verbs.drop_closed_day(day=day, by=request.user)
    messages.success(request, "The day counts as a working day again.")
    return redirect("lists")
