"""Who may see which part of which story, from when to when; and who has looked."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from saidanddone.core import clock
from saidanddone.earlyhelp.models.agencies import confirmed
from saidanddone.earlyhelp.models.families import Family, FamilyMember
from saidanddone.earlyhelp.models.seals import Conflict, Seal
from saidanddone.earlyhelp.models.stories import Story
from saidanddone.people.models import Post, User
from saidanddone.reference.models import Area

OVERSEERS = {"supervisor", "safeguarding_lead"}  # roles that answer for those who answer to them
COORDINATOR = "coordinator"
NOBODYS = Q(pk__in=[])  # left out of the question, and nothing if it stands alone


class AccessQuerySet(QuerySet["Access"]):
    """Rights, chainable."""

    def in_force(self) -> Self:
        """Those whose time is now; whether a post is live is asked by `of`."""
        now = clock.now()
        return self.filter(starts_at__lte=now, ends_at__gt=now)

    def nobodys(self) -> Self:
        """None at all, to be asked like those of somebody."""
        return self.annotate(held=F("part"), rests_on=F("kind")).none()

    def of(self, user: User) -> Self:
        """What they hold now, in `held` (the part) and `rests_on` (the kind).

        Their own rights; those of whom they supervise; those of the areas they coordinate. Never in
        a record that is sealed from them, nor for their work in a family that is their own.
        """
        post = user.acting_for
        if post is not None and not post.is_live():
            return self.nobodys()
        held = Q(person=user.pk, post=getattr(post, "pk", None))
        if post:
            held |= _watched(post) | _of_areas(post)
            held &= Q(Exists(Post.objects.filter(confirmed(), pk=post.pk)))
        return (
            self.in_force().filter(held).annotate(**_as_held(post)).filter(_not_barred(user))
        )  # fmt: skip


def _watched(post: Post) -> Q:
    """What they hold who answer to this post; of an ended post only that it led, or kept the file."""
    if not OVERSEERS & set(post.roles):
        return NOBODYS
    live = Q(post__in=Post.objects.live().filter(confirmed(), lead=post.pk))
    passed_on = Q(kind__in=[Access.Kind.LEAD, Access.Kind.FILE])
    return Q(post__lead=post.pk) & (passed_on | (Q(kind=Access.Kind.MEMBERSHIP) & live))


def _of_areas(post: Post) -> Q:
    if COORDINATOR not in post.roles:
        return NOBODYS
    mine = Patch.objects.filter(post=post.pk, ended_at__isnull=True)
    here = Q(area__isnull=True) | Q(area__in=mine.values("area"))
    everywhere = Q(Exists(mine.filter(area__isnull=True)))
    return Q(person__isnull=True) & Q(Exists(mine)) & (here | everywhere)


def _as_held(post: Post | None) -> dict[str, Case | F]:
    """A right as whoever asks holds it: of somebody they supervise, to read; after a lead, to lead."""
    if post is None or not OVERSEERS & set(post.roles):
        return {"held": F("part"), "rests_on": F("kind")}
    others = Q(post__isnull=False) & ~Q(post=getattr(post, "pk", None))
    leads = others & Q(kind=Access.Kind.LEAD)
    ended = leads & ~Q(post__in=Post.objects.live().filter(confirmed()))
    return {
        "held": Case(
            When(ended, then=Value("lead")), When(leads, then=Value("oversee")),
            When(others, then=Value("read")), default=F("part"), output_field=CharField(),
        ),
        "rests_on": Case(
            When(others, then=Value("supervision")), default=F("kind"), output_field=CharField()
        ),
    }  # fmt: skip


def _not_barred(user: User) -> Q:
    whole = Seal.objects.filter(
        family=OuterRef("family"), subject__isnull=True, lifted_at__isnull=True
    )
    conflict = Conflict.objects.filter(
        family=OuterRef("family"), person=user.pk, ended_at__isnull=True
    )
    kin = Access.objects.filter(family=OuterRef("family"), person=user.pk, kind="family")
    related = Exists(conflict) | Exists(kin)
    unnamed = whole.exclude(readers__contains=[user.pk])
    return ~Exists(unnamed) & (Q(part="family") | ~Q(related))


class Access(models.Model):
    """The one table that says who may see what: the pages ask it, and so does row security.

    Written by verbs only. What a right rests on is its kind; a right through a post lives no
    longer than the post. `part` grows: to know that it is there, to read, to write, to lead. A
    right of an area is for whoever coordinates it. Supervision is not written down: it follows.
    """

    class Part(models.TextChoices):
        KNOW = "know", "That it is there, who leads it, and when it is due"
        READ = "read", "The shared story and plan"
        WRITE = "write", "To add to it"
        OVERSEE = "oversee", "All that its lead reads"
        LEAD = "lead", "To lead it"
        FAMILY = "family", "One’s own family’s"

    class Kind(models.TextChoices):
        MEMBERSHIP = "membership", "In the family’s team"
        LEAD = "lead", "Leads the team"
        SUPERVISION = "supervision", "Supervises somebody in the team"
        COORDINATION = "coordination", "Coordinates this area"
        AUTHORISATION = "authorisation", "An assessment or a closing waits for them"
        FAMILY = "family", "In the family"
        FILE = "file", "Keeps the file after the family withdrew"
        BREAK_GLASS = "break_glass", "Broke the glass: an hour, to read"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="access")
    family = models.ForeignKey(Family, models.CASCADE, related_name="+")  # the story's, for ever
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    part = models.CharField(max_length=10, choices=Part)
    kind = models.CharField(max_length=20, choices=Kind)
    source = models.UUIDField(null=True, blank=True)  # the membership that it comes from
    starts_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "access"
        indexes = [
            models.Index(fields=["person", "part", "ends_at"]),
            models.Index(
                fields=["area", "ends_at"], condition=Q(person__isnull=True), name="access_of_areas"
            ),
            models.Index(  # few: while an answer is waited for, or a file is kept
                fields=["area"], condition=Q(person__isnull=True) & ~Q(kind="coordination"),
                name="access_of_a_moment",
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="access_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(part="family", kind="family", person__isnull=False, post__isnull=True)
                | (
                    ~Q(part="family") & ~Q(kind="family")
                    & Q(person__isnull=False, post__isnull=False, area__isnull=True)
                )
                | Q(
                    kind__in=["coordination", "authorisation", "file"],
                    part__in=["know", "read"], person__isnull=True, post__isnull=True,
                ),
                name="access_through_a_post_an_area_or_as_family",
            ),
            models.CheckConstraint(
                condition=~Q(kind="break_glass") | Q(part="read"), name="broken_glass_only_reads"
            ),
        ]  # fmt: skip


class Patch(models.Model):
    """An area that a coordinator looks after; without one, the whole borough.

    It is no family's: who coordinates where is for everybody in the work to know.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "patches"


class Look(models.Model):
    """Somebody looked at a family's record: written before it is shown, and never changed.

    A refused try has no story when the record was not theirs to know. The family sees looks, save
    where telling was recorded as unsafe, or where the part looked at is another member's alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, null=True, related_name="looks")
    member = models.ForeignKey(FamilyMember, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    part = models.CharField(max_length=40)  # which page
    purpose = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)
    refused = models.BooleanField(default=False)
    quiet = models.BooleanField(default=False)  # telling the family was recorded as unsafe

    class Meta:
        ordering = ["-at", "pk"]
        indexes = [models.Index(fields=["story", "-at"]), models.Index(fields=["person", "-at"])]
