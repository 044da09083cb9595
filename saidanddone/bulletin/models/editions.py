"""Editions: one bulletin, from the Monday it begins to the hour it goes out, and what stands in it."""

from datetime import date, datetime, timedelta
from typing import ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from saidanddone.bulletin import states
from saidanddone.bulletin.models.items import Item, Told
from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.people.models import User
from saidanddone.reference.models import partnership


class EditionQuerySet(QuerySet["Edition"]):
    """Editions, chainable."""

    def sent(self) -> Self:
        """Those that went out, the newest first."""
        return self.filter(state=states.SENT).order_by("-number")

    def due(self) -> Self:
        """Those whose hour has come."""
        return self.filter(state=states.SCHEDULED, send_at__lte=clock.now())


@pghistory.track()
class Edition(Living):
    """One week's bulletin: put together by its editor, seen by a second person, sent once."""

    MOVES: ClassVar[Moves] = states.EDITION

    number = models.PositiveIntegerField(unique=True)
    week = models.DateField(unique=True)  # its Monday
    title = models.CharField(max_length=120)
    opening = models.TextField(blank=True)
    state = models.CharField(max_length=20, default=states.DRAFT)
    compiled_at = models.DateTimeField(default=clock.now)
    handed_on_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    handed_on_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    send_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[states.READY, states.SCHEDULED])
                | Q(handed_on_by__isnull=False, handed_on_at__isnull=False),
                name="edition_handed_on_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.SCHEDULED) | Q(send_at__isnull=False),
                name="scheduled_edition_has_its_hour",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.SENT) | Q(sent_at__isnull=False),
                name="sent_edition_says_when",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("handed_on_by")),
                name="edition_is_approved_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"Bulletin {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("bulletin-edition", args=[self.number])

    @property
    def day(self) -> date:
        """The day it went out, or is to."""
        sent = self.sent_at or self.send_at
        return timezone.localtime(sent).date() if sent else self.planned_for.date()

    @property
    def planned_for(self) -> datetime:
        """The hour at which this week's goes out, by the settings."""
        place = partnership()
        return at_hour(self.week, place.bulletin_day, place.bulletin_at)

    @property
    def due_at(self) -> datetime:
        """Until when items for it may come."""
        place = partnership()
        return at_hour(self.week, place.bulletin_due_day, place.bulletin_due_at)


class EntryQuerySet(QuerySet["Entry"]):
    """Entries, chainable."""

    def standing(self) -> Self:
        """Those that were not left out, in their order."""
        return self.filter(left_out=False).order_by("place", "pk")


class Entry(Told):
    """One thing in an edition: an item, or news from a board, an answer, a session.

    Its words are its own: the editor may trim them here and what they were made from stays.
    """

    class Kind(models.TextChoices):
        ITEM = "item", "Suggested"
        DECISIONS = "decisions", "Decided by a board"
        PAPERS = "papers", "Published for a meeting"
        DOCUMENT = "document", "Published in the library"
        REPLY = "reply", "Answered"
        SESSION = "session", "To book"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="entries")
    key = models.CharField(max_length=60)  # what it was made from: never twice
    path = models.CharField(max_length=200)  # where more of it is read
    place = models.PositiveIntegerField(default=0)
    left_out = models.BooleanField(default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="entry_stands_once"),
        ]

    @property
    def times_followed(self) -> int:
        """How often it was looked up from the letter, where that is counted."""
        return self.followed.times if hasattr(self, "followed") else 0


class Followed(models.Model):
    """How often a thing in a letter was looked up from it: a total, and nothing of who or when."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="followed")
    times = models.PositiveIntegerField(default=0)


def at_hour(monday: date, day: int, hour: object) -> datetime:
    """A day of that week, at a time by the local clock."""
    return timezone.make_aware(datetime.combine(monday + timedelta(days=day), hour))


def monday_of(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())
