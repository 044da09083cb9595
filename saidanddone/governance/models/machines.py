"""What programs hold here: somebody's own calendar address, and files that were read."""

import base64
import hashlib
import re
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.governance import states
from saidanddone.people.models import User

SALT = "governance.calendar-address"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def token_from(seed: bytes) -> str:
    """The secret that belongs to this seed: a button pressed twice shows the same address twice."""
    made = salted_hmac(SALT + ".seed", seed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def mark_from(seed: bytes) -> uuid.UUID:
    """What is stored to know the same press again; the secret cannot be reckoned back from it."""
    return uuid.UUID(bytes=hashlib.sha256(b"once:" + seed).digest()[:16])


def digests(token: str) -> list[str]:
    """Every digest that the secret may have been kept as, older secret keys included."""
    if not TOKEN.fullmatch(token):
        return []
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [salted_hmac(SALT, token, secret=key, algorithm="sha256").hexdigest() for key in keys]


class CalendarAddress(models.Model):
    """The secret address at which one person's own calendar may be followed, kept as a digest."""

    user = models.ForeignKey(User, models.CASCADE, related_name="calendar_addresses")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        verbose_name_plural = "calendar addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="one_calendar_a_person"
            )
        ]


class Import(Living):
    """A file read from another system: what it would do, what it did, whether it was undone.

    The file itself is not kept, only what we read in it, and that only until it is decided on.
    """

    MOVES: ClassVar[Moves] = states.IMPORT

    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # of the file, to know it again
    state = models.CharField(max_length=20, default=states.READ)
    plan = models.JSONField(default=dict, blank=True)  # what the file says, until it is decided on
    rows = models.JSONField(default=list, blank=True)  # the report, a row for each thing in it
    changes = models.JSONField(default=list, blank=True)  # from which it can be undone
    read_at = models.DateTimeField(default=clock.now)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-read_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=states.READ) | Q(taken_at__isnull=False),
                name="import_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.UNDONE) | Q(undone_at__isnull=False),
                name="undone_import_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("board-import", args=[self.pk])
