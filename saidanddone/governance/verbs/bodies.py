"""Setting up bodies, and who sits on them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.governance import permissions
from saidanddone.governance.models import Appointment, Body, Seat
from saidanddone.governance.verbs.presses import earlier, queue_up
from saidanddone.people.models import Organisation, Post, User

RESERVED = {"new", "number", "proposals", "import"}  # addresses of pages beside the boards


class Taken(Exception):  # noqa: N818 -- it tells what happened
    """Another body is called so already; `field` says which of its names."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@transaction.atomic
def create_body(
    *, kind: str, name: str, short_name: str, purpose: str, by: User, slug: str = "",
    once: UUID | None = None, **more: Any,
) -> Body:  # fmt: skip
    """Set up a board, group or forum. The clerk; it can then be given seats and meetings.

    Raises Taken when another body has its name or short name.
    """
    require("create_body", permissions.body_verbs(by, None))
    if found := earlier(Body, once):
        return found
    _refuse_taken(None, {"name": name, "short_name": short_name})
    body = Body.objects.create(
        kind=kind, name=name, short_name=short_name, purpose=purpose,
        slug=slug or _free_slug(name), once=once, **more,
    )  # fmt: skip
    record("create_body", body, by=by)
    return body


@transaction.atomic
def change_body(*, body: Body, by: User, **changes: Any) -> None:
    """Change purpose, terms, parent and the rest. The clerk; its address and numbers stay."""
    require("change_body", permissions.body_verbs(by, body))
    _refuse_taken(body, changes)
    for name, value in changes.items():
        setattr(body, name, value)
    body.save(update_fields=list(changes))
    record("change_body", body, by=by)


@transaction.atomic
def add_seat(
    *, body: Body, title: str, by: User, organisation: Organisation | None = None, count: int = 1,
    sector: str = "", needed_for_quorum: bool = False, once: UUID | None = None,
) -> Seat:  # fmt: skip
    """Add a place for an office, whoever holds it. The clerk; somebody can then be appointed."""
    require("add_seat", permissions.body_verbs(by, body))
    if found := earlier(Seat, once):
        return found
    last = body.seats.order_by("-order").values_list("order", flat=True).first() or 0
    seat = Seat.objects.create(
        body=body, title=title, organisation=organisation, count=count, order=last + 1,
        sector=sector, needed_for_quorum=needed_for_quorum, once=once,
    )  # fmt: skip
    record("add_seat", seat, by=by)
    return seat


@transaction.atomic
def change_seat(*, seat: Seat, by: User, **changes: Any) -> None:
    """Change a seat's office, or give its last day. The clerk; who sits there goes with it."""
    require("change_seat", permissions.body_verbs(by, seat.body))
    for name, value in changes.items():
        setattr(seat, name, value)
    seat.save(update_fields=list(changes))
    record("change_seat", seat, by=by)


@transaction.atomic
def appoint(
    *, seat: Seat, by: User, post: Post | None = None, pseudonym: str = "",
    part: str = Appointment.Part.MEMBER, starts_on: date | None = None,
    ends_on: date | None = None, open_office: str = "", permission_note: str = "",
    once: UUID | None = None,
) -> Appointment:  # fmt: skip
    """Put somebody in a seat, through a post; a young person by pseudonym.

    The clerk. From its first day they read that body's papers, as long as their post lives.
    """
    require("appoint", permissions.body_verbs(by, seat.body))
    if found := earlier(Appointment, once):
        return found
    appointment = Appointment.objects.create(
        seat=seat, post=post, pseudonym=pseudonym, part=part, open_office=open_office,
        permission_note=permission_note, starts_on=starts_on or clock.today(), ends_on=ends_on,
        once=once,
    )  # fmt: skip
    record("appoint", appointment, by=by)
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, by: User) -> None:
    """Let somebody leave a seat. The clerk; their view of the body's papers ends at once."""
    require("end_appointment", permissions.body_verbs(by, appointment.seat.body))
    if appointment.ended_at is not None:
        return
    appointment.ended_at = clock.now()
    appointment.save(update_fields=["ended_at"])
    record("end_appointment", appointment, by=by)


def _refuse_taken(body: Body | None, fields: dict[str, Any]) -> None:
    """Names are given one at a time, so that the second of two clerks hears it from us."""
    queue_up("names of bodies")
    others = Body.objects.exclude(pk=body.pk if body else None)
    for field in ("name", "short_name"):
        if field in fields and others.filter(**{f"{field}__iexact": fields[field]}).exists():
            raise Taken(field)


def _free_slug(name: str) -> str:
    """The name as an address; a number after it when that is taken."""
    plain = slugify(name)[:150] or "board"
    taken = set(Body.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    number, slug = 1, plain
    while slug in taken | RESERVED:
        number += 1
        slug = f"{plain}-{number}"
    return slug
