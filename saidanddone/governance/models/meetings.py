"""Meetings, what stands on their agendas, and the papers behind it."""

import uuid
from typing import ClassVar, Self

import pghistory
import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.governance import states
from saidanddone.governance.models.agreed import AT_THE_MEETING, THE_MEETING, stays_once_agreed
from saidanddone.governance.models.bodies import PRECISIONS, Body
from saidanddone.people.models import Post, User

# What a meeting's own page tells of its pack.
PACK_SHOWN = ("id", "number", "state", "open_pages", "open_size", "closed_pages", "closed_size",
              "failed_why")  # fmt: skip


class MeetingQuerySet(QuerySet["Meeting"]):
    """Meetings, chainable."""

    def to_come(self) -> Self:
        """Planned or published, today or later, the next one first."""
        return self.filter(
            state__in=[states.PLANNED, states.PUBLISHED], on__gte=clock.today()
        ).order_by("on", "starts_at", "pk")

    def with_agenda(self, items: "QuerySet[AgendaItem]") -> Self:
        """Each with those items of it that somebody may see, in the same query, as `shown`.

        Also whether children's words stand there at all, as `hears`.
        """
        here = items.filter(meeting=OuterRef("pk")).order_by("restricted", "order", "pk")
        voices = AgendaItem.objects.voices().filter(meeting=OuterRef("pk"))
        shown = JSONObject(
            id="id", title="title", kind="kind", spoken=~Q(wording=""), closed="restricted"
        )
        return self.annotate(shown=ArraySubquery(here.values(data=shown)), hears=Exists(voices))

    def with_pack(self, packs: QuerySet, *more: str) -> Self:
        """Each with the newest of those packs of it that somebody may know of, as `pack`: one or none."""
        newest = packs.filter(meeting=OuterRef("pk")).order_by("-number")[:1]
        shown = {name: name for name in (*PACK_SHOWN, *more)}
        return self.annotate(pack=ArraySubquery(newest.values(data=JSONObject(**shown))))


