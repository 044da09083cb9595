"""What boards are reminded of on a clock: terms, seats, interests and risks; agendas fill up."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from procrastinate.contrib.django import app

from saidanddone.core import clock
from saidanddone.core.lifecycle import Moved
from saidanddone.governance import permissions, states, verbs
from saidanddone.governance.models import Body, Meeting, Risk, Terms
from saidanddone.reference.models import partnership

REMINDERS = "system:reminders"
AGENDAS = "system:agendas"
A_MONTH = timedelta(days=28)
AHEAD = timedelta(days=21)  # before a meeting: from here on its agenda fills by itself


@app.periodic(cron="40 6 * * *")
@app.task(queueing_lock="boards-due", lock="boards-due")
def remind_boards(timestamp: int) -> None:
    """Every morning: what is due about boards, each told once."""
    look_round()


def look_round() -> int:
    """All of it, one after the other; how much there was to do."""
    rounds = (warn_of_terms, warn_of_seats, remind_of_interests, remind_of_risks, fill_agendas)
    return sum(one() for one in rounds)


def warn_of_terms() -> int:
    """Versions in force whose review is near and of which nobody has been told yet."""
    near = clock.today() + timedelta(days=partnership().terms_warning_days)
    later = Terms.objects.filter(body=OuterRef("body"), number__gt=OuterRef("number"))
    due = Terms.objects.filter(
        ~Exists(later), body__in=Body.objects.current(), review_on__lte=near, warned_on=None
    )
    return _each(
        due.select_related("body"), lambda one: verbs.warn_of_terms(terms=one, by=REMINDERS)
    )


def warn_of_seats() -> int:
    """Bodies that lack somebody, or soon will; the clerk hears of each lack once."""
    bodies = Body.objects.current().exclude(kind=Body.Kind.OUTSIDE)
    return sum(verbs.warn_of_seats(body=body, by=REMINDERS) for body in bodies)


def remind_of_interests() -> int:
    """Members whose page was not confirmed for a year, and who have heard nothing for a month."""
    asked = Q(interests_register__reminded_on__gt=clock.today() - A_MONTH)
    due = permissions.posts_to_confirm().exclude(asked)
    return _each(due, lambda post: verbs.remind_of_interests(post=post, by=REMINDERS))


def remind_of_risks() -> int:
    """Risks whose day to look again has come, once a month."""
    quiet = Q(reminded_on__isnull=True) | Q(reminded_on__lte=clock.today() - A_MONTH)
    due = Risk.objects.filter(quiet, state=states.WATCHED, review_on__lte=clock.today())
    return _each(
        due.select_related("body"), lambda one: verbs.remind_of_risk(risk=one, by=REMINDERS)
    )


def fill_agendas() -> int:
    """Agendas that go out soon take up what is foretold for them, and what is late."""
    soon = (clock.today(), clock.today() + AHEAD)
    planned = Meeting.objects.filter(state=states.PLANNED, on__range=soon).select_related("body")
    return sum(len(verbs.fill_agenda(meeting=one, by=AGENDAS)) for one in planned)


def _each(found: Iterable, tell: Callable) -> int:
    """Call the verb on each; what was just finished is left alone."""
    done = 0
    for one in found:
        try:
            tell(one)
        except Moved:
            continue
        done += 1
    return done
