"""Pages of the register of interests: one's own, a board's, and declaring one at a coming item."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core import clock
from saidanddone.core.access import Refused, require
from saidanddone.governance import forms, permissions, verbs
from saidanddone.governance.models.interests import Kind
from saidanddone.governance.views.boarding import board_of
from saidanddone.governance.views.shared import State, deed, draw, keep_seats, typed
from saidanddone.ui.filters import day

KINDS = dict(Kind.choices)


@require_safe
def interests(request: HttpRequest) -> HttpResponse:
    """One's own page: what stands there, and whether it has been confirmed this year."""
    return draw(request, "interests", **_own(request))


def _own(request: HttpRequest) -> dict[str, Any]:
    user = request.user
    register = permissions.own_register(user).first()
    confirmed = register.confirmed_on if register else None
    due = register.confirm_by if register else clock.today()
    if not permissions.keeps_register(user) and register is None:
        state = None
    elif confirmed is None:
        state = State("s-watch", "Not confirmed yet", "watch")
    elif due <= clock.today():
        state = State("s-watch", f"Last confirmed on {day(confirmed)}", "watch")
    else:
        state = State("s-done", f"Confirmed on {day(confirmed)}", "good")
    today = clock.today()
    found = [(one, one.ends_on is None or one.ends_on > today)
             for one in permissions.own_interests(user)]  # fmt: skip
    return {
        "standing": [one for one, live in found if live],
        "ended": [one for one, live in found if not live],
        "state": state, "due": due, "form": forms.InterestForm(), "adding": False,
    }  # fmt: skip


@require_POST
def interest_add(request: HttpRequest) -> HttpResponse:
    """Put something on one's own page."""
    require("add_interest", permissions.register_verbs(request.user, request.user.acting_for))
    form = forms.InterestForm(request.POST)
    if not form.is_valid():
        return draw(request, "interests", **_own(request) | {"form": form, "adding": True})
    verbs.add_interest(**form.cleaned_data, by=request.user)
    messages.success(request, "It stands on your page.")
    return redirect("interests")


@require_POST
def interest_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it no longer holds."""
    found = get_object_or_404(
        permissions.own_interests(request.user).select_related("register__post"), pk=pk
    )
    verbs.end_interest(interest=found, by=request.user)
    messages.success(request, "It has ended today. It stays on your page as ended.")
    return redirect("interests")


@require_POST
def interests_confirm(request: HttpRequest) -> HttpResponse:
    """Say that one's page is right as it stands."""
    verbs.confirm_interests(by=request.user)
    messages.success(request, "Thank you. You are asked again in a year.")
    return redirect("interests")


@require_safe
def board_interests(request: HttpRequest, slug: str) -> HttpResponse:
    """The register of a board: each member, what they have declared, and when they confirmed it."""
    page = board_of(request, slug, "names")
    body, user = page["body"], request.user
    seated = permissions.registered_on(user, body).select_related(
        "post__user", "post__organisation", "seat"
    )  # fmt: skip
    private = permissions.reads_private(user, body)
    own = user.acting_for.pk if user.acting_for else None
    rows = {}
    for one in seated.order_by("seat__order", "pk"):
        shown = [
            row | {"hidden": row["private"] and not (private or one.post_id == own),
                   "kind": KINDS[row["kind"]]}
            for row in one.interests
        ]  # fmt: skip
        rows.setdefault(one.post_id, (one, shown))
    return draw(request, "board_interests", **page, rows=list(rows.values()), private=private)


@require_http_methods(["GET", "POST"])
def item_declare(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Declare an interest in a coming item."""
    keep_seats(request)
    visible = permissions.visible_items(request.user).select_related("body", "meeting__body")
    found = get_object_or_404(visible, pk=item, meeting=pk)
    if not permissions.may_declare_ahead(request.user, found):
        raise Refused("declare_interest")
    form = forms.DeclareForm(typed(request))
    if form.is_valid():
        del request.user.seats_now
        verbs.declare_ahead(item=found, **form.cleaned_data, by=request.user)
        messages.success(request, "It is declared. The chair says what follows from it.")
        return redirect(found)
    crumbs = [("Boards", reverse("boards")), (found.title, found.get_absolute_url())]
    return deed(
        request, "Declare an interest", form, "Declare it", crumbs=crumbs,
        intro=f"In: {found.title}",
    )  # fmt: skip
