"""Wordings, written once, and the letters that carry them to each person."""

import secrets
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.functions import Lower, Now

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.mail import states

SILENT = timedelta(seconds=75)  # a worker of which nothing is heard for so long counts as dead


class Wording(models.Model):
    """A letter's text, drawn once; the places in it are filled for each person.

    `about` points at what it tells of, so that letters can be called back when a right ends.
    """

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    calendar = models.TextField(blank=True)  # a day that comes with it, as calendars read it
    about = models.CharField(max_length=120, blank=True, db_index=True)
    made_at = models.DateTimeField(default=clock.now)


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters, chainable."""

    def due(self, *, bulk: bool | None = None) -> Self:
        """Those that may be handed over now, letters to a few before letters to many."""
        found = self.filter(state=states.QUEUED, called_back=False, not_before__lte=clock.now())
        found = found if bulk is None else found.filter(bulk=bulk)
        return found.order_by("bulk", "pk")

    def in_hands_of(self, worker: str) -> Self:
        """Those that this worker took and has not told of, even if it was thought dead since."""
        return self.filter(state__in=states.IN_HAND, worker=worker)

    def of_dead_workers(self, silent: timedelta) -> Self:
        """Those that were taken by workers of which nothing was heard since."""
        living = Worker.objects.filter(seen_at__gt=Now() - silent).values("name")
        return self.filter(state=states.HANDING_OVER, handed_at__lt=Now() - silent).exclude(
            worker__in=living
        )

    def undecided(self) -> Self:
        """Those that wait for a person's word."""
        return self.filter(state__in=(states.UNKNOWN, states.REFUSED)).order_by("-pk")

    def to(self, address: str) -> Self:
        """Those to an address, or to any that holds these characters."""
        return self.filter(address__icontains=address.strip())

    def move_all(self, verb: str, **changes: Any) -> int:
        """Make the verb's move for each that is still where it leads from; says how many were."""
        start, target = states.LETTER[verb]
        return self.filter(state__in=start).update(state=target, **changes)


class Letter(Living):
    """One person's copy: queued, handed over, accepted, or honestly unknown."""

    MOVES: ClassVar[Moves] = states.LETTER

    wording = models.ForeignKey(Wording, models.CASCADE, related_name="letters")
    address = models.EmailField(max_length=320)
    person = models.BigIntegerField(null=True, blank=True)  # people.User, a floor above: no key
    fill = models.JSONField(default=dict, blank=True)  # what differs for this person
    bulk = models.BooleanField(default=False)  # one of many alike: others go first
    unconfirmed = models.BooleanField(default=False)  # nobody has shown that the address is theirs
    state = models.CharField(max_length=20, default=states.QUEUED)
    called_back = models.BooleanField(default=False)  # not to be sent, whatever its state
    message_id = models.CharField(max_length=120, unique=True)
    queued_at = models.DateTimeField(default=clock.now)  # of a postponed one, its own day
    not_before = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=100, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=200, blank=True)  # the mail server's last code, no content

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["bulk", "id"], condition=models.Q(state="queued"), name="letters_due"
            ),
            models.Index(
                fields=["worker"],
                condition=models.Q(state__in=["handing_over", "unknown"]),
                name="letters_in_hand",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(state__in=["unknown", "refused"]),
                name="letters_undecided",
            ),
            models.Index(fields=["accepted_at"], name="letters_accepted"),
            models.Index(fields=["person"], name="letters_of_person"),
            models.Index(Lower("address"), "queued_at", name="letters_to_address"),
        ]


def new_message_id(domain: str) -> str:
    """What a letter is called by every server that it passes; the same when it is sent again."""
    return f"{secrets.token_hex(16)}@{domain}"


class Worker(models.Model):
    """A worker that hands letters over, when it was last seen alive, and what troubles it."""

    name = models.CharField(max_length=100, primary_key=True)
    seen_at = models.DateTimeField()
    trouble = models.CharField(max_length=200, blank=True)  # why the mail server takes nothing now


class Suppression(models.Model):
    """An address that gets no letters to many: it is dead, it left, or it complained.

    Kept as a digest, so that the list holds nobody's address and still outlives every import.
    """

    class Why(models.TextChoices):
        LEFT = "left", "Left"
        DEAD = "dead", "Letters came back for good"
        FULL = "full", "Letters came back again and again"
        COMPLAINED = "complained", "Called a letter spam"

    digest = models.CharField(max_length=64)
    why = models.CharField(max_length=12, choices=Why)
    at = models.DateTimeField(default=clock.now)
    lifted_at = models.DateTimeField(null=True, blank=True)  # its owner asked for letters again

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "why"], condition=models.Q(lifted_at=None),
                name="suppressed_once_for_a_reason",
            ),
        ]  # fmt: skip


class Bounce(models.Model):
    """A letter that came back, a complaint about one, or an answer that no person wrote."""

    class Kind(models.TextChoices):
        HARD = "hard", "The address is dead"
        SOFT = "soft", "Not now"
        POLICY = "policy", "Refused by a rule; the address is not dead"
        COMPLAINT = "complaint", "Called spam"
        AUTOMATIC = "automatic", "An automatic answer"
        OTHER = "other", "Something else"

    mark = models.CharField(max_length=64, unique=True)  # of the message: it counts once
    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=20, blank=True)  # 5.1.1
    letter = models.ForeignKey(
        Letter, models.SET_NULL, null=True, blank=True, related_name="bounces"
    )  # by its Message-ID, which nobody outside could guess
    digest = models.CharField(max_length=64, blank=True)  # of the address it was sent to
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["digest", "at"], name="bounces_of_address")]
