"""Wishes: what people wanted to learn and did not find."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.events import states
from saidanddone.events.models.sessions import Session


class WishQuerySet(QuerySet["Wish"]):
    """Wishes, chainable."""

    def unanswered(self) -> Self:
        """Those for which no session is planned, and which nobody has let go."""
        return self.filter(state=states.ASKED)


class Wish(Living):
    """Something that somebody asked us to hold a session on; they hear of it if they like."""

    class Source(models.TextChoices):
        SEARCH = "search", "A search that found nothing"
        EVALUATION = "evaluation", "An evaluation"

    MOVES: ClassVar[Moves] = states.WISH

    words = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True)  # only to tell them
    source = models.CharField(max_length=20, choices=Source, default=Source.SEARCH)
    state = models.CharField(max_length=20, default=states.ASKED)
    made_at = models.DateTimeField(default=clock.now)
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="wishes"
    )
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name_plural = "wishes"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=states.ANSWERED) | Q(session__isnull=False),
                name="answered_wish_has_its_session",
            )
        ]

    def __str__(self) -> str:
        return self.words
