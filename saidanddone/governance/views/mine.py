"""A member's page: their bodies, what is due, what to read, how they voted, and how often they came."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from saidanddone.core import clock
from saidanddone.governance import counts, permissions, states
from saidanddone.governance.models import Appointment
from saidanddone.governance.views.shared import action_state, draw, keep_seats

MOST = 20
A_YEAR = timedelta(days=365)
PARTS = dict(Appointment.Part.choices)


@require_safe
def my_boards(request: HttpRequest) -> HttpResponse:
    """Everything that the boards on which somebody sits ask of them."""
    keep_seats(request)
    user = request.user
    mine = list(user.seats_now)
    bodies = permissions.visible_bodies(user).filter(pk__in=mine).order_by("name")
    return draw(
        request, "my_boards", boards=_with_next(user, list(bodies)),
        due=list(_papers_due(user)), actions=_actions(user), minutes=_to_read(user, mine),
        votes=list(_votes(user)), attendance=list(counts.attendance_of(user.acting_for)),
    )  # fmt: skip


def _with_next(user: Any, bodies: list) -> list[tuple[Any, str, Any]]:
    """Each body, one's part on it, and its next meeting."""
    meetings = permissions.visible_meetings(user).to_come().filter(body__in=bodies)
    coming: dict[int, Any] = {}
    for one in meetings:
        coming.setdefault(one.body_id, one)
    return [
        (body, ", ".join(PARTS[part] for part in sorted(user.seats_now[body.pk])),
         coming.get(body.pk))
        for body in bodies
    ]  # fmt: skip


def _papers_due(user: Any) -> Any:
    """Coming items that they lead."""
    own = user.acting_for.pk if user.acting_for else None
    led = permissions.visible_items(user).filter(
        lead=own, state=states.ON_AGENDA, meeting__on__gte=clock.today(),
        meeting__state__in=[states.PLANNED, states.PUBLISHED],
    )  # fmt: skip
    return led.select_related("meeting__body", "cover").order_by("meeting__on", "order")[:MOST]


def _actions(user: Any) -> list[tuple[Any, Any]]:
    own = user.acting_for.pk if user.acting_for else None
    found = permissions.visible_actions(user).under_way().filter(owner=own)
    return [(one, action_state(one, clock.today())) for one in found.with_owner()[:MOST]]


def _to_read(user: Any, mine: list[int]) -> list[Any]:
    """Minutes of their bodies that are out and not agreed yet."""
    found = permissions.visible_minutes(user).filter(
        meeting__body__in=mine, state__in=[states.CHECKED, states.CIRCULATED],
        meeting__on__gte=clock.today() - A_YEAR,
    )  # fmt: skip
    return list(found.select_related("meeting__body").order_by("-meeting__on")[:MOST])


def _votes(user: Any) -> Any:
    """How they voted where it came to a vote."""
    return permissions.own_votes(user).select_related("decision__body")[:MOST]
