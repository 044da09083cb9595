"""Pages of meetings: a board's, one of them, planning it and closing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.pages import for_everyone
from saidanddone.governance import forms, permissions, states, verbs
from saidanddone.governance.models import AgendaItem, Meeting
from saidanddone.governance.models.agenda import Numbered, numbered, turns
from saidanddone.governance.models.minuting import with_named_there
from saidanddone.governance.views.shared import (
    action_state,
    crumbs_to,
    deed,
    done_already,
    draw,
    keep_seats,
    meeting_state,
    typed,
)

A_PAGE = 20
NEEDS_ANSWER = (
    "“%s” is still open. Children are owed a decision, an action or an answer before the meeting "
    "can be closed. If there was no time, record a decision to put it off, with the reason."
)


@login_not_required
@for_everyone
@require_safe
def board_meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """All meetings of a board that this person may know of, the latest first."""
    body = get_object_or_404(permissions.visible_bodies(request.user), slug=slug)
    found = permissions.visible_meetings(request.user).filter(body=body).order_by("-on", "-pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, meeting_state(one)) for one in page]
    return draw(request, "meetings", body=body, page=page, rows=rows)


@login_not_required
@for_everyone
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda, and as far as it has come, what was decided."""
    return draw(request, "meeting", **meeting_page(request, pk))


