"""Interests: the register that each member keeps, and what is declared at an item."""

from calendar import monthrange
from datetime import date

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.governance.models.agreed import AT_THE_MEETING, stays_once_agreed
from saidanddone.governance.models.meetings import AgendaItem, Meeting
from saidanddone.people.models import Post, User
from saidanddone.reference.models import partnership


class Kind(models.TextChoices):
    """The kinds of interest that the register knows."""

    PECUNIARY = "pecuniary", "Money or property"
    NON_PECUNIARY = "non_pecuniary", "Other than money"
    INDIRECT = "indirect", "Through somebody close"


@pghistory.track()
class Register(models.Model):
    """One post's page in the register of interests, confirmed each year even when it is empty."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="interests_register")
    confirmed_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    def get_absolute_url(self) -> str:
        return reverse("interests")

    @property
    def confirm_by(self) -> date:
        """The day by which it is to be confirmed again; today, if it never was."""
        if self.confirmed_on is None:
            return clock.today()
        months = self.confirmed_on.month - 1 + partnership().interests_months
        year, month = self.confirmed_on.year + months // 12, months % 12 + 1
        return date(year, month, min(self.confirmed_on.day, monthrange(year, month)[1]))


@pghistory.track()
class Interest(models.Model):
    """Something that could sway somebody who sits on a body, or seem to.

    `private` holds what concerns third people, such as a child at a school: only the holder, the
    clerk and the chair read it; the register shows the kind alone.
    """

    register = models.ForeignKey(Register, models.CASCADE, related_name="interests")
    kind = models.CharField(max_length=20, choices=Kind)
    nature = models.CharField(max_length=300)
    private = models.BooleanField(default=False)
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)
    declared_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="interest_ends_after_it_starts",
            )
        ]


@pghistory.track()
class Declaration(models.Model):
    """An interest declared at a meeting or at one of its items, and what the chair did about it."""

    class Action(models.TextChoices):
        NOTED = "noted", "Noted, and stays"
        SILENT = "silent", "Stays, without speaking or deciding"
        LEAVES = "leaves", "Leaves the room for this item"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="declarations")
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, null=True, blank=True, related_name="declarations"
    )
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    named = models.CharField(max_length=160, blank=True)  # somebody without a post here
    kind = models.CharField(max_length=20, choices=Kind)
    nature = models.CharField(max_length=300)
    private = models.BooleanField(default=False)
    action = models.CharField(max_length=10, choices=Action, blank=True)  # empty: chair to decide
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    declared_at = models.DateTimeField(default=clock.now)
    declared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["declared_at", "pk"]
        triggers = [stays_once_agreed(AT_THE_MEETING)]
        constraints = [
            models.CheckConstraint(
                condition=Q(action="", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(action="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="action_on_interest_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(post__isnull=False) | ~Q(named=""), name="declaration_is_of_somebody"
            ),
        ]
