"""Who sees a child's drawing: those whom the child chose, as with the child's words."""

from django.db.models import Q, QuerySet

from saidanddone.earlyhelp.models import ChildsWords, Drawing, Story
from saidanddone.earlyhelp.permissions.rights import TEAM, Asker, Part, here, post_of, unsealed


def visible_drawings(user: Asker, story: Story) -> QuerySet[Drawing]:
    """A child's drawings for those whom the child chose; a child's own, for that child alone."""
    chosen = ~Q(audience=ChildsWords.Audience.WORKER) | Q(gathered_by=post_of(user))
    team = here(user, story, TEAM, chosen & unsealed(user))
    found = Drawing.objects.filter(team) | own_drawings(user, story)
    return found.select_related("child", "gathered_by__user")


def own_drawings(user: Asker, story: Story) -> QuerySet[Drawing]:
    """What one drew oneself, as seen at one's own door."""
    own = here(user, story, {Part.FAMILY}, Q(child__user=getattr(user, "pk", None)))
    return Drawing.objects.filter(own).order_by("-drawn_on", "-recorded_at")
