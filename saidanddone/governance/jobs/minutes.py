"""Minutes that are out are printed, and printed again when they were corrected or agreed."""

from procrastinate.contrib.django import app

from saidanddone.core.lifecycle import Moved
from saidanddone.core.printing import NotPrinted
from saidanddone.governance import states, verbs
from saidanddone.governance.models import Minutes
from saidanddone.governance.prints.minutes import minutes_printed, minutes_told

PRINTER = "system:prints"
AT_ONCE = 5  # in one go, so that packs need not wait


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="minutes-print", lock="minutes-print")
def print_minutes(timestamp: int) -> None:
    """Every minute: those that are out and have no print yet."""
    print_waiting()


def print_waiting() -> int:
    """Find them, print each, and call one verb; one that cannot be printed waits for the next."""
    waiting = Minutes.objects.filter(
        state__in=(states.CIRCULATED, states.APPROVED), printed="", meeting__source=""
    )
    related = waiting.select_related("meeting__body", "approved_in").order_by("-circulated_at")
    done = 0
    for minutes in related[:AT_ONCE]:
        told = minutes_told(minutes)
        try:
            pdf = minutes_printed(minutes, told).pdf
            done += verbs.print_minutes(minutes=minutes, told=told, pdf=pdf, by=PRINTER)
        except (NotPrinted, Moved):
            continue
    return done
