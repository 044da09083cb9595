"""A family's story, its first page and its team."""

import uuid
from typing import ClassVar, Self

import pghistory
from django.db import models
from django.db.models import F, Q, QuerySet

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models.agreements import Agreement, SharingDecision
from saidanddone.earlyhelp.models.families import Family
from saidanddone.people.models import Organisation, Post
from saidanddone.reference.models import Area

LONGEST_MEMBERSHIP = 184  # days: six months


class StoryQuerySet(QuerySet["Story"]):
    """Stories, chainable."""

    def live(self) -> Self:
        """Those that are not closed."""
        return self.filter(state__in=states.LIVE)


@pghistory.track()
class Story(Living):
    """One stretch of early help for one family, from the agreement to the closing.

    Its row tells a coordinator that it is there, who leads it and what is due, and so holds no
    word of what it says: the words stand in its cover and the other parts.
    """

    class Step(models.TextChoices):
        UP = "up", "Stepped up to social work"
        DOWN = "down", "Stepped down from social work"

    MOVES: ClassVar[Moves] = states.STORY

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = models.ForeignKey(Family, models.PROTECT, related_name="stories")
    reference = models.CharField(max_length=12)  # the family’s, for lists that show no more
    state = models.CharField(max_length=20, default=states.DRAFT)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    lead = models.ForeignKey(Post, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    authorise_asked_at = models.DateTimeField(null=True, blank=True)  # none once it is answered
    authorised_at = models.DateTimeField(null=True, blank=True)
    authorised_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    review_due_on = models.DateField(null=True, blank=True)
    plan_version = models.PositiveSmallIntegerField(default=0)  # rises when the plan changes
    assess_due_on = models.DateField(null=True, blank=True)
    came_by = models.CharField(max_length=10, choices=Step, blank=True)
    stepped_up_on = models.DateField(null=True, blank=True)
    # Leads beside or in place of the lead, for some weeks, and then by itself no more.
    stand_in = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    stand_in_until = models.DateField(null=True, blank=True)
    controller = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # the family, for everybody
    safety_asked_at = models.DateTimeField(null=True, blank=True)  # rule 3: is a child less safe?
    safety_answered_at = models.DateTimeField(null=True, blank=True)
    close_asked_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    keep_until = models.DateField(null=True, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "pk"]
        verbose_name_plural = "stories"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=states.CLOSED)
                | (Q(closed_at__isnull=False, keep_until__isnull=False) & ~Q(close_reason="")),
                name="closed_story_says_when_why_and_how_long_kept",
            ),
            models.CheckConstraint(
                condition=Q(authorised_at__isnull=True, authorised_by__isnull=True)
                | Q(authorised_at__isnull=False, authorised_by__isnull=False),
                name="story_authorised_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"story {self.pk}"


@pghistory.track()
class Cover(models.Model):
    """The first page of a story: why now, what the family hopes for, why it rests."""

    story = models.OneToOneField(Story, models.PROTECT, primary_key=True, related_name="cover")
    why_now = models.TextField(blank=True)
    hopes = models.TextField(blank=True)
    safety = models.TextField(blank=True)  # after a withdrawal: is a child less safe, and why
    paused_why = models.TextField(blank=True)
    returned_why = models.TextField(blank=True)  # what the supervisor asks for before authorising


@pghistory.track()
class TeamMembership(models.Model):
    """Somebody, in a post at an agency, in one family's team, for a purpose, from a day to a day.

    Never open-ended. It rests on the family's agreement or on a recorded share.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="team")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=300)
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField()
    quiet = models.BooleanField(default=False)  # telling the family was recorded as unsafe
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True)
    share = models.ForeignKey(SharingDecision, models.PROTECT, null=True, blank=True)
    invited_at = models.DateTimeField(default=clock.now)
    invited_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on"))
                & Q(ends_on__lte=F("starts_on") + models.Value(LONGEST_MEMBERSHIP)),
                name="membership_of_six_months_at_most",
            ),
            models.CheckConstraint(
                condition=Q(agreement__isnull=False) | Q(share__isnull=False),
                name="membership_rests_on_agreement_or_share",
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="membership_has_a_purpose"),
        ]
