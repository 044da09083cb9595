"""What is written while a body meets, and how it becomes the agreed minutes."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.governance import states
from saidanddone.governance.models.agreed import (
    AT_THE_DECISION,
    AT_THE_MEETING,
    agreed_minutes_stay,
    stays_once_agreed,
)
from saidanddone.governance.models.bodies import Appointment, Seat
from saidanddone.governance.models.meetings import AgendaItem, Meeting
from saidanddone.governance.models.minutes import Decision
from saidanddone.people.models import User


@pghistory.track()
class Attendance(models.Model):
    """Who was there, who sent apologies, and who stood in for whom.

    A seat that is represented counts towards the quorum, whoever fills it: its holder, its
    substitute, or somebody named on the day. A guest has no seat and counts for none. Young people
    are counted by their seats, never named.
    """

    class How(models.TextChoices):
        PRESENT = "present", "In the room"
        ONLINE = "online", "On line"
        APOLOGIES = "apologies", "Sent apologies"
        ABSENT = "absent", "Not there"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="attendance"
    )
    named = models.CharField(max_length=160, blank=True)  # a guest, or who stands in on the day
    how = models.CharField(max_length=10, choices=How)
    count = models.PositiveSmallIntegerField(default=1)  # young people in a counted seat
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["seat__order", "pk"]
        triggers = [stays_once_agreed(AT_THE_MEETING)]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "appointment"], name="attends_once"),
            models.CheckConstraint(
                condition=Q(appointment__isnull=False) | ~Q(named="") | Q(seat__isnull=False),
                name="attendance_is_of_somebody",
            ),
        ]


def with_named_there(
    meetings: QuerySet[Meeting], attendance: QuerySet[Attendance]
) -> QuerySet[Meeting]:
    """Each with those who are known by name alone, as `named_there`: guests, and who came elsewhere."""
    rows = attendance.filter(meeting=OuterRef("pk"), seat__isnull=True, appointment__isnull=True)
    shown = JSONObject(name="named", how="how")
    return meetings.annotate(named_there=ArraySubquery(rows.order_by("pk").values(data=shown)))


@pghistory.track()
class Minutes(Living):
    """The minutes of one meeting: drafted, checked by the chair, circulated, agreed, then locked.

    Their text stands at the items. Once agreed at a later meeting nothing in them changes again.
    """

    MOVES: ClassVar[Moves] = states.MINUTES

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=20, default=states.DRAFT)
    circulate_by = models.DateField(null=True, blank=True)  # by when members should have them
    returned_why = models.CharField(max_length=500, blank=True)  # what the chair wants put right
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    circulated_at = models.DateTimeField(null=True, blank=True)
    corrections_until = models.DateField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_in = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="minutes_agreed"
    )
    amendments = models.TextField(blank=True)  # how they were changed when they were agreed
    printed = models.FileField(upload_to="minutes/%Y", blank=True)  # the PDF as agreed

    class Meta:
        verbose_name_plural = "minutes"
        triggers = [agreed_minutes_stay()]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=states.DRAFT)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="checked_minutes_say_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.APPROVED)
                | Q(approved_at__isnull=False, approved_in__isnull=False),
                name="agreed_minutes_say_where",
            ),
        ]

    def __str__(self) -> str:
        return f"Minutes of {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("minutes", args=[self.meeting_id])


def with_minutes_to_agree(
    meetings: QuerySet[Meeting], waiting: QuerySet[Minutes]
) -> QuerySet[Meeting]:
    """Each with those minutes that wait to be agreed there, the latest first, as `to_agree`."""
    rows = waiting.exclude(meeting=OuterRef("pk")).order_by("-meeting__on", "-pk")
    shown = JSONObject(id="meeting_id", on="meeting__on")
    return meetings.annotate(to_agree=ArraySubquery(rows.values(data=shown)))


def as_read(
    minutes: QuerySet[Minutes], attendance: QuerySet[Attendance], corrections: QuerySet
) -> QuerySet[Minutes]:
    """Each with its meeting, who was there (`people`) and what was asked for (`asked`)."""
    there = attendance.filter(meeting=OuterRef("meeting")).order_by("seat__order", "pk")
    person = JSONObject(
        name="appointment__post__user__name", young="appointment__post__user__is_young",
        part="appointment__part", office="seat__title", named="named", how="how", count="count",
        seats="seat__count", organisation="seat__organisation__name",
    )  # fmt: skip
    asked = corrections.filter(minutes=OuterRef("pk")).order_by("proposed_at", "pk")
    correction = JSONObject(
        id="id", item="item", text="text", state="state", by="proposed_by__name", answer="answer"
    )
    return minutes.select_related("meeting__body", "approved_in", "checked_by").annotate(
        people=ArraySubquery(there.values(data=person)),
        asked=ArraySubquery(asked.values(data=correction)),
    )


class MinuteText(models.Model):
    """A text for an item's minute that could not be laid over another: both are kept.

    Written by a second clerk, or sent late through a bad line. It waits beside the minute until
    somebody takes it over or puts it aside; nothing is merged in silence.
    """

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="other_texts")
    text = models.TextField()
    based_on = models.PositiveIntegerField()  # the version of the minute that its writer had seen
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["written_at", "pk"]


@pghistory.track()
class Correction(Living):
    """What a member asks to have put right in circulated minutes, and what became of it."""

    MOVES: ClassVar[Moves] = states.CORRECTION

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="corrections")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    text = models.TextField()
    state = models.CharField(max_length=20, default=states.ASKED)
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correction_says_something"),
            models.CheckConstraint(
                condition=~Q(state=states.NOT_MADE) | ~Q(answer=""),
                name="declined_correction_says_why",
            ),
        ]


class Vote(models.Model):
    """How one seat voted on a decision that was not reached by agreement."""

    class How(models.TextChoices):
        FOR = "for", "For"
        AGAINST = "against", "Against"
        ABSTAINED = "abstained", "Did not vote"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="votes")
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="votes")
    how = models.CharField(max_length=10, choices=How)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["appointment__seat__order", "pk"]
        triggers = [stays_once_agreed(AT_THE_DECISION)]
        constraints = [
            models.UniqueConstraint(fields=["decision", "appointment"], name="one_vote_a_seat")
        ]
