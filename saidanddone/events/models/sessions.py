"""Series and sessions: what is taught or talked over, by whom, for whom, when and where."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import ClassVar, NamedTuple, Self

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.events import states
from saidanddone.people.models import Organisation, Post
from saidanddone.reference.models import Topic


class Speaker(NamedTuple):
    """Who is talking, and where they work."""

    name: str
    organisation: str


@pghistory.track()
class Series(models.Model):
    """Sessions that belong together, such as Lunchtime Learning: those to come and those past."""

    title = models.CharField(max_length=160, unique=True)
    slug = models.SlugField(max_length=160, unique=True)
    about = models.TextField()
    changed_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.slug])


class SessionQuerySet(QuerySet["Session"]):
    """Sessions, chainable."""

    def coming(self) -> Self:
        """Those that have not ended, the next first."""
        return self.filter(ends_at__gt=clock.now()).order_by("begins_at", "pk")

    def past(self) -> Self:
        """Those that have ended, the latest first."""
        return self.filter(ends_at__lte=clock.now()).order_by("-begins_at", "-pk")

    def with_queue(self) -> Self:
        """Each with how many wait for a place, in the same query, as `waiting`."""
        waits = Q(bookings__state=states.WAITING)
        return self.annotate(waiting=Count("bookings", filter=waits))

    def with_topics(self) -> Self:
        """Each with its topics, in the same query, as `topics_data`."""
        topics = Topic.objects.filter(sessions=OuterRef("pk")).order_by("order", "pk")
        return self.annotate(
            topics_data=ArraySubquery(topics.values(data=JSONObject(code="code", name="name")))
        )


@pghistory.track(exclude=["link", "taken", "reminded"])
class Session(Living):
    """A session, workshop, conference or network meeting for which people book a place."""

    class Kind(models.TextChoices):
        LUNCHTIME = "lunchtime", "Lunchtime Learning"
        WORKSHOP = "workshop", "Workshop"
        CONFERENCE = "conference", "Conference"
        NETWORK = "network", "Network meeting"

    class SharedWith(models.TextChoices):
        ATTENDERS = "attenders", "Those who came"
        BOOKED = "booked", "Those who came and those who could not"
        EVERYBODY = "everybody", "Everybody, on the session’s page"

    MOVES: ClassVar[Moves] = states.SESSION

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in calendars
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.LUNCHTIME)
    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=160, unique=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="sessions")
    about = models.CharField(max_length=300)
    learn = models.TextField(blank=True)  # what one can do afterwards, a line each
    for_whom = models.CharField(max_length=300, blank=True)
    presenters = models.TextField(blank=True)  # "Name, organisation", a line each
    presented_by = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="presents"
    )  # a presenter with a post here, who sees who comes
    state = models.CharField(max_length=20, default=states.DRAFT)

    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    opens_minutes = models.PositiveSmallIntegerField(default=15)  # sign-in, before it begins
    link = models.URLField(max_length=500, blank=True)  # secret until sign-in opens
    place = models.CharField(max_length=200, blank=True)
    map_link = models.URLField(max_length=500, blank=True)
    access_notes = models.CharField(max_length=500, blank=True)

    cost = models.CharField(max_length=80, blank=True)  # in words, and who pays; empty: free
    capacity = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)  # places booked or offered
    only_sectors = models.JSONField(default=list, blank=True)  # Organisation.Sector codes
    only_roles = models.TextField(blank=True)  # kinds of post, a line each
    asks_manager = models.BooleanField(default=False)  # a place is theirs once a manager says yes
    evaluation_first = models.BooleanField(default=True)  # no certificate before it

    fact_sheet = models.FileField(upload_to="fact-sheets", blank=True)
    fact_sheet_type = models.CharField(max_length=120, blank=True)
    recording = models.URLField(max_length=500, blank=True)
    shared_with = models.CharField(max_length=20, choices=SharedWith, default=SharedWith.ATTENDERS)

    revision = models.PositiveIntegerField(default=0)  # SEQUENCE in calendars
    changed_at = models.DateTimeField(default=clock.now)
    reminded = models.JSONField(default=list, blank=True)  # reminders that have gone out
    impact_asked_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=300, blank=True)  # of one told from public record
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["begins_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="session_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                name="no_place_is_given_twice",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.CANCELLED) | ~Q(cancelled_why=""),
                name="cancelled_session_says_why",
            ),
        ]
        indexes = [models.Index(fields=["state", "begins_at"], name="sessions_by_day")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("session", args=[self.slug])

    @property
    def on(self) -> date:
        """Its day, by the clock on the wall."""
        return timezone.localdate(self.begins_at)

    @property
    def starts(self) -> time:
        return timezone.localtime(self.begins_at).time()

    @property
    def ends(self) -> time:
        return timezone.localtime(self.ends_at).time()

    @property
    def opens_at(self) -> datetime:
        """When sign-in opens, and the joining link is shown to those who booked."""
        return self.begins_at - timedelta(minutes=self.opens_minutes)

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at - self.begins_at).total_seconds() // 60)

    @property
    def is_past(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def is_online(self) -> bool:
        return bool(self.link) or not self.place

    @property
    def speakers(self) -> list[Speaker]:
        """Who is talking, each with where they work."""
        parts = (line.partition(",") for line in lines_of(self.presenters))
        return [Speaker(name.strip(), where.strip()) for name, _, where in parts]

    @property
    def outcomes(self) -> list[str]:
        return lines_of(self.learn)

    @property
    def roles_asked(self) -> list[str]:
        return lines_of(self.only_roles)

    @property
    def sectors_asked(self) -> list[str]:
        """The kinds of organisation for which it is; none if it is for all."""
        names = dict(Organisation.Sector.choices)
        return [names[code] for code in self.only_sectors if code in names]

    @property
    def places_left(self) -> int | None:
        """How many places are free; None if there are as many as come."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def has_materials(self) -> bool:
        return bool(self.fact_sheet or self.recording)


def lines_of(words: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in words.splitlines() if line.strip()]
