"""What each reader sees of bodies, meetings, items, papers, decisions and actions."""

from django.db.models import Q, QuerySet

from saidanddone.core import clock
from saidanddone.governance import states
from saidanddone.governance.models import (
    Action,
    AgendaItem,
    Appointment,
    Body,
    Decision,
    Meeting,
    Paper,
    Seat,
)
from saidanddone.governance.permissions.papers import led_items
from saidanddone.governance.permissions.people import (
    CHAIRS,
    INVITED,
    SEATED,
    Asker,
    bodies_of,
    holds,
    is_clerk,
    seen_of_body,
    strong,
    works_here,
)
from saidanddone.people.models import Organisation

SHOWN = (states.PUBLISHED, states.MINUTED)
STANDING = (states.ON_AGENDA, states.ENDED)
OPEN = Q(restricted=False)
IN_PUBLIC = Q(body__meets_in_private=False)


def visible_bodies(user: Asker) -> QuerySet[Body]:
    """Every body: that it is there, and what for, is for everybody."""
    return Body.objects.all()


def visible_seats(user: Asker, body: Body) -> QuerySet[Seat]:
    """The seats of a body; of one that meets in private, only for those invited."""
    seats = Seat.objects.standing().filter(body=body.pk)
    return seats if "seats" in seen_of_body(user, body) else seats.none()


def seats_of(user: Asker, organisation: Organisation) -> QuerySet[Seat]:
    """Seats that an organisation has or sends somebody to; in private, where they are invited."""
    sent = Appointment.objects.live().filter(
        post__organisation=organisation.pk, post__user__is_young=False
    )
    seats = Seat.objects.standing().filter(
        Q(organisation=organisation.pk) | Q(pk__in=sent.order_by().values("seat")),
        Q(body__ends_on__isnull=True) | Q(body__ends_on__gte=clock.today()),
    )
    if is_clerk(user) or holds(user, "participation_worker"):
        return seats
    return seats.filter(IN_PUBLIC | Q(body__in=bodies_of(user, INVITED)))


def visible_appointments(user: Asker, body: Body) -> QuerySet[Appointment]:
    """Who sits on a body, for the clerk who keeps its seats."""
    found = Appointment.objects.filter(seat__body=body.pk)
    return found.select_related("seat__body") if is_clerk(user) else found.none()


def visible_meetings(user: Asker) -> QuerySet[Meeting]:
    """Meetings whose agenda is out, in public; all of one's own bodies; all for those who table."""
    if is_clerk(user) or holds(user, "participation_worker"):
        return Meeting.objects.all()
    published = Q(state__in=SHOWN) | Q(state=states.CANCELLED, published_at__isnull=False)
    return Meeting.objects.filter(published & IN_PUBLIC | Q(body__in=bodies_of(user, INVITED)))


def visible_items(user: Asker) -> QuerySet[AgendaItem]:
    """Published, open items for everybody; all of their body for those who sit on it.

    Proposals wait with the clerk and the chair. Restricted items are there for the clerk and
    those who sit, and for nobody else, in no list, count or number.
    """
    if is_clerk(user):
        return AgendaItem.objects.all()
    standing = Q(state__in=STANDING)
    found = OPEN & IN_PUBLIC & standing & Q(meeting__state__in=SHOWN)
    found |= standing & Q(body__in=bodies_of(user, SEATED))
    found |= OPEN & standing & Q(body__in=bodies_of(user, INVITED))
    found |= Q(body__in=bodies_of(user, CHAIRS))
    if holds(user, "participation_worker"):
        found |= OPEN & (Q(body__kind=Body.Kind.YOUNG) | ~Q(origin_path=""))
    return AgendaItem.objects.filter(found)


def visible_papers(user: Asker) -> QuerySet[Paper]:
    """Papers of visible items; restricted ones for the clerk and those who sit there.

    Whoever leads an item sees what was handed in for it.
    """
    if is_clerk(user):
        return Paper.objects.all()
    shown = Q(item__in=visible_items(user).order_by().values("pk"))
    found = shown & (OPEN | Q(item__body__in=bodies_of(user, SEATED)))
    if getattr(user, "acting_for", None) is not None:
        found |= Q(item__in=led_items(user).order_by().values("pk"))
    return Paper.objects.standing().filter(found)


def visible_decisions(user: Asker) -> QuerySet[Decision]:
    """Open decisions of published meetings, once their item has ended; all of one's own bodies."""
    if is_clerk(user):
        return Decision.objects.all()
    opened = OPEN & Q(item__restricted=False)
    ended = Q(item__state=states.ENDED, item__meeting__state__in=SHOWN)
    found = opened & IN_PUBLIC & ended
    found |= Q(body__in=bodies_of(user, SEATED)) | opened & Q(body__in=bodies_of(user, INVITED))
    if holds(user, "participation_worker"):
        found |= opened & (Q(body__kind=Body.Kind.YOUNG) | ~Q(origin_path=""))
    return Decision.objects.filter(found)


def visible_actions(user: Asker) -> QuerySet[Action]:
    """One's own; open ones of published decisions; all of one's own bodies; promises, to those
    whose work it is. A restricted action opens for its owner only when strongly signed in.
    """
    if is_clerk(user):
        return Action.objects.all()
    item_open = Q(item__isnull=True) | Q(item__restricted=False)
    decision_open = Q(decision__isnull=True) | Q(decision__restricted=False)
    opened = OPEN & item_open & decision_open
    ended = Q(item__state=states.ENDED, item__meeting__state__in=SHOWN)
    found = opened & ended & Q(item__body__meets_in_private=False)
    found |= Q(item__body__in=bodies_of(user, SEATED))
    found |= opened & Q(item__body__in=bodies_of(user, INVITED))
    if (post := getattr(user, "acting_for", None)) is not None:
        found |= Q(owner=post.pk) if strong(user) else Q(owner=post.pk) & opened
    if works_here(user):
        found |= opened & Q(item__isnull=True)
    if holds(user, "participation_worker"):
        found |= Q(item__isnull=True) | opened & (
            Q(item__body__kind=Body.Kind.YOUNG) | ~Q(origin_path="")
        )
    return Action.objects.filter(found)