def meeting_page(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Everything that the page of a meeting shows this person."""
    keep_seats(request)
    user = request.user
    found = _with_pack(request, pk)
    items = permissions.visible_items(user).filter(meeting=pk).select_related("lead__user", "cover")
    papers = permissions.visible_papers(user).standing()
    agenda = numbered(items.with_papers(papers))
    decided = permissions.visible_decisions(user).filter(item__meeting=pk).order_by("pk")
    doing = permissions.visible_actions(user).filter(item__meeting=pk).with_owner()
    if found.state == states.PLANNED:  # nothing has come of it yet
        decided, doing = [], []
    return {
        "meeting": found, "body": found.body, "agenda": agenda, "state": meeting_state(found),
        "turns": turns(agenda, found.starts_at), **pack_of(user, found, agenda),
        "can": permissions.meeting_verbs(user, found),
        "seen": permissions.seen_of_body(user, found.body),
        "decided": _by_item(decided),
        "doing": _by_item(doing, lambda one: (one, action_state(one, clock.today()))),
        "heard": any(item.is_voice and item.wording for _, item in agenda),
        "writes": permissions.is_clerk(user) and permissions.is_drafted(found),
        "waiting": _waiting(request, found), "refused": False, "chairs": [],
        "excuse": forms.ReasonForm(label="Your reason"),
    }  # fmt: skip


def _waiting(request: HttpRequest, found: Meeting) -> list[AgendaItem]:
    """For the clerk: what asks for a place on this body's next agenda."""
    if found.state != states.PLANNED or not permissions.is_clerk(request.user):
        return []
    proposed = permissions.visible_items(request.user).filter(state=states.PROPOSED)
    return list(proposed.filter(body=found.body_id).order_by("proposed_at", "pk")[:10])


def _with_pack(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, with the newest pack that this person may know of."""
    user = request.user
    more = ("contents", "contents_closed") if permissions.is_clerk(user) else ()
    visible = permissions.visible_meetings(user).select_related("body", "minutes")
    known = permissions.with_minutes_out(user, visible)
    known = with_named_there(known, permissions.visible_attendance(user))
    return get_object_or_404(known.with_pack(permissions.visible_packs(user), *more), pk=pk)


def pack_of(user: Any, found: Meeting, agenda: list[Numbered]) -> dict[str, Any]:
    """Its pack as the page shows it, whether the last part is theirs, and what came since."""
    pack = found.pack[0] if found.pack else None
    made = pack is not None and pack["state"] == states.MADE
    return {
        "pack": pack, "news": news(pack, agenda) if made and permissions.is_clerk(user) else [],
        "closed_too": made and permissions.opens_closed_part(user, found),
    }  # fmt: skip


def news(pack: dict[str, Any], agenda: list[Numbered]) -> list[str]:
    """The titles of what stands on the agenda and not in the pack: it came late."""
    rows = [*pack["contents"], *pack["contents_closed"]]
    items = {row["item"] for row in rows}
    papers = {row["paper"] for row in rows}
    late = [item.title for _, item in agenda if item.pk not in items]
    return late + [
        file["title"]
        for _, item in agenda
        for file in item.files
        if item.pk in items and file["id"] not in papers
    ]


def _by_item(records: Any, shown: Any = lambda one: one) -> dict[int, list]:
    found: dict[int, list] = {}
    for record in records:
        found.setdefault(record.item_id, []).append(shown(record))
    return found


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    visible = permissions.visible_meetings(request.user).select_related("body")
    return get_object_or_404(visible, pk=pk)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan a meeting."""
    body = get_object_or_404(permissions.visible_bodies(request.user), slug=slug)
    require("plan_meeting", permissions.body_verbs(request.user, body))
    form = forms.MeetingForm(typed(request))
    if form.is_valid():
        return redirect(verbs.plan_meeting(body=body, **form.cleaned_data, by=request.user))
    return deed(request, "Plan a meeting", form, "Plan it", crumbs=crumbs_to(body))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change when and where it meets."""
    found = _meeting(request, pk)
    require("change_meeting", permissions.meeting_verbs(request.user, found))
    fields = forms.ChangeMeetingForm.base_fields
    form = forms.ChangeMeetingForm(
        typed(request),
        held=bool(found.source),
        initial={name: getattr(found, name) for name in fields},
    )
    if form.is_valid():
        verbs.change_meeting(meeting=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return deed(request, "Change the meeting", form, "Save", crumbs=_crumbs(found))


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the agenda out, unless no child is heard on it and nobody has said why."""
    found = _meeting(request, pk)
    if done_already(request, found, "publish_agenda"):
        return redirect(found)
    try:
        verbs.publish_agenda(meeting=found, by=request.user)
    except verbs.NoVoice:
        return _refused(request, pk)
    messages.success(
        request, "The agenda is out. Its pack is made now; then those who sit here are told."
    )
    return redirect(found)


@require_POST
def excuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair's reason why no child is heard this time."""
    found = _meeting(request, pk)
    if done_already(request, found, "excuse_missing_voice"):
        return redirect(found)
    form = forms.ReasonForm(request.POST, label="Your reason")
    require("excuse_missing_voice", permissions.meeting_verbs(request.user, found))
    if not form.is_valid():
        return _refused(request, pk, excuse=form)
    verbs.excuse_missing_voice(meeting=found, reason=form.cleaned_data["why"], by=request.user)
    messages.success(request, "Your reason is kept. It will stand on the agenda.")
    return redirect(found)


def _refused(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
    page = meeting_page(request, pk)
    seats = permissions.visible_seats(request.user, page["body"]).with_holders()
    chairs = [
        one["name"] or one["open_office"] or one["pseudonym"]
        for seat in seats for one in seat.holders if one["part"] == "chair"
    ]  # fmt: skip
    return draw(request, "meeting", 409, **page | {"refused": True, "chairs": chairs} | more)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes shut."""
    found = _meeting(request, pk)
    if done_already(request, found, "close_meeting"):
        return redirect(found)
    require("close_meeting", permissions.meeting_verbs(request.user, found))
    form, warning = forms.CloseForm(typed(request)), ""
    if request.method == "POST" and form.is_valid():
        try:
            verbs.close_meeting(meeting=found, **form.cleaned_data, by=request.user)
            return redirect(found)
        except verbs.VoiceNotAnswered as owed:
            warning = NEEDS_ANSWER % owed.item.title
    return deed(
        request, "Close the meeting", form, "Close it", crumbs=_crumbs(found), warning=warning,
        intro="Items that are still open end as noted. The minutes can be read from then on.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the meeting off."""
    found = _meeting(request, pk)
    if done_already(request, found, "cancel_meeting"):
        return redirect(found)
    require("cancel_meeting", permissions.meeting_verbs(request.user, found))
    form = forms.ReasonForm(typed(request), label="Why is it called off?")
    if form.is_valid():
        verbs.cancel_meeting(meeting=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    out = "Those who sit here are told. " if found.state == states.PUBLISHED else ""
    return deed(
        request, "Call the meeting off", form, "Call it off", crumbs=_crumbs(found), grave=True,
        intro=f"{out}What stands on its agenda goes back to the proposals and waits for the next.",
    )  # fmt: skip


def _crumbs(found: Meeting) -> list[tuple[str, str]]:
    return crumbs_to(found.body, ("Meeting", reverse("meeting", args=[found.pk])))
