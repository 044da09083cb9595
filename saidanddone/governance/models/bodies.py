"""Bodies, their seats, and who sits in them from when to when."""

from typing import Self

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.people.models import Organisation, Post

PRECISIONS = [("day", "day"), ("month", "month"), ("season", "season"), ("year", "year"),
              ("unknown", "not known")]  # fmt: skip


class BodyQuerySet(QuerySet["Body"]):
    """Bodies, chainable."""

    def current(self) -> Self:
        """Those that have not come to their end."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today()))

    def with_family(self) -> Self:
        """Each with the body it answers to and those that answer to it, in the same query."""
        below = Body.objects.current().filter(parent=OuterRef("pk")).order_by("name")
        return self.select_related("parent", "reports_voice_to").annotate(
            answering=ArraySubquery(below.values(data=JSONObject(name="name", slug="slug")))
        )


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
    # As in a decision's number, CSPB/2026/014; two bodies may not share it.
    short_name = models.CharField(max_length=40, unique=True)
    purpose = models.TextField()
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    quorum = models.PositiveSmallIntegerField(default=0)  # seats that must be represented
    # Organisation.Sector codes of which each must be represented too, whatever the number.
    quorum_sectors = models.JSONField(default=list, blank=True)
    # Times, places and links are for those invited (Children in Care Council, Care Leavers' Forum).
    meets_in_private = models.BooleanField(default=False)
    ends_on = models.DateField(null=True, blank=True)
    standing_items = models.JSONField(default=list, blank=True)  # [{"kind": …, "title": …}]
    reports_voice_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="hears_from"
    )  # whose agenda takes what this body raises, and who is told what became of it
    # Its number in the system that it was read from: "moderngov:144".
    source_ref = models.CharField(max_length=80, blank=True)
    lacks_told = models.JSONField(default=list, blank=True)  # codes the clerk has had a letter of
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="body_answers_to_another"),
            models.CheckConstraint(
                condition=~Q(kind="task_group") | Q(parent__isnull=False, ends_on__isnull=False),
                name="task_group_has_a_parent_and_an_end",
            ),
            models.UniqueConstraint(
                fields=["source_ref"], condition=~Q(source_ref=""), name="body_read_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("board", args=[self.slug])

    @property
    def is_young(self) -> bool:
        """Whether young people sit on it: by pseudonym or count, never by name."""
        return self.kind == self.Kind.YOUNG

    @property
    def has_ended(self) -> bool:
        """Whether its last day has passed."""
        return self.ends_on is not None and self.ends_on < clock.today()


class SeatQuerySet(QuerySet["Seat"]):
    """Seats, chainable."""

    def standing(self) -> Self:
        """Those that have not been taken away."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today()))

    def with_holders(self) -> Self:
        """Each with those who sit in it today, in the same query, as `holders`."""
        holders = Appointment.objects.live().filter(seat=OuterRef("pk")).order_by("part", "pk")
        return self.select_related("organisation").annotate(
            holders=ArraySubquery(
                holders.values(
                    data=JSONObject(
                        id="id", part="part", pseudonym="pseudonym", open_office="open_office",
                        ends_on="ends_on", title="post__title", name="post__user__name",
                        roles="post__roles",
                        young="post__user__is_young", organisation="post__organisation__name",
                    )
                )
            )
        )  # fmt: skip


@pghistory.track()
class Seat(models.Model):
    """A place on a body for an organisation and an office, whoever holds it."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=160)  # the office: Director of Public Health
    count = models.PositiveSmallIntegerField(default=1)  # young people's seats are counted
    order = models.PositiveSmallIntegerField(default=0)
    # For a seat without an organisation; otherwise the organisation's sector counts.
    sector = models.CharField(max_length=20, choices=Organisation.Sector, blank=True)
    needed_for_quorum = models.BooleanField(default=False)  # no quorum while it is not represented
    ends_on = models.DateField(null=True, blank=True)  # its last day, once taken away
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.CheckConstraint(condition=Q(count__gte=1), name="seat_holds_someone")]

    def __str__(self) -> str:
        return self.title


class AppointmentQuerySet(QuerySet["Appointment"]):
    """Appointments, chainable."""

    def live(self) -> Self:
        """Those in force today, through a live post (or by a pseudonym), in a seat that stands."""
        today = clock.today()
        return self.filter(
            Q(post__isnull=True) | Q(post__in=Post.objects.live()),
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            Q(seat__ends_on__isnull=True) | Q(seat__ends_on__gte=today),
            starts_on__lte=today,
            ended_at__isnull=True,
        )


@pghistory.track()
class Appointment(models.Model):
    """A person, through a post, in a seat from a day to a day; a young person by pseudonym."""

    class Part(models.TextChoices):
        CHAIR = "chair", "Chair"
        VICE_CHAIR = "vice_chair", "Vice-chair"
        MEMBER = "member", "Member"
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
    # Ended by hand: bites at once, whatever the day says.
    ended_at = models.DateTimeField(null=True, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["seat__order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, pseudonym="")
                | (Q(post__isnull=True) & ~Q(pseudonym="")),
                name="appointment_by_post_or_pseudonym",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="appointment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(open_office="") | ~Q(permission_note=""),
                name="open_office_with_permission",
            ),
        ]
