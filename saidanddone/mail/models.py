"""Wordings, written once, and the letters that carry them to each person."""

from typing import ClassVar

from django.db import models

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.mail import states


class Wording(models.Model):
    """A letter's text, drawn once; `{name}`-like places are filled for each person.

    `about` points at what it tells of, so that letters can be called back when a right ends.
    """

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    about = models.CharField(max_length=120, blank=True, db_index=True)
    made_at = models.DateTimeField(default=clock.now)


class Letter(Living):
    """One person's copy: queued, handed over, accepted, or honestly unknown."""

    MOVES: ClassVar[Moves] = states.LETTER

    wording = models.ForeignKey(Wording, models.CASCADE, related_name="letters")
    address = models.EmailField()
    person = models.BigIntegerField(null=True, blank=True)  # people.User, a floor above: no key
    fill = models.JSONField(default=dict, blank=True)  # what differs for this person
    state = models.CharField(max_length=20, default=states.QUEUED)
    message_id = models.CharField(max_length=120, unique=True)
    not_before = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=60, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=200, blank=True)  # the mail server's last code, no content

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["not_before"], condition=models.Q(state="queued"), name="letters_due"
            ),
            models.Index(
                fields=["handed_at"],
                condition=models.Q(state="handing_over"),
                name="letters_in_hand",
            ),
        ]


class Worker(models.Model):
    """A worker that hands letters over, and when it was last seen alive."""

    name = models.CharField(max_length=60, primary_key=True)
    seen_at = models.DateTimeField()
