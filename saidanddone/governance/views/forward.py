"""Pages of the forward plan: of one board, of all, and keeping it."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.pages import for_everyone
from saidanddone.governance import forms, permissions, states, verbs
from saidanddone.governance.models import AgendaItem, ForwardItem, Meeting
from saidanddone.governance.views.boarding import board_of
from saidanddone.governance.views.shared import crumbs_to, deed, done_already, draw, typed

NEXT = 4  # meetings of each body that the plan shows
SHOWN_KINDS = (AgendaItem.Kind.DECISION, AgendaItem.Kind.DISCUSSION, AgendaItem.Kind.VOICE)


class Ahead(NamedTuple):
    """A meeting to come, with what is foretold for it and what stands on its agenda already."""

    meeting: Meeting | None
    rows: list[dict[str, Any]]


@login_not_required
@for_everyone
@require_safe
def forward_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """What a board will consider at its next meetings, and later."""
    page = board_of(request, slug, "meetings")
    plan = planned(request, [page["body"].pk])
    can = permissions.forward_verbs(request.user, None)
    return draw(request, "forward_plan", **page, ahead=plan.get(page["body"].pk, []), may=can)


@login_not_required
@for_everyone
@require_safe
def forward_plans(request: HttpRequest) -> HttpResponse:
    """What all boards will consider, board by board."""
    bodies = list(permissions.visible_bodies(request.user).current().order_by("name"))
    plan = planned(request, [body.pk for body in bodies])
    rows = [(body, plan[body.pk]) for body in bodies if plan.get(body.pk)]
    return draw(request, "forward_plans", boards=rows)


def planned(request: HttpRequest, bodies: list[int]) -> dict[int, list[Ahead]]:
    """Each body's next meetings, in two queries; what has no meeting yet comes last.

    A meeting whose agenda is not out stands there by its day once something is foretold for it.
    """
    user = request.user
    items = permissions.visible_items(user).filter(kind__in=SHOWN_KINDS, foretold__isnull=True)
    meetings = permissions.visible_meetings(user).to_come().filter(body__in=bodies)
    known = list(meetings.with_agenda(items))
    opens = permissions.visible_items(user).filter(pk=OuterRef("item"))
    foretold = permissions.visible_forward(user).in_plan().filter(body__in=bodies)
    told = list(
        foretold.annotate(opens=Exists(opens)).select_related(
            "lead__user", "lead__organisation", "meeting"
        )
    )
    return {body: _of_body(body, known, told) for body in bodies}


def _of_body(body: int, known: list[Meeting], told: list[ForwardItem]) -> list[Ahead]:
    mine = [one for one in told if one.body_id == body]
    by_key = {one.meeting_id: one.meeting for one in mine if _is_to_come(one.meeting)}
    by_key |= {meeting.pk: meeting for meeting in known if meeting.body_id == body}
    coming = sorted(by_key.values(), key=lambda meeting: (meeting.on, meeting.pk))[:NEXT]
    shown = {meeting.pk for meeting in coming}
    ahead = [
        Ahead(
            meeting, [_foretold(one) for one in mine if one.meeting_id == meeting.pk]
            + _on_agenda(meeting),
        )
        for meeting in coming
    ]  # fmt: skip
    later = [one for one in mine if one.state == states.AHEAD and one.meeting_id not in shown]
    return ahead + ([Ahead(None, [_foretold(one) for one in later])] if later else [])


def _is_to_come(meeting: Meeting | None) -> bool:
    return (
        meeting is not None
        and meeting.on is not None
        and meeting.on >= clock.today()
        and meeting.state in {states.PLANNED, states.PUBLISHED}
    )


def _foretold(one: ForwardItem) -> dict[str, Any]:
    return {
        "title": one.title, "told": one, "voice": one.kind == AgendaItem.Kind.VOICE,
        "closed": one.restricted, "kind": one.get_kind_display(),
        "href": reverse("agenda-item", args=[one.meeting_id, one.item_id]) if one.opens else "",
    }  # fmt: skip


def _on_agenda(meeting: Meeting) -> list[dict[str, Any]]:
    kinds = dict(AgendaItem.Kind.choices)
    return [
        {
            "title": row["title"], "told": None, "closed": row["closed"],
            "voice": row["kind"] == AgendaItem.Kind.VOICE and row["spoken"],
            "kind": kinds[row["kind"]], "href": reverse("agenda-item", args=[meeting.pk, row["id"]]),
        }
        for row in getattr(meeting, "shown", [])
        if row["kind"] != AgendaItem.Kind.VOICE or row["spoken"]
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
def forward_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Say ahead what a board will consider."""
    body = board_of(request, slug)["body"]
    require("add_forward_item", permissions.forward_verbs(request.user, None))
    form = forms.ForwardForm(
        typed(request), user=request.user, body=body,
        initial={"meeting": request.GET.get("meeting")},
    )  # fmt: skip
    if form.is_valid():
        verbs.add_forward_item(body=body, **form.cleaned_data, by=request.user)
        return redirect("forward-plan", slug)
    crumbs = crumbs_to(body, ("Forward plan", reverse("forward-plan", args=[slug])))
    return deed(request, "Add to the forward plan", form, "Add it", crumbs=crumbs)


@require_http_methods(["GET", "POST"])
def forward_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is foretold, or when."""
    found = _item(request, pk)
    if done_already(request, found, "change_forward_item"):
        return redirect("forward-plan", found.body.slug)
    require("change_forward_item", permissions.forward_verbs(request.user, found))
    form = forms.ForwardForm(typed(request), user=request.user, body=found.body, item=found)
    if form.is_valid():
        verbs.change_forward_item(item=found, **form.cleaned_data, by=request.user)
        return redirect("forward-plan", found.body.slug)
    return deed(request, "Change what is planned", form, "Save", crumbs=_crumbs(found))


@require_http_methods(["GET", "POST"])
def forward_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take something off the plan."""
    found = _item(request, pk)
    if done_already(request, found, "drop_forward_item"):
        return redirect("forward-plan", found.body.slug)
    require("drop_forward_item", permissions.forward_verbs(request.user, found))
    form = forms.ReasonForm(typed(request), label="Why does it come off the plan?")
    if form.is_valid():
        verbs.drop_forward_item(item=found, **form.cleaned_data, by=request.user)
        return redirect("forward-plan", found.body.slug)
    return deed(
        request, "Take it off the plan", form, "Take it off", crumbs=_crumbs(found), grave=True,
        intro=found.title,
    )  # fmt: skip


@require_POST
def forward_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it on the agenda of its meeting now."""
    found = _item(request, pk)
    if done_already(request, found, "take_forward_item"):
        return redirect("forward-plan", found.body.slug)
    require("take_forward_item", permissions.forward_verbs(request.user, found))
    if found.meeting is None:
        messages.info(request, "Choose its meeting first.")
        return redirect("forward-change", pk)
    if found.kind == AgendaItem.Kind.VOICE:
        messages.info(request, "This one carries what children say. Bring their words with it.")
        return redirect(f"{reverse('item-add', args=[found.meeting_id])}?kind=voice")
    return redirect(verbs.take_forward_item(item=found, meeting=found.meeting, by=request.user))


def _item(request: HttpRequest, pk: int) -> ForwardItem:
    visible = permissions.visible_forward(request.user).select_related("body", "meeting", "lead")
    return get_object_or_404(visible, pk=pk)


def _crumbs(found: ForwardItem) -> list[tuple[str, str]]:
    plan = reverse("forward-plan", args=[found.body.slug])
    return crumbs_to(found.body, ("Forward plan", plan))
