"""After a session: how it was, what came of it, the certificate, and one's learning record."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core import limits
from saidanddone.core.access import require
from saidanddone.core.limits import Limit
from saidanddone.events import forms, permissions, prints, verbs
from saidanddone.events.models import Booking, Learning
from saidanddone.events.views.shared import (
    booking_crumbs,
    deed,
    draw,
    private,
    typed,
    with_booking,
)
from saidanddone.reference.models import partnership
from saidanddone.ui import errors

LINKS = Limit("learning-link", most=20, seconds=600)
PRINTS = Limit("certificate", most=30, seconds=600)
MOST = 500


@with_booking
@require_http_methods(["GET", "POST"])
def booking_evaluate(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Four short questions."""
    if "evaluate_session" not in permissions.booking_verbs(None, booking):
        return redirect(booking)
    form = forms.EvaluationForm(typed(request))
    if form.is_valid():
        verbs.evaluate_session(booking=booking, **form.cleaned_data, by=None)
        messages.success(request, "Thank you. That helps whoever plans the next one.")
        return redirect(booking)
    return deed(
        request, "How was it?", form, "Tell us", crumbs=booking_crumbs(booking),
        intro=f"{booking.session.title}. Your name is not shown with what you say.",
    )  # fmt: skip


@with_booking
@require_http_methods(["GET", "POST"])
def booking_impact(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Two questions, months later."""
    if "tell_impact" not in permissions.booking_verbs(None, booking):
        return redirect(booking)
    form = forms.ImpactForm(typed(request))
    if form.is_valid():
        verbs.tell_impact(booking=booking, **form.cleaned_data, by=None)
        messages.success(request, "Thank you. It stands on your learning record too.")
        return redirect(booking)
    said = booking.evaluation.differently if booking.evaluated else ""
    return deed(
        request, "What came of it?", form, "Tell us", crumbs=booking_crumbs(booking),
        intro=f"You wrote: “{said}”" if said else booking.session.title,
    )  # fmt: skip


@with_booking
@require_safe
def certificate(request: HttpRequest, booking: Booking) -> HttpResponse:
    """The certificate, once the rule is met."""
    if not permissions.earns_certificate(booking, partnership().certificate_share):
        raise Http404
    if not PRINTS.count(str(booking.pk)):
        return errors.too_many(request)
    response = HttpResponse(prints.certificate(booking), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificate-{booking.session.slug}.pdf"'
    return response


# ----------------------------------------------------------- one's record


@login_not_required
@require_http_methods(["GET", "POST"])
def my_learning(request: HttpRequest) -> HttpResponse:
    """One's learning record: signed in at once, otherwise by a link to one's address."""
    if request.user.is_authenticated:
        return private(_record(request, request.user.email, "/my-learning/table/"))
    form = forms.LinkForm(typed(request))
    if form.is_valid():
        if not LINKS.count(limits.address(request)):
            return errors.too_many(request)
        verbs.send_learning_link(email=form.cleaned_data["email"])
        return draw(request, "link_sent")
    return deed(
        request, "Your learning record", form, "Send me the link",
        crumbs=[("Sessions", "/sessions/")],
        intro="Every session that you came to, with its certificate, in one list for appraisal.",
    )  # fmt: skip


@with_booking
@require_safe
def booking_learning(request: HttpRequest, booking: Booking) -> HttpResponse:
    """The record of the address that a booking was made with, behind its link."""
    return _record(request, booking.email, f"{booking.get_absolute_url()}learning/table/")


def _record(request: HttpRequest, email: str, table: str) -> HttpResponse:
    bookings, learned = _of(email)
    there = [one for one in bookings if one.was_there]
    share = partnership().certificate_share
    minutes = sum(min(one.minutes or 0, one.session.minutes) for one in there)
    return draw(
        request, "learning", table=table, learned=learned,
        there=[(one, permissions.earns_certificate(one, share)) for one in there],
        coming=[one for one in bookings if one.is_live and not one.session.is_past],
        minutes=minutes + sum(one.minutes for one in learned),
    )  # fmt: skip


def _of(email: str) -> tuple[list[Booking], list[Learning]]:
    bookings = permissions.bookings_of(email)[:MOST]
    return list(bookings), list(permissions.learning_of(email)[:MOST])


@require_safe
def my_table(request: HttpRequest) -> HttpResponse:
    """One's record as a table."""
    return _table(*_of(request.user.email))


@with_booking
@require_safe
def booking_table(request: HttpRequest, booking: Booking) -> HttpResponse:
    """The same behind a booking's link."""
    return _table(*_of(booking.email))


def _table(bookings: Iterable[Booking], learned: Iterable[Learning]) -> HttpResponse:
    made = prints.learning_table(bookings, learned)
    # The mark at its beginning tells a spreadsheet that these are letters of every alphabet.
    response = HttpResponse(b"\xef\xbb\xbf" + made.encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-learning.csv"'
    return private(response)


@require_http_methods(["GET", "POST"])
def learning_add(request: HttpRequest) -> HttpResponse:
    """Add something that was learned elsewhere."""
    require("add_learning", {"add_learning"} if request.user.is_authenticated else set())
    form = forms.LearningForm(typed(request))
    if form.is_valid():
        told: dict[str, Any] = form.cleaned_data
        verbs.add_learning(email=request.user.email, **told, by=request.user)
        return redirect("my-learning")
    crumbs = [("My learning", "/my-learning/")]
    return deed(request, "Add what you learned elsewhere", form, "Add it", crumbs=crumbs)
