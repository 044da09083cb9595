"""Subscriptions: who gets the bulletin, about what, since when and on what ground."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.core import signing
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from saidanddone.bulletin import states
from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.people.models import User
from saidanddone.reference.models import Area, Topic, partnership

WORDING = "2026-11"  # the version of what the page says before somebody asks for the bulletin


class ContactList(Living):
    """Addresses that an editor added together, from one list; it can be taken back."""

    MOVES: ClassVar[Moves] = states.CONTACT_LIST

    source = models.CharField(max_length=160)
    added = models.PositiveIntegerField(default=0)  # how many it brought
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, default=states.ADDED)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.source

    def get_absolute_url(self) -> str:
        return reverse("bulletin-contact-list", args=[self.pk])

    @property
    def letters_leave_at(self) -> datetime:
        """Until then it can be taken back whole: the same wait in which a bulletin can be stopped."""
        return self.added_at + timedelta(minutes=partnership().bulletin_wait_minutes)


class SubscriptionQuerySet(QuerySet["Subscription"]):
    """Subscriptions, chainable."""

    def live(self) -> Self:
        """Those that get the next edition."""
        return self.filter(state=states.LIVE)


class Subscription(Living):
    """An address that gets the bulletin, with the ground for writing to it kept beside.

    The law tells an organisation's address from a person's own: the second is written to only if
    that person has asked for it and their address has answered.
    """

    class Kind(models.TextChoices):
        CORPORATE = "corporate", "At an organisation"
        INDIVIDUAL = "individual", "A person’s own"

    class Basis(models.TextChoices):
        CONSENT = "consent", "They asked for it"
        INTEREST = "interest", "Their work has to do with it"

    class How(models.TextChoices):
        PAGE = "page", "By the link in a letter"
        HEADER = "header", "By one click in their mail program"
        ACCOUNT = "account", "On their own page"
        BOUNCED = "bounced", "Letters came back"
        COMPLAINED = "complained", "They called it spam"

    MOVES: ClassVar[Moves] = states.SUBSCRIPTION

    address = models.EmailField()
    person = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="subscriptions"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.CONSENT)
    source = models.CharField(max_length=160)  # where they asked, or from which list they came
    # The list that brought it, until its owner has said anything: then it is theirs.
    came_with = models.ForeignKey(
        ContactList, models.SET_NULL, null=True, blank=True, related_name="subscriptions"
    )
    wording = models.CharField(max_length=20, default=WORDING)  # what they had read then
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, default=states.ASKED)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=12, choices=How, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")  # none: all of them
    areas = models.ManyToManyField(Area, blank=True, related_name="+")

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(Lower("address"), name="one_subscription_per_address"),
            models.CheckConstraint(
                condition=~Q(state=states.LIVE, kind="individual")
                | Q(basis="consent", confirmed_at__isnull=False),
                name="individual_subscriber_has_said_yes",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.ENDED) | Q(ended_at__isnull=False),
                name="ended_subscription_says_when",
            ),
        ]

    @property
    def leave_token(self) -> str:
        """What ends this subscription and does nothing else."""
        return signed("leave", self.pk)

    @property
    def choose_token(self) -> str:
        """What opens the page of topics of this subscription and nothing else."""
        return signed("choose", self.pk)

    @property
    def confirm_token(self) -> str:
        """What shows that a letter about this very asking has arrived."""
        return signed("confirm", f"{self.pk}.{int(self.asked_at.timestamp())}")


def signed(purpose: str, what: object) -> str:
    """A token for one purpose, in letters that an address may hold."""
    return signing.Signer(salt=f"bulletin.{purpose}", sep="~").sign(what)


def opened(purpose: str, token: str) -> str | None:
    """What was signed for that purpose; None for a token that we never made."""
    try:
        return signing.Signer(salt=f"bulletin.{purpose}", sep="~").unsign(token)
    except signing.BadSignature:
        return None
