"""What a version and its siblings have in common: a file, its words, and who approved it."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living
from saidanddone.core.precisions import PRECISIONS
from saidanddone.library import states
from saidanddone.people.models import User

KINDS = {
    "application/pdf": "PDF",
    "image/jpeg": "Picture",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.oasis.opendocument.text": "OpenDocument",
    "audio/mpeg": "Sound", "audio/mp4": "Sound", "audio/ogg": "Sound", "audio/wav": "Sound",
}  # fmt: skip


class Reading(models.TextChoices):
    """Whether a file's words have been read out of it, for search and for the reading page."""

    WAITING = "waiting", "Its words are being read"
    READ = "read", "Its words can be read here"
    NO_WORDS = "no_words", "It holds no words that we can read"
    UNREADABLE = "unreadable", "Its words could not be read"


class Filed(Living):
    """A file as it was approved, with the words that were found in it."""

    file = models.FileField(upload_to="library/%Y", blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)  # bytes
    reading = models.CharField(max_length=20, choices=Reading, default=Reading.WAITING)
    text = models.TextField(blank=True)  # paragraphs apart by a blank line; "# " opens a heading
    pages = models.PositiveIntegerField(null=True, blank=True)
    # Who approved it, in words: the bodies themselves are known a floor above.
    approved_by = models.CharField(max_length=200, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=PRECISIONS, default="day")
    state = models.CharField(max_length=20, default=states.DRAFT)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.CharField(max_length=300, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        abstract = True

    @property
    def kind_of_file(self) -> str:
        """PDF, Word …, as people call it."""
        return KINDS.get(self.media_type, "File")

    @property
    def is_published(self) -> bool:
        """Whether it is out, and has not been taken back."""
        return self.state == states.PUBLISHED

    @property
    def ending(self) -> str:
        """The end of its file's name."""
        return self.file.name.rpartition(".")[2]


def approval_rules(name: str) -> list[Any]:
    """What must never be false of an approval and of a state, for `name` (version or sibling)."""
    return [
        models.CheckConstraint(
            condition=Q(approved_on__isnull=True) | ~Q(approved_by=""),
            name=f"{name}_approved_when_and_by_whom",
        ),
        models.CheckConstraint(
            condition=~Q(state=states.PUBLISHED) | Q(published_at__isnull=False),
            name=f"published_{name}_says_when",
        ),
        models.CheckConstraint(
            condition=~Q(state=states.WITHDRAWN) | ~Q(withdrawn_why=""),
            name=f"withdrawn_{name}_says_why",
        ),
    ]


def approval(*, by: str, on: date | None, precision: str) -> dict[str, Any]:
    """An approval as the record keeps it: no day without a body, none more exact than known."""
    return {
        "approved_by": by, "approved_on": on if by else None,
        "precision": precision if on and by else "unknown",
    }  # fmt: skip
