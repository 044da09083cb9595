"""What rule 3 leaves to an agency that is shut out: its own work, and one way to ask or tell."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from saidanddone.earlyhelp.models import (
    Access,
    Asking,
    Conflict,
    Contact,
    Contribution,
    Seal,
    TeamMembership,
)
from saidanddone.earlyhelp.permissions.rights import (
    ALL_BUT_SEALED,
    Asker,
    among,
    post_of,
    visible_stories,
)


def own_past(user: Asker, story: UUID) -> TeamMembership | None:
    """Their last time in a family's team, if nothing of the record is open to them now."""
    if visible_stories(user).filter(pk=story).exists():
        return None
    found = TeamMembership.objects.filter(_not_barred(user), story=story, post=_live_post(user))
    return found.order_by("-invited_at").first()


def own_contributions(user: Asker, past: TeamMembership) -> QuerySet[Contribution]:
    """What they wrote themselves for this family."""
    return Contribution.objects.filter(story=past.story_id, post=_live_post(user))


def own_contacts(user: Asker, past: TeamMembership) -> QuerySet[Contact]:
    """The visits and calls that they noted themselves."""
    return Contact.objects.filter(story=past.story_id, post=_live_post(user))


def visible_askings(user: Asker) -> QuerySet[Asking]:
    """What was asked or told: for whoever did, the one it went to, and whoever leads or supervises.

    A seal on the record is on this too, and so is kinship.
    """
    mine = _live_post(user)
    own = Q(_not_barred(user)) & (Q(from_post=mine) | Q(to_post=mine))
    found = Asking.objects.filter(own | among(user, ALL_BUT_SEALED))
    return found.select_related(
        "from_post__user", "from_post__organisation", "to_post__user", "to_post__organisation"
    )


def asking_verbs(user: Asker, asking: Asking) -> set[str]:
    """The named person answers it, or whoever leads; once."""
    open_to = visible_askings(user).filter(pk=asking.pk, answered_at__isnull=True)
    return {"answer_asking"} if open_to.exclude(from_post=_live_post(user)).exists() else set()


def _live_post(user: Asker) -> int | None:
    post = getattr(user, "acting_for", None)
    return post_of(user) if post is not None and post.is_live() else -1


def _not_barred(user: Asker) -> Q:
    """Neither sealed from them, nor a record of their own or their relatives' family.

    The family is found through the rights: whoever is shut out does not see the story's own row.
    """
    number = getattr(user, "pk", None) or 0
    there = Access.objects.filter(story=OuterRef(OuterRef("story"))).values("family")
    whole = Seal.objects.filter(family__in=there, subject__isnull=True, lifted_at__isnull=True)
    kin = Conflict.objects.filter(family__in=there, person=number, ended_at__isnull=True)
    own = Access.objects.filter(family__in=there, person=number, kind="family")
    sealed = Exists(whole.exclude(readers__contains=[number]))
    return ~Q(sealed) & ~Q(Exists(kin)) & ~Q(Exists(own))
