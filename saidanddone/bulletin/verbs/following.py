"""How often what stands in a bulletin is looked up from the letter, if this place counts that."""

from django.db import transaction
from django.db.models import F

from saidanddone.bulletin.models import Entry, Followed
from saidanddone.reference.models import partnership


@transaction.atomic
def follow_link(*, entry: Entry) -> None:
    """Count one more who looked this up. Anybody, by a letter's link, where the settings say so.

    It is a total: nothing is kept of who it was or when, so the audit has no line of it either.
    """
    if not partnership().bulletin_counts:
        return
    counted = Followed.objects.filter(entry=entry)
    if not counted.update(times=F("times") + 1):
        Followed.objects.get_or_create(entry=entry)
        counted.update(times=F("times") + 1)
