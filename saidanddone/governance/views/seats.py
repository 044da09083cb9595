"""Pages of a board's seats and those who sit in them, for the clerk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core.access import require
from saidanddone.governance import forms, permissions, verbs
from saidanddone.governance.models import Body
from saidanddone.governance.views.shared import crumbs_to, deed, draw, typed


@require_safe
def seats(request: HttpRequest, slug: str) -> HttpResponse:
    """Every seat with who sits there, and the way to change it."""
    body = _body(request, slug, "appoint")
    found = permissions.visible_seats(request.user, body).with_holders()
    return draw(request, "seats", body=body, seats=list(found), crumbs=crumbs_to(body))


@require_http_methods(["GET", "POST"])
def seat_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a seat."""
    body = _body(request, slug, "add_seat")
    form = forms.SeatForm(typed(request), user=request.user)
    if form.is_valid():
        verbs.add_seat(body=body, **form.cleaned_data, by=request.user)
        return redirect("seats", slug)
    crumbs = crumbs_to(body, ("Seats", reverse("seats", args=[slug])))
    return deed(request, "Add a seat", form, "Add the seat", crumbs=crumbs)


@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put somebody in a seat."""
    body = _body(request, slug, "appoint")
    seat = get_object_or_404(permissions.visible_seats(request.user, body), pk=pk)
    form = forms.AppointForm(typed(request), user=request.user)
    if form.is_valid():
        verbs.appoint(seat=seat, **form.cleaned_data, by=request.user)
        return redirect("seats", slug)
    crumbs = crumbs_to(body, ("Seats", reverse("seats", args=[slug])))
    return deed(request, f"Who sits here: {seat.title}", form, "Appoint them", crumbs=crumbs)


@require_http_methods(["GET", "POST"])
def seat_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a seat, or let it go."""
    body = _body(request, slug, "change_seat")
    seat = get_object_or_404(permissions.visible_seats(request.user, body), pk=pk)
    form = forms.SeatForm(typed(request), user=request.user, seat=seat)
    if form.is_valid():
        verbs.change_seat(seat=seat, **form.cleaned_data, by=request.user)
        return redirect("seats", slug)
    crumbs = crumbs_to(body, ("Seats", reverse("seats", args=[slug])))
    return deed(request, f"Change the seat: {seat.title}", form, "Save", crumbs=crumbs)


@require_POST
def appointment_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let somebody leave their seat."""
    body = _body(request, slug, "end_appointment")
    appointment = get_object_or_404(permissions.visible_appointments(request.user, body), pk=pk)
    verbs.end_appointment(appointment=appointment, by=request.user)
    return redirect("seats", slug)


def _body(request: HttpRequest, slug: str, verb: str) -> Body:
    body = get_object_or_404(permissions.visible_bodies(request.user), slug=slug)
    require(verb, permissions.body_verbs(request.user, body))
    return body
