"""Decisions: what a body decided, with a number that nobody else's decision has."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.governance.models.agreed import AT_THE_ITEM, stays_once_agreed
from saidanddone.governance.models.bodies import PRECISIONS, Body
from saidanddone.governance.models.meetings import AgendaItem
from saidanddone.people.models import User


class DecisionQuerySet(QuerySet["Decision"]):
    """Decisions, chainable."""

    def with_votes(self) -> Self:
        """Each with how many voted for and against it, and how many did not."""
        hows = {"voted_for": "for", "voted_against": "against", "abstained": "abstained"}
        return self.annotate(
            **{name: Count("votes", filter=Q(votes__how=how)) for name, how in hows.items()}
        )

    def about(self, words: str) -> Self:
        """Those whose number, wording, reasons or item hold all of these words."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(
                Q(number__icontains=word) | Q(wording__icontains=word)
                | Q(reasons__icontains=word) | Q(item__title__icontains=word)
            )  # fmt: skip
        return found


@pghistory.track()
class Decision(models.Model):
    """What a body decided: a record with a number, wording, outcome and reasons.

    Restricted decisions are numbered in a series of their own, so that the open series has no
    gap from which a reader could tell that something was decided behind closed doors.
    """

    class Outcome(models.TextChoices):
        AGREED = "agreed", "Agreed"
        AGREED_AMENDED = "agreed_amended", "Agreed with changes"
        REFUSED = "refused", "Not agreed"
        DEFERRED = "deferred", "Put off"
        RECOMMENDED = "recommended", "Recommended"

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    number = models.CharField(max_length=60, unique=True)
    year = models.PositiveSmallIntegerField()
    place = models.PositiveIntegerField()  # in its series, from 1, without gaps
    closed_series = models.BooleanField(default=False)
    wording = models.TextField()
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.AGREED)
    reasons = models.TextField(blank=True)
    alternatives = models.TextField(blank=True)
    restricted = models.BooleanField(default=False)
    on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=PRECISIONS, default="day")
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    origin_path = models.CharField(max_length=200, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["origin_path"]), models.Index(fields=["-on", "-id"])]
        triggers = [stays_once_agreed(AT_THE_ITEM)]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "closed_series", "place"], name="one_decision_a_number"
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="decision_has_wording"),
            models.CheckConstraint(
                condition=Q(precision="unknown") | Q(on__isnull=False),
                name="decision_has_a_day_or_says_unknown",
            ),
            models.CheckConstraint(
                condition=Q(closed_series=False) | Q(restricted=True),
                name="closed_series_is_restricted",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.pk])
