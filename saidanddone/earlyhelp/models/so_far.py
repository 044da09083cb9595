"""What somebody has typed so far into a form that is not sent yet."""

import uuid

from django.db import models

from saidanddone.core import clock
from saidanddone.earlyhelp.models.stories import Story
from saidanddone.people.models import Post, User


class TypedSoFar(models.Model):
    """Words that wait in one person's unsent form, so that a lost page loses none of them.

    Theirs alone, locked with a key that the database never holds; gone when the form is sent, and
    after a week in any case.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=300)  # the address to which the form is sent
    closed = models.BinaryField()  # ciphertext
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "typed so far"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "post", "place"], nulls_distinct=False, name="typed_once_a_place"
            )
        ]
