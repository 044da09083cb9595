"""Cover sheets that leads hand in, and the numbered pack that is made of an agenda."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.governance import states
from saidanddone.governance.models.meetings import AgendaItem, Meeting
from saidanddone.people.models import User


@pghistory.track()
class CoverSheet(models.Model):
    """What the lead of an item says in front of its papers.

    What is wanted of the board, what it means for children (the item's own plain sentence), and
    what children said about it, or why they were not asked. The plain sentence is the seed of the
    young people's agenda.
    """

    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="cover")
    decision_wanted = models.TextField(blank=True)
    children_said = models.TextField(blank=True)
    not_asked_why = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True) | ~Q(children_said="", not_asked_why=""),
                name="cover_says_what_children_said_or_why_not",
            )
        ]

    def get_absolute_url(self) -> str:
        """Where it is handed in."""
        return reverse("hand-in", args=[self.item.meeting_id, self.item_id])


@pghistory.track()
class Pack(Living):
    """One edition of a meeting's pack. A later edition adds at the end and says what is new.

    A pack from which something had to be taken back is retired: nobody opens it any more.
    `contents` tells on which pages each part stands: [{"item": pk, "paper": uuid or null,
    "title": …, "first": 1, "last": 3, "late": false}]. A page keeps its number in every edition.
    The members' file adds the restricted part at its end.
    """

    MOVES: ClassVar[Moves] = states.PACK

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="packs")
    number = models.PositiveSmallIntegerField()  # edition, from 1
    state = models.CharField(max_length=20, default=states.WANTED)
    change_note = models.CharField(max_length=500, blank=True)
    contents = models.JSONField(default=list, blank=True)
    contents_closed = models.JSONField(default=list, blank=True)  # the restricted part's
    # What this edition brought, word for word as it was printed: {"open": {…}, "closed": {…}}.
    # Later editions print it again from here, so that no published page ever moves.
    told = models.JSONField(default=dict, blank=True)
    open_file = models.FileField(upload_to="packs/%Y", blank=True)
    open_pages = models.PositiveIntegerField(default=0)
    open_size = models.PositiveIntegerField(default=0)  # bytes
    closed_file = models.FileField(upload_to="packs/%Y", blank=True)  # for members, with part B
    closed_pages = models.PositiveIntegerField(default=0)
    closed_size = models.PositiveIntegerField(default=0)
    wanted_at = models.DateTimeField(default=clock.now)
    wanted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)
    failed_why = models.CharField(max_length=300, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["meeting", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_pack_an_edition"),
            models.CheckConstraint(
                condition=~Q(state=states.MADE) | (Q(made_at__isnull=False) & ~Q(open_file="")),
                name="made_pack_has_its_file",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(change_note=""), name="later_pack_says_what_is_new"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("pack", args=[self.meeting_id])
