"""Replies, and what those who raised the issue make of them."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.governance.models import Action, Body, Meeting
from saidanddone.participation import states
from saidanddone.participation.models.issues import Historic, Issue, told_truly
from saidanddone.participation.models.voices import Voice
from saidanddone.people.models import Post, User


@pghistory.track()
class Reply(Living, Historic):
    """What you said, what we decided, why, what we could not do, what happens next, by when, who.

    `at` and `by` tell when and by whom it was written, `on` and `sent_at` when it was sent.
    """

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
    # What is promised, until when and by whom: an action of its owner once the reply is sent (F16).
    promise_what = models.CharField(max_length=400, blank=True)
    promise_owner = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    promise = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, default=states.DRAFT)
    reading_age = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    above_age_why = models.CharField(max_length=400, blank=True)  # F11
    second_reader = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)  # of a draft that two people may hold open
    sent_at = models.DateTimeField(null=True, blank=True)
    judge_by = models.DateField(null=True, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue"], condition=Q(state=states.DRAFT), name="one_draft_an_issue"
            ),
            models.CheckConstraint(
                condition=Q(promise_what="")
                | Q(promise_owner__isnull=False, by_when__isnull=False),
                name="promise_has_owner_and_day",
            ),
            models.CheckConstraint(
                condition=Q(state=states.DRAFT) | Q(on__isnull=False) | Q(precision="unknown"),
                name="sent_reply_has_its_day",
            ),
            told_truly("replied_when_and_by_whom"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.who}"

    def get_absolute_url(self) -> str:
        return self.issue.get_absolute_url()


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
    # Why not: one who raised it says it in words of their own, read like all words before they are
    # shown; a group's reason is what its worker wrote down.
    words = models.OneToOneField(
        Voice, models.PROTECT, null=True, blank=True, related_name="reason_for"
    )
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
            models.CheckConstraint(
                condition=Q(voice__isnull=True) | Q(because=""),
                name="own_reason_is_a_voice_of_its_own",
            ),
        ]  # fmt: skip

    @property
    def has_reason(self) -> bool:
        """Whether it says why."""
        return self.words_id is not None or bool(self.because)


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
    words = models.OneToOneField(
        Voice, models.PROTECT, null=True, blank=True, related_name="last_word_of"
    )
    because = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "voice"], condition=Q(voice__isnull=False),
                name="happened_said_once_a_voice",
            ),
            models.UniqueConstraint(
                fields=["issue", "body"], condition=Q(body__isnull=False),
                name="happened_said_once_a_group",
            ),
            models.CheckConstraint(
                condition=Q(voice__isnull=False, body__isnull=True)
                | Q(voice__isnull=True, body__isnull=False),
                name="happened_said_by_a_voice_or_a_group",
            ),
        ]  # fmt: skip