@pghistory.track()
class Meeting(Living):
    """A body meeting on a day, with an agenda that is published and then minuted."""

    MOVES: ClassVar[Moves] = states.MEETING

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=PRECISIONS, default="day")
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(blank=True)  # joining link, for members
    state = models.CharField(max_length=20, default=states.PLANNED)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    no_voice_reason = models.TextField(blank=True)  # the chair's, when no voice item stands (A13)
    no_voice_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    present = models.PositiveSmallIntegerField(null=True, blank=True)  # head count
    cancelled_why = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=200, blank=True)  # "from public minutes"
    source_ref = models.CharField(max_length=80, blank=True)  # "moderngov:4967"
    papers_due_on = models.DateField(null=True, blank=True)  # by when leads hand papers in
    # Whether enough of the seats were represented, as the chair declared it.
    quorate = models.BooleanField(null=True, blank=True)
    quorum_note = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0)  # rises with each change, for calendars
    changed_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(precision="unknown") | Q(on__isnull=False),
                name="meeting_has_a_day_or_says_unknown",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[states.PUBLISHED, states.MINUTED])
                | Q(published_at__isnull=False)
                & (Q(published_by__isnull=False) | ~Q(source_ref="")),
                name="published_meeting_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(no_voice_reason="", no_voice_by__isnull=True)
                | (~Q(no_voice_reason="") & Q(no_voice_by__isnull=False)),
                name="missing_voice_reason_with_its_chair",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.CANCELLED) | ~Q(cancelled_why=""),
                name="cancelled_meeting_says_why",
            ),
            models.UniqueConstraint(
                fields=["source_ref"], condition=~Q(source_ref=""), name="meeting_read_once"
            ),
        ]
        indexes = [models.Index(fields=["body", "on"])]
        triggers = [
            stays_once_agreed(
                THE_MEETING, "body_id", "on", "state", "present", "quorate", "quorum_note",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.body.name}, {self.on:%-d %B %Y}" if self.on else self.body.name

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    @property
    def minuted_elsewhere(self) -> bool:
        """Whether it was held and minuted under another system, from which it was read."""
        return bool(self.source_ref and self.source) and self.state == states.MINUTED

    @property
    def is_past(self) -> bool:
        """Whether it lies before today, or so long ago that its day is not known."""
        return self.on is None or self.on < clock.today()


class AgendaItemQuerySet(QuerySet["AgendaItem"]):
    """Items, chainable."""

    def voices(self) -> Self:
        """What children say, in words, standing on an agenda: the items that A13 asks for."""
        return self.filter(
            ~Q(wording=""), kind=AgendaItem.Kind.VOICE, state__in=[states.ON_AGENDA, states.ENDED]
        )

    def with_kept(self, texts: QuerySet, declarations: QuerySet) -> Self:
        """Each with texts that wait beside its minute, and interests declared at it, as lists."""
        at = {"item": OuterRef("pk")}
        waiting = texts.filter(**at, settled_at__isnull=True).order_by("written_at", "pk")
        text = JSONObject(id="id", text="text", at="written_at", by="written_by__name")
        told = declarations.filter(**at).order_by("declared_at", "pk")
        declared = JSONObject(
            id="id", who="post__user__name", named="named", kind="kind", nature="nature",
            private="private", action="action", post="post", office="post__title",
        )  # fmt: skip
        return self.select_related("minute_by").annotate(
            texts=ArraySubquery(waiting.values(data=text)),
            declared=ArraySubquery(told.values(data=declared)),
        )

    def with_papers(self, papers: "QuerySet[Paper]") -> Self:
        """Each with those papers of it that somebody may open, in the same query, as `files`."""
        found = papers.filter(item=OuterRef("pk")).order_by("added_at", "pk")
        return self.annotate(
            files=ArraySubquery(
                found.values(
                    data=JSONObject(id="id", title="title", media_type="media_type", size="size",
                                    restricted="restricted", late_why="late_why")
                )
            )
        )  # fmt: skip


# While a minute is drafted it is saved every few seconds: that alone is no history. Whenever the
# draft is laid before somebody, `minute_kept` moves on, and the text as it then stands is kept.
DRAFTED = ["minute", "minute_version", "minute_at", "minute_by"]


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=DRAFTED))
)
class AgendaItem(Living):
    """One thing on an agenda. Proposed by a person, or by an area above through one door.

    `origin_path` is the address of what it came from; decisions and actions inherit it, so that
    any of them leads back up the thread (H16).
    """

    class Kind(models.TextChoices):
        DECISION = "decision", "For decision"
        DISCUSSION = "discussion", "For discussion"
        INFORMATION = "information", "For information"
        VOICE = "voice", "What children say"
        ACTION_LOG = "action_log", "Action log"
        MINUTES = "minutes", "Minutes of an earlier meeting"
        DECLARATIONS = "declarations", "Declarations of interest"

    MOVES: ClassVar[Moves] = states.ITEM

    body = models.ForeignKey(Body, models.PROTECT, related_name="items")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="items"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=200)
    wording = models.TextField(blank=True)  # what is to be discussed; for voices, as agreed
    plain = models.TextField(blank=True)  # what it means for children, in one plain sentence
    lead = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    minutes_allotted = models.PositiveSmallIntegerField(default=10)
    order = models.PositiveSmallIntegerField(default=0)
    closing = models.BooleanField(default=False)  # any other business: new items go before it
    restricted = models.BooleanField(default=False)
    restricted_why = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, default=states.ON_AGENDA)
    origin_path = models.CharField(max_length=200, blank=True)
    minute = models.TextField(blank=True)
    minute_version = models.PositiveIntegerField(default=0)  # rises each time the minute is saved
    minute_kept = models.PositiveIntegerField(default=0)  # the version that history has last kept
    minute_at = models.DateTimeField(null=True, blank=True)
    minute_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # The young people's version, beside the item that it tells of (A14); `plain` is its sentence.
    young_title = models.CharField(max_length=200, blank=True)
    young_minute = models.TextField(blank=True)  # what came of it, in plain words
    late_why = models.CharField(max_length=300, blank=True)  # joined after the agenda went out
    printed_number = models.CharField(max_length=20, blank=True)  # as in the agenda it came from
    source_ref = models.CharField(max_length=80, blank=True)
    # How a voice item ended when neither a decision nor an action came of it.
    answer = models.TextField(blank=True)
    proposed_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    declined_why = models.CharField(max_length=500, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["origin_path"]), models.Index(fields=["body", "state"])]
        triggers = [
            stays_once_agreed(
                AT_THE_MEETING, "meeting_id", "body_id", "kind", "title", "wording", "state",
                "restricted", "minute", "minute_version", "answer", "order",
            )
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(state=states.PROPOSED)
                | Q(state=states.DECLINED)
                | Q(meeting__isnull=False),
                name="item_on_an_agenda_has_a_meeting",
            ),
            models.CheckConstraint(
                condition=Q(restricted=False) | ~Q(restricted_why=""),
                name="restricted_item_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.DECLINED) | ~Q(declined_why=""),
                name="declined_item_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=states.ENDED, ended_at__isnull=False)
                | (~Q(state=states.ENDED) & Q(ended_at__isnull=True)),
                name="ended_item_with_its_time",
            ),
            models.UniqueConstraint(
                fields=["source_ref"], condition=~Q(source_ref=""), name="item_read_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page at its meeting; until it has one, the list where proposals wait."""
        if self.meeting_id is None:
            return reverse("proposals")
        return reverse("agenda-item", args=[self.meeting_id, self.pk])

    @property
    def is_voice(self) -> bool:
        """Whether it holds what children say, and so may not end as noted."""
        return self.kind == self.Kind.VOICE


class PaperQuerySet(QuerySet["Paper"]):
    """Papers, chainable."""

    def standing(self) -> Self:
        """Those that have not been taken back."""
        return self.filter(withdrawn_at__isnull=True)


class Paper(models.Model):
    """A file behind an item. Restricted with its item, or by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="papers/%Y", blank=True)
    url = models.URLField(max_length=500, blank=True)  # a paper that stands elsewhere
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)  # bytes
    pages = models.PositiveIntegerField(null=True, blank=True)  # counted when the pack is made
    late_why = models.CharField(max_length=300, blank=True)  # the note of a paper that came late
    restricted = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
                name="withdrawn_paper_says_when_and_why",
            ),
            models.CheckConstraint(condition=~Q(file="", url=""), name="paper_is_somewhere"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("paper", args=[self.pk])
