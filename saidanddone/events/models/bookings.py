"""Bookings: somebody's place at a session, or their place in the queue for one."""

import uuid
from typing import ClassVar, Self

from django.core import signing
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.events import states
from saidanddone.events.models.sessions import Session
from saidanddone.people.models import Organisation

SALT = "events.booking"
MANAGER_SALT = "events.manager"
LIVE = (states.WAITING, states.OFFERED, states.WITH_MANAGER, states.BOOKED)
HOLDING = (states.OFFERED, states.WITH_MANAGER, states.BOOKED)  # a place that nobody else has
HERE = (states.CAME, states.CAME_IN_PART)
EXPECTED = (states.BOOKED, *HERE, states.DID_NOT_COME)


class BookingQuerySet(QuerySet["Booking"]):
    """Bookings, chainable."""

    def live(self) -> Self:
        """Those that hold a place or wait for one."""
        return self.filter(state__in=LIVE)

    def queue(self) -> Self:
        """Those that wait, whoever came first standing first."""
        return self.filter(state=states.WAITING).order_by("pk")

    def expected(self) -> Self:
        """Those whose attendance is looked at, by name."""
        return self.filter(state__in=EXPECTED).order_by(Lower("name"), "pk")

    def of(self, email: str) -> Self:
        """Those of one address, whatever its capitals."""
        return self.filter(email=email.strip().lower())


class Booking(Living):
    """One person's place at one session, held by their address: no account is needed."""

    class Via(models.TextChoices):
        REGISTER = "register", "The register"
        TEAMS = "teams", "Microsoft Teams"
        ZOOM = "zoom", "Zoom"

    MOVES: ClassVar[Moves] = states.BOOKING

    session = models.ForeignKey(Session, models.PROTECT, related_name="bookings")
    key = models.UUIDField(default=uuid.uuid4, unique=True)  # new when a colleague takes over
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)  # in small letters; empty for some who walked in
    organisation = models.CharField(max_length=160, blank=True)
    sector = models.CharField(max_length=20, choices=Organisation.Sector, blank=True)
    role = models.CharField(max_length=160, blank=True)
    needs = models.CharField(max_length=500, blank=True)
    question = models.CharField(max_length=500, blank=True)  # for the presenter
    walked_in = models.BooleanField(default=False)
    state = models.CharField(max_length=20, default=states.BOOKED)
    made_at = models.DateTimeField(default=clock.now)
    offered_until = models.DateTimeField(null=True, blank=True)
    manager_email = models.EmailField(max_length=254, blank=True)  # where a session asks for it
    manager_until = models.DateTimeField(null=True, blank=True)
    manager_why = models.CharField(max_length=500, blank=True)  # if they said no
    given_up_at = models.DateTimeField(null=True, blank=True)
    gave_up_late = models.BooleanField(default=False)
    minutes = models.PositiveIntegerField(null=True, blank=True)  # of the session, together
    via = models.CharField(max_length=20, choices=Via, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "email"],
                condition=Q(state__in=[*LIVE, *EXPECTED]) & ~Q(email=""),
                name="one_booking_a_person",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="address_in_small"),
            models.CheckConstraint(
                condition=~Q(state=states.OFFERED) | Q(offered_until__isnull=False),
                name="offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.WITH_MANAGER)
                | Q(manager_until__isnull=False) & ~Q(manager_email=""),
                name="manager_is_asked_until",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=HERE) | Q(minutes__isnull=False),
                name="who_came_was_there_for_minutes",
            ),
        ]
        indexes = [
            models.Index(fields=["email"], name="bookings_of_address"),
            models.Index(
                fields=["session", "id"], condition=Q(state="waiting"), name="bookings_queue"
            ),
            models.Index(
                fields=["offered_until"], condition=Q(state="offered"), name="bookings_offered"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("booking", args=[self.token])

    @property
    def token(self) -> str:
        """What the link in its letters holds: signed, and worth nothing once the key is new."""
        return signing.Signer(salt=SALT, sep=".").sign(self.key.hex)

    @property
    def manager_token(self) -> str:
        """What the link in their manager's letter holds: it opens this one question only."""
        return signing.Signer(salt=MANAGER_SALT, sep=".").sign(self.key.hex)

    @property
    def number(self) -> int:
        """Which place in the queue it has, from 1."""
        return self.session.bookings.queue().filter(pk__lte=self.pk).count()

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def was_there(self) -> bool:
        return self.state in HERE

    @property
    def evaluated(self) -> bool:
        return hasattr(self, "evaluation")

    @property
    def told_impact(self) -> bool:
        return hasattr(self, "impact")


def key_of(token: str, salt: str = SALT) -> str | None:
    """The key that a link holds, or None if we did not sign it for this."""
    try:
        return signing.Signer(salt=salt, sep=".").unsign(token)
    except signing.BadSignature:
        return None
