"""Letters that wait for a decision, for administrators; and in a demonstration all that was written."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from saidanddone.core.access import require
from saidanddone.core.numbers import numbers
from saidanddone.mail import drawing, permissions, states, verbs

PAGE = 30
# A letter's own page: its styles stand in it, as letters' styles must; nothing else is let in.
LETTER_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "frame-ancestors": [CSP.SELF],
    "form-action": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}
AROUND_LETTER_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Letters of which nobody knows whether they arrived, and those that a server refused."""
    require("see_letters", permissions.mail_verbs(request.user))
    waiting = Paginator(permissions.visible_letters(request.user), PAGE)
    page = waiting.get_page(request.GET.get("page"))
    can = {letter.pk: permissions.letter_verbs(request.user, letter) for letter in page}
    return render(request, "mail/letters.html", {"page": page, "can": can, "names": states.NAMES})


@require_POST
def decide_page(request: HttpRequest) -> HttpResponse:
    """The same for all on a page that allow it."""
    deed = {"send_again": verbs.send_again, "take_as_sent": verbs.take_as_sent}
    verb = request.POST.get("verb", "")
    chosen = numbers(request.POST.get("letters", "").split(","))[:PAGE]
    for letter in permissions.visible_letters(request.user).filter(pk__in=chosen):
        if verb in permissions.letter_verbs(request.user, letter):
            deed[verb](letter=letter, by=request.user)
    return redirect("letters")


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue it once more."""
    letter = get_object_or_404(permissions.visible_letters(request.user), pk=pk)
    verbs.send_again(letter=letter, by=request.user)
    return redirect("letters")


@require_POST
def take_as_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Count it as arrived."""
    letter = get_object_or_404(permissions.visible_letters(request.user), pk=pk)
    verbs.take_as_sent(letter=letter, by=request.user)
    return redirect("letters")


# --------------------------------------------- only in demonstrations and tests


@login_not_required
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """Every letter, newest first; of one address if asked."""
    address = request.GET.get("q", "").replace("\0", "")[:254]
    page = Paginator(permissions.shown_letters(address), PAGE).get_page(request.GET.get("page"))
    return render(
        request, "mail/shown.html", {"page": page, "address": address, "names": states.NAMES}
    )


@login_not_required
@csp_override(AROUND_LETTER_CSP)
@require_safe
def shown_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as its reader gets it."""
    letter = get_object_or_404(permissions.shown_letters(), pk=pk)
    text = drawing.fill(letter.wording.text, letter.fill)
    return render(
        request, "mail/shown_letter.html", {"letter": letter, "text": text, "names": states.NAMES}
    )


@login_not_required
@csp_override(LETTER_CSP)
@xframe_options_sameorigin
@require_safe
def shown_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The drawn body of one letter, shut in a page of its own."""
    letter = get_object_or_404(permissions.shown_letters().exclude(wording__html=""), pk=pk)
    return HttpResponse(drawing.fill(letter.wording.html, letter.fill, escaped=True))
