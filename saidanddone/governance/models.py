"""Bodies, seats, meetings, agendas, decisions and actions."""

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.governance import states
from saidanddone.people.models import Organisation, Post, User

PRECISIONS = [("day", "day"), ("month", "month"), ("season", "season"), ("year", "year"),
              ("unknown", "not known")]  # fmt: skip


@pghistory.track()
class Body(models.Model):
    """A board, group, committee or forum: people who meet, with a purpose and seats."""

    class Kind(models.TextChoices):
        BOARD = "board", "Board"
        STRATEGIC = "strategic_board", "Strategic board"
        DELIVERY = "delivery_group", "Delivery group"
        SUB_GROUP = "sub_group", "Sub group"
        TASK = "task_group", "Task-and-finish group"
        FORUM = "forum", "Forum"
        COMMITTEE = "committee", "Council committee"
        YOUNG = "young_people", "Young people’s body"
        OUTSIDE = "outside", "Body outside the borough"

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=160, unique=True)
    slug = models.SlugField(max_length=160, unique=True)
    short_name = models.CharField(max_length=40)  # as in a decision's number: CSPB/2026/014
    purpose = models.TextField()
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    terms = models.TextField(blank=True)  # terms of reference, as agreed
    terms_review_on = models.DateField(null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(default=0)
    # Times, places and links are for those invited (Children in Care Council, Care Leavers' Forum).
    meets_in_private = models.BooleanField(default=False)
    ends_on = models.DateField(null=True, blank=True)
    standing_items = models.JSONField(default=list, blank=True)  # [{"kind": …, "title": …}]
    reports_voice_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="hears_from"
    )  # whose agenda takes what this body raises, and who is told what became of it

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("board", args=[self.slug])

    @property
    def is_young(self) -> bool:
        """Whether young people sit on it: by pseudonym or count, never by name."""
        return self.kind == self.Kind.YOUNG


@pghistory.track()
class Seat(models.Model):
    """A place on a body for an organisation and an office, whoever holds it."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=160)  # the office: Director of Public Health
    count = models.PositiveSmallIntegerField(default=1)  # young people's seats are counted
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments, chainable."""

    def live(self) -> "AppointmentQuerySet":
        """Those in force today, held through a live post (or by a pseudonym)."""
        today = clock.today()
        return self.filter(
            models.Q(post__isnull=True) | models.Q(post__in=Post.objects.live()),
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=today),
            starts_on__lte=today,
        )


@pghistory.track()
class Appointment(models.Model):
    """A person, through a post, in a seat from a day to a day; a young person by pseudonym."""

    class Part(models.TextChoices):
        MEMBER = "member", "Member"
        CHAIR = "chair", "Chair"
        VICE_CHAIR = "vice_chair", "Vice-chair"
        SUBSTITUTE = "substitute", "Substitute"
        ADVISER = "adviser", "In attendance"

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="appointments")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="+")
    pseudonym = models.CharField(max_length=60, blank=True)
    # An elected office that a young person holds openly, with whose permission.
    open_office = models.CharField(max_length=120, blank=True)
    permission_note = models.CharField(max_length=300, blank=True)
    part = models.CharField(max_length=20, choices=Part, default=Part.MEMBER)
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["seat__order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(post__isnull=False, pseudonym="")
                | (models.Q(post__isnull=True) & ~models.Q(pseudonym="")),
                name="appointment_by_post_or_pseudonym",
            )
        ]


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
    source = models.CharField(max_length=200, blank=True)  # "from public minutes"
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(precision="unknown") | models.Q(on__isnull=False),
                name="meeting_has_a_day_or_says_unknown",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.name}, {self.on:%-d %B %Y}" if self.on else self.body.name

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])


@pghistory.track()
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
    restricted = models.BooleanField(default=False)
    restricted_why = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, default=states.ON_AGENDA)
    origin_path = models.CharField(max_length=200, blank=True)
    minute = models.TextField(blank=True)
    # How a voice item ended when neither a decision nor an action came of it.
    answer = models.TextField(blank=True)
    proposed_at = models.DateTimeField(default=clock.now)
    declined_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["origin_path"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=states.PROPOSED)
                | models.Q(state=states.DECLINED)
                | models.Q(meeting__isnull=False),
                name="item_on_an_agenda_has_a_meeting",
            ),
            models.CheckConstraint(
                condition=models.Q(restricted=False) | ~models.Q(restricted_why=""),
                name="restricted_item_says_why",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("agenda-item", args=[self.meeting_id, self.pk])


class Paper(models.Model):
    """A file behind an item. Restricted with its item, or by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="papers/%Y")
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    restricted = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["added_at"]

    def get_absolute_url(self) -> str:
        return reverse("paper", args=[self.pk])


@pghistory.track()
class Decision(models.Model):
    """What a body decided: a record with a number, wording, outcome and reasons."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", "Agreed"
        AGREED_AMENDED = "agreed_amended", "Agreed with changes"
        REFUSED = "refused", "Not agreed"
        DEFERRED = "deferred", "Put off"
        RECOMMENDED = "recommended", "Recommended"

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    number = models.CharField(max_length=40, unique=True)
    wording = models.TextField()
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.AGREED)
    reasons = models.TextField(blank=True)
    alternatives = models.TextField(blank=True)
    restricted = models.BooleanField(default=False)
    on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=PRECISIONS, default="day")
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    origin_path = models.CharField(max_length=200, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["origin_path"])]

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.pk])


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
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["origin_path"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=states.DONE)
                | (~models.Q(evidence="") & models.Q(ended_at__isnull=False)),
                name="done_action_has_evidence",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=states.DROPPED)
                | (~models.Q(dropped_why="") & models.Q(ended_at__isnull=False)),
                name="dropped_action_says_why",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("action", args=[self.pk])


class ActionUpdate(models.Model):
    """What the owner wrote about an action, when: its history in their own words."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="updates")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    text = models.TextField()

    class Meta:
        ordering = ["at", "pk"]
