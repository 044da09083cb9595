"""Requests for help: who decides them, who was given one, and who asked."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models import COORDINATOR, Enquiry, Patch, counting
from saidanddone.earlyhelp.permissions.rights import Asker, post_of
from saidanddone.people.models import Post, User
from saidanddone.reference.models import Area


def visible_enquiries(user: Asker) -> QuerySet[Enquiry]:
    """Those that one asked, was given or decided; and for whoever coordinates the area, new ones."""
    mine = post_of(user)
    own = Q(from_post=mine) | Q(given_to=mine) | Q(decided_by=mine)
    found = Enquiry.objects.filter(own | (Q(state=states.SOUGHT) & _in_patch(user)))
    return found.select_related("area", "from_post__organisation", "given_to__user")


def enquiry_verbs(user: Asker, enquiry: Enquiry) -> set[str]:
    """Whoever coordinates its area decides it; whoever it was given to tells what became of it."""
    if enquiry.given_to_id is not None and enquiry.given_to_id == post_of(user):
        return {"tell_asker"} & enquiry.open_verbs()
    here = Enquiry.objects.filter(_in_patch(user), pk=enquiry.pk).exists()
    return enquiry.open_verbs() - {"tell_asker"} if here else set()


def posts_to_give() -> QuerySet[Post]:
    """Whoever works with children, and may open a story with the family."""
    found = counting().filter(roles__contains=["practitioner"])
    return found.select_related("user", "organisation").order_by("organisation__name", "user__name")


def _in_patch(user: Asker) -> Q:
    if not isinstance(user, User) or not user.has_role(COORDINATOR):
        return Q(pk=None)
    mine = Patch.objects.filter(post=post_of(user), ended_at__isnull=True)
    everywhere = Exists(mine.filter(area__isnull=True))
    in_one = Q(area__isnull=True) | Exists(mine.filter(area=OuterRef("area")))
    return Exists(mine) & (Q(everywhere) | in_one)


def coordinators(area: Area | None) -> QuerySet[Post]:
    """Whoever coordinates this area, or the whole borough."""
    patches = Patch.objects.filter(ended_at__isnull=True)
    here = patches.filter(Q(area=area) | Q(area__isnull=True)) if area else patches
    return counting().filter(roles__contains=[COORDINATOR], pk__in=here.values("post"))
