"""Actions: what somebody will do by a day, and what they wrote about it on the way."""

from typing import ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.governance import states
from saidanddone.governance.models.meetings import AgendaItem
from saidanddone.governance.models.minutes import Decision
from saidanddone.people.models import Post, User

UNDER_WAY = (states.OPEN, states.IN_HAND)


class ActionQuerySet(QuerySet["Action"]):
    """Actions, chainable."""

    def under_way(self) -> Self:
        """Neither done nor dropped; the longest late first."""
        return self.filter(state__in=UNDER_WAY).order_by("due_on", "pk")

    def late(self) -> Self:
        """Under way although their day has passed."""
        return self.under_way().filter(due_on__lt=clock.today())

    def with_owner(self) -> Self:
        """Each with who does it and for whom."""
        return self.select_related("owner__user", "owner__organisation")


@pghistory.track()
class Action(Living):
    """What somebody will do by a day; they update it themselves, with evidence.

    A promise made in a reply is an action without an item, with the thread as its origin.
    """

    MOVES: ClassVar[Moves] = states.ACTION

    what = models.CharField(max_length=400)
    owner = models.ForeignKey(Post, models.PROTECT, related_name="actions")
    due_on = models.DateField()
    state = models.CharField(max_length=20, default=states.OPEN)
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    restricted = models.BooleanField(default=False)
    origin_path = models.CharField(max_length=200, blank=True)
    assigned_at = models.DateTimeField(default=clock.now)
    assigned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    dropped_why = models.TextField(blank=True)
    drop_asked_why = models.TextField(blank=True)  # its owner asks the chair to let it drop
    drop_asked_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["origin_path"]),
            models.Index(
                fields=["due_on"], condition=Q(state__in=UNDER_WAY), name="actions_under_way"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=states.DONE) | (~Q(evidence="") & Q(ended_at__isnull=False)),
                name="done_action_has_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.DROPPED)
                | (~Q(dropped_why="") & Q(ended_at__isnull=False)),
                name="dropped_action_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("action", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        """Whether somebody still has it to do."""
        return self.state in UNDER_WAY

    @property
    def days_late(self) -> int:
        """Days since its day passed while it is under way; 0 otherwise."""
        late = (clock.today() - self.due_on).days
        return max(late, 0) if self.is_under_way else 0


class ActionUpdate(models.Model):
    """One line of an action's history: what its owner wrote, or whom it went to, and when."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="updates")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40, default="update_action")
    text = models.TextField()
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["at", "pk"]
