"""Issues: voices that ask for the same thing, with an owner and a way through."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.governance.models import PRECISIONS, AgendaItem, Body, Decision, Meeting
from saidanddone.participation import states
from saidanddone.participation.models.voices import Voice
from saidanddone.people.models import Post, User
from saidanddone.reference.models import AgeBand, Area, Topic


def told_truly(name: str, *, unaided: Q | None = None) -> models.CheckConstraint:
    """A live step has its moment and its person; one from old papers has a source and a day.

    `unaided` are the live steps that the clock takes by itself, with nobody's hand in them.
    """
    live = Q(at__isnull=False, on__isnull=False) & (
        Q(by__isnull=False) if unaided is None else Q(by__isnull=False) | unaided
    )
    old = Q(at__isnull=True, by__isnull=True) & ~Q(source="")
    return models.CheckConstraint(
        condition=live | (old & (Q(on__isnull=False) | Q(precision="unknown"))), name=name
    )


class Historic(models.Model):
    """A step with its day, as exactly as it is known, and with its actor where one is known."""

    at = models.DateTimeField(null=True, blank=True)  # live steps only, with `by`
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(null=True, blank=True)  # the day it happened, of every step
    precision = models.CharField(max_length=10, choices=PRECISIONS, default="day")
    source = models.CharField(max_length=200, blank=True)  # "from public minutes"

    class Meta:
        abstract = True
        ordering = ["on", "pk"]


@pghistory.track(exclude=["reply"])
class Issue(Living, Historic):
    """Voices that ask for the same thing, in wording that the young people agreed.

    `at`, `by`, `on` tell when and by whom it was raised; `said_on` when the first of the words
    were said, from which its age is counted.
    """

    MOVES: ClassVar[Moves] = states.ISSUE

    title = models.CharField(max_length=120)
    wording = models.TextField()
    agreed_how = models.CharField(max_length=300, blank=True)  # how the wording was agreed
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    age_band = models.ForeignKey(AgeBand, models.PROTECT, null=True, blank=True, related_name="+")
    raised_at_body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+"
    )
    raised_at_meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The area as the public may see it: the borough where a small place would point at a child.
    shown_area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    by_worker = models.BooleanField(default=False)  # raised by workers, not children's voice (F18)
    is_public = models.BooleanField(default=True)  # stands on the wall
    said_on = models.DateField(null=True, blank=True)
    said_precision = models.CharField(max_length=10, choices=PRECISIONS, default="day")
    state = models.CharField(max_length=12, default=states.RAISED)
    voices = models.ManyToManyField(Voice, through="GroupedVoice", related_name="issues")

    # Who holds it now: an officer, a board, full Council, or a body outside (see Routing).
    owner = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    first_owner = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    routing = models.ForeignKey("Routing", models.PROTECT, null=True, blank=True, related_name="+")
    answer_due = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)  # the day of the first answer
    late_told = models.PositiveSmallIntegerField(default=0)  # 1 owner, 2 their lead, 3 the board
    tabling = models.ForeignKey("Tabling", models.PROTECT, null=True, blank=True, related_name="+")
    reply = models.ForeignKey("Reply", models.PROTECT, null=True, blank=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)  # once only
    closed_at = models.DateTimeField(null=True, blank=True)
    dropped_why = models.TextField(blank=True)  # a promise dropped, with the reason told
    withdrawn_by = models.CharField(max_length=160, blank=True)  # whose withdrawal, in words
    withdrawn_why = models.TextField(blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=states.TABLED) | Q(tabling__isnull=False),
                name="tabled_issue_has_its_item",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[states.REPLIED, states.PROMISED]) | Q(reply__isnull=False),
                name="answered_issue_has_its_reply",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.WITHDRAWN) | ~Q(withdrawn_why=""),
                name="withdrawn_issue_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.ROUTED) | Q(routing__isnull=False),
                name="issue_with_someone_has_its_routing",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.REOPENED) | Q(reopened_at__isnull=False),
                name="reopened_issue_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.CLOSED) | Q(closed_at__isnull=False),
                name="finished_issue_has_its_time",
            ),
            told_truly("issue_raised_when_and_by_whom"),
        ]
        indexes = [
            models.Index(fields=["state", "answer_due"], name="issues_that_wait"),
            models.Index(fields=["-said_on", "-id"], name="issues_on_the_wall"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("issue", args=[self.pk])


class GroupedVoice(models.Model):
    """A voice in an issue, and whether its speaker agrees with the title."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="grouped")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="grouped")
    grouped_at = models.DateTimeField(default=clock.now)
    agrees = models.BooleanField(null=True, blank=True)
    would_say = models.CharField(max_length=300, blank=True)  # the title they would rather have
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issue", "voice"], name="voice_once_in_an_issue")
        ]


