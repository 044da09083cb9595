"""What is kept from whom: seals, relatives, safe addresses; and the glass that may be broken."""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from saidanddone.core import clock
from saidanddone.earlyhelp.models.families import Family, FamilyMember
from saidanddone.people.models import Post, User


@pghistory.track()
class Seal(models.Model):
    """To anybody it does not name, a family's record, or one part of it, does not exist.

    Without a subject it covers the whole record; with one, that contribution, those words, that
    contact. It is reviewed every 90 days and never lapses by silence.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = models.ForeignKey(Family, models.PROTECT, related_name="seals")
    subject = models.UUIDField(null=True, blank=True)
    readers = ArrayField(models.BigIntegerField())  # User numbers; those of the family too
    why = models.TextField()
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    review_on = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_why = models.CharField(max_length=500, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["family"], condition=Q(lifted_at__isnull=True), name="seals_on")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="seal_says_why"),
            models.CheckConstraint(
                condition=Q(readers__len__gt=0), name="seal_names_somebody"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True)
                | (Q(lifted_by__isnull=False) & ~Q(lifted_why="")),
                name="lifted_seal_says_by_whom_and_why",
            ),
        ]  # fmt: skip


class Conflict(models.Model):
    """Somebody is in this family or related to it, and so never works with its record.

    They say so themselves, or the duty desk does; whom it is about need not know of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = models.ForeignKey(Family, models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=160)
    declared_at = models.DateTimeField(default=clock.now)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "person"], condition=Q(ended_at__isnull=True),
                name="one_conflict_of_a_person_in_a_family",
            ),
            models.CheckConstraint(condition=~Q(relation=""), name="conflict_says_how_related"),
        ]  # fmt: skip


class SafeAddress(models.Model):
    """Where somebody may be found: closed with a key that the database never holds.

    Only those it names have the row at all. Everybody else reaches the family through the lead.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(FamilyMember, models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, models.PROTECT, related_name="+")
    closed = models.BinaryField()  # ciphertext: core never shows it, search never meets it
    readers = ArrayField(models.BigIntegerField())  # User numbers
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "safe addresses"
        constraints = [
            models.CheckConstraint(condition=Q(readers__len__gt=0), name="address_names_a_reader"),
            models.UniqueConstraint(
                fields=["member"], condition=Q(replaced_at__isnull=True),
                name="one_safe_address_of_a_member",
            ),
        ]  # fmt: skip


class BreakGlass(models.Model):
    """Somebody opened one child's record without being in the team: why, and until when.

    It is looked at again within two working days. Without a story nobody was found; the try stays.
    """

    class Outcome(models.TextChoices):
        RIGHT = "right", "It was right"
        WRONG = "wrong", "It was not right"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(
        "earlyhelp.Story", models.PROTECT, null=True, blank=True, related_name="+"
    )
    child = models.ForeignKey(FamilyMember, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    why = models.TextField()
    started_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()
    review_by = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_words = models.TextField(blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        verbose_name_plural = "broken glass"
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="broken_glass_says_why"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("started_at")), name="broken_glass_ends"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True)
                | (Q(reviewed_by__isnull=False) & ~Q(outcome="")),
                name="reviewed_glass_says_by_whom_and_what",
            ),
        ]  # fmt: skip
