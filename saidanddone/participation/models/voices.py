"""What was said: voices, the gatherings they were said at, their codes, and what is held."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.governance.models import PRECISIONS, Body
from saidanddone.participation import states
from saidanddone.people.models import Post, User
from saidanddone.reference.models import AgeBand, Area, Topic


class Speaker(models.TextChoices):
    """Who speaks. A worker's words are never counted as children's voice (F18)."""

    CHILD = "child", "A child (under 11)"
    YOUNG_PERSON = "young_person", "A young person (11 or older)"
    PARENT = "parent", "A parent"
    CARER = "carer", "A carer"
    WORKER = "worker", "Someone who works with children"


CHILDREN = (Speaker.CHILD, Speaker.YOUNG_PERSON)


class Readers(models.TextChoices):
    """Who may read the words: the speaker's choice, which nobody widens."""

    MY_WORKER = "my_worker", "Only my worker"
    HELPERS = "helpers", "Those who can help"
    EVERYONE = "everyone", "Everyone"


class ShownAs(models.TextChoices):
    """How the speaker is named beside the words: their choice too."""

    NO_NAME = "no_name", "Without my name"
    FIRST_NAME = "first_name", "With my first name"
    NAME = "name", "With my name"


class Method(models.TextChoices):
    """How the words were given."""

    TYPED = "typed", "Typed by the speaker"
    SPOKEN = "spoken", "Spoken, and written down"
    WRITTEN = "written", "Written on paper"
    DRAWN = "drawn", "Drawn"
    SURVEY = "survey", "Answer in a survey"


class Said(models.Model):
    """What a voice and a gathering share: when, where, about what, and for whose eyes."""

    on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=PRECISIONS, default="day")
    # Youth Cabinet, a school council …. Bodies that meet in private are never named in public.
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=160, blank=True)
    age_band = models.ForeignKey(AgeBand, models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+")
    readers = models.CharField(max_length=12, choices=Readers, default=Readers.HELPERS)
    shown_as = models.CharField(max_length=12, choices=ShownAs, default=ShownAs.NO_NAME)
    may_quote = models.BooleanField(default=False)  # in papers and meetings
    may_publish = models.BooleanField(default=False)  # on the wall
    source_may_be_named = models.BooleanField(default=False)  # the speaker chose to name the body
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_for = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        abstract = True


class Gathering(Said):
    """A time when a worker listened to a group; place, ages and audience are set once."""

    name = models.CharField(max_length=160)
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    photo = models.FileField(upload_to="gatherings/%Y", blank=True)  # of the flip chart
    photo_words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("gathering", args=[self.pk])


class Voice(Living, Said):
    """What was said, word for word. Its words never change; a correction is a second voice.

    `public_words` is the same text with names and identifying details covered, made by the person
    who read it; caption and place are fixed at publication. What the speaker chose (who may read
    it, how they are named, what may be done with it) never changes either: the database refuses.
    """

    MOVES: ClassVar[Moves] = states.VOICE

    words = models.TextField(blank=True)  # a drawing may stand without words
    speaker = models.CharField(max_length=16, choices=Speaker)
    speaker_name = models.CharField(max_length=80, blank=True)  # only if they chose to be named
    method = models.CharField(max_length=10, choices=Method, default=Method.TYPED)
    language = models.CharField(max_length=12, default="en")
    translation = models.TextField(blank=True)
    picture = models.FileField(upload_to="voices/%Y", blank=True)
    picture_words = models.CharField(max_length=500, blank=True)
    gathering = models.ForeignKey(
        Gathering, models.PROTECT, null=True, blank=True, related_name="voices"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )  # corrects or adds to the earlier one
    corrects = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)  # "from public minutes"

    state = models.CharField(max_length=12, default=states.WAITING)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    public_words = models.TextField(blank=True)
    public_caption = models.CharField(max_length=160, blank=True)
    # The place as the caption tells it: the borough, or the town where enough others spoke.
    public_area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    hear_by_email = models.EmailField(blank=True)
    worker = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+"
    )  # the trusted worker through whom they hear back
    hear_through = models.CharField(max_length=160, blank=True)  # how they named that worker

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["state", "recorded_at"], name="voices_by_state")]
        triggers = [
            pgtrigger.ReadOnly(
                name="stays_as_it_was_said",
                fields=[
                    "words",
                    "speaker",
                    "speaker_name",
                    "method",
                    "language",
                    "readers",
                    "shown_as",
                    "may_quote",
                    "may_publish",
                    "source_may_be_named",
                    "recorded_at",
                    "follows",
                ],
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") | ~Q(picture=""), name="voice_has_words_or_a_picture"
            ),
            models.CheckConstraint(
                condition=~Q(readers="my_worker")
                | Q(worker__isnull=False)
                | Q(recorded_for__isnull=False),
                name="voice_for_a_worker_names_the_worker",
            ),
            models.CheckConstraint(
                condition=Q(corrects=False) | Q(follows__isnull=False),
                name="correction_points_to_what_it_corrects",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | (Q(may_publish=True, readers="everyone") & ~Q(public_words="")),
                name="voice_published_only_as_its_speaker_chose",
            ),
            models.CheckConstraint(
                condition=(Q(state=states.TAKEN_BACK) & Q(taken_back_at__isnull=False))
                | (~Q(state=states.TAKEN_BACK) & Q(taken_back_at__isnull=True)),
                name="voice_taken_back_with_its_time",
            ),
        ]

    # The key to its thread, only while the page that gives it out is drawn; never stored.
    code: str = ""

    def __str__(self) -> str:
        return f"{self.get_speaker_display()}, voice {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("voice", args=[self.pk])

    @property
    def is_left_alone(self) -> bool:
        """Told to one worker alone, who has gone: nobody reads it any more."""
        theirs = [post for post in (self.worker, self.recorded_for) if post is not None]
        alone = self.readers == Readers.MY_WORKER
        return alone and not any(post.is_live() for post in theirs)

    @property
    def is_childs(self) -> bool:
        """Whether it counts as children's voice."""
        return self.speaker in CHILDREN


