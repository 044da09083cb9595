"""What waits for somebody in governance: the deed, the record, and by when. Never its content."""

from datetime import timedelta

from django.db.models import (
    DateField,
    ExpressionWrapper,
    F,
    QuerySet,
)

from saidanddone.core import clock
from saidanddone.core.waiting import counted, row
from saidanddone.governance import permissions, states
from saidanddone.governance.models import Appointment
from saidanddone.people.models import User

PAPERS_DAYS = 7  # days before a meeting by which its agenda should be out


def waiting_for(user: User) -> list[QuerySet]:
    """Rows of deed, ref, title, due that wait for this person, for one union on their day."""
    rows = [row(_my_actions(user), "do_action", F("what"), F("due_on"))]
    rows.append(row(_meetings_to_come(user), "read_papers", F("body__name"), F("on")))
    if user.has_role("clerk"):
        rows += _clerks(user)
    return rows


def _my_actions(user: User) -> QuerySet:
    return permissions.visible_actions(user).under_way().filter(owner=user.acting_for)


def my_bodies(user: User) -> QuerySet:
    """The bodies on which the post that this person acts for sits today."""
    post = user.acting_for.pk if user.acting_for else 0  # None would find the seats of nobody
    mine = Appointment.objects.live().filter(post=post)
    return mine.order_by().values("seat__body")


def _meetings_to_come(user: User) -> QuerySet:
    return permissions.visible_meetings(user).filter(
        body__in=my_bodies(user), state=states.PUBLISHED, on__gte=clock.today()
    )


def _clerks(user: User) -> list[QuerySet]:
    """The clerk's own: agendas to publish, items that were proposed, minutes to close."""
    meetings = permissions.visible_meetings(user)
    soon = meetings.filter(
        state=states.PLANNED, on__range=(clock.today(), clock.today() + timedelta(days=21))
    )
    held = meetings.filter(state=states.PUBLISHED, on__lt=clock.today())
    proposed = permissions.visible_items(user).filter(state=states.PROPOSED)
    return [
        row(soon, "publish_agenda", F("body__name"),
             ExpressionWrapper(F("on") - timedelta(days=PAPERS_DAYS), DateField())),
        row(held, "close_meeting", F("body__name"), F("on")),
        counted(proposed, "take_proposals", "proposed_at"),
    ]  # fmt: skip
