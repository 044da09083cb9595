"""Pages for what comes onto an agenda, in which order, and what was proposed for one."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core.access import require
from saidanddone.core.numbers import reordered
from saidanddone.governance import forms, permissions, states, verbs
from saidanddone.governance.models import AgendaItem, Meeting
from saidanddone.governance.models.agenda import Numbered, numbered
from saidanddone.governance.views.shared import crumbs_to, deed, done_already, draw, typed

A_PAGE = 20


@require_http_methods(["GET", "POST"])
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an item on the agenda."""
    found = _meeting(request, pk)
    if done_already(request, found, "add_agenda_item"):
        return redirect(found)
    require("add_agenda_item", permissions.meeting_verbs(request.user, found))
    kind = request.GET.get("kind", AgendaItem.Kind.DISCUSSION)
    late = found.state == states.PUBLISHED
    form = forms.ItemForm(typed(request), user=request.user, late=late, initial={"kind": kind})
    if not permissions.is_clerk(request.user):
        form.only_voices()
    if form.is_valid():
        verbs.add_agenda_item(meeting=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return deed(request, "Add an item", form, "Add it to the agenda", crumbs=_crumbs(found))


@require_http_methods(["GET", "POST"])
def item_change(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Change an item on the agenda."""
    found = _item(request, pk, item)
    if done_already(request, found, "change_item"):
        return redirect(found)
    require("change_item", permissions.item_verbs(request.user, found))
    form = forms.ItemForm(typed(request), user=request.user, item=found)
    if not permissions.is_clerk(request.user):
        form.only_plain_words()
    if form.is_valid():
        verbs.change_item(item=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return deed(request, "Change the item", form, "Save", crumbs=_crumbs(found.meeting))


@require_POST
def item_back(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Take an item off an agenda that is being planned."""
    found = _item(request, pk, item)
    verbs.put_item_back(item=found, by=request.user)
    messages.success(request, f"“{found.title}” is off this agenda and waits with the proposals.")
    return redirect("meeting", pk)


@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the agenda in order, by buttons or by dragging."""
    found = _meeting(request, pk)
    if done_already(request, found, "order_agenda"):
        return redirect(found)
    require("order_agenda", permissions.meeting_verbs(request.user, found))
    agenda = numbered(permissions.visible_items(request.user).filter(meeting=pk))
    if request.method == "POST":
        wanted = reordered([item.pk for _, item in agenda], request.POST)
        verbs.order_agenda(meeting=found, order=wanted, by=request.user)
        moved = request.POST.get("move", "")
        return redirect(
            f"{reverse('agenda-order', args=[pk])}{'?moved=' + quote(moved) if moved else ''}"
        )
    return draw(
        request, "order", meeting=found, rows=order_rows(agenda), crumbs=_crumbs(found),
        moved=request.GET.get("moved", ""),
    )  # fmt: skip


def order_rows(agenda: list[Numbered]) -> list[dict[str, Any]]:
    """Each item with how it can move: within its own part of the agenda only."""
    rows = []
    for at, (number, item) in enumerate(agenda):
        before = at > 0 and agenda[at - 1].item.restricted == item.restricted
        after = at + 1 < len(agenda) and agenda[at + 1].item.restricted == item.restricted
        hint = item.get_kind_display() + (". Stays at the end" if item.closing else "")
        rows.append(
            {"key": item.pk, "title": f"{number}. {item.title}", "hint": hint, "up": before,
             "down": after}
        )  # fmt: skip
    return rows


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What asks for a place on an agenda, the oldest first."""
    found = permissions.visible_items(request.user).filter(state=states.PROPOSED)
    ordered = found.select_related("body").order_by("proposed_at", "pk")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    rows = [(item, permissions.item_verbs(request.user, item)) for item in page]
    return draw(request, "proposals", page=page, rows=rows)


@require_http_methods(["GET", "POST"])
def proposal_accept(request: HttpRequest, item: int) -> HttpResponse:
    """Put a proposal on an agenda."""
    found = _proposal(request, item)
    if done_already(request, found, "accept_item"):
        return redirect(found)
    require("accept_item", permissions.item_verbs(request.user, found))
    chosen = {"meeting": request.GET.get("meeting")}
    form = forms.AcceptForm(typed(request), user=request.user, body=found.body, initial=chosen)
    if form.is_valid():
        verbs.accept_item(item=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    choices = form.fields["meeting"].queryset.exists()
    return deed(
        request, f"Put on an agenda: {found.title}", form if choices else None,
        "Put it on this agenda", crumbs=_proposed(), warning="" if choices else
        f"No meeting of {found.body.name} is planned. Plan one first, then come back.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def proposal_decline(request: HttpRequest, item: int) -> HttpResponse:
    """Not take a proposal, with the reason."""
    found = _proposal(request, item)
    if done_already(request, found, "decline_item"):
        return redirect("proposals")
    require("decline_item", permissions.item_verbs(request.user, found))
    form = forms.ReasonForm(typed(request), label="Why does it not go on an agenda?")
    if form.is_valid():
        verbs.decline_item(item=found, **form.cleaned_data, by=request.user)
        return redirect("proposals")
    return deed(
        request, f"Not take: {found.title}", form, "Not take it", crumbs=_proposed(), grave=True
    )


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a place on a body's agenda."""
    body = get_object_or_404(permissions.visible_bodies(request.user), slug=slug)
    require("propose_item", permissions.body_verbs(request.user, body))
    form = forms.ProposeForm(typed(request))
    if form.is_valid():
        verbs.propose_item(body=body, origin_path="", **form.cleaned_data, by=request.user)
        messages.success(request, "The clerk has it and will place it or tell you why not.")
        return redirect(body)
    return deed(request, "Propose an item", form, "Propose it", crumbs=crumbs_to(body))


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    visible = permissions.visible_meetings(request.user).select_related("body")
    return get_object_or_404(visible, pk=pk)


def _item(request: HttpRequest, pk: int, item: int) -> AgendaItem:
    visible = permissions.visible_items(request.user).select_related("body", "meeting__body")
    return get_object_or_404(visible, pk=item, meeting=pk)


def _proposal(request: HttpRequest, item: int) -> AgendaItem:
    return get_object_or_404(
        permissions.visible_items(request.user).select_related("body", "meeting"), pk=item
    )


def _crumbs(found: Meeting) -> list[tuple[str, str]]:
    return crumbs_to(found.body, ("Meeting", found.get_absolute_url()))


def _proposed() -> list[tuple[str, str]]:
    return [("Boards", reverse("boards")), ("Proposals", reverse("proposals"))]
