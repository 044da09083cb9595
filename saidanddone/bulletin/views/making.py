"""Putting one edition together: order, words, opening, preview, a second person, its hour."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.bulletin import emails, forms, permissions, states, verbs
from saidanddone.bulletin.models import Edition, Entry
from saidanddone.bulletin.views.archive import as_page
from saidanddone.core.access import require
from saidanddone.core.numbers import reordered
from saidanddone.mail import counts as letters
from saidanddone.mail import drawing
from saidanddone.reference.models import partnership

LETTER = {
    "default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "img-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF], "form-action": [CSP.NONE], "base-uri": [CSP.NONE],
    "sandbox": ["allow-popups", "allow-same-origin"],
}  # fmt: skip
WITHOUT_PICTURES = LETTER | {"img-src": [CSP.NONE]}
AROUND = {
    "default-src": [CSP.NONE], "script-src": [CSP.SELF], "style-src": [CSP.SELF],
    "img-src": [CSP.SELF], "font-src": [CSP.SELF], "form-action": [CSP.SELF],
    "frame-src": [CSP.SELF], "frame-ancestors": [CSP.NONE], "base-uri": [CSP.NONE],
}  # fmt: skip
SAMPLE = {"leave": "x", "choose": "x", "address": "you@work.example", "since": "1 March"}
DARK = "(prefers-color-scheme: dark)"


@require_safe
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one edition, from draft to the last letter."""
    edition = _edition(request, pk)
    known = {"title": edition.title, "opening": edition.opening}
    return _made(request, edition, forms.OpeningForm(initial=known))


def _made(
    request: HttpRequest, edition: Edition, form: forms.OpeningForm, status: int = 200
) -> HttpResponse:
    """The page, with the form as it was typed if there is something to fix in it."""
    entries = permissions.visible_entries(request.user, edition)
    entries = entries.select_related("section", "item", "followed")
    standing = [one for one in entries if not one.left_out]
    context = {
        "edition": edition,
        "parts": emails.parts(standing),
        "left_out": [one for one in entries if one.left_out],
        "count": len(standing),
        "can": permissions.edition_verbs(request.user, edition),
        "opening": form,
        "progress": letters.progress(emails.about(edition)),
        "moved": request.GET.get("moved", "")[:20],
        "names": states.NAMES,
        "followed": _followed(edition, standing),
    }
    return render(request, "bulletin/make.html", context, status=status)


def _followed(edition: Edition, standing: list[Entry]) -> list[tuple[str, int]]:
    """What stood in it and how often it was looked up from the letter, the most first."""
    if edition.state != states.SENT or not partnership().bulletin_counts:
        return []
    counted = ((one.title, one.times_followed) for one in standing)
    return sorted(counted, key=lambda row: -row[1])


@require_POST
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep title and opening."""
    edition = _edition(request, pk)
    form = forms.OpeningForm(request.POST)
    if not form.is_valid():
        return _made(request, edition, form, status=422)
    verbs.write_opening(edition=edition, **form.cleaned_data, by=request.user)
    messages.success(request, "Kept.")
    return redirect("bulletin-make", pk)


@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the entries of a section in another order."""
    edition = _edition(request, pk)
    keys = [one.pk for one in emails.in_order(
        permissions.visible_entries(request.user, edition).select_related("section")
        .filter(left_out=False))]  # fmt: skip
    verbs.arrange_edition(edition=edition, order=reordered(keys, request.POST), by=request.user)
    moved = urlencode({"moved": request.POST.get("move", "")})
    return redirect(f"{reverse('bulletin-make', args=[pk])}?{moved}")


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """Trim one entry."""
    found = _entry(request, pk, entry)
    require("change_entry", permissions.edition_verbs(request.user, found.edition))
    form = forms.EntryForm(request.POST or None, entry=found)
    if request.method == "POST" and form.is_valid():
        verbs.change_entry(entry=found, **form.cleaned_data, by=request.user)
        return redirect("bulletin-make", pk)
    return render(request, "bulletin/entry.html", {"form": form, "entry": found})


@require_POST
def entry_out(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """Leave one out."""
    verbs.leave_entry_out(entry=_entry(request, pk, entry), by=request.user)
    return redirect("bulletin-make", pk)


@require_POST
def entry_in(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """Take one in again."""
    verbs.put_entry_in(entry=_entry(request, pk, entry), by=request.user)
    return redirect("bulletin-make", pk)


@require_POST
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what has come since."""
    added = verbs.add_news(edition=_edition(request, pk), by=request.user)
    messages.info(request, f"Added: {added}." if added else "Nothing new has come since.")
    return redirect("bulletin-make", pk)


@require_POST
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """It is finished: a second person looks, or it waits for its hour."""
    edition = _edition(request, pk)
    verbs.hand_edition_on(edition=edition, by=request.user)
    return redirect("bulletin-make", pk)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go."""
    verbs.approve_edition(edition=_edition(request, pk), by=request.user)
    return redirect("bulletin-make", pk)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold it back."""
    verbs.stop_edition(edition=_edition(request, pk), by=request.user)
    messages.success(request, "Stopped. It is a draft again, and nothing has been sent.")
    return redirect("bulletin-make", pk)


# ------------------------------------------------------------------- previews


@csp_override(AROUND)
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter on a phone and on a desk: with pictures and without, light and dark."""
    asked = {name: "1" for name in ("dark", "bare") if request.GET.get(name)}
    return render(
        request, "bulletin/preview.html", {"edition": _edition(request, pk), "asked": asked}
    )


@xframe_options_sameorigin
@require_safe
def preview_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter itself, shut in a page of its own."""
    bare = request.GET.get("bare")
    draw = csp_override(WITHOUT_PICTURES if bare else LETTER)(_letter)
    return draw(request, pk)


def _letter(request: HttpRequest, pk: int) -> HttpResponse:
    edition = _edition(request, pk)
    drawn = _drawn(edition)
    if request.GET.get("text"):
        words = drawing.fill(drawn.text, SAMPLE)
        return HttpResponse(words, content_type="text/plain; charset=utf-8")
    html = drawing.fill(drawn.html, SAMPLE, escaped=True)
    return HttpResponse(html.replace(DARK, "all") if request.GET.get("dark") else html)


def _drawn(edition: Edition) -> drawing.Drawn:
    entries = list(edition.entries.standing().select_related("section", "item"))
    return drawing.draw("bulletin/emails/edition.txt", emails.letter(edition, entries))


@require_safe
def preview_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The web page as it will stand in the archive."""
    return render(request, "bulletin/edition.html", as_page(_edition(request, pk)))


def _edition(request: HttpRequest, pk: int) -> Edition:
    require("compile_edition", permissions.edition_verbs(request.user))
    found = permissions.visible_editions(request.user).select_related("handed_on_by", "approved_by")
    return get_object_or_404(found, pk=pk)


def _entry(request: HttpRequest, pk: int, entry: int) -> Entry:
    found = permissions.visible_entries(request.user, _edition(request, pk))
    return get_object_or_404(found.select_related("edition", "section", "item"), pk=entry)
