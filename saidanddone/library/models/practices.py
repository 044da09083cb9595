"""Good practice: something that worked, told so that others can do it too."""

from typing import ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.library import states
from saidanddone.people.models import Organisation, Post, User
from saidanddone.reference.models import Topic

Sector = Organisation.Sector
SECTORS = [
    (sector.value, sector.label)
    for sector in (
        Sector.COUNCIL, Sector.HEALTH, Sector.SCHOOL, Sector.VOLUNTARY, Sector.HOUSING,
        Sector.POLICE,
    )
]  # fmt: skip


class PracticeQuerySet(QuerySet["Practice"]):
    """Examples, chainable."""

    def listed(self) -> Self:
        """Published, and confirmed lately enough to be shown."""
        return self.filter(state=states.PUBLISHED, unlisted_from__gt=clock.today())

    def with_contact(self) -> Self:
        """Each with its contact, for a page."""
        return self.select_related("contact__user", "contact__organisation")


@pghistory.track()
class Practice(Living):
    """An example of good practice: what was done, how children took part, what changed, whom to ask.

    Read by somebody else before it is shown; confirmed by its contact from time to time, or it
    leaves the list.
    """

    MOVES: ClassVar[Moves] = states.PRACTICE

    title = models.CharField(max_length=160)
    sector = models.CharField(max_length=20, choices=SECTORS)
    done = models.TextField()
    children = models.TextField()
    changed = models.TextField()
    topics = models.ManyToManyField(Topic, blank=True, related_name="practices")
    contact = models.ForeignKey(Post, models.PROTECT, related_name="practices")
    state = models.CharField(max_length=20, default=states.WAITING)
    submitted_at = models.DateTimeField(default=clock.now)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    why = models.CharField(max_length=1000, blank=True)  # asked for, not taken, taken back
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField(null=True, blank=True)
    confirm_by = models.DateField(null=True, blank=True)
    unlisted_from = models.DateField(null=True, blank=True)  # unless it is confirmed before
    reminded_on = models.DateField(null=True, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["state", "-published_at"], name="practice_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=states.PUBLISHED)
                | Q(published_at__isnull=False, published_by__isnull=False,
                    confirm_by__isnull=False, unlisted_from__isnull=False),
                name="published_practice_says_when_by_whom_and_until",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[states.ASKED, states.DECLINED, states.WITHDRAWN])
                | ~Q(why=""),
                name="practice_sent_back_says_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("practice", args=[self.pk])

    @property
    def is_listed(self) -> bool:
        """Whether everybody finds it, as `listed()` decides for many."""
        out = self.state == states.PUBLISHED and self.unlisted_from is not None
        return out and self.unlisted_from > clock.today()

    @property
    def confirm_is_late(self) -> bool:
        """Whether the day has passed by which its contact should have confirmed it."""
        out = self.state == states.PUBLISHED and self.confirm_by is not None
        return out and self.confirm_by < clock.today()
