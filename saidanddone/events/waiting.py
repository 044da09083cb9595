"""What waits for somebody about sessions: the deed, the session, and by when."""

from datetime import timedelta

from django.db.models import DateField, F, QuerySet
from django.db.models.functions import Cast

from saidanddone.core import clock
from saidanddone.core.waiting import counted, row
from saidanddone.events import permissions, states
from saidanddone.people.models import User

SOON_DAYS = 21


def waiting_for(user: User) -> list[QuerySet]:
    """Rows that wait for this person, for one union on their day."""
    rows = [row(_presented(user), "hold_session", F("title"), _day("begins_at"))]
    if permissions.keeps_sessions(user):
        sessions = permissions.visible_sessions(user)
        held = sessions.filter(state=states.HELD)
        soon = clock.today() + timedelta(days=SOON_DAYS)
        drafts = sessions.filter(state=states.DRAFT, begins_at__date__lte=soon)
        wishes = permissions.visible_wishes(user).unanswered()
        rows += [
            row(held, "close_session", F("title"), _day("ends_at")),
            row(drafts, "open_session", F("title"), _day("begins_at")),
            counted(wishes, "read_wishes", "made_at"),
        ]
    return rows


def _presented(user: User) -> QuerySet:
    """Open sessions that the post they act for presents."""
    post = user.acting_for.pk if user.acting_for and user.strong else 0
    found = permissions.visible_sessions(user).filter(presented_by=post, state=states.OPEN)
    return found.filter(ends_at__gt=clock.now())


def _day(field: str) -> Cast:
    return Cast(F(field), DateField())
