"""Documents: what keeps its address while its versions come and go."""

from datetime import date
from typing import ClassVar, Self

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject, Left
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.finding import around
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.library import states
from saidanddone.people.models import Organisation, Post
from saidanddone.reference.models import Topic

MOST_QUOTED = 60_000  # letters of a text in which an excerpt is looked for
MOST_FOUND = 500  # of more hits than these only the newest are looked at


class DocumentQuerySet(QuerySet["Document"]):
    """Documents, chainable."""

    def listed(self) -> Self:
        """Those that are out now."""
        return self.filter(state=states.PUBLISHED)

    def about(self, query: SearchQuery) -> Self:
        """Those whose title, summary or words fit; the newest of them, where very many do.

        Hits are found in the index and cut before anything is ranked or quoted, so that a word
        that stands everywhere costs no more than a rare one.
        """
        hits = self.filter(search=query).order_by("-published_at", "-pk")
        return Document.objects.filter(pk__in=hits.values("pk")[:MOST_FOUND])

    def best_first(self, query: SearchQuery) -> Self:
        """The closest fit first: a word in the title counts more than one in the text."""
        return self.order_by(SearchRank(F("search"), query).desc(), "-published_at", "-pk")

    def with_excerpt(self, query: SearchQuery) -> Self:
        """Each with a few of its words around the first hits, as `excerpt`."""
        return self.annotate(excerpt=around(Left("current__text", MOST_QUOTED), query))

    def with_siblings(self, siblings: QuerySet) -> Self:
        """Each with the kinds of its newest version that somebody may have, as `others`."""
        found = siblings.filter(version=OuterRef("current"), state=states.PUBLISHED)
        found = found.order_by("kind", "language")
        return self.annotate(
            others=ArraySubquery(found.values(data=JSONObject(kind="kind", language="language")))
        )

    def with_current(self) -> Self:
        """Each with its newest version, but without that version's whole text."""
        return self.select_related("current").defer("search", "current__text")

    def with_owner(self) -> Self:
        """Each with who keeps it right."""
        return self.select_related("owner__user", "owner__organisation")

    def due_for_review(self, until: date) -> Self:
        """Published ones whose review day is not later than that."""
        return self.listed().filter(review_on__lte=until)


@pghistory.track(exclude=["search"])
class Document(Living):
    """A paper that the partnership keeps: one address, every version, an owner and a review day.

    A restricted one is there for the clerk, its owner and its named readers, and for nobody else.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", "Plan"
        STRATEGY = "strategy", "Strategy"
        TERMS = "terms", "Terms of reference"
        POLICY = "policy", "Policy or principles"
        GUIDANCE = "guidance", "Guidance"
        REPORT = "report", "Report"
        AGREEMENT = "agreement", "Agreement between partners"
        OTHER = "other", "Other"

    MOVES: ClassVar[Moves] = states.DOCUMENT

    slug = models.SlugField(max_length=90, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    summary = models.TextField(blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="documents")
    owner = models.ForeignKey(Post, models.PROTECT, related_name="documents")
    restricted = models.BooleanField(default=False)
    restricted_why = models.CharField(max_length=300, blank=True)
    reader_posts = models.ManyToManyField(Post, blank=True, related_name="+")
    reader_organisations = models.ManyToManyField(Organisation, blank=True, related_name="+")
    state = models.CharField(max_length=20, default=states.DRAFT)
    current = models.ForeignKey(
        "library.Version", models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)  # the owner
    lead_told_on = models.DateField(null=True, blank=True)  # the owner's lead
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)  # its newest version
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)
    # Title, summary and the words of what is out now; written by verbs, read by nobody.
    search = SearchVectorField(null=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        indexes = [
            # Kept up at once: it is read far more often than documents come, and a list of what
            # waits to be put in would make every search read it through.
            GinIndex(fields=["search"], name="document_search", fastupdate=False),
            models.Index(fields=["state", "-published_at"], name="document_newest"),
            models.Index(
                fields=["review_on"], condition=Q(state=states.PUBLISHED), name="document_review"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=states.PUBLISHED)
                | Q(current__isnull=False, published_at__isnull=False),
                name="published_document_has_a_version",
            ),
            models.CheckConstraint(
                condition=Q(restricted=False) | ~Q(restricted_why=""),
                name="restricted_document_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.WITHDRAWN)
                | (~Q(withdrawn_why="") & Q(withdrawn_at__isnull=False)),
                name="withdrawn_document_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.slug])

    @property
    def review_is_late(self) -> bool:
        """Whether its review day has passed."""
        out = self.state == states.PUBLISHED
        return out and self.review_on is not None and self.review_on < clock.today()
