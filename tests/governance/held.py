"""Meetings that are held, closed and minuted, for the tests of minutes."""

from saidanddone.core import clock
from saidanddone.governance import states, verbs
from saidanddone.governance.models import Minutes
from tests.factories.governance import make_appointment, make_item, make_meeting
from tests.factories.people import act, make_post

DECIDED = {"wording": "Buses run later", "outcome": "agreed", "reasons": "Clubs end at eight"}


def seated(body, part="member"):
    """Somebody who sits on this body, signed in strongly, and their appointment."""
    post = make_post()
    return act(post), make_appointment(body=body, post=post, part=part)


def held(**over):
    """A published meeting of today with one item."""
    meeting = make_meeting(states.PUBLISHED, **{"on": clock.today()} | over)
    return meeting, make_item(meeting=meeting)


def closed(clerk, **over):
    """A meeting that has ended, one item of it with its minute, and its minutes."""
    meeting, item = held(**over)
    verbs.minute_item(item=item, minute="It was talked about.", by=clerk)
    verbs.close_meeting(meeting=meeting, by=clerk)
    return meeting, item, Minutes.objects.get(meeting=meeting)


def circulated(clerk, chair, **over):
    """A meeting whose minutes the chair has checked and the clerk has sent round."""
    meeting, item, minutes = closed(clerk, **over)
    verbs.check_minutes(minutes=minutes, by=chair)
    verbs.circulate_minutes(minutes=minutes, by=clerk)
    return meeting, item, minutes


def mark(meeting, appointment, how, by):
    """One line of the sheet."""
    marks = [verbs.Mark(appointment.seat, appointment, how)]
    verbs.mark_attendance(meeting=meeting, marks=marks, by=by)
