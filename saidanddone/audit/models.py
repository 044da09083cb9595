"""The lines, the ends of their chains, and the state of their checking."""

from django.db import models

CHAINS = 16


class Line(models.Model):
    """One thing that somebody did or saw. Written by the database's own function, never changed.

    It holds references and digests only, no foreign keys: it outlives what it tells of.
    """

    chain = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()  # place in its chain, from 1
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)  # person:12, code, system:letters
    post = models.BigIntegerField(null=True)  # the post they acted for
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)  # participation.issue:7
    detail = models.CharField(max_length=64)  # salted digest, or nothing
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="one_line_a_place")]
        indexes = [models.Index(fields=["subject"]), models.Index(fields=["actor"])]
        ordering = ["pk"]


class ChainEnd(models.Model):
    """Where each of the sixteen chains stands; locked while a line is added to it."""

    chain = models.PositiveSmallIntegerField(primary_key=True)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")


class Check(models.Model):
    """One run of the verifier, for the status page."""

    at = models.DateTimeField()
    lines = models.BigIntegerField()
    faults = models.PositiveIntegerField()
