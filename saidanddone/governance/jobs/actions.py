"""What governance does on a clock: owners of late actions are reminded, once a week."""

from datetime import timedelta

from django.db.models import Q
from procrastinate.contrib.django import app

from saidanddone.core import clock
from saidanddone.core.lifecycle import Moved
from saidanddone.governance import verbs
from saidanddone.governance.models import Action

REMINDERS = "system:reminders"
A_WEEK = timedelta(days=7)


@app.periodic(cron="20 6 * * *")
@app.task(queueing_lock="actions-late", lock="actions-late")
def remind_of_late_actions(timestamp: int) -> None:
    """Every morning: those whose day has passed and who have heard nothing for a week."""
    remind_late()


def remind_late() -> int:
    """Find them, and call one verb on each; one that was just finished is left alone."""
    a_week_ago = clock.today() - A_WEEK
    due = Action.objects.late().filter(Q(reminded_on__isnull=True) | Q(reminded_on__lte=a_week_ago))
    done = 0
    for action in due:
        try:
            verbs.remind_of_action(action=action, by=REMINDERS)
        except Moved:
            continue
        done += 1
    return done
