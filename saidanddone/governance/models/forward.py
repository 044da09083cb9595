"""What lies ahead of a body: its forward plan, what it sends up, and its risks."""

from typing import ClassVar, Self

import pghistory
from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.governance import states
from saidanddone.governance.models.bodies import Body
from saidanddone.governance.models.meetings import AgendaItem, Meeting
from saidanddone.people.models import Post, User


class ForwardItemQuerySet(QuerySet["ForwardItem"]):
    """What is foretold, chainable."""

    def ahead(self) -> Self:
        """Not on any agenda yet, and not taken off."""
        return self.filter(state=states.AHEAD)

    def in_plan(self) -> Self:
        """All that stands in the plan: ahead, or already on the agenda that it was foretold for."""
        return self.filter(state__in=[states.AHEAD, states.TAKEN])


@pghistory.track()
class ForwardItem(Living):
    """Something that a body is going to consider, said in public before it does."""

    MOVES: ClassVar[Moves] = states.FORWARD

    body = models.ForeignKey(Body, models.PROTECT, related_name="forward_items")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="forward_items"
    )
    due_on = models.DateField(null=True, blank=True)  # when no meeting is planned for it yet
    kind = models.CharField(max_length=20, choices=AgendaItem.Kind)
    title = models.CharField(max_length=200)
    plain = models.TextField(blank=True)  # what it means for children, in one plain sentence
    decision_maker = models.CharField(max_length=160, blank=True)  # empty: the body itself
    lead = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    first_published_on = models.DateField(default=clock.today)
    urgent = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)  # expected to be discussed in private
    restricted_why = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, default=states.AHEAD)
    item = models.OneToOneField(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="foretold"
    )
    dropped_why = models.CharField(max_length=500, blank=True)
    origin_path = models.CharField(max_length=200, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = ForwardItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting__on", "due_on", "pk"]
        indexes = [models.Index(fields=["body", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=states.TAKEN) | Q(item__isnull=False),
                name="taken_forward_item_has_its_item",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.LET_GO) | ~Q(dropped_why=""),
                name="dropped_forward_item_says_why",
            ),
            models.CheckConstraint(
                condition=Q(restricted=False) | ~Q(restricted_why=""),
                name="restricted_forward_item_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Escalation(Living):
    """A question that a group could not settle, on its way to the body above and back again."""

    MOVES: ClassVar[Moves] = states.ESCALATION

    source_item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="escalations")
    to_body = models.ForeignKey(Body, models.PROTECT, related_name="escalations")
    question = models.TextField()
    why = models.TextField(blank=True)  # why the group itself could not settle it
    state = models.CharField(max_length=20, default=states.SENT_UP)
    board_item = models.OneToOneField(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="escalated_here"
    )
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_item = models.OneToOneField(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="answer_of"
    )  # on the group's next agenda
    withdrawn_why = models.CharField(max_length=500, blank=True)
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[states.ANSWERED, states.BACK])
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answered_escalation_has_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.BACK) | Q(answer_item__isnull=False),
                name="returned_answer_is_on_an_agenda",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("escalation", args=[self.pk])

    @property
    def restricted(self) -> bool:
        """As closed as the item that it comes from."""
        return self.source_item.restricted


def _one_to_five(*names: str) -> Q:
    within = Q()
    for name in names:
        within &= Q(**{f"{name}__gte": 1, f"{name}__lte": 5})
    return within


class RiskQuerySet(QuerySet["Risk"]):
    """Risks, chainable."""

    def of(self, body: Body) -> Self:
        """A body's own, and those that others have told it."""
        return self.filter(Q(body=body) | Q(told_to=body)).select_related("body")

    def with_owner(self) -> Self:
        """Each with who watches it and for whom."""
        return self.select_related("owner__user", "owner__organisation")


@pghistory.track()
class Risk(Living):
    """What might happen, why, and what then; scored likelihood by impact, one to five each.

    Three scores: with nothing done, as it stands now, and where the body wants it to be.
    """

    MOVES: ClassVar[Moves] = states.RISK

    body = models.ForeignKey(Body, models.PROTECT, related_name="risks")
    title = models.CharField(max_length=200)
    cause = models.TextField()
    event = models.TextField()
    effect = models.TextField()
    owner = models.ForeignKey(Post, models.PROTECT, related_name="+")
    likelihood_before = models.PositiveSmallIntegerField()
    impact_before = models.PositiveSmallIntegerField()
    likelihood_now = models.PositiveSmallIntegerField()
    impact_now = models.PositiveSmallIntegerField()
    likelihood_wanted = models.PositiveSmallIntegerField()
    impact_wanted = models.PositiveSmallIntegerField()
    controls = models.TextField(blank=True)  # what is already done about it
    review_on = models.DateField()
    restricted = models.BooleanField(default=False)
    state = models.CharField(max_length=20, default=states.WATCHED)
    told_to = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    closed_why = models.TextField(blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = [-(F("likelihood_now") * F("impact_now")), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_one_to_five(
                    "likelihood_before", "impact_before", "likelihood_now", "impact_now",
                    "likelihood_wanted", "impact_wanted",
                ),
                name="risk_scores_one_to_five",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.OVER) | ~Q(closed_why=""), name="closed_risk_says_why"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("risk", args=[self.pk])

    @property
    def score_before(self) -> int:
        """Likelihood by impact with nothing done: 1 to 25."""
        return self.likelihood_before * self.impact_before

    @property
    def score_now(self) -> int:
        """Likelihood by impact as it stands: 1 to 25."""
        return self.likelihood_now * self.impact_now

    @property
    def score_wanted(self) -> int:
        """Likelihood by impact where the body wants it to be: 1 to 25."""
        return self.likelihood_wanted * self.impact_wanted


class RiskNote(models.Model):
    """One line of a risk's history: what was done about it, and the score that it then had."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="notes")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["at", "pk"]
