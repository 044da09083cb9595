"""Pages of what a group sends up to the body above, and of the answer on its way back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core.access import require
from saidanddone.governance import forms, permissions, verbs
from saidanddone.governance.models import Escalation
from saidanddone.governance.views.boarding import ESCALATED
from saidanddone.governance.views.shared import crumbs_to, deed, done_already, draw, typed


@require_safe
def escalation(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole way: the question, where it went, the answer, and where that came back."""
    found = _escalation(request, pk)
    visible = permissions.visible_items(request.user)
    three = (found.source_item_id, found.board_item_id, found.answer_item_id)
    shown = {item.pk: item for item in visible.filter(pk__in=three).select_related("meeting")}
    return draw(
        request, "escalation", escalation=found, state=ESCALATED[found.state], shown=shown,
        can=permissions.escalation_verbs(request.user, found),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def item_escalate(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Ask the body above what this one cannot settle."""
    visible = permissions.visible_items(request.user)
    found = get_object_or_404(
        visible.select_related("body__parent", "meeting"), pk=item, meeting=pk
    )
    may = permissions.may_escalate(request.user, found)
    require("escalate_item", {"escalate_item"} if may else set())
    form = forms.EscalateForm(typed(request))
    if form.is_valid():
        sent = verbs.escalate_item(item=found, **form.cleaned_data, by=request.user)
        messages.success(
            request, "It is sent up. The answer comes onto your next agenda by itself."
        )
        return redirect(sent)
    crumbs = crumbs_to(found.body, (found.title, found.get_absolute_url()))
    return deed(
        request, f"Ask {found.body.parent.name}", form, "Send it up", crumbs=crumbs,
        intro=f"About: {found.title}",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def escalation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the body above answered."""
    found = _escalation(request, pk)
    if done_already(request, found, "answer_escalation"):
        return redirect(found)
    require("answer_escalation", permissions.escalation_verbs(request.user, found))
    form = forms.UpAnswerForm(typed(request))
    if form.is_valid():
        verbs.answer_escalation(escalation=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return deed(
        request, "Record the answer", form, "Keep the answer", crumbs=_crumbs(found),
        intro=found.question,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def escalation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the question back."""
    found = _escalation(request, pk)
    if done_already(request, found, "withdraw_escalation"):
        return redirect(found)
    require("withdraw_escalation", permissions.escalation_verbs(request.user, found))
    form = forms.ReasonForm(typed(request), label="Why do you take it back?")
    if form.is_valid():
        verbs.withdraw_escalation(escalation=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return deed(
        request, "Take the question back", form, "Take it back", crumbs=_crumbs(found), grave=True,
        intro=found.question,
    )  # fmt: skip


def _escalation(request: HttpRequest, pk: int) -> Escalation:
    visible = permissions.visible_escalations(request.user).select_related(
        "source_item__body", "source_item__meeting", "to_body", "raised_by",
        "board_item__meeting", "answer_item__meeting",
    )  # fmt: skip
    return get_object_or_404(visible, pk=pk)


def _crumbs(found: Escalation) -> list[tuple[str, str]]:
    return crumbs_to(found.source_item.body, ("What was sent up", found.get_absolute_url()))
