"""Who decides what, as Popolo: open data that other programs know how to read.

It says no more than our pages say to everybody. So seats are told by their office, and people by
name only where the law makes their office public: councillors. Young people are in no list.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from saidanddone.core.pages import for_everyone, unless_known
from saidanddone.governance import permissions, states
from saidanddone.governance.models import Appointment, Body, Decision, Meeting, Seat
from saidanddone.people.models import Organisation, User
from saidanddone.reference.models import partnership

A_PAGE = 200
NOBODY = AnonymousUser()
ZONE = ZoneInfo(settings.TIME_ZONE)
Thing = dict[str, Any]
STATUS = {states.CANCELLED: "cancelled", states.MINUTED: "completed"}


class Collection(NamedTuple):
    """What is in it, and how one of them is told."""

    found: Callable[[], QuerySet | list]
    told: Callable[[Any], Thing]


@login_not_required
@unless_known
@for_everyone
@require_safe
def popolo(request: HttpRequest) -> JsonResponse:
    """What there is, and where."""
    return _answer({
        "name": partnership().name,
        "about": "https://www.popoloproject.com/",
        "collections": {name: _address(name) for name in COLLECTIONS},
    })  # fmt: skip


@login_not_required
@unless_known
@for_everyone
@require_safe
def popolo_collection(request: HttpRequest, collection: str) -> JsonResponse:
    """One page of one kind of record, in an order that stays."""
    if collection not in COLLECTIONS:
        raise Http404
    found, told = COLLECTIONS[collection]
    pages = Paginator(found(), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    after = page.next_page_number() if page.has_next() else None
    return _answer({
        "collection": collection, "total": pages.count, "page": page.number,
        "pages": pages.num_pages,
        "next": f"{_address(collection)}?page={after}" if after else None,
        "results": [_without_gaps(told(one)) for one in page],
    })  # fmt: skip


def _answer(data: Thing) -> JsonResponse:
    """Open data: any page of any place may fetch it."""
    headers = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    return JsonResponse(data, headers=headers, json_dumps_params={"ensure_ascii": False})


def _address(collection: str) -> str:
    return settings.SITE_ADDRESS + reverse("popolo-collection", args=[collection])


def _without_gaps(thing: Thing) -> Thing:
    """What is not known is left out."""
    return {name: value for name, value in thing.items() if value not in (None, "", [])}


# ------------------------------------------------------------------ how each is told


def _body(body: Body) -> Thing:
    return {
        "id": f"body-{body.pk}", "name": body.name, "classification": body.get_kind_display(),
        "other_names": [{"name": body.short_name, "note": "short name"}],
        "identifiers": _identifiers(body.source_ref), "description": body.purpose,
        "parent_id": f"body-{body.parent_id}" if body.parent_id else None,
        "dissolution_date": _day(body.ends_on), "links": _page_of(body),
    }  # fmt: skip


def _organisation(organisation: Organisation) -> Thing:
    return {
        "id": f"organisation-{organisation.pk}", "name": organisation.name,
        "classification": organisation.get_sector_display(),
        "dissolution_date": _day(organisation.ended_on),
    }  # fmt: skip


def _seat(seat: Seat) -> Thing:
    return {
        "id": f"seat-{seat.pk}", "label": seat.title, "role": seat.title,
        "organization_id": f"body-{seat.body_id}", "end_date": _day(seat.ends_on),
        "links": _page_of(seat.body),
    }  # fmt: skip


def _person(person: User) -> Thing:
    return {"id": f"person-{person.pk}", "name": person.name}


def _membership(one: Appointment) -> Thing:
    public = permissions.holds_public_office(one.post.roles)
    return {
        "id": f"membership-{one.pk}", "role": one.get_part_display(), "label": one.seat.title,
        "person_id": f"person-{one.post.user_id}" if public else None,
        "organization_id": f"body-{one.seat.body_id}", "post_id": f"seat-{one.seat_id}",
        "on_behalf_of_id": f"organisation-{one.post.organisation_id}",
        "start_date": _day(one.starts_on), "end_date": _day(_last_day(one)),
    }  # fmt: skip


def _last_day(one: Appointment) -> date | None:
    """The first of the days on which the appointment, its post or its seat ends or ended."""
    by_hand = [
        moment.astimezone(ZONE).date() for moment in (one.ended_at, one.post.ended_at) if moment
    ]
    days = [
        *by_hand,
        one.ends_on,
        one.post.ends_on,
        one.seat.ends_on,
        one.post.organisation.ended_on,
    ]
    return min((day for day in days if day), default=None)


def _meeting(meeting: Meeting) -> Thing:
    return {
        "id": f"meeting-{meeting.pk}", "name": f"Meeting of {meeting.body.name}",
        "classification": "meeting", "organization_id": f"body-{meeting.body_id}",
        "start_date": _when(meeting, meeting.starts_at),
        "end_date": _when(meeting, meeting.ends_at) if meeting.ends_at else None,
        "location": meeting.place, "status": STATUS.get(meeting.state, "confirmed"),
        "identifiers": _identifiers(meeting.source_ref), "sources": _page_of(meeting),
        "updated_at": _moment(meeting.changed_at),
    }  # fmt: skip


def _when(meeting: Meeting, at: time | None) -> str | None:
    """The moment, the day, or as much of the date as is known."""
    if meeting.on is None or meeting.precision == "unknown":
        return None
    if meeting.precision != "day":
        return f"{meeting.on:%Y-%m}" if meeting.precision == "month" else f"{meeting.on:%Y}"
    return datetime.combine(meeting.on, at, ZONE).isoformat() if at else meeting.on.isoformat()


def _decision(decision: Decision) -> Thing:
    exact = decision.on and decision.precision == "day"
    at = (
        datetime.combine(decision.on, decision.item.meeting.starts_at or time(), ZONE)
        if exact
        else None
    )
    return {
        "id": f"decision-{decision.pk}", "identifier": decision.number,
        "organization_id": f"body-{decision.body_id}", "classification": "decision",
        "legislative_session_id": f"meeting-{decision.item.meeting_id}",
        "text": decision.wording, "result": decision.get_outcome_display(),
        "date": at.isoformat() if at else None, "created_at": _moment(decision.recorded_at),
        "sources": _page_of(decision),
    }  # fmt: skip


def _identifiers(source: str) -> list[Thing]:
    scheme, _, number = source.partition(":")
    return [{"scheme": scheme, "identifier": number}] if number else []


def _page_of(record: Any) -> list[Thing]:
    return [{"url": settings.SITE_ADDRESS + record.get_absolute_url()}]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime) -> str:
    return moment.astimezone(ZONE).isoformat(timespec="seconds")


def _organisations() -> list[Body | Organisation]:
    """Bodies first, then those who send people to them; both are organizations to Popolo."""
    bodies = permissions.visible_bodies(NOBODY).order_by("pk")
    return [*bodies, *permissions.seated_organisations().order_by("pk")]


def _told_organisation(one: Body | Organisation) -> Thing:
    return _body(one) if isinstance(one, Body) else _organisation(one)


def _seats() -> QuerySet:
    return permissions.public_seats().select_related("body").order_by("pk")


def _memberships() -> QuerySet:
    found = permissions.public_appointments()
    return found.select_related("seat", "post__organisation").order_by("pk")


def _meetings() -> QuerySet:
    return permissions.visible_meetings(NOBODY).select_related("body").order_by("pk")


def _decisions() -> QuerySet:
    return permissions.visible_decisions(NOBODY).select_related("item__meeting").order_by("pk")


COLLECTIONS = {
    "organizations": Collection(_organisations, _told_organisation),
    "posts": Collection(_seats, _seat),
    "persons": Collection(lambda: permissions.public_office_holders().order_by("pk"), _person),
    "memberships": Collection(_memberships, _membership),
    "events": Collection(_meetings, _meeting),
    "motions": Collection(_decisions, _decision),
}
