"""Replies, and what those who raised the issue make of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.governance.models import Action, Body, Meeting
from saidanddone.participation import states
from saidanddone.participation.models.issues import Historic, Issue
from saidanddone.participation.models.voices import Voice
from saidanddone.people.models import Post, User


class Reply(Living, Historic):
    """What you said, what we decided, why, what we could not do, what happens next, by when, who."""

    MOVES: ClassVar[Moves] = states.REPLY

    class Kind(models.TextChoices):
        REPLY = "reply", "Reply"
        REFUSAL = "refusal", "We can’t, because"

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.REPLY)
    said = models.TextField()
    decided = models.TextField()
    why = models.TextField()
    could_not = models.TextField(blank=True)
    next = models.TextField(blank=True)
    by_when = models.DateField(null=True, blank=True)
    who = models.CharField(max_length=160)  # the name that the young people know
    author = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    promise = models.ForeignKey(
        Action, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, default=states.DRAFT)
    reading_age = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    above_age_why = models.CharField(max_length=400, blank=True)  # F11
    second_reader = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    judge_by = models.DateField(null=True, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["sent_at", "pk"]


class Judgement(models.Model):
    """Fair or not: one child's word, or a group's count at its meeting. Silence is 'not said'."""

    class Verdict(models.TextChoices):
        FAIR = "fair", "Fair"
        NOT_FAIR = "not_fair", "Not fair"
        NOT_SAID = "not_said", "Not said"

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="judgements")
    voice = models.ForeignKey(
        Voice, models.CASCADE, null=True, blank=True, related_name="judgements"
    )
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict)
    fair = models.PositiveSmallIntegerField(default=0)  # a group's counts
    not_fair = models.PositiveSmallIntegerField(default=0)
    not_said = models.PositiveSmallIntegerField(default=0)
    because = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "voice"], condition=Q(voice__isnull=False),
                name="one_judgement_a_voice",
            ),
            models.UniqueConstraint(
                fields=["reply", "body"], condition=Q(body__isnull=False),
                name="one_judgement_a_group",
            ),
            models.CheckConstraint(
                condition=Q(voice__isnull=False, body__isnull=True)
                | Q(voice__isnull=True, body__isnull=False)
                | Q(voice__isnull=True, body__isnull=True, verdict="not_said"),
                name="judged_by_a_voice_or_a_group",
            ),
        ]  # fmt: skip


class Happened(models.Model):
    """'Did it happen?': the last word of those who raised it."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "No"

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="happened")
    voice = models.ForeignKey(Voice, models.CASCADE, null=True, blank=True, related_name="happened")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer)
    because = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "voice"], condition=Q(voice__isnull=False),
                name="happened_said_once_a_voice",
            )
        ]  # fmt: skip
