"""Pages of boards: all of them, one of them, and setting one up."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.pages import for_everyone
from saidanddone.governance import counts, forms, permissions, states, verbs
from saidanddone.governance.models import Appointment, Body, Meeting, Seat
from saidanddone.governance.views.boarding import ESCALATED, review_state
from saidanddone.governance.views.shared import (
    State,
    action_state,
    crumbs_to,
    deed,
    draw,
    keep_seats,
    typed,
)
from saidanddone.ui.filters import day, plural

Kind = Body.Kind
Part = Appointment.Part
GROUPS = (
    ("Boards", {Kind.BOARD, Kind.STRATEGIC, Kind.COMMITTEE}),
    ("Where young people speak", {Kind.YOUNG}),
    ("Groups and forums", {Kind.DELIVERY, Kind.SUB_GROUP, Kind.TASK, Kind.FORUM}),
    ("Bodies outside the borough", {Kind.OUTSIDE}),
)
TERM_ENDS_SOON = 90  # days
TAKEN = {
    "name": "Another body has this name already. Choose a different one",
    "short_name": "Another body has this short name already, and decisions are numbered by it",
}
NAMED_PARTS = {
    Part.CHAIR: "Chair: ", Part.VICE_CHAIR: "Vice-chair: ", Part.SUBSTITUTE: "Substitute: ",
    Part.ADVISER: "In attendance: ",
}  # fmt: skip


@login_not_required
@for_everyone
@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """Every board and group, and what each is for."""
    found = list(permissions.visible_bodies(request.user).select_related("parent"))
    groups = [
        (title, [body for body in found if body.kind in kinds and not body.has_ended])
        for title, kinds in GROUPS
    ]
    return draw(
        request, "boards", groups=[group for group in groups if group[1]],
        ended=[body for body in found if body.has_ended],
        can=permissions.body_verbs(request.user, None),
    )  # fmt: skip


@login_not_required
@for_everyone
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """One board: what it is for, who sits there, when it meets, what it has to do."""
    keep_seats(request)
    user = request.user
    body = get_object_or_404(_with_craft(user), slug=slug)
    seen = permissions.seen_of_body(user, body)
    seats = list(permissions.visible_seats(user, body).with_holders())
    rows = [row for seat in seats for row in seat_rows(seat, seen)]
    return draw(
        request, "board", body=body, can=permissions.body_verbs(user, body), seen=seen, rows=rows,
        places=sum(seat.count for seat in seats),
        empty=sum(row["state"] is not None and row["state"].words == "Empty" for row in rows),
        **_meetings(user, body, seen), **_what_came_of_it(user, body), **_craft(user, body, seats),
    )  # fmt: skip


def _with_craft(user: Any) -> QuerySet[Body]:
    """Bodies with what the page tells beside: numbers by year, terms in force, what lies ahead."""
    here = OuterRef("pk")
    terms = permissions.visible_terms(user).filter(body=here).order_by("-number")
    ahead = permissions.visible_forward(user).ahead().filter(body=here, meeting__isnull=False)
    sent = permissions.visible_escalations(user).exclude(state=states.WITHDRAWN)
    sent = sent.filter(Q(source_item__body=here) | Q(to_body=here)).order_by("-raised_at")
    told = JSONObject(meeting="meeting_id", title="title", kind="kind", closed="restricted")
    question = JSONObject(id="id", question="question", state="state", up=Q(source_item__body=here))
    return (
        permissions.visible_bodies(user)
        .with_family()
        .annotate(
            terms_now=ArraySubquery(terms.values(data=JSONObject(review_on="review_on"))[:1]),
            foretold=ArraySubquery(ahead.values(data=told)),
            sent=ArraySubquery(sent.values(data=question)[:5]),
            **counts.by_year(),
        )
    )


def _craft(user: Any, body: Body, seats: list[Seat]) -> dict[str, Any]:
    """What is due about a board, for its clerk; its questions on their way; its years."""
    review = body.terms_now[0]["review_on"] if body.terms_now else None
    review_on = date.fromisoformat(review) if review else None
    clerk = permissions.is_clerk(user)
    return {
        "lacks": counts.lacks(body, seats) if clerk else [],
        "review_on": review_on, "review": review_state(review_on),
        "sent": [row | {"state": ESCALATED[row["state"]]} for row in body.sent or []],
        "years": counts.years(body)[:5],
        "quorum": quorum_words(body, seats),
    }  # fmt: skip


def quorum_words(body: Body, seats: list[Seat]) -> str:
    """What a body needs to decide, in words: so many seats, and which sectors and offices."""
    parts = [plural(body.quorum, "seat", "seats")] if body.quorum else []
    parts += [counts.SECTORS[sector].lower() for sector in body.quorum_sectors]
    parts += [seat.title for seat in seats if seat.needed_for_quorum]
    if len(parts) < 2:
        return "".join(parts)
    among = "among them somebody from " if body.quorum else ""
    first, *rest = parts if body.quorum else ["", *parts]
    return ", ".join(filter(None, [first, among + " and ".join(rest)]))


def _meetings(user: Any, body: Body, seen: set[str]) -> dict[str, Any]:
    """A year back and all that is to come, each with what stands on its agenda."""
    today = clock.today()
    found = (
        permissions.visible_meetings(user)
        .filter(body=body, on__gte=today - timedelta(days=365))
        .exclude(state=states.CANCELLED)
        .with_agenda(permissions.visible_items(user))
    )
    known = list(found) if "meetings" in seen else []
    held = [m for m in known if m.on < today and m.state in permissions.SHOWN]
    return {
        "coming": [_foretold(body, m) for m in known if m.on >= today][:4],
        "last": held[-1] if held else None,
        "held": len(held),
        "heard": sum(m.hears for m in held),
    }


def _foretold(body: Body, meeting: Meeting) -> Meeting:
    """Its agenda as far as it stands, and what is foretold for it beside."""
    meeting.shown += [
        {"title": row["title"], "kind": row["kind"], "closed": row["closed"], "spoken": False}
        for row in body.foretold or []
        if row["meeting"] == meeting.pk
    ]
    return meeting


def _what_came_of_it(user: Any, body: Body) -> dict[str, Any]:
    """For those who work here its actions; for everybody else its last decisions."""
    if permissions.works_here(user):
        found = permissions.visible_actions(user).filter(item__body=body)
        open_now = list(found.under_way().with_owner().select_related("decision")[:50])
        states_now = [(action, action_state(action, clock.today())) for action in open_now]
        return {"actions": states_now, "decided": None}
    decided = permissions.visible_decisions(user).filter(body=body).select_related("item")[:5]
    return {"actions": None, "decided": list(decided)}


def seat_rows(seat: Seat, seen: set[str]) -> list[dict[str, Any]]:
    """How a seat is shown: grown-ups by name to those who may, young people never by theirs."""
    where = f"{seat.organisation}" if seat.organisation else ""
    young = [one for one in seat.holders if one["pseudonym"] or one["young"]]
    rows = [_grown_up(seat, one, seen) for one in seat.holders if one not in young]
    if young:
        rows.append(_young(seat, young, seen))
    if not rows:
        empty = State("s-off", "Empty", "bad") if "names" in seen else None
        rows.append({"title": seat.title, "words": where or "Nobody yet", "state": empty})
    return rows


def _grown_up(seat: Seat, one: dict[str, Any], seen: set[str]) -> dict[str, Any]:
    title = NAMED_PARTS.get(one["part"], "") + seat.title
    words, state = f"{one['name']}, {one['organisation']}", None
    if "names" not in seen:  # whoever was elected to a council is named to everybody
        public = permissions.holds_public_office(one["roles"])
        return {"title": title, "words": words if public else one["organisation"], "state": None}
    if one["ends_on"]:
        last = date.fromisoformat(one["ends_on"])
        words += f", to {day(last)}"
        if (last - clock.today()).days <= TERM_ENDS_SOON:
            state = State("s-watch", "Term ends soon", "watch")
    return {"title": title, "words": words, "state": state}


def _young(seat: Seat, young: list[dict[str, Any]], seen: set[str]) -> dict[str, Any]:
    """How many they are, and the offices that some hold openly; pseudonyms to those who may."""
    offices = [one["open_office"] for one in young if one["open_office"]]
    if seat.count > len(young):
        words = f"Young people, {plural(seat.count, 'place', 'places')}, names not shown"
    else:
        hidden = "name not shown" if len(young) == 1 else "names not shown"
        words = f"{plural(len(young), 'young person', 'young people')}, {hidden}"
    if offices:
        words += ". Among them: " + ", ".join(offices)
    if "pseudonyms" in seen:
        words += ". Known here as " + ", ".join(one["pseudonym"] or "–" for one in young)
    return {"title": seat.title, "words": words, "state": None}


@require_http_methods(["GET", "POST"])
def board_new(request: HttpRequest) -> HttpResponse:
    """Set up a board or group."""
    require("create_body", permissions.body_verbs(request.user, None))
    form = forms.BodyForm(typed(request), user=request.user)
    if form.is_valid():
        try:
            return redirect(verbs.create_body(**form.cleaned_data, by=request.user))
        except verbs.Taken as taken:
            form.add_error(taken.field, TAKEN[taken.field])
    crumbs = [("Boards", reverse("boards"))]
    return deed(request, "Set up a board or group", form, "Set it up", crumbs=crumbs)


@require_http_methods(["GET", "POST"])
def board_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a board is for, what it needs to decide, and the rest."""
    body = get_object_or_404(permissions.visible_bodies(request.user), slug=slug)
    require("change_body", permissions.body_verbs(request.user, body))
    form = forms.BodyForm(typed(request), user=request.user, body=body)
    if form.is_valid():
        try:
            verbs.change_body(body=body, **form.cleaned_data, by=request.user)
            return redirect(body)
        except verbs.Taken as taken:
            form.add_error(taken.field, TAKEN[taken.field])
    return deed(request, f"Change {body.name}", form, "Save", crumbs=crumbs_to(body))
