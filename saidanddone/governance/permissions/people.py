"""Who somebody is here: the post they act for now, the seats it holds, the roles it has."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from saidanddone.governance.models import Appointment, Body
from saidanddone.people.models import User
from saidanddone.people.permissions import is_professional

Asker = User | AnonymousUser | str | None  # a person, a named system person, or a code's holder
Part = Appointment.Part
CHAIRS = frozenset({Part.CHAIR})
SEATED = frozenset({Part.CHAIR, Part.VICE_CHAIR, Part.MEMBER, Part.SUBSTITUTE})
INVITED = SEATED | {Part.ADVISER}


def held_seats(user: Asker) -> dict[int, frozenset[str]]:
    """Each body on which the post they act for sits today, and the parts it plays there.

    A page may keep the answer for its one request in `user.seats_now`; verbs ask afresh.
    """
    known = getattr(user, "seats_now", None)
    if known is not None:
        return known
    held: dict[int, frozenset[str]] = {}
    if not strong(user):
        return held
    mine = Appointment.objects.live().filter(post=user.acting_for.pk)
    for body, part in mine.order_by().values_list("seat__body", "part"):
        held[body] = held.get(body, frozenset()) | {part}
    return held


def is_member(user: Asker, body: Body) -> bool:
    """Whether they sit on this body today, as chair, member or substitute."""
    return bool(held_seats(user).get(body.pk, frozenset()) & SEATED)


def is_clerk(user: Asker) -> bool:
    """Whether they act as the partnership's clerk."""
    return holds(user, "clerk")


def seen_of_body(user: Asker, body: Body) -> set[str]:
    """What they may see of a body beside its name and purpose: meetings, seats, names …"""
    supports = is_clerk(user) or holds(user, "participation_worker")
    seen = {"pseudonyms"} if supports else set()
    invited = supports or bool(held_seats(user).get(body.pk, frozenset()) & INVITED)
    if invited or not body.meets_in_private:
        seen |= {"meetings", "seats"}
    if invited or (works_here(user) and not body.meets_in_private):
        seen.add("names")
    return seen | {"link"} if invited else seen


def bodies_of(user: Asker, parts: Collection[str]) -> QuerySet | list[int]:
    """The bodies on which they play one of these parts, known already or as part of the query."""
    known = getattr(user, "seats_now", None)
    if known is not None:
        return [body for body, played in known.items() if played & set(parts)]
    if not strong(user):
        return []
    mine = Appointment.objects.live().filter(post=user.acting_for.pk, part__in=list(parts))
    return mine.order_by().values("seat__body")


def parts_on(user: Asker, body: int) -> frozenset[str]:
    return held_seats(user).get(body, frozenset())


def strong(user: Asker) -> bool:
    return isinstance(user, User) and user.strong and user.acting_for is not None


def holds(user: Asker, role: str) -> bool:
    return isinstance(user, User) and user.has_role(role)


def works_here(user: Asker) -> bool:
    return isinstance(user, User) and is_professional(user)


def above(user: Asker) -> bool:
    """Whether an area above asks: by the clock, or for a child who holds a code."""
    return user is None or isinstance(user, str)
