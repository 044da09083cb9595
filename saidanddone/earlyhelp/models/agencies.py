"""What an agency answers for: who of theirs still looks, and what it signed before any of them may."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from saidanddone.core import clock
from saidanddone.people.models import Organisation, Post, User
from saidanddone.reference.models import partnership

SPONSOR = "agency_sponsor"
# Whoever may come to see families' records through one of these is spoken for by their agency.
FAMILY_ROLES = ["practitioner", "supervisor", "safeguarding_lead", "coordinator", "duty_desk"]
# Whose work here is not to read records; nobody would be left to speak for them.
EXEMPT = ["administrator", "privacy_officer", SPONSOR]


class Confirmation(models.Model):
    """An agency said of one of theirs, until which day they need to see families' records.

    The last word counts; what was said before stands in the audit. Until the first word, the days
    count from the post's beginning.
    """

    post = models.OneToOneField(Post, models.PROTECT, primary_key=True, related_name="+")
    until = models.DateField()  # a day that is over: they need it no more
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")


class SharingAgreement(models.Model):
    """What an agency signed before anybody of theirs joins a family's team: which text, and until when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.CharField(max_length=60)  # of the text that was signed
    signed_by = models.CharField(max_length=160)
    signed_on = models.DateField()
    review_on = models.DateField()  # from this day it counts no more
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    once = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-signed_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_on__gt=F("signed_on")), name="sharing_agreement_ends"
            ),
            models.CheckConstraint(
                condition=~Q(version="") & ~Q(signed_by=""), name="sharing_agreement_says_who_and_what"
            ),
        ]  # fmt: skip


def confirmed() -> Q:
    """Of posts: those for which their agency has spoken in time, and those that are still new."""
    today = clock.today()
    said = Confirmation.objects.filter(post=OuterRef("pk"))
    new = Q(starts_on__gt=today - timedelta(days=partnership().sponsor_days))
    others = Q(roles__contained_by=EXEMPT) & ~Q(roles=[])
    return others | Q(Exists(said.filter(until__gte=today))) | (new & ~Exists(said))


def counting() -> QuerySet[Post]:
    """Posts that count with families today: live, and spoken for."""
    return Post.objects.live().filter(confirmed())
