"""Who says which coordinator looks after which area, and who coordinates where."""

from django.db.models import F, QuerySet

from saidanddone.earlyhelp.models import COORDINATOR, Patch
from saidanddone.earlyhelp.permissions.rights import Asker
from saidanddone.people.models import Post, User


def patch_verbs(user: Asker) -> set[str]:
    """An administrator gives areas and takes them back; they see no family by that."""
    allowed = isinstance(user, User) and user.has_role("administrator")
    return {"give_patch", "end_patch"} if allowed else set()


def visible_patches(user: Asker) -> QuerySet[Patch]:
    """Who coordinates where now, for those who say so; the whole borough first."""
    found = (
        Patch.objects.filter(ended_at__isnull=True) if patch_verbs(user) else Patch.objects.none()
    )
    found = found.select_related("post__user", "post__organisation", "area")
    return found.order_by(F("area__name").asc(nulls_first=True), "post__user__name", "pk")


def coordinating_posts() -> QuerySet[Post]:
    """Posts that may be given an area."""
    found = Post.objects.live().filter(roles__contains=[COORDINATOR])
    return found.select_related("user", "organisation").order_by("user__name", "pk")
