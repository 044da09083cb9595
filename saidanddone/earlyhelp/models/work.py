"""The everyday work round a story: requests for help, the duty desk, contacts, oversight, doors."""

import uuid
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from saidanddone.core import clock
from saidanddone.core.lifecycle import Living, Moves
from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models.families import Family, FamilyMember
from saidanddone.earlyhelp.models.stories import Story
from saidanddone.people.models import Post, User
from saidanddone.reference.models import Area


@pghistory.track()
class Enquiry(Living):
    """Somebody asks for help for a family: accepted, or declined with a reason, and always told."""

    class From(models.TextChoices):
        SCHOOL = "school", "A school or nursery"
        GP = "gp", "A GP or health service"
        PARENT = "parent", "A parent or carer"
        YOUNG = "young", "A young person"
        OTHER = "other", "Somebody else"

    MOVES: ClassVar[Moves] = states.ENQUIRY

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=20, default=states.SOUGHT)
    asked_as = models.CharField(max_length=10, choices=From)
    asker_name = models.CharField(max_length=160)
    asker_reach = models.CharField(max_length=254, blank=True)  # where the answer goes
    from_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    who = models.TextField()  # the child or family, as far as they say
    words = models.TextField()
    family_knows = models.BooleanField(null=True, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    taken_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    given_to = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    declined_why = models.TextField(blank=True)
    told = models.TextField(blank=True)  # what the asker was told, within what the family allows
    told_at = models.DateTimeField(null=True, blank=True)
    story = models.ForeignKey(Story, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=64, blank=True)  # digest of what opens the answer for them
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        verbose_name_plural = "enquiries"
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(who="") & ~Q(words=""), name="enquiry_says_who_and_what"
            ),
            models.CheckConstraint(
                condition=~Q(state=states.DECLINED) | ~Q(declined_why=""),
                name="declined_enquiry_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=states.SOUGHT)
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(told="")),
                name="decided_enquiry_tells_the_asker",
            ),
        ]  # fmt: skip


class DutyCheck(models.Model):
    """The duty desk looks whether somebody already works with a child: for every child alike.

    Whoever opens a story is told only that this will happen. A check without a match is closed by
    itself; it was written all the same.
    """

    class Outcome(models.TextChoices):
        NONE = "none", "Nobody was found"
        SAME = "same", "The same child: the two workers were joined up"
        APART = "apart", "Another child"
        KEPT = "kept", "The same child: not joined up, for a reason"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="+")
    child = models.ForeignKey(FamilyMember, models.PROTECT, related_name="+")
    match = models.ForeignKey(FamilyMember, models.PROTECT, null=True, blank=True, related_name="+")
    family = models.ForeignKey(Family, models.PROTECT, related_name="+")
    match_family = models.ForeignKey(
        Family, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Copied, so that the desk sees the two beside each other and no more of either record.
    name = models.CharField(max_length=160)
    born_on = models.DateField(null=True, blank=True)
    match_name = models.CharField(max_length=160, blank=True)
    match_born_on = models.DateField(null=True, blank=True)
    lead = models.ForeignKey(Post, models.PROTECT, related_name="+")
    match_lead = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    why_alike = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["made_at"]


class Contact(models.Model):
    """A visit, a call or a message: who, whether the child was seen, and seen alone, what, what next.

    Kept in under a minute; added to, never changed.
    """

    class Kind(models.TextChoices):
        VISIT = "visit", "Visit"
        CALL = "call", "Call"
        MESSAGE = "message", "Message"
        MEETING = "meeting", "Meeting"
        TRIED = "tried", "Tried, and nobody was there"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="contacts")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField(default=clock.today)
    who = models.ManyToManyField(FamilyMember, through="ContactWith", related_name="+")
    who_else = models.CharField(max_length=300, blank=True)
    child_seen = models.BooleanField(default=False)
    seen_alone = models.BooleanField(default=False)
    what = models.TextField()
    next = models.TextField(blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="contact_says_what"),
            models.CheckConstraint(
                condition=Q(seen_alone=False) | Q(child_seen=True), name="seen_alone_is_seen"
            ),
        ]


class ContactWith(models.Model):
    """One of the family who was part of a contact."""

    story = models.ForeignKey(Story, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="those")
    member = models.ForeignKey(FamilyMember, models.PROTECT, related_name="+")
    alone = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "contacts with"
        constraints = [
            models.UniqueConstraint(fields=["contact", "member"], name="contact_with_once")
        ]


class Oversight(models.Model):
    """A supervisor's note on a story: what was talked through, and what is to be done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, related_name="oversight")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    on = models.DateField(default=clock.today)
    words = models.TextField()
    to_do = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        verbose_name_plural = "oversight"
        ordering = ["-on", "-recorded_at"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="oversight_in_words")]


class FamilyCode(models.Model):
    """What opens one family member's own door: for one purpose, kept as a digest, soon over.

    Tries are counted in core.limits, by code and by address, so that guessing is over soon too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(FamilyMember, models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    ends_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
