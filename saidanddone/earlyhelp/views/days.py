"""How near a day is, by shape, word and tone: amber a week before, red once it is over."""

from datetime import date

from saidanddone.core import clock
from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models import Step
from saidanddone.ui.filters import day, plural

SOON_DAYS = 7
Tag = tuple[str, str, str]


def due_tag(due: date | None) -> Tag:
    """How a day by which something is due stands today."""
    if due is None:
        return "s-none", "No day is set", ""
    left = (due - clock.today()).days
    if left < 0:
        return "s-off", f"{plural(-left, 'day', 'days')} late", "bad"
    if left <= SOON_DAYS:
        soon = {0: "Today", 1: "Tomorrow"}
        return "s-watch", soon.get(left, f"In {left} days"), "watch"
    return "s-idle", f"By {day(due)}", ""


def step_tag(step: Step) -> Tag:
    """How a step stands."""
    if step.state == states.DONE:
        return "s-done", "Done", "good"
    if step.state == states.NOT_DONE:
        return "s-no", "Not done", ""
    return due_tag(step.due_on)
