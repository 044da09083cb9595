"""What waits for somebody in families' stories: the deed, the reference, and by when. Never a name."""

from datetime import date, timedelta

from django.db.models import DateField, F, OuterRef, Q, QuerySet, Subquery, Value

from saidanddone.core import clock
from saidanddone.core.waiting import row
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import Story, TeamMembership
from saidanddone.people.models import User

SOON_DAYS = 7  # amber; before that nobody is hurried


def waiting_for(user: User) -> list[QuerySet]:
    """Rows of deed, ref, reference, due, to be asked for as whoever acts, and so not with others'.

    The rows of families show only to whom the database has been told (core/identity).
    """
    soon = clock.today() + timedelta(days=SOON_DAYS)
    led, answer = permissions.led_stories(user), permissions.to_answer(user)
    reference, none = F("reference"), Value(None, DateField())
    asked = answer.filter(authorise_asked_at__isnull=False)
    closing = answer.filter(close_asked_at__isnull=False)
    steps = permissions.own_steps(user).filter(due_on__lte=soon)
    return [
        row(led.filter(review_due_on__lte=soon), "hold_review", reference, F("review_due_on")),
        row(_ending(led, soon), "renew_team", reference, F("first_end")),
        row(_with(steps), "do_step", reference, F("first_due")),
        row(asked, "authorise_story", reference, F("authorise_asked_at")),
        row(closing, "close_story", reference, F("close_asked_at")),
        row(led.filter(review_due_on__isnull=True, authorised_at__isnull=False),
            "agree_plan", reference, none),
    ]  # fmt: skip


def _ending(led: QuerySet[Story], soon: date) -> QuerySet[Story]:
    """Stories in whose team somebody's time ends."""
    near = Q(team__ended_at__isnull=True, team__ends_on__lte=soon)
    first = TeamMembership.objects.filter(
        story=OuterRef("pk"), ended_at__isnull=True, ends_on__lte=soon
    )
    ends = first.order_by("ends_on").values("ends_on")[:1]
    return led.filter(near).distinct().annotate(first_end=Subquery(ends))


def _with(steps: QuerySet) -> QuerySet[Story]:
    """The stories of these steps, each once, with the day that comes first."""
    first = steps.filter(story=OuterRef("pk")).order_by("due_on").values("due_on")[:1]
    found = Story.objects.filter(pk__in=steps.order_by().values("story"))
    return found.annotate(first_due=Subquery(first))
