"""Who has looked, as whoever leads a family's team is told of it."""

from django.db.models import QuerySet

from saidanddone.earlyhelp.models import Look, Story
from saidanddone.earlyhelp.permissions.rights import ALL_BUT_SEALED, Asker, holds
from saidanddone.earlyhelp.permissions.stories import visible_looks

SEALING = "a seal"  # that a part is sealed from the lead would be told by it


def lead_looks(user: Asker, story: Story) -> QuerySet[Look]:
    """Looks through a post, the newest first, for the lead and whoever supervises them.

    What one of the family reads at their own door is theirs.
    """
    found = visible_looks(user, story).filter(post__isnull=False).exclude(part=SEALING)
    return found.order_by("-at") if holds(user, story, ALL_BUT_SEALED) else found.none()
