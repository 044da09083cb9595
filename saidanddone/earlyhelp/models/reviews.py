"""The reviews that look back, the numbers people give, and the closing."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from saidanddone.core import clock
from saidanddone.earlyhelp.models.families import FamilyMember
from saidanddone.earlyhelp.models.plans import Goal
from saidanddone.earlyhelp.models.stories import Story
from saidanddone.people.models import Post


@pghistory.track()
class Review(models.Model):
    """The team and the family looking back together, or by gathered updates; it sets the next day."""

    class Kind(models.TextChoices):
        MEETING = "meeting", "Everybody met"
        GATHERED = "gathered", "Updates were gathered"
        NETWORK = "network", "The family’s own network met"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="reviews")
    held_on = models.DateField(default=clock.today)
    kind = models.CharField(max_length=10, choices=Kind, default="meeting")
    words = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)  # none when it is the last
    recorded_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-held_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on__gt=models.F("held_on")), name="next_review_is_later"
            )
        ]


class Attendance(models.Model):
    """Whether somebody was at a review, sent word, or was missed."""

    class How(models.TextChoices):
        THERE = "there", "Was there"
        SENT = "sent", "Sent an update"
        APOLOGIES = "apologies", "Sent apologies"
        MISSED = "missed", "Was missed"

    story = models.ForeignKey(Story, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, related_name="attendance")
    member = models.ForeignKey(
        FamilyMember, models.PROTECT, null=True, blank=True, related_name="+"
    )
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    somebody = models.CharField(max_length=120, blank=True)
    how = models.CharField(max_length=10, choices=How)
    update = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "attendance"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False) | Q(post__isnull=False) | ~Q(somebody=""),
                name="review_attendance_is_of_somebody",
            )
        ]


class Progress(models.Model):
    """How far one goal has come, as a review found it."""

    class How(models.TextChoices):
        MET = "met", "Met"
        NEARER = "nearer", "Nearer"
        SAME = "same", "Much the same"
        FURTHER = "further", "Further away"

    story = models.ForeignKey(Story, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, related_name="progress")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="progress")
    how = models.CharField(max_length=10, choices=How)
    words = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "progress"
        constraints = [
            models.UniqueConstraint(fields=["review", "goal"], name="progress_once_a_review")
        ]


class Scale(models.Model):
    """How things are, 0 to 10, as one person sees it; numbers of different people stay apart."""

    class Moment(models.TextChoices):
        BEFORE = "before", "When we began"
        DURING = "during", "On the way"
        AFTER = "after", "At the end"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="scales")
    member = models.ForeignKey(FamilyMember, models.PROTECT, null=True, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    about = models.ForeignKey(FamilyMember, models.PROTECT, null=True, blank=True, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, null=True, blank=True, related_name="scales")
    moment = models.CharField(max_length=10, choices=Moment, default="during")
    once = models.UUIDField(null=True, blank=True, unique=True)
    score = models.PositiveSmallIntegerField()
    on = models.DateField(default=clock.today)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(score__lte=10), name="scale_to_ten"),
            models.CheckConstraint(
                condition=Q(member__isnull=False) | Q(post__isnull=False),
                name="scale_is_of_somebody",
            ),
        ]


@pghistory.track()
class Closing(models.Model):
    """How a story ends: asked for by the lead, approved or returned by the supervisor."""

    story = models.OneToOneField(Story, models.PROTECT, primary_key=True, related_name="closing")
    words = models.TextField(blank=True)  # how it went
    continues = models.TextField(blank=True)  # what goes on without us
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    returned_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("asked_by")),
                name="closing_takes_two",
            )
        ]


class Feedback(models.Model):
    """What one of the family says at the end of the help they had, and of who led it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="feedback")
    member = models.ForeignKey(FamilyMember, models.PROTECT, related_name="+")
    words = models.TextField()
    of_the_lead = models.TextField(blank=True)
    given_on = models.DateField(default=clock.today)
    gathered_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="feedback_in_words")]
