"""What a family agreed to, what was shared outside it, what is held, asked for and released."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from saidanddone.core import clock
from saidanddone.earlyhelp.models.families import Family, FamilyMember
from saidanddone.people.models import Organisation, Post, User


@pghistory.track()
class Agreement(models.Model):
    """What one adult or able child of a family agreed to: a version, in their words.

    It says which agencies may help and until when, and what is to be held back. It is about
    taking part; it is not the lawful basis of a share (docs/access.md).
    """

    class How(models.TextChoices):
        SPOKEN = "spoken", "Said so, with a witness"
        SIGNED = "signed", "Signed on screen"
        TYPED = "typed", "Typed it themselves"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = models.ForeignKey(Family, models.PROTECT, related_name="agreements")
    story = models.ForeignKey("earlyhelp.Story", models.PROTECT, related_name="agreements")
    member = models.ForeignKey(FamilyMember, models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    words = models.TextField()
    agencies = ArrayField(models.BigIntegerField(), default=list)  # Organisation numbers
    hold_back = models.TextField(blank=True)
    until = models.DateField()
    how = models.CharField(max_length=10, choices=How)
    witness = models.CharField(max_length=160, blank=True)
    given_on = models.DateField(default=clock.today)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_words = models.TextField(blank=True)
    disagreement = models.TextField(blank=True)  # how a difference with another adult was resolved
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["member", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "member", "version"], name="agreement_version"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="agreement_in_words"),
            models.CheckConstraint(
                condition=~Q(how="spoken") | ~Q(witness=""), name="spoken_agreement_has_a_witness"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=models.F("given_on")), name="agreement_ends_after_it_begins"
            ),
        ]


class SharingDecision(models.Model):
    """That something was shared outside the agreement, or not: which power, what, why, who knows.

    Refusing to share is recorded in the same way.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey("earlyhelp.Story", models.PROTECT, related_name="sharing")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    shared = models.BooleanField()
    power = models.CharField(max_length=160)  # which law or duty, from the reference list
    what = models.TextField()
    why = models.TextField()
    told_how = models.CharField(max_length=300, blank=True)
    authorised_by = models.CharField(max_length=160, blank=True)  # who it was talked through with
    family_told = models.BooleanField()
    not_told_why = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(family_told=True) | ~Q(not_told_why=""),
                name="family_told_or_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(power="") & ~Q(what="") & ~Q(why=""), name="share_says_power_what_why"
            ),
        ]


class Asking(models.Model):
    """An agency that is shut out must ask or tell something about this child.

    It goes to a named person, who shares or not within one working day, and says why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey("earlyhelp.Story", models.PROTECT, related_name="+")
    child = models.ForeignKey(FamilyMember, models.PROTECT, null=True, blank=True, related_name="+")
    from_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    to_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    tells = models.BooleanField(default=False)  # or asks
    words = models.TextField()
    asked_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    shared = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)  # what was shared; read by whoever asked
    why = models.TextField(blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["due_on", "asked_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="asking_in_words"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | (Q(answered_by__isnull=False, shared__isnull=False) & ~Q(why="")),
                name="answered_asking_says_by_whom_and_why",
            ),
        ]


class LegalHold(models.Model):
    """This record is kept, whatever its keep-until day says, until somebody lifts the hold."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey("earlyhelp.Story", models.PROTECT, related_name="+")
    why = models.CharField(max_length=500)
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="hold_says_why")]


class Release(models.Model):
    """An export with birth dates in it: asked for by one, let go by another, to a named requester."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    what = models.SlugField()  # annex-a-list-2
    requester = models.CharField(max_length=160)
    why = models.CharField(max_length=500)
    since = models.DateField()
    until = models.DateField()
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    refused_why = models.CharField(max_length=500, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(null=True, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=models.F("asked_by")),
                name="release_takes_two",
            ),
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="release_ends"),
            models.CheckConstraint(
                condition=~Q(requester="") & ~Q(why=""), name="release_names_requester_and_why"
            ),
        ]