class ThreadCode(models.Model):
    """The key to one voice's thread: kept as a digest, ended when it is renewed."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voice"], condition=Q(ended_at__isnull=True), name="one_live_code_a_voice"
            )
        ]


class Duty(models.Model):
    """Who is on duty for words that may tell of harm: first the lead, then deputy, then manager."""

    class Rank(models.IntegerChoices):
        LEAD = 1, "Safeguarding lead"
        DEPUTY = 2, "Deputy"
        MANAGER = 3, "Manager"

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField(choices=Rank)
    starts_on = models.DateField()
    ends_on = models.DateField()

    set_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)  # taken off the rota

    class Meta:
        ordering = ["starts_on", "rank", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="duty_ends_after_it_starts"
            )
        ]


class Hold(models.Model):
    """Words kept back because they may tell of harm: with whom, since when, and what was done."""

    class Why(models.TextChoices):
        WORKER = "worker", "The worker ticked it"
        WORDS = "words", "Words on the list"
        READER = "reader", "Somebody who read it"

    class Outcome(models.TextChoices):
        RELEASED = "released", "Released"
        HANDED_ON = "handed_on", "Handed on outside this record"

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="holds")
    why = models.CharField(max_length=10, choices=Why)
    held_at = models.DateTimeField(default=clock.now)
    rank = models.PositiveSmallIntegerField(choices=Duty.Rank, default=Duty.Rank.LEAD)
    rank_since = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.TextField(blank=True)
    told = models.TextField(blank=True)  # what the child's page says: kind and true
    # Taken back while held: nobody else will ever see it, but it is looked at all the same.
    take_back_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["held_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["voice"], condition=Q(ended_at__isnull=True), name="one_open_hold_a_voice"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, outcome="")
                | (Q(ended_at__isnull=False) & ~Q(outcome="") & ~Q(reason="")),
                name="hold_ends_with_outcome_and_reason",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("held-voice", args=[self.pk])
