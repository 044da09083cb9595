"""The plan: goals in the family's words, steps with owners, and what each member says of it."""

import uuid
from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models.families import FamilyMember
from saidanddone.earlyhelp.models.stories import Story
from saidanddone.people.models import Post


@pghistory.track()
class Goal(models.Model):
    """What the family wants to be different, in its own words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="goals")
    words = models.TextField()
    strength = models.TextField(blank=True)  # what the family is good at that helps here
    outcomes = ArrayField(models.SlugField(), default=list, blank=True)  # of the ten headlines
    dropped_at = models.DateTimeField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["order", "made_at"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="goal_in_words")]


@pghistory.track()
class Step(Living):
    """Something that one person will do by a day: a parent, a child, a friend or a professional."""

    MOVES: ClassVar[Moves] = states.STEP

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="steps")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=300)
    member = models.ForeignKey(FamilyMember, models.PROTECT, null=True, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    somebody = models.CharField(max_length=120, blank=True)  # a friend, an aunt
    due_on = models.DateField()
    state = models.CharField(max_length=20, default=states.TO_DO)
    result = models.TextField(blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, post__isnull=True, somebody="")
                | Q(member__isnull=True, post__isnull=False, somebody="")
                | (Q(member__isnull=True, post__isnull=True) & ~Q(somebody="")),
                name="step_has_one_owner",
            )
        ]


class PlanAnswer(models.Model):
    """What one of the family says to one version of the plan: agrees, does not, or a comment."""

    class Kind(models.TextChoices):
        AGREES = "agrees", "I agree with this plan"
        DISAGREES = "disagrees", "I do not agree"
        COMMENT = "comment", "I want to say something"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="plan_answers")
    member = models.ForeignKey(FamilyMember, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField(blank=True)
    witness = models.CharField(
        max_length=160, blank=True
    )  # who heard it, if somebody else wrote it
    said_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-version", "said_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="agrees") | ~Q(words=""), name="plan_answer_says_what"
            )
        ]
