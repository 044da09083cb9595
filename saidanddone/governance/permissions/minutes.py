"""Who writes, checks, corrects and reads minutes, and what is kept of a meeting while it is held.

The clerk writes; the chair checks, or the vice-chair where the chair was away. Members read what
the chair has checked and ask for corrections; everybody reads what has been circulated.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from saidanddone.core import clock
from saidanddone.governance import states
from saidanddone.governance.models import (
    Appointment,
    Attendance,
    Body,
    Correction,
    Declaration,
    Meeting,
    Minutes,
    MinuteText,
)
from saidanddone.governance.permissions.people import (
    CHAIRS,
    INVITED,
    SEATED,
    Asker,
    Part,
    bodies_of,
    holds,
    is_clerk,
    parts_on,
    strong,
)

OUT = (states.CIRCULATED, states.APPROVED)
FOR_MEMBERS = (states.CHECKED, *OUT)
PRESIDING = CHAIRS | {Part.VICE_CHAIR}
AWAY = (Attendance.How.APOLOGIES, Attendance.How.ABSENT)
OF_THE_CLERK = {
    "return_minutes", "circulate_minutes", "propose_correction", "approve_minutes",
}  # fmt: skip
IN_THE_MEETING = {
    "mark_attendance", "add_attendee", "remove_attendee", "declare_quorum", "declare_interest",
    "act_on_interest",
}  # fmt: skip


# ------------------------------------------------------------------ reading


def visible_minutes(user: Asker) -> QuerySet[Minutes]:
    """Circulated ones of open bodies for everybody, checked ones for members, drafts for the chair.

    They open the text of those items that the reader may see, and of no other.
    """
    if is_clerk(user):
        return Minutes.objects.all()
    found = Q(state__in=OUT, meeting__body__meets_in_private=False)
    found |= Q(state__in=OUT, meeting__body__in=bodies_of(user, INVITED))
    found |= Q(state__in=FOR_MEMBERS, meeting__body__in=bodies_of(user, SEATED))
    found |= Q(meeting__body__in=bodies_of(user, PRESIDING))
    if holds(user, "participation_worker"):
        found |= Q(meeting__body__kind=Body.Kind.YOUNG)
    return Minutes.objects.filter(found, meeting__state=states.MINUTED)


def with_minutes_out(user: Asker, meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Each with whether this person may read what was said there, as `minutes_out`."""
    out = visible_minutes(user).filter(meeting=OuterRef("pk"))
    return meetings.annotate(minutes_out=Exists(out))


def visible_corrections(user: Asker) -> QuerySet[Correction]:
    """What was asked to be put right: for the clerk and those who sit on the body."""
    if is_clerk(user):
        return Correction.objects.all()
    return Correction.objects.filter(minutes__meeting__body__in=bodies_of(user, SEATED))


def visible_attendance(user: Asker) -> QuerySet[Attendance]:
    """Who was there: for the clerk and those invited at once, for others with the minutes."""
    if is_clerk(user):
        return Attendance.objects.all()
    out = Q(meeting__minutes__in=visible_minutes(user).order_by().values("pk"))
    read_in = Q(meeting__state=states.MINUTED, meeting__minutes__isnull=True)
    read_in &= Q(meeting__body__meets_in_private=False) & ~Q(meeting__source_ref="")
    mine = Q(meeting__body__in=bodies_of(user, INVITED))
    return Attendance.objects.filter(out | read_in | mine)


def visible_declarations(user: Asker) -> QuerySet[Declaration]:
    """Interests declared at items that one may see; what they are is asked of `shows_nature`."""
    if is_clerk(user):
        return Declaration.objects.all()
    opened = Q(item__isnull=True) | Q(item__restricted=False)
    out = Q(meeting__minutes__in=visible_minutes(user).order_by().values("pk"))
    found = opened & out | Q(meeting__body__in=bodies_of(user, SEATED))
    if strong(user):
        found |= Q(post=user.acting_for.pk)
    return Declaration.objects.filter(found)


def visible_texts(user: Asker) -> QuerySet[MinuteText]:
    """Texts that wait beside a minute, for the clerk."""
    return MinuteText.objects.all() if is_clerk(user) else MinuteText.objects.none()


def shows_nature(user: Asker, declaration: Declaration, body: Body) -> bool:
    """Whether they read what an interest is: not where it concerns third people.

    Then only the holder, the clerk and the chair do; others read its kind.
    """
    if not declaration.private or is_clerk(user) or parts_on(user, body.pk) & CHAIRS:
        return True
    return strong(user) and declaration.post_id == user.acting_for.pk


# ------------------------------------------------------------------ doing


def is_drafted(meeting: Meeting) -> bool:
    """Whether its minutes are being written: from the agenda's going out until the chair's word."""
    if meeting.state != states.MINUTED:
        return meeting.state == states.PUBLISHED
    minutes = getattr(meeting, "minutes", None)
    return minutes is not None and minutes.state == states.DRAFT


def minuting_verbs(user: Asker, meeting: Meeting) -> set[str]:
    """The clerk keeps who is there and what is declared; the chair's word is also the chair's."""
    if not is_drafted(meeting):
        return set()
    if is_clerk(user):
        return set(IN_THE_MEETING)
    chairs = parts_on(user, meeting.body_id) & PRESIDING
    return {"declare_quorum", "act_on_interest"} if chairs else set()


def minutes_verbs(user: Asker, minutes: Minutes) -> set[str]:
    """The clerk circulates and takes down that they were agreed; the chair checks; members correct.

    Where young people chair, their participation worker checks for them. Members ask until their
    day has passed; later they say it where the minutes are agreed. Minutes that were taken from
    elsewhere have been agreed there.
    """
    if minutes.meeting.source:
        return set()
    if isinstance(user, str):
        return {"print_minutes"} & minutes.open_verbs()
    allowed = set(OF_THE_CLERK) if is_clerk(user) else set()
    parts = parts_on(user, minutes.meeting.body_id)
    if _presides(user, minutes.meeting):
        allowed |= {"check_minutes", "return_minutes"}
    until = minutes.corrections_until
    if parts & SEATED and until and clock.today() <= until:
        allowed.add("propose_correction")
    return allowed & minutes.open_verbs()


def correction_verbs(user: Asker, correction: Correction) -> set[str]:
    """The clerk settles what was asked, while the minutes are not agreed yet."""
    if not is_clerk(user) or correction.minutes.state != states.CIRCULATED:
        return set()
    return correction.open_verbs()


def _presides(user: Asker, meeting: Meeting) -> bool:
    """Whether their word stands for the chair's at this meeting."""
    parts = parts_on(user, meeting.body_id)
    if parts & CHAIRS or (meeting.body.is_young and holds(user, "participation_worker")):
        return True
    return Part.VICE_CHAIR in parts and _chair_was_away(meeting)


def _chair_was_away(meeting: Meeting) -> bool:
    """Whether no chair was there, or none sits there at all."""
    here = meeting.attendance.filter(appointment__part=Part.CHAIR)
    if here.exists():
        return not here.exclude(how__in=AWAY).exists()
    seated = Appointment.objects.live().filter(seat__body=meeting.body_id, part=Part.CHAIR)
    return not seated.exists()
