"""The clerk's one page while a body meets: who is here, what is said, what comes of each item."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms as django_forms
from django.contrib import messages
from django.db.models import OuterRef
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.governance import forms, permissions, states, verbs
from saidanddone.governance.models import AgendaItem, Body, Meeting, MinuteText
from saidanddone.governance.models.agenda import numbered
from saidanddone.governance.models.minuting import with_minutes_to_agree
from saidanddone.governance.models.quorum import as_a_sheet, came_for, count_quorum, with_added
from saidanddone.governance.verbs.minutes import NOT_DECIDED
from saidanddone.governance.views.shared import action_state, draw, typed
from saidanddone.people.models import Post
from saidanddone.ui.filters import clocktime

Page = dict[str, Any]
ON_IT = (states.ON_AGENDA, states.ENDED)
BOTH_KEPT = (
    "Somebody else saved other words for this item meanwhile. Both are kept, side by side: say "
    "which it is."
)
CLOSED = "These minutes have gone to the chair or beyond: your words were not saved there."


class Line(NamedTuple):
    """One item on the page: its number, what can be done, and what has come of it."""

    number: str
    item: AgendaItem
    can: set[str]
    decided: list
    doing: list


# ------------------------------------------------------------------ the page


@require_safe
def minuting(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as it stands."""
    meeting = _meeting(request, pk)
    if permissions.is_clerk(request.user) and not permissions.is_drafted(meeting):
        return redirect(meeting)
    return draw(request, "minuting", **minuting_page(request, meeting))


def minuting_page(request: HttpRequest, meeting: Meeting) -> Page:
    """Everything on the page, in five questions to the database."""
    user = request.user
    can = permissions.minuting_verbs(user, meeting)
    require("mark_attendance", can)
    seats = list(as_a_sheet(permissions.visible_seats(user, meeting.body), meeting))
    quorum = quorum_part(meeting, seats)
    return {
        "meeting": meeting, "body": meeting.body, "seats": seats, "can": can,
        "sheet": forms.SheetForm(seats=seats), "lines": _lines(request, meeting, can),
        "quorum_form": _quorum_form(meeting), "opened": None, "deed": "", "form": None,
        "owed": None, "waiting": _minutes_to_agree(meeting), **quorum,
    }  # fmt: skip


def quorum_part(meeting: Meeting, seats: list) -> Page:
    """What the page says about the quorum."""
    came = came_for(seats, meeting.added)
    quorum = count_quorum(meeting.body, seats, came)
    anybody = any(came.values()) or any(one["how"] for seat in seats for one in seat.people)
    task = meeting.body.kind == Body.Kind.TASK
    decides = quorum.enough or not anybody if meeting.quorate is None else meeting.quorate
    return {"quorum": quorum, "anybody": anybody, "task": task, "decides": decides and not task}


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    visible = permissions.visible_meetings(request.user).select_related("body", "minutes")
    waiting = permissions.visible_minutes(request.user).filter(
        state=states.CIRCULATED, meeting__body=OuterRef("body"), meeting__source=""
    )
    return get_object_or_404(with_minutes_to_agree(with_added(visible), waiting), pk=pk)


def _lines(request: HttpRequest, meeting: Meeting, can: set[str]) -> list[Line]:
    user = request.user
    items = permissions.visible_items(user).filter(meeting=meeting.pk, state__in=ON_IT)
    kept = items.with_kept(permissions.visible_texts(user), permissions.visible_declarations(user))
    decided = _by_item(
        permissions.visible_decisions(user).filter(item__meeting=meeting.pk).order_by("pk")
    )
    doing = _by_item(
        permissions.visible_actions(user).filter(item__meeting=meeting.pk).with_owner()
    )
    lines = []
    for number, item in numbered(kept):
        item.meeting, item.body = meeting, meeting.body
        for text in item.texts:
            text["at"] = datetime.fromisoformat(text["at"])
        actions = [(one, action_state(one, clock.today())) for one in doing.get(item.pk, [])]
        verbs_open = permissions.item_verbs(user, item) | (can & {"declare_interest"})
        lines.append(Line(number, item, verbs_open, decided.get(item.pk, []), actions))
    return lines


def _by_item(records: Any) -> dict[int, list]:
    found: dict[int, list] = {}
    for record in records:
        found.setdefault(record.item_id, []).append(record)
    return found


def _minutes_to_agree(meeting: Meeting) -> list[tuple[int, date | None]]:
    """Earlier minutes of this body that wait to be agreed: their meeting, and its day."""
    return [
        (one["id"], date.fromisoformat(one["on"]) if one["on"] else None)
        for one in meeting.to_agree
    ]  # fmt: skip


def _quorum_form(meeting: Meeting) -> forms.QuorumForm:
    known = {True: "yes", False: "no"}.get(meeting.quorate)
    return forms.QuorumForm(initial={"quorate": known, "note": meeting.quorum_note})


# ------------------------------------------------------------------ what comes of an item


def _decide_form(request: HttpRequest, page: Page, line: Line) -> django_forms.Form:
    form = forms.DecisionForm(typed(request), auto_id=_ids(line))
    if not page["decides"]:
        left = form.fields["outcome"]
        left.choices = [one for one in left.choices if one[0] not in NOT_DECIDED]
        left.initial = "recommended"
    return form


def _act_form(request: HttpRequest, page: Page, line: Line) -> django_forms.Form:
    return forms.AssignForm(
        typed(request), user=request.user, decisions=line.decided, auto_id=_ids(line)
    )


