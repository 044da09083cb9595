"""Who is at a meeting: the sheet, those who stand in, the quorum, and what the chair says."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from saidanddone.core.access import require
from saidanddone.governance import forms, permissions, verbs
from saidanddone.governance.models import Appointment, Meeting
from saidanddone.governance.models.quorum import as_a_sheet, with_added
from saidanddone.governance.views.minuting import back_to, in_place, quorum_part
from saidanddone.governance.views.shared import crumbs_to, deed, draw, typed


@require_POST
def attendance_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was changed on the sheet; the quorum is told anew."""
    meeting = _kept(request, pk, "mark_attendance")
    form = forms.SheetForm(request.POST, seats=_seats(request, meeting))
    if not form.is_valid():
        return deed(request, "Who is here", form, "Save", crumbs=_crumbs(meeting), status=422)
    marks = [
        verbs.Mark(seat, Appointment(pk=who) if who else None, how, count)
        for seat, who, how, count in form.changes()
    ]
    if marks:
        verbs.mark_attendance(meeting=meeting, marks=marks, by=request.user)
    if not in_place(request):
        return back_to(pk)
    part = quorum_part(meeting, _seats(request, meeting))
    return draw(request, "_quorum", meeting=meeting, body=meeting.body, **part)


@require_http_methods(["GET", "POST"])
def attendee_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add somebody who is not on the list."""
    meeting = _kept(request, pk, "add_attendee")
    form = forms.AttendeeForm(typed(request), seats=_seats(request, meeting))
    if request.method == "POST" and form.is_valid():
        verbs.add_attendee(meeting=meeting, **form.cleaned_data, by=request.user)
        return back_to(pk)
    return deed(
        request, "Add somebody who is here", form, "Add them", crumbs=_crumbs(meeting),
        intro="Somebody who stands in for a seat today, or a guest.",
    )  # fmt: skip


@require_POST
def attendee_remove(request: HttpRequest, pk: int, attendee: int) -> HttpResponse:
    """Take somebody off who was added by mistake."""
    _kept(request, pk, "remove_attendee")
    rows = permissions.visible_attendance(request.user).select_related("meeting__minutes")
    found = get_object_or_404(rows.exclude(named=""), pk=attendee, meeting=pk)
    verbs.remove_attendee(attendance=found, by=request.user)
    return back_to(pk)


@require_http_methods(["GET", "POST"])
def quorum_declare(request: HttpRequest, pk: int) -> HttpResponse:
    """What the chair declares: whether enough are here."""
    meeting = _kept(request, pk, "declare_quorum")
    form = forms.QuorumForm(typed(request))
    if request.method == "POST" and form.is_valid():
        verbs.declare_quorum(meeting=meeting, **form.cleaned_data, by=request.user)
        return back_to(pk)
    return deed(request, "The quorum", form, "Keep it", crumbs=_crumbs(meeting))


@require_POST
def interest_act(request: HttpRequest, pk: int, declaration: int) -> HttpResponse:
    """What the chair says to an interest that was declared."""
    _kept(request, pk, "act_on_interest")
    rows = permissions.visible_declarations(request.user).select_related("meeting__minutes")
    found = get_object_or_404(rows, pk=declaration, meeting=pk)
    form = forms.ActOnInterestForm(request.POST)
    if form.is_valid():
        verbs.act_on_interest(declaration=found, **form.cleaned_data, by=request.user)
    return back_to(pk, found.item_id)


def _kept(request: HttpRequest, pk: int, verb: str) -> Meeting:
    """The meeting, for those who may do this to it."""
    visible = permissions.visible_meetings(request.user).select_related("body", "minutes")
    found = get_object_or_404(with_added(visible), pk=pk)
    require(verb, permissions.minuting_verbs(request.user, found))
    return found


def _seats(request: HttpRequest, meeting: Meeting) -> list:
    return list(as_a_sheet(permissions.visible_seats(request.user, meeting.body), meeting))


def _crumbs(meeting: Meeting) -> list[tuple[str, str]]:
    here = reverse("minuting", args=[meeting.pk])
    return crumbs_to(meeting.body, ("Minutes", here))
