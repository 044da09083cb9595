"""The lines, the ends of their chains, and the state of their checking."""

from datetime import date, datetime, time, timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from saidanddone.core import clock

CHAINS = 16


class LineQuerySet(models.QuerySet["Line"]):
    """Lines, chainable."""

    def of_person(self, person: int) -> Self:
        """What this person did or saw."""
        return self.filter(actor=f"person:{person}")

    def on(self, day: date) -> Self:
        """What happened on that day, as the clocks of this place show it."""
        begins = timezone.make_aware(datetime.combine(day, time.min))
        ends = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        return self.filter(at__gte=begins, at__lt=ends)


class Line(models.Model):
    """One thing that somebody did or saw. Written by the database's own function, never changed.

    It holds references and digests only, no foreign keys: it outlives what it tells of.
    """

    chain = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()  # place in its chain, from 1
    at = models.DateTimeField()  # when it happened, by the product's clock
    written_at = models.DateTimeField()  # when it was written, by the database's own clock
    actor = models.CharField(max_length=60)  # person:12, code, system:letters
    post = models.BigIntegerField(null=True)  # the post they acted for
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)  # participation.issue:7
    detail = models.CharField(max_length=64)  # salted digest, or nothing
    previous = models.CharField(max_length=64)  # digest of the line before it in its chain
    digest = models.CharField(max_length=64)  # of everything above

    objects = LineQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="one_line_a_place")]
        indexes = [models.Index(fields=[name]) for name in ("at", "actor", "subject", "verb")]
        ordering = ["pk"]


class ChainEnd(models.Model):
    """Where each of the sixteen chains stands; locked while a line is added to it."""

    chain = models.PositiveSmallIntegerField(primary_key=True)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")


class Check(models.Model):
    """One run of the verifier, for the status page."""

    at = models.DateTimeField(default=clock.now)
    lines = models.BigIntegerField()
    heads = models.BigIntegerField(default=0)  # signed ends that were compared with the lines
    faults = models.PositiveIntegerField()

    class Meta:
        ordering = ["-pk"]
