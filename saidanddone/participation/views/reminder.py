"""The promised day as a file for a calendar, so that nobody has to remember it."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from icalendar import Alarm, Calendar, Event

from saidanddone.core import clock
from saidanddone.participation import permissions
from saidanddone.participation.models import Voice
from saidanddone.participation.views.thread import with_code
from saidanddone.reference.models import partnership


@with_code
@require_GET
def reminder(_: HttpRequest, voice: Voice, code: str, pk: int) -> HttpResponse:
    """The day by which something was promised, or an answer is due. Nothing of the words."""
    issue = permissions.issues_of(voice).filter(pk=pk).select_related("reply").first()
    day = issue and (
        issue.reply.by_when if issue.reply_id and issue.reply.by_when else issue.answer_due
    )
    if not day:
        raise Http404
    response = HttpResponse(calendar(day, issue.pk), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="reminder.ics"'
    return response


def calendar(day: date, number: int) -> bytes:
    """One whole day with an alarm in the morning. The code is left out: calendars are shared."""
    made = Calendar()
    made.add("prodid", "-//Said & Done//reminder//EN")
    made.add("version", "2.0")
    event = Event()
    event.add("uid", f"reminder-{number}-{day:%Y%m%d}@said-and-done")
    event.add("dtstamp", clock.now())
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{partnership().short_name}: look at your page")
    event.add(
        "description", "This is the day we promised. Open your page with the code on your card."
    )
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Look at your page")
    alarm.add("trigger", timedelta(hours=9))
    event.add_component(alarm)
    made.add_component(event)
    return made.to_ical()
