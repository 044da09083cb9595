"""The partnership's own settings, and the lists that pages choose from."""

import math
from datetime import time
from time import monotonic

from django.db import models
from django.db.models import Q

from saidanddone.core import clock


class Dated(models.Model):
    """A list entry that counts from a day, and perhaps until a day."""

    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]


class DatedQuerySet(models.QuerySet):
    """List entries, chainable."""

    def current(self) -> "DatedQuerySet":
        """Those that count today."""
        today = clock.today()
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=today),
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        )


class Topic(Dated):
    """What words are about: getting about, mental health, school, the environment …."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    objects = DatedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Area(Dated):
    """A town or neighbourhood; the borough itself has no parent."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    postcodes = models.CharField(max_length=200, blank=True)  # first halves: "BL8 M26"
    objects = DatedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Forum(Dated):
    """A forum or an alliance that organisations belong to, such as the voluntary sector’s own."""

    class Kind(models.TextChoices):
        FORUM = "forum", "Forum"
        ALLIANCE = "alliance", "Alliance"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FORUM)
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    objects = DatedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class AgeBand(Dated):
    """An age as the public may see it: 'under 11', '11 to 13' …."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=40)
    youngest = models.PositiveSmallIntegerField()
    oldest = models.PositiveSmallIntegerField()
    objects = DatedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class BulletinSection(Dated):
    """A part of the weekly bulletin: from the partnership, learn, help for families …."""

    class Takes(models.TextChoices):
        BOARDS = "boards", "What boards decide and publish"
        REPLIES = "replies", "Answers to children and families"
        SESSIONS = "sessions", "Sessions and events"

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    takes = models.CharField(max_length=10, choices=Takes, blank=True)  # what comes by itself
    objects = DatedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class StoryTerm(Dated):
    """A word of the early help record that a place may change: a section, a level of need …."""

    class Kind(models.TextChoices):
        SECTION = "section", "Sections of the story"
        LEVEL = "level", "Levels of need"
        OUTCOME = "outcome", "Outcomes"
        CLOSING = "closing", "Reasons for closing"
        POWER = "power", "Powers and duties to share"

    kind = models.CharField(max_length=10, choices=Kind)
    code = models.SlugField()
    name = models.CharField(max_length=160)
    words = models.CharField(max_length=300, blank=True)  # what to think of, or what it means
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code", "starts_on"], nulls_distinct=False, name="one_story_term"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClosedDay(models.Model):
    """A day on which offices are closed beside weekends and bank holidays."""

    on = models.DateField(unique=True)
    why = models.CharField(max_length=120)


class Partnership(models.Model):
    """What this place is called, how it looks, whom to ring and how long things may take.

    Each change is a new row that counts from its day: what was promised under older
    settings can still be read.
    """

    starts_on = models.DateField(default=clock.today)
    changed_at = models.DateTimeField(default=clock.now)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    place = models.CharField(max_length=60)
    contact_email = models.EmailField()
    contact_address = models.CharField(max_length=300, blank=True)
    front_door_number = models.CharField(max_length=40)
    front_door_hours = models.CharField(max_length=120)

    brand = models.CharField(max_length=7, default="#5a1f4e")
    on_brand = models.CharField(max_length=7, default="#ffffff")
    accent = models.CharField(max_length=7, default="#7d1d66")
    ink = models.CharField(max_length=7, default="#261a28")
    logo = models.FileField(upload_to="logos", blank=True)
    story_name = models.CharField(max_length=60, default="The Story So Far")

    answer_days = models.PositiveSmallIntegerField(default=30)  # working days
    judgement_days = models.PositiveSmallIntegerField(default=20)  # working days
    late_lead_days = models.PositiveSmallIntegerField(default=5)  # working days late: owner's lead
    late_board_days = models.PositiveSmallIntegerField(default=10)  # working days late: the board
    reading_age = models.PositiveSmallIntegerField(default=9)  # years
    second_reader = models.BooleanField(default=False)  # a reply needs a second pair of eyes
    tell_us_open = models.BooleanField(default=True)
    opens_at = models.TimeField(default=time(9))  # when words are read, Monday to Friday
    closes_at = models.TimeField(default=time(17))
    unopened_minutes = models.PositiveSmallIntegerField(default=60)  # working minutes, then onward
    triage_words = models.TextField(blank=True)  # one word or phrase a line
    # Boards and papers; working days unless it says otherwise.
    papers_due_days = models.PositiveSmallIntegerField(default=10)  # before the meeting
    pack_days = models.PositiveSmallIntegerField(default=5)  # clear days between pack and meeting
    minutes_days = models.PositiveSmallIntegerField(default=10)  # after it, to circulate minutes
    corrections_days = models.PositiveSmallIntegerField(default=10)  # to ask for corrections
    terms_warning_days = models.PositiveSmallIntegerField(default=60)  # days before their review
    interests_months = models.PositiveSmallIntegerField(default=12)  # between confirmations
    # The library; days by the calendar.
    review_notice_days = models.PositiveSmallIntegerField(default=30)  # before a review: the owner
    review_lead_days = models.PositiveSmallIntegerField(default=14)  # after it: the owner's lead
    practice_years = models.PositiveSmallIntegerField(default=2)  # between confirmations
    practice_grace_days = models.PositiveSmallIntegerField(default=60)  # late, then off the list
    # Sessions.
    session_opens_minutes = models.PositiveSmallIntegerField(
        default=15
    )  # sign-in, before it begins
    session_first_days = models.PositiveSmallIntegerField(default=14)  # before it: first reminder
    session_second_days = models.PositiveSmallIntegerField(default=5)  # before it: the second
    session_last_minutes = models.PositiveSmallIntegerField(default=60)  # before it: the last
    session_cancel_days = models.PositiveSmallIntegerField(default=2)  # working days: still in time
    offer_hours = models.PositiveSmallIntegerField(default=24)  # to take a place that became free
    approval_hours = models.PositiveSmallIntegerField(default=72)  # for a manager to say yes
    certificate_share = models.PositiveSmallIntegerField(default=90)  # percent of a session
    impact_days = models.PositiveSmallIntegerField(default=90)  # after it: what came of it
    # The weekly bulletin; days count from Monday, which is 0.
    bulletin_name = models.CharField(max_length=80, default="The weekly bulletin")
    bulletin_day = models.PositiveSmallIntegerField(default=4)
    bulletin_at = models.TimeField(default=time(9))
    bulletin_due_day = models.PositiveSmallIntegerField(default=2)  # for what comes into it
    bulletin_due_at = models.TimeField(default=time(12))
    bulletin_approved = models.BooleanField(default=True)  # by a second person
    bulletin_wait_minutes = models.PositiveSmallIntegerField(
        default=15
    )  # in which it can be stopped
    bulletin_counts = models.BooleanField(default=False)  # how often its links are followed
    soft_bounces = models.PositiveSmallIntegerField(default=3)  # letters in a row, then no more
    # The Story So Far; days by the calendar unless it says otherwise.
    story_notice = models.TextField(blank=True)  # privacy: where a family first meets the record
    story_contact_words = models.TextField(blank=True)  # on the form that asks for help
    story_review_weeks = models.PositiveSmallIntegerField(default=6)
    story_assess_days = models.PositiveSmallIntegerField(default=10)  # working days
    story_coordinators_authorise = models.BooleanField(default=False)  # beside the supervisor
    story_keep_years = models.PositiveSmallIntegerField(
        default=25
    )  # to the youngest child’s birthday
    membership_months = models.PositiveSmallIntegerField(default=6)  # six at the most
    membership_grace_days = models.PositiveSmallIntegerField(default=28)
    break_glass_minutes = models.PositiveSmallIntegerField(default=60)
    break_glass_days = models.PositiveSmallIntegerField(default=2)  # working days, to its review
    seal_days = models.PositiveSmallIntegerField(default=90)  # between reviews of a seal
    asking_days = models.PositiveSmallIntegerField(default=1)  # working days, to an answer
    sponsor_days = models.PositiveSmallIntegerField(default=90)  # between an agency’s confirmations
    small_group = models.PositiveSmallIntegerField(default=5)

    class Meta:
        ordering = ["-starts_on", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def version(self) -> str:
        """Changes whenever the settings do; used in the address of the theme."""
        return f"{self.pk or 0}"


def contrast(one: str, other: str) -> float:
    """How well one colour (#rrggbb) reads on the other, from 1 to 21, by WCAG's measure."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _shown(measured: float) -> str:
    """Rounded down, so that what falls short never looks as if it were enough."""
    return f"{math.floor(measured * 10) / 10:.1f}"


WHITE = "#ffffff"
COLOURS = {"brand": "Main colour", "on_brand": "Words on it", "accent": "Links", "ink": "Text"}
# Each colour, what it is read on, and how well it must read: text for tired eyes, not for the law.
LEAST_CONTRAST = {
    "brand": (WHITE, 7.0),
    "on_brand": ("brand", 7.0),
    "accent": (WHITE, 7.0),
    "ink": (WHITE, 12.0),
}


def colour_faults(colours: dict[str, str]) -> dict[str, str]:
    """A sentence for each colour that does not read well enough, with what was measured."""
    faults = {}
    for name, (ground, least) in LEAST_CONTRAST.items():
        measured = contrast(colours[name], colours.get(ground, ground))
        if measured < least:
            on = "on your main colour" if ground == "brand" else "on white"
            cure = "Choose a lighter one." if ground == "brand" else "Choose a darker one."
            needed = f"it must be {least:.0f} to 1 or more"
            faults[name] = f"{COLOURS[name]}: {_shown(measured)} to 1 {on}; {needed}. {cure}"
    return faults


_KEPT_SECONDS = 5.0
_kept: dict[str, tuple[float, Partnership]] = {}


def read_partnership() -> Partnership:
    """The settings that count today; until somebody has given any, the ones of no place."""
    return Partnership.objects.filter(starts_on__lte=clock.today()).first() or Partnership(
        name="Children’s Partnership", short_name="Children’s Partnership", place="our place",
        contact_email="hello@partnership.example", front_door_number="999",
        front_door_hours="day or night",
    )  # fmt: skip


def partnership() -> Partnership:
    """The settings that count today; another process's change is seen within five seconds."""
    row = _kept.get("row")
    if row and row[0] > monotonic():
        return row[1]
    found = read_partnership()
    _kept["row"] = (monotonic() + _KEPT_SECONDS, found)
    return found


def forget_partnership() -> None:
    """Read the settings anew at the next page, because they have just been changed."""
    _kept.clear()
