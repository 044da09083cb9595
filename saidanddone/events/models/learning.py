"""What a session did: said at once, said three months later, and kept on one's own record."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from saidanddone.core import clock
from saidanddone.events.models.bookings import Booking

SURE = [
    (1, "Not at all"),
    (2, "A little"),
    (3, "Somewhat"),
    (4, "Quite"),
    (5, "Very"),
]


class Evaluation(models.Model):
    """What somebody says of a session right after it: how sure they were, are, and what follows."""

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="evaluation")
    sure_before = models.PositiveSmallIntegerField(choices=SURE)
    sure_after = models.PositiveSmallIntegerField(choices=SURE)
    differently = models.TextField(max_length=1000)
    wish = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sure_before__range=(1, 5), sure_after__range=(1, 5)),
                name="sure_from_one_to_five",
            )
        ]


class Impact(models.Model):
    """What somebody says three months later: did they do it differently, and what changed."""

    class Used(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "Partly"
        NO = "no", "Not yet"

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="impact")
    used = models.CharField(max_length=10, choices=Used)
    changed = models.TextField(max_length=1000, blank=True)
    made_at = models.DateTimeField(default=clock.now)


class Learning(models.Model):
    """A line on somebody's learning record that did not begin with a booking here."""

    email = models.EmailField(max_length=254)
    on = models.DateField()
    title = models.CharField(max_length=200)
    provider = models.CharField(max_length=160, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    reflection = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True)  # the page that it comes from, if ours
    made_at = models.DateTimeField(default=clock.now)
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name_plural = "learning"
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="learner_in_small_letters"
            ),
            models.UniqueConstraint(
                fields=["email", "path"], condition=~Q(path=""), name="learned_here_once"
            ),
        ]
        indexes = [models.Index(fields=["email"], name="learning_of_address")]
