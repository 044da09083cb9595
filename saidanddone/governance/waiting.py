"""What waits for somebody in governance: the deed, the record, and by when. Never its content."""

from datetime import timedelta

from django.db.models import (
    CharField,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Min,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from saidanddone.core import clock
from saidanddone.governance import permissions, states
from saidanddone.governance.models import Appointment
from saidanddone.people.models import User

PAPERS_DAYS = 7  # days before a meeting by which its agenda should be out


def waiting_for(user: User) -> list[QuerySet]:
    """Rows of deed, ref, title, due that wait for this person, for one union on their day."""
    rows = [_row(_my_actions(user), "do_action", F("what"), F("due_on"))]
    rows.append(_row(_meetings_to_come(user), "read_papers", F("body__name"), F("on")))
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
        _row(soon, "publish_agenda", F("body__name"),
             ExpressionWrapper(F("on") - timedelta(days=PAPERS_DAYS), DateField())),
        _row(held, "close_meeting", F("body__name"), F("on")),
        _counted(proposed, "take_proposals"),
    ]  # fmt: skip


def _counted(found: QuerySet, deed: str) -> QuerySet:
    """One row for all of them: how many, and since when the oldest waits."""
    return (
        found.order_by()
        .annotate(deed=Value(deed, CharField()))
        .values("deed")
        .annotate(
            ref=Count("pk"), called=Value("", CharField()),
            due=Cast(Min("proposed_at"), DateField()),
        )
        .values_list("deed", "ref", "called", "due")
    )  # fmt: skip


def _row(found: QuerySet, deed: str, title: F, due: F | ExpressionWrapper) -> QuerySet:
    return (
        found.order_by()
        .annotate(
            deed=Value(deed, CharField()),
            ref=F("pk"),
            called=Cast(title, CharField()),
            due=Cast(due, DateField()),
        )
        .values_list("deed", "ref", "called", "due")
    )
