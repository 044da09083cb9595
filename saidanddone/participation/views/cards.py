"""Codes on cards: to print, to open a thread with, and a worker's own card for "Tell us"."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from markupsafe import Markup

from saidanddone.core.access import require
from saidanddone.participation import permissions
from saidanddone.participation.models.codes import in_address
from saidanddone.people.models import Post
from saidanddone.ui import errors

CARD = "participation.card"
WORKER = "participation.worker"
CARD_LASTS = 60 * 60  # seconds
MOST_CARDS = 60


@dataclass(frozen=True)
class Card:
    """One code as it is printed: the words, the address, and the square that a phone reads."""

    code: str
    address: str
    square: Markup


def card(code: str) -> Card:
    """The card of a code."""
    address = settings.SITE_ADDRESS + reverse("thread", args=[in_address(code)])
    return Card(code, address, square(address))


def square(address: str) -> Markup:
    """A QR code, drawn into the page."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=4, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return Markup(drawn)  # noqa: S704 -- drawn by us from an address that we made


def card_token(*codes: str) -> str:
    """Codes on their way to the page that prints them: signed, for an hour, never stored."""
    return signing.dumps(list(codes), salt=CARD, compress=True)


def worker_token(post: Post) -> str:
    """What a worker's own card carries, so that a child can say "only my worker"."""
    return signing.dumps(post.pk, salt=WORKER)


def worker_of(token: str) -> Post | None:
    """The worker whose card it is, while their post lives."""
    try:
        return permissions.worker_with(signing.loads(token, salt=WORKER)) if token else None
    except signing.BadSignature:
        return None


@csrf_exempt  # it changes nothing: whoever holds the signed token holds the codes
@login_not_required
@require_POST
def print_cards(request: HttpRequest) -> HttpResponse:
    """Cards to print, for codes that have just been given."""
    try:
        codes = signing.loads(request.POST.get("token", ""), salt=CARD, max_age=CARD_LASTS)
    except signing.BadSignature:
        return errors.bad_request(request)
    response = render(
        request, "participation/cards.html", {"cards": [card(code) for code in codes[:MOST_CARDS]]}
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def my_card(request: HttpRequest) -> HttpResponse:
    """A worker's own link and card: words told with it can be for them alone."""
    require("record_voice", permissions.listening_verbs(request.user))
    address = (
        settings.SITE_ADDRESS
        + reverse("tell-us")
        + "?worker="
        + worker_token(request.user.acting_for)
    )
    context = {"address": address, "square": square(address)}
    return render(request, "participation/my_card.html", context)
