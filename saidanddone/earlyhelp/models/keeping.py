"""Records whose time is over: proposed by one, agreed by another, gone; what stays tells no name."""

import uuid

from django.db import models
from django.db.models import F, Q

from saidanddone.core import clock
from saidanddone.people.models import User


class Disposal(models.Model):
    """That a record whose time is over is to be disposed of, by whom, who agreed; and that it is gone.

    It outlives the record: a reference and days, never a name. So it points at no row of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.UUIDField()
    reference = models.CharField(max_length=12)
    closed_on = models.DateField()
    kept_until = models.DateField()
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    refused_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("proposed_by")),
                name="disposal_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(agreed_by__isnull=False, refused_why=""),
                name="disposal_agreed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["story"], condition=Q(refused_why=""), name="one_disposal_of_a_story"
            ),
        ]
