"""Attendance files: what Teams or Zoom says of who was there, and what we made of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.events import states
from saidanddone.events.models.bookings import Booking
from saidanddone.events.models.sessions import Session
from saidanddone.people.models import User


class AttendanceFile(Living):
    """A report of who joined a session online: read, looked through by a person, then taken in.

    The file itself is not kept, and nothing of it but names, addresses and minutes.
    """

    MOVES: ClassVar[Moves] = states.ATTENDANCE

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendance_files")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # of the file, to know it again
    via = models.CharField(max_length=20, choices=Booking.Via)
    rows = models.JSONField(default=list)  # name, email, upn, minutes, hosts
    notes = models.JSONField(default=list)  # what a person should know before they take it in
    changes = models.JSONField(default=list, blank=True)  # from which it can be undone
    state = models.CharField(max_length=20, default=states.READ)
    read_at = models.DateTimeField(default=clock.now)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-read_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "digest"],
                condition=Q(state=states.TAKEN),
                name="attendance_taken_once",
            ),
            models.CheckConstraint(
                condition=Q(state=states.READ) | Q(taken_at__isnull=False),
                name="attendance_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("attendance-file", args=[self.session.slug, self.pk])
