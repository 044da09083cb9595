"""Terms of reference: what a body is for and how it works, in every version that it agreed."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.governance.models.bodies import PRECISIONS, Body
from saidanddone.people.models import User


@pghistory.track()
class Terms(models.Model):
    """One version of a body's terms of reference, agreed on a day, to be looked at again by one.

    The highest number is in force; the others stay beside it.
    """

    body = models.ForeignKey(Body, models.CASCADE, related_name="versions_of_terms")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    agreed_by = models.CharField(max_length=160, blank=True)  # the body that agreed, in words
    agreed_on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=PRECISIONS, default="day")
    review_on = models.DateField(null=True, blank=True)
    what_changed = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    warned_on = models.DateField(null=True, blank=True)  # when the clerk was last told it is due
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "terms"
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="one_version_a_number"),
            models.CheckConstraint(condition=~Q(text=""), name="terms_say_something"),
        ]

    def __str__(self) -> str:
        return f"Terms of reference, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("terms", args=[self.body.slug, self.number])
