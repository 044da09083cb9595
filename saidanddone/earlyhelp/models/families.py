"""A family and the people in it."""

import secrets
import uuid

import pghistory
from django.db import models
from django.db.models import Q

from saidanddone.core import clock
from saidanddone.people.models import Post, User

LETTERS = "BCDFGHJKLMNPQRSTVWXYZ"  # no vowels, so that no word is made


def new_reference() -> str:
    """What a family is called where its name may not stand: KD-4821, by chance, telling nothing."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(2))
    return f"{letters}-{secrets.randbelow(9000) + 1000}"


@pghistory.track()
class Family(models.Model):
    """The people around a child or children, whoever lives where."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    called = models.CharField(max_length=120)  # as the family calls itself
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return self.reference  # never the name: this is what logs and errors would show


@pghistory.track()
class FamilyMember(models.Model):
    """Somebody in a family: a child, also one not born yet, a parent, or another who matters."""

    class Kind(models.TextChoices):
        CHILD = "child", "Child or young person"
        ADULT = "adult", "Parent, carer or another adult"

    class Gender(models.TextChoices):
        # With the digits of the children in need census, which exports use.
        MALE = "1", "Male"
        FEMALE = "2", "Female"
        UNKNOWN = "0", "Not known, or not born yet"
        NEITHER = "9", "Neither, or another"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = models.ForeignKey(Family, models.PROTECT, related_name="members")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=160)
    known_as = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)  # of a child who is not born yet
    relation = models.CharField(max_length=120, blank=True)  # in the family's words
    has_parental_responsibility = models.BooleanField(null=True, blank=True)
    lives_here = models.BooleanField(default=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.CharField(max_length=160, blank=True)  # who; never a child of the family
    communication = models.CharField(max_length=300, blank=True)
    setting = models.CharField(max_length=160, blank=True)  # school, college or nursery
    doctor = models.CharField(max_length=160, blank=True)
    gender = models.CharField(max_length=1, choices=Gender, blank=True)  # as the family says
    ethnicity = models.CharField(max_length=60, blank=True)  # of the census list
    numbers = models.JSONField(default=dict, blank=True)  # {"NHS": …}: many, optional, never keys
    # Their own door: the account that they sign in to by code.
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    able = models.BooleanField(default=False)  # a child who is able to agree for themselves
    left_on = models.DateField(null=True, blank=True)  # no longer part of the family, or died
    order = models.PositiveSmallIntegerField(default=0)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["order", "born_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(born_on__isnull=True) | Q(due_on__isnull=True),
                name="member_is_born_or_due",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="member_has_a_name"),
            models.UniqueConstraint(
                fields=["family", "user"], condition=Q(user__isnull=False),
                name="one_door_for_a_person_in_a_family",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"member {self.pk}"

    @property
    def is_child(self) -> bool:
        """Whether the words and the level of need of this one are kept on their own."""
        return self.kind == self.Kind.CHILD