class Routing(Historic):
    """To whom an issue went, and by when an answer is owed."""

    class To(models.TextChoices):
        OFFICER = "officer", "An officer"
        BOARD = "board", "A board"
        COUNCIL = "council", "Full Council"
        OUTSIDE = "outside", "A body outside the borough"

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="routings")
    to = models.CharField(max_length=10, choices=To)
    owner = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    outside = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=400, blank=True)
    due = models.DateField(null=True, blank=True)
    # Proposed to the board without a date: its clerk finds the meeting.
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Historic.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(body__isnull=False) | ~Q(outside=""),
                name="routed_to_somebody",
            ),
            told_truly("routed_when_and_by_whom"),
        ]


class Tabling(Historic):
    """An issue on a meeting's agenda. The item carries the wording, not the record."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="tablings")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+")

    class Meta(Historic.Meta):
        constraints = [
            models.UniqueConstraint(fields=["issue", "item"], name="tabled_once_an_item"),
            told_truly("tabled_when_and_by_whom", unaided=Q(source="")),
        ]


class BroughtBack(models.Model):
    """'What became of what we raised': on the next agenda of those who raised it.

    Once for each decision and each answer that they have not heard of.
    """

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="brought_back")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    reply = models.ForeignKey("Reply", models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "decision"], condition=Q(decision__isnull=False),
                name="brought_back_once_a_decision",
            ),
            models.UniqueConstraint(
                fields=["issue", "reply"], condition=Q(reply__isnull=False),
                name="brought_back_once_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=False, reply__isnull=True)
                | Q(decision__isnull=True, reply__isnull=False),
                name="brought_back_a_decision_or_an_answer",
            ),
        ]  # fmt: skip


class Step(Historic):
    """Something else that happened on the way: reworded, piloted, part done, no answer yet …."""

    class Kind(models.TextChoices):
        REWORDED = "reworded", "Reworded"
        PILOTED = "piloted", "Tried out"
        PART_DONE = "part_done", "Partly done"
        UPDATE = "update", "News"
        NO_ANSWER = "no_answer", "No answer yet"
        PULLED = "pulled", "Taken off by someone else"
        OBJECTED = "objected", "Young people objected"
        PRESENTED = "presented", "Presented"
        ESCALATED = "escalated", "Sent further up"
        UNKNOWN_END = "unknown_end", "What came of it is not known"

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()  # plain words: the young people read them
    before = models.TextField(blank=True)  # of a rewording: the wording until then
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta(Historic.Meta):
        constraints = [
            told_truly("stepped_when_and_by_whom", unaided=Q(kind__in=["pulled", "escalated"])),
            models.CheckConstraint(
                condition=~Q(kind="reworded") | ~Q(before=""),
                name="rewording_keeps_what_was_before",
            ),
        ]


class Question(models.Model):
    """Something the owner asks those who raised it; they answer on their thread page."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="questions")
    text = models.TextField()
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["asked_at", "pk"]


class Answer(models.Model):
    """What one who raised it answered, word for word, as a voice of its own."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="answers")  # whose thread
    words = models.OneToOneField(Voice, models.CASCADE, related_name="answers_question")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "voice"], name="one_answer_a_voice")
        ]
