"""Versions: a document as it was approved on a day."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse

from saidanddone.core.lifecycle import Moves
from saidanddone.library import states
from saidanddone.library.models.documents import Document
from saidanddone.library.models.filed import Filed, Reading, approval_rules


class VersionQuerySet(QuerySet["Version"]):
    """Versions, chainable."""

    def without_text(self) -> Self:
        """Lists have no use for the whole text of each."""
        return self.defer("text")

    def unread(self) -> Self:
        """Those whose words nobody has read out of the file yet, the oldest first."""
        return self.filter(reading=Reading.WAITING).order_by("added_at", "pk")


class Version(Filed):
    """A document as it stood from a day on: the file, what changed in it, who approved it."""

    MOVES: ClassVar[Moves] = states.VERSION

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 …; never used again
    changed = models.TextField(blank=True)  # since the version before, in plain words

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="document_version_a_number"
            ),
            *approval_rules("version"),
        ]
        indexes = [
            models.Index(
                fields=["added_at"], condition=models.Q(reading="waiting"), name="version_unread"
            ),
            models.Index(
                fields=["added_at"], condition=models.Q(state=states.DRAFT), name="version_drafts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.title}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("document-version", args=[self.document.slug, self.number])
