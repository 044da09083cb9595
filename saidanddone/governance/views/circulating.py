"""The minutes as they read, and their way from the chair to the meeting that agrees them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.numbers import number
from saidanddone.core.pages import for_everyone
from saidanddone.governance import forms, permissions, states, verbs
from saidanddone.governance.models import AgendaItem, Correction, Meeting, Minutes
from saidanddone.governance.models.agenda import numbered
from saidanddone.governance.models.minuting import as_read
from saidanddone.governance.views.shared import (
    State,
    action_state,
    crumbs_to,
    deed,
    done_already,
    draw,
    keep_seats,
    typed,
)

ON_IT = (states.ON_AGENDA, states.ENDED)
NAMES_OF_KINDS = {
    "pecuniary": "money or property", "non_pecuniary": "other than money",
    "indirect": "through somebody close",
}  # fmt: skip


# ------------------------------------------------------------------ reading


@login_not_required
@for_everyone
@require_safe
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes of a meeting, for whoever may read them as far as they have come."""
    return draw(request, "minutes", **minutes_page(request, pk))


def minutes_page(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What the page shows this person: the text of items that they may see, and no other."""
    keep_seats(request)
    user = request.user
    found = _as_read(request, pk)
    meeting = found.meeting
    items = permissions.visible_items(user).filter(meeting=pk, state__in=ON_IT)
    declared = permissions.visible_declarations(user)
    texts = permissions.visible_texts(user)
    decided = permissions.visible_decisions(user).filter(item__meeting=pk).order_by("pk")
    doing = permissions.visible_actions(user).filter(item__meeting=pk).with_owner()
    return {
        "minutes": found, "meeting": meeting, "body": meeting.body, "state": minutes_state(found),
        "agenda": numbered(items.with_kept(texts, declared)), "decided": _by_item(decided),
        "doing": _by_item(doing, lambda one: (one, action_state(one, clock.today()))),
        "can": permissions.minutes_verbs(user, found),
        "seen": permissions.seen_of_body(user, meeting.body), "kinds": NAMES_OF_KINDS,
        "private": permissions.reads_private(user, meeting.body), "blocked": "",
        "writes": permissions.is_clerk(user) and permissions.is_drafted(meeting),
    }  # fmt: skip


def _as_read(request: HttpRequest, pk: int) -> Minutes:
    """The minutes with who was there and what was asked for, as far as this person may know."""
    user = request.user
    read = as_read(
        permissions.visible_minutes(user), permissions.visible_attendance(user),
        permissions.visible_corrections(user),
    )  # fmt: skip
    found = get_object_or_404(read, meeting=pk)
    found.asked = found.asked or []
    return found


def minutes_state(found: Minutes) -> State:
    """How far the minutes have come."""
    if found.meeting.source:
        return State("s-done", found.meeting.source)
    return {
        states.DRAFT: State("s-idle", "Draft, with the chair"),
        states.CHECKED: State("s-with", "Checked by the chair", "info"),
        states.CIRCULATED: State("s-with", "Not agreed yet", "watch"),
        states.APPROVED: State("s-done", "Agreed", "good"),
    }[found.state]


def _by_item(records: Any, shown: Any = lambda one: one) -> dict[int, list]:
    found: dict[int, list] = {}
    for record in records:
        found.setdefault(record.item_id, []).append(shown(record))
    return found


@login_not_required
@require_safe
def minutes_pdf(request: HttpRequest, pk: int) -> FileResponse:
    """The open minutes as a PDF, as they were last circulated or agreed."""
    found = get_object_or_404(
        permissions.visible_minutes(request.user).select_related("meeting__body"), meeting=pk
    )
    if not found.printed:
        raise Http404
    name = f"minutes-{found.meeting.body.slug}-{found.meeting.on or pk}.pdf"
    return FileResponse(found.printed.open("rb"), filename=name, content_type="application/pdf")


# ------------------------------------------------------------------ their way


@require_POST
def minutes_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair says that this is what happened."""
    found = _minutes(request, pk)
    if done_already(request, found, "check_minutes"):
        return redirect(found)
    try:
        verbs.check_minutes(minutes=found, by=request.user)
    except verbs.TextsWait:
        page = minutes_page(request, pk)
        return draw(request, "minutes", 409, **page | {"blocked": "texts"})
    messages.success(request, "Kept. The clerk can circulate them now.")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def minutes_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what has to be put right first."""
    found = _minutes(request, pk)
    if done_already(request, found, "return_minutes"):
        return redirect(found)
    require("return_minutes", permissions.minutes_verbs(request.user, found))
    form = forms.ReasonForm(typed(request), label="What has to be put right?")
    if form.is_valid():
        verbs.return_minutes(minutes=found, **form.cleaned_data, by=request.user)
        messages.success(request, "The clerk has been told.")
        return redirect(found)
    return deed(request, "Ask for changes first", form, "Send them back", crumbs=_crumbs(found))


@require_POST
def minutes_circulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Send them to those who sit there, and show them to everybody."""
    found = _minutes(request, pk)
    if done_already(request, found, "circulate_minutes"):
        return redirect(found)
    verbs.circulate_minutes(minutes=found, by=request.user)
    messages.success(request, "Circulated. Those who sit here have been told.")
    return redirect(found)


@require_http_methods(["GET", "POST"])
def minutes_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for something to be put right, at an item or in general."""
    found = _minutes(request, pk)
    if done_already(request, found, "propose_correction"):
        return redirect(found)
    require("propose_correction", permissions.minutes_verbs(request.user, found))
    item = _item(request, pk, request.GET.get("item", ""))
    form = forms.CorrectionForm(typed(request))
    if form.is_valid():
        verbs.propose_correction(minutes=found, item=item, **form.cleaned_data, by=request.user)
        messages.success(request, "Kept. The clerk puts it right, or says why not.")
        return redirect(found)
    title = f"Something is wrong at “{item.title}”" if item else "Something is wrong"
    return deed(request, title, form, "Ask for it", crumbs=_crumbs(found))


@require_http_methods(["GET", "POST"])
def correction_make(request: HttpRequest, pk: int, correction: int) -> HttpResponse:
    """Put right what a member asked for."""
    found = _correction(request, pk, correction)
    require("make_correction", permissions.correction_verbs(request.user, found))
    form = forms.MakeCorrectionForm(typed(request), correction=found)
    if form.is_valid():
        try:
            verbs.make_correction(correction=found, **form.cleaned_data, by=request.user)
        except verbs.Overtaken:
            form.add_error(None, "The minute changed meanwhile. Open this page again.")
        else:
            return redirect(found.minutes)
    return deed(
        request, "Put it right", form, "Save the correction", crumbs=_crumbs(found.minutes),
        intro=f"Asked for: {found.text}",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def correction_refuse(request: HttpRequest, pk: int, correction: int) -> HttpResponse:
    """Leave it as it is, with the reason."""
    found = _correction(request, pk, correction)
    require("refuse_correction", permissions.correction_verbs(request.user, found))
    form = forms.ReasonForm(typed(request), label="Why does it stay as it is?")
    if form.is_valid():
        answer = form.cleaned_data["why"]
        verbs.refuse_correction(correction=found, answer=answer, by=request.user)
        return redirect(found.minutes)
    return deed(
        request, "Leave it as it is", form, "Leave it", crumbs=_crumbs(found.minutes),
        intro=f"Asked for: {found.text}",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def minutes_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Take down that a later meeting agreed them; from then on they are locked."""
    found = _minutes(request, pk)
    if done_already(request, found, "approve_minutes"):
        return redirect(found)
    require("approve_minutes", permissions.minutes_verbs(request.user, found))
    later = _later(request, found)
    form = forms.ApproveForm(typed(request), meetings=later, initial={"at": request.GET.get("at")})
    warning = "" if later else "No later meeting of this body is being held or minuted."
    if form.is_valid():
        try:
            verbs.approve_minutes(minutes=found, **form.cleaned_data, by=request.user)
            return redirect(found)
        except verbs.CorrectionsWait:
            warning = "Somebody asked for a correction and has no answer yet. Settle it first."
    return deed(
        request, "Were the minutes agreed?", form if later else None, "They were agreed: lock them",
        crumbs=_crumbs(found), warning=warning,
        intro="After this nothing in them can be changed, by anybody.",
    )  # fmt: skip


# ------------------------------------------------------------------ finding


def _minutes(request: HttpRequest, pk: int) -> Minutes:
    visible = permissions.visible_minutes(request.user).select_related("meeting__body")
    return get_object_or_404(visible, meeting=pk)


def _correction(request: HttpRequest, pk: int, correction: int) -> Correction:
    visible = permissions.visible_corrections(request.user)
    related = visible.select_related("minutes__meeting__body", "item")
    return get_object_or_404(related, pk=correction, minutes__meeting=pk)


def _item(request: HttpRequest, pk: int, asked: str) -> AgendaItem | None:
    if not asked:
        return None
    visible = permissions.visible_items(request.user)
    return get_object_or_404(visible, pk=number(asked), meeting=pk)


def _later(request: HttpRequest, found: Minutes) -> list[Meeting]:
    """Meetings that can agree them."""
    held = permissions.visible_meetings(request.user).filter(
        body=found.meeting.body_id, on__lte=clock.today(),
        state__in=[states.PUBLISHED, states.MINUTED],
    )  # fmt: skip
    held = held.select_related("minutes").order_by("-on", "-pk")[:20]
    return [one for one in held if verbs.may_agree(found, one)]


def _crumbs(found: Minutes) -> list[tuple[str, str]]:
    return crumbs_to(
        found.meeting.body, ("Meeting", found.meeting.get_absolute_url()),
        ("Minutes", found.get_absolute_url()),
    )  # fmt: skip