def _answer_form(request: HttpRequest, page: Page, line: Line) -> django_forms.Form:
    known = {"answer": line.item.answer}
    return forms.AnswerForm(typed(request), initial=known, auto_id=_ids(line))


def _declare_form(request: HttpRequest, page: Page, line: Line) -> django_forms.Form:
    return forms.DeclaredForm(typed(request), seats=page["seats"], auto_id=_ids(line))


def _ids(line: Line) -> str:
    """Several forms may be open on the page at once: their fields are told apart by the item."""
    return f"id_{line.item.pk}_%s"


def _declare(*, item: AgendaItem, by: Any, who: int | None, **told: Any) -> None:
    post = Post(pk=who) if who else None
    verbs.declare_interest(meeting=item.meeting, item=item, by=by, post=post, **told)


# Deed → its verb, its form, what it does.
DEEDS: dict[str, tuple[str, Callable[..., django_forms.Form], Callable[..., Any]]] = {
    "decide": ("record_decision", _decide_form, verbs.record_decision),
    "act": ("assign_action", _act_form, verbs.assign_action),
    "answer": ("note_answer", _answer_form, verbs.note_answer),
    "declare": ("declare_interest", _declare_form, _declare),
}


@require_http_methods(["GET", "POST"])
def minuting_deed(request: HttpRequest, pk: int, item: int, deed: str) -> HttpResponse:
    """A decision, an action, an answer or an interest, added beside its item."""
    if deed not in DEEDS:
        raise Http404
    verb, make, write = DEEDS[deed]
    page = minuting_page(request, _meeting(request, pk))
    line = _line(page, item)
    require(verb, line.can)
    form = make(request, page, line)
    if request.method == "POST" and form.is_valid():
        write(item=line.item, **form.cleaned_data, by=request.user)
        return _recorded(request, pk, item)
    page |= {"opened": item, "deed": deed, "form": form}
    if in_place(request):
        status = 422 if request.method == "POST" else 200
        return draw(request, "_minuting_form", status, **page, line=line)
    return draw(request, "minuting", **page)


@require_POST
def minuting_end(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """End an item; what children say does not end as noted."""
    page = minuting_page(request, _meeting(request, pk))
    line = _line(page, item)
    try:
        verbs.end_item(item=line.item, by=request.user)
    except verbs.VoiceNotAnswered:
        return draw(request, "minuting", 409, **page | {"owed": item})
    except Moved:
        messages.info(request, "That item has ended already.")
    following = page["lines"][page["lines"].index(line) + 1 :][:1]
    return back_to(pk, following[0].item.pk if following else item)


def _line(page: Page, item: int) -> Line:
    for line in page["lines"]:
        if line.item.pk == item:
            return line
    raise Http404


def _recorded(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    if not in_place(request):
        return back_to(pk, item)
    page = minuting_page(request, _meeting(request, pk))
    return draw(request, "_minuting_record", **page, line=_line(page, item))


# ------------------------------------------------------------------ the minute of an item


@require_POST
def minute_save(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Save what was said; asked every few seconds by the page itself, or by its button."""
    visible = permissions.visible_items(request.user).filter(meeting=pk)
    found = get_object_or_404(
        visible.select_related("meeting__body", "meeting__minutes", "minute_by"), pk=item
    )
    form = forms.MinuteSaveForm(request.POST)
    if not form.is_valid():
        return _told(request, found, 422, "There is more here than fits: 40,000 letters.")
    if not permissions.is_drafted(found.meeting):
        return _told(request, found, 409, CLOSED)
    try:
        kept = verbs.minute_item(item=found, **form.cleaned_data, by=request.user)
    except Moved:
        return _told(request, found, 409, CLOSED)
    return _saved(request, found, kept)


def _saved(request: HttpRequest, found: AgendaItem, kept: MinuteText | None) -> HttpResponse:
    if not in_place(request):
        if kept:
            messages.warning(request, BOTH_KEPT)
        return back_to(found.meeting_id, found.pk)
    answer = {"version": found.minute_version, "at": clocktime(timezone.localtime().time())}
    if kept:
        found.refresh_from_db()
        both = {"meeting": found.meeting, "item": found, "kept": kept}
        html = render_to_string("governance/_minuting_both.html", both, request)
        answer |= {"version": found.minute_version, "beside": kept.pk, "html": html}
    return JsonResponse(answer)


def _told(request: HttpRequest, found: AgendaItem, status: int, sentence: str) -> HttpResponse:
    if in_place(request):
        return JsonResponse({"sentence": sentence}, status=status)
    messages.warning(request, sentence)
    return redirect(found)


@require_POST
def minute_settle(request: HttpRequest, pk: int, item: int, text: int) -> HttpResponse:
    """Say which of two texts it is, or both."""
    found = get_object_or_404(
        permissions.visible_texts(request.user).select_related(
            "item__meeting__minutes", "item__body"
        ),
        pk=text, item=item, item__meeting=pk,
    )  # fmt: skip
    form = forms.SettleForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        verbs.settle_text(text=found, **form.cleaned_data, by=request.user)
    except verbs.Overtaken:
        messages.warning(request, "The words here changed meanwhile. Look at both again.")
    return back_to(pk, item)


def in_place(request: HttpRequest) -> bool:
    """Whether the page's script asks for a part of it, and not for a whole page."""
    return request.headers.get("X-In-Place") == "1"


def back_to(pk: int, item: int | None = None) -> HttpResponse:
    """The page of the meeting, at this item."""
    at = f"#item-{item}" if item else ""
    return redirect(reverse("minuting", args=[pk]) + at)
