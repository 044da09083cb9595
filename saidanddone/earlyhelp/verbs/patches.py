"""Which coordinator looks after which area: given, and taken back."""

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import Refused, require
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import Patch
from saidanddone.people.models import Post, User
from saidanddone.reference.models import Area


@transaction.atomic
def give_patch(*, post: Post, area: Area | None, by: User) -> Patch:
    """Give a coordinator an area, or with none the whole borough. An administrator.

    From then on its stories stand on their Monday page, by reference, and requests for help from
    there come to them. Given twice, it is given once.
    """
    require("give_patch", permissions.patch_verbs(by))
    if not permissions.coordinating_posts().filter(pk=post.pk).exists():
        raise Refused("give_patch")
    if held := Patch.objects.filter(post=post, area=area, ended_at__isnull=True).first():
        return held
    made = Patch.objects.create(post=post, area=area, given_by=by)
    record("give_patch", made, by=by, detail=area.name if area else "")
    return made


@transaction.atomic
def end_patch(*, patch: Patch, by: User) -> None:
    """Take an area back from a coordinator. An administrator. It bites at once."""
    require("end_patch", permissions.patch_verbs(by))
    still = Patch.objects.filter(pk=patch.pk, ended_at__isnull=True)
    if still.update(ended_at=clock.now()):
        record("end_patch", patch, by=by)
