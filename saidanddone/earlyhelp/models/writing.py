"""What each agency adds, what each child and grown-up says, and how much help is judged needed."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models.families import FamilyMember
from saidanddone.earlyhelp.models.stories import Story
from saidanddone.people.models import Post


class Contribution(Living):
    """What one agency adds: written as a draft that only its author sees, then signed for good."""

    MOVES: ClassVar[Moves] = states.CONTRIBUTION

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="contributions")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    section = models.SlugField()  # of the reference list of sections
    strengths = models.TextField(blank=True)
    worries = models.TextField(blank=True)
    needs = models.TextField(blank=True)  # what needs to happen
    state = models.CharField(max_length=20, default=states.WRITING)
    version = models.PositiveIntegerField(default=0)  # rises with each saving
    adds_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="added")
    once = models.UUIDField(null=True, blank=True, unique=True)
    begun_at = models.DateTimeField(default=clock.now)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["section", "signed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=states.SIGNED)
                | (Q(signed_at__isnull=False) & ~Q(strengths="", worries="", needs="")),
                name="signed_contribution_says_something",
            )
        ]


class RivalText(models.Model):
    """What a second window typed into a section that had moved on: kept until its author chooses."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="+")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="rivals")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    window = models.UUIDField()  # each window has one, which it goes on keeping
    strengths = models.TextField(blank=True)
    worries = models.TextField(blank=True)
    needs = models.TextField(blank=True)
    began_from = models.PositiveIntegerField()  # the version that this window had
    kept_at = models.DateTimeField(default=clock.now)
    chosen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "window"], name="one_rival_a_window")
        ]


class ChildsWords(models.Model):
    """What a child said, word for word, with how it was gathered; no grown-up ever edits it (C11).

    The child chose who reads it: the worker alone, the team, or also those who decide.
    """

    class Audience(models.TextChoices):
        WORKER = "worker", "Just my worker"
        TEAM = "team", "My team"
        DECIDE = "decide", "To help decide, without my name"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="childs_words")
    child = models.ForeignKey(FamilyMember, models.PROTECT, related_name="words")
    words = models.TextField()
    audience = models.CharField(max_length=10, choices=Audience)
    said_on = models.DateField(default=clock.today)
    how = models.CharField(max_length=160)  # talking, drawing, watching, cards …
    gathered_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["said_on", "recorded_at"]
        verbose_name_plural = "child's words"
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="childs_words_are_words")
        ]


class WordsWidened(models.Model):
    """A child let more people read their words, or a safeguarding decision did; the child is told.

    Nobody else widens them, and nothing here changes what they say.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="+")
    words = models.ForeignKey(ChildsWords, models.PROTECT, related_name="widened")
    child = models.ForeignKey(FamilyMember, models.PROTECT, related_name="+")
    by_child = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)
    child_told_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "words widened"
        constraints = [
            models.CheckConstraint(
                condition=Q(by_child=True) | (Q(decided_by__isnull=False) & ~Q(why="")),
                name="words_widened_by_child_or_for_a_reason",
            )
        ]


class ParentsWords(models.Model):
    """What a grown-up of the family says, in their own words: read by the team, and by themselves."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="parents_words")
    member = models.ForeignKey(FamilyMember, models.PROTECT, related_name="+")
    words = models.TextField()
    said_on = models.DateField(default=clock.today)
    how = models.CharField(max_length=160)
    gathered_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["said_on", "recorded_at"]
        verbose_name_plural = "parents' words"
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="parents_words_are_words")
        ]


class Drawing(models.Model):
    """A child's drawing, or a photo of one: for those whom the child chose, as their words are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="drawings")
    child = models.ForeignKey(FamilyMember, models.PROTECT, related_name="+")
    picture = models.FileField(upload_to="stories")  # named by chance, streamed after the check
    described = models.CharField(max_length=300)  # what is on it, for who cannot see it
    audience = models.CharField(max_length=10, choices=ChildsWords.Audience)
    drawn_on = models.DateField(default=clock.today)
    gathered_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["drawn_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(described=""), name="drawing_is_described")
        ]


class Level(models.Model):
    """Somebody's dated judgement of how much help one child needs, with the reason; never computed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="levels")
    child = models.ForeignKey(FamilyMember, models.PROTECT, related_name="levels")
    level = models.PositiveSmallIntegerField()  # of the continuum of need, 1 to 5
    why = models.TextField()
    judged_on = models.DateField(default=clock.today)
    judged_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-judged_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5), name="level_one_to_five"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="level_says_why"),
        ]
