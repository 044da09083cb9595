"""The page of an agenda item, where it is minuted: decisions, actions, answers, and its end."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.pages import for_everyone
from saidanddone.governance import forms, permissions, verbs
from saidanddone.governance.models.agenda import Numbered, numbered, turns
from saidanddone.governance.views.craft import craft_of, with_craft
from saidanddone.governance.views.shared import (
    action_state,
    done_already,
    draw,
    keep_seats,
    meeting_state,
    typed,
)

Page = dict[str, Any]
MakeForm = Callable[[HttpRequest, Page], django_forms.Form]


def _act_form(request: HttpRequest, page: Page) -> django_forms.Form:
    return forms.AssignForm(typed(request), user=request.user, decisions=page["decided"])


def _decide_form(request: HttpRequest, page: Page) -> django_forms.Form:
    return forms.DecisionForm(typed(request))


def _answer_form(request: HttpRequest, page: Page) -> django_forms.Form:
    return forms.AnswerForm(typed(request), initial={"answer": page["item"].answer})


# Deed, its verb, its form; the first that is open to somebody is the one that the page offers.
DEEDS: dict[str, tuple[str, MakeForm]] = {
    "act": ("assign_action", _act_form),
    "decide": ("record_decision", _decide_form),
    "answer": ("note_answer", _answer_form),
}


@login_not_required
@for_everyone
@require_safe
def agenda_item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """One item: what it says, its papers, and what has been recorded."""
    page = item_page(request, pk, item)
    deed = next((name for name, (verb, _) in DEEDS.items() if verb in page["can"]), "")
    return draw(request, "item", **page, **_offered(request, page, deed))


def item_page(request: HttpRequest, pk: int, item: int) -> Page:
    """Everything that the page of an item shows this person."""
    keep_seats(request)
    user = request.user
    visible = permissions.visible_meetings(user).select_related("body", "minutes")
    meeting = get_object_or_404(permissions.with_minutes_out(user, visible), pk=pk)
    items = permissions.visible_items(user).filter(meeting=pk).select_related("lead__user", "cover")
    items = with_craft(user, items)
    agenda = numbered(items.with_papers(permissions.visible_papers(user).standing()))
    at = _place(agenda, item)
    found = agenda[at].item
    found.meeting = meeting
    found.body = meeting.body
    actions = permissions.visible_actions(user).filter(item=item).with_owner().order_by("pk")
    return {
        "meeting": meeting, "body": meeting.body, "agenda": agenda, "item": found,
        "number": agenda[at].number, "turns": turns(agenda, meeting.starts_at),
        "following": agenda[at + 1] if at + 1 < len(agenda) else None,
        "can": permissions.item_verbs(user, found), "state": meeting_state(meeting),
        "decided": list(permissions.visible_decisions(user).filter(item=item).order_by("pk")),
        "doing": [(one, action_state(one, clock.today())) for one in actions],
        "owed": False, **craft_of(request, found),
    }  # fmt: skip


def _place(agenda: list[Numbered], item: int) -> int:
    for at, one in enumerate(agenda):
        if one.item.pk == item:
            return at
    raise Http404


def _offered(request: HttpRequest, page: Page, deed: str) -> Page:
    """The one form that stands on the page; the others are a press away."""
    if not deed:
        return {"deed": "", "form": None}
    return {"deed": deed, "form": DEEDS[deed][1](request, page)}


def _written(
    request: HttpRequest, pk: int, item: int, deed: str, write: Callable[..., Any]
) -> HttpResponse:
    """The page with one deed's form; once it holds what it needs, the deed is done."""
    page = item_page(request, pk, item)
    verb, make = DEEDS[deed]
    found = page["item"]
    if done_already(request, found, verb):
        return redirect(found)
    require(verb, page["can"])
    form = make(request, page)
    if request.method == "POST" and form.is_valid():
        write(item=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return draw(request, "item", **page, deed=deed, form=form)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Give somebody something to do."""
    return _written(request, pk, item, "act", verbs.assign_action)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Record a decision."""
    return _written(request, pk, item, "decide", verbs.record_decision)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Write down the answer that was given to what children said."""
    return _written(request, pk, item, "answer", verbs.note_answer)


@require_POST
def end(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Close the item and go to the next."""
    page = item_page(request, pk, item)
    found = page["item"]
    if done_already(request, found, "end_item"):
        return redirect(found)
    try:
        verbs.end_item(item=found, by=request.user)
    except verbs.VoiceNotAnswered:
        deed = _offered(request, page, "decide")
        return draw(request, "item", 409, **page | {"owed": True} | deed)
    if page["following"]:
        return redirect(page["following"].item)
    return redirect(reverse("meeting", args=[pk]))
