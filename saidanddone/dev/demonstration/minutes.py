"""Who came to a meeting, and the way of its minutes: checked, circulated, corrected, agreed."""

from saidanddone.dev.demonstration.story import Story
from saidanddone.governance import states, verbs
from saidanddone.governance.models import Appointment, Attendance, Meeting, Minutes
from saidanddone.people.models import User

How = Attendance.How
TAKEN_FOR = {"cspb", "epc"}  # bodies whose clerk keeps the sheet
AWAY = {4: How.APOLOGIES, 11: How.APOLOGIES, 17: How.ABSENT}  # by place on the sheet
FEW = 3  # how many come where too few come


def attend(story: Story, meeting: Meeting, told: dict) -> None:
    """Most come; where the files say that too few did, the chair says so."""
    if told["body"] not in TAKEN_FOR and "inquorate" not in told:
        return
    sitting = Appointment.objects.live().filter(seat__body=meeting.body).select_related("seat")
    few = "inquorate" in told
    marks = [
        verbs.Mark(one.seat, one, How.APOLOGIES if few and n >= FEW else AWAY.get(n, How.PRESENT))
        for n, one in enumerate(sitting.order_by("seat__order", "pk"))
        if one.part not in {Appointment.Part.ADVISER, Appointment.Part.SUBSTITUTE}
        and one.seat.count == 1
    ]
    clerk = story.people["clerk"]
    verbs.mark_attendance(meeting=meeting, marks=marks, by=clerk)
    if few:
        verbs.declare_quorum(meeting=meeting, quorate=False, note=told["inquorate"], by=clerk)


def agree(story: Story, meeting: Meeting) -> None:
    """What was circulated before is agreed at the next meeting."""
    waiting = Minutes.objects.filter(meeting__body=meeting.body, state=states.CIRCULATED)
    for minutes in waiting.filter(meeting__source="").select_related("meeting__body"):
        verbs.approve_minutes(minutes=minutes, at=meeting, by=story.people["clerk"])


def check(story: Story, pk: int) -> None:
    """Whoever chairs says that this is what happened; for young people, their worker."""
    minutes = _minutes(pk)
    if by := _presiding(story, minutes):
        verbs.check_minutes(minutes=minutes, by=by)


def circulate(story: Story, pk: int) -> None:
    """The clerk sends them round, once they are checked."""
    minutes = _minutes(pk)
    if minutes.state == states.CHECKED:
        verbs.circulate_minutes(minutes=minutes, by=story.people["clerk"])


def correct(story: Story, pk: int, told: dict) -> None:
    """A member asks for something to be put right; the clerk does it, or says why not."""
    minutes, clerk = _minutes(pk), story.people["clerk"]
    asked = verbs.propose_correction(
        minutes=minutes, text=told["text"], by=story.people[told["by"]]
    )
    if "made" in told:
        verbs.make_correction(correction=asked, answer=told["made"], by=clerk)
    if "refused" in told:
        verbs.refuse_correction(correction=asked, answer=told["refused"], by=clerk)


def _minutes(pk: int) -> Minutes:
    return Minutes.objects.select_related("meeting__body").get(meeting=pk)


def _presiding(story: Story, minutes: Minutes) -> User | None:
    if minutes.meeting.body.is_young:
        return story.people["worker"]
    chairs = Appointment.objects.live().filter(
        seat__body=minutes.meeting.body, part=Appointment.Part.CHAIR, post__isnull=False
    )
    posts = set(chairs.values_list("post", flat=True))
    return next((one for one in story.people.values() if one.acting_for.pk in posts), None)
