"""Who seals a record, who is named for a safe address, and what both allow."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from saidanddone.earlyhelp.models import Access, SafeAddress, Seal, Story, counting
from saidanddone.earlyhelp.permissions.rights import (
    ALL_BUT_SEALED,
    Asker,
    Kind,
    Part,
    answering,
    held_here,
    holds,
)
from saidanddone.people.models import Post, User

HANDS = frozenset({Part.WRITE, Part.OVERSEE, Part.LEAD})  # who works with the family, by right
_SEALING = {"seal_record", "open_safe_address"}
OF_GUARDS = {
    Part.WRITE: {"open_safe_address"},
    Part.OVERSEE: _SEALING,
    Part.LEAD: _SEALING | {"keep_safe_address"},
}


def opens_guards(user: Asker, story: Story) -> bool:
    """Whether what is kept safe is theirs to look at: who works with the family, or keeps its file."""
    keeps = {Kind.FILE, Kind.SUPERVISION}
    return any(part in HANDS or kind in keeps for part, kind in held_here(user, story))


def visible_seals(user: Asker, story: Story) -> QuerySet[Seal]:
    """Seals in force on this family's record: for those named who lead it or supervise, or did at its end."""
    here = Story.objects.filter(answering(user, of="pk"), pk=story.pk)
    return own_seals(user).filter(family__in=here.values("family")).order_by("review_on", "pk")


def seal_verbs(user: Asker, seal: Seal, story: Story) -> set[str]:
    """What they may do to one seal; also after the work has ended, for as long as the record is kept."""
    seen = visible_seals(user, story).filter(pk=seal.pk).exists()
    return {"review_seal", "lift_seal"} & story.open_verbs() if seen else set()


def own_seals(user: Asker) -> QuerySet[Seal]:
    """Seals in force that name them, of whichever family."""
    return Seal.objects.filter(lifted_at__isnull=True, readers__contains=[_number(user)])


def visible_addresses(user: Asker, story: Story) -> QuerySet[SafeAddress]:
    """Safe addresses for which they are named, while they work with the family."""
    if not holds(user, story, HANDS):
        return SafeAddress.objects.none()
    found = SafeAddress.objects.filter(family=story.family_id, replaced_at__isnull=True)
    return found.filter(readers__contains=[_number(user)]).select_related("member")


def posts_with_rights(story: Story) -> QuerySet[Post]:
    """Posts that work with this family now, and those that supervise them."""
    held = Access.objects.in_force().filter(story=story.pk, post__isnull=False).values("post")
    return counting().filter(Q(pk__in=held) | Q(leads__in=held))


def namable(user: Asker, story: Story) -> QuerySet[User]:
    """Whom a seal or a safe address may name: those who work with the family, and the family."""
    return _at_hand(story) if holds(user, story, ALL_BUT_SEALED) else User.objects.none()


def named_by(seals: Iterable[Seal], story: Story) -> QuerySet[User]:
    """Of those whom these seals name, who still works with the family or is of it; for who sees the seals."""
    return _at_hand(story).filter(pk__in={one for seal in seals for one in seal.readers})


def _at_hand(story: Story) -> QuerySet[User]:
    family = Access.objects.in_force().filter(story=story.pk, part=Part.FAMILY).values("person")
    at_work = posts_with_rights(story).values("user")
    found = User.objects.filter(Q(pk__in=at_work) | Q(pk__in=family))
    return found.order_by("name", "pk")


def _number(user: Asker) -> int:
    return getattr(user, "pk", None) or 0
