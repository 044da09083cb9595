"""Items: what somebody would like everybody who works with children to know."""

from typing import ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse

from saidanddone.bulletin import states
from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.people.models import User
from saidanddone.reference.models import Area, BulletinSection, Topic

MOST_WORDS = 120


def word_count(words: str) -> int:
    """How many words these are, as a person would count them."""
    return len(words.split())


class ItemQuerySet(QuerySet["Item"]):
    """Items, chainable."""

    def fresh(self) -> Self:
        """Accepted, and not over yet."""
        return self.filter(state=states.ACCEPTED).filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=clock.today())
        )


class Told(models.Model):
    """What a reader is told of something: in a few words, for whom, when, what it costs, how."""

    title = models.CharField(max_length=120)
    words = models.TextField()
    who_for = models.CharField(max_length=160, blank=True)
    when = models.CharField(max_length=160, blank=True)
    cost = models.CharField(max_length=80, blank=True)
    how = models.CharField(max_length=300, blank=True)  # to take part, or where
    contact = models.CharField(max_length=200, blank=True)
    section = models.ForeignKey(
        BulletinSection, models.PROTECT, null=True, blank=True, related_name="+"
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")
    areas = models.ManyToManyField(Area, blank=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def details(self) -> list[tuple[str, str]]:
        """What is known beside the words: its label and what it says."""
        told = (
            ("For", self.who_for), ("When", self.when), ("Cost", self.cost), ("How", self.how),
            ("Ask", self.contact),
        )  # fmt: skip
        return [(label, words) for label, words in told if words]


@pghistory.track()
class Item(Living, Told):
    """Something that somebody suggests for the bulletin: short, with whom to ask about it.

    Anybody may suggest one whose address has answered. It keeps its own address on the web from
    the day it is printed.
    """

    MOVES: ClassVar[Moves] = states.ITEM

    expires_on = models.DateField(null=True, blank=True)  # no use to anybody afterwards
    picture = models.ImageField(upload_to="bulletin/%Y", blank=True)
    picture_words = models.CharField(max_length=300, blank=True)  # what the picture shows
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=200)
    by_address = models.EmailField()
    state = models.CharField(max_length=20, default=states.SUBMITTED)
    submitted_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True)  # it was not taken
    printed_at = models.DateTimeField(null=True, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="items_that_wait")]
        constraints = [
            models.CheckConstraint(
                condition=Q(picture="") | ~Q(picture_words=""), name="picture_of_item_has_words"
            ),
            models.CheckConstraint(
                condition=~Q(state=states.DECLINED) | ~Q(why=""), name="item_not_taken_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[states.ACCEPTED, states.DECLINED])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="item_decided_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.PRINTED) | Q(printed_at__isnull=False),
                name="printed_item_says_when",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("bulletin-item", args=[self.pk])
