"""Who may break the glass, who looks at it afterwards, and what a privacy officer sees."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from saidanddone.earlyhelp.models import Access, BreakGlass, Conflict, Look, Seal, SharingDecision
from saidanddone.earlyhelp.permissions.agencies import spoken_for
from saidanddone.earlyhelp.permissions.rights import Asker, Part, post_of
from saidanddone.people.models import User

BREAKS = ("practitioner", "supervisor", "safeguarding_lead")
OFFICER = "privacy_officer"


def glass_verbs(user: Asker, glass: BreakGlass | None = None) -> set[str]:
    """Who works with children may break it; a privacy officer reviews another's."""
    if not isinstance(user, User):
        return set()
    breaks = any(user.has_role(role) for role in BREAKS) and spoken_for(user)
    verbs = {"break_glass"} if breaks else set()
    if glass is not None and glass.reviewed_at is None and _officer(user):
        verbs |= {"review_broken_glass"} if glass.person_id != user.pk else set()
    return verbs


def desk_verbs(user: Asker) -> set[str]:
    """What a privacy officer may do at their desk."""
    if not _officer(user):
        return set()
    return {"look_for_unusual", "report_looks", "review_broken_glass"}


def own_glass(user: Asker) -> QuerySet[BreakGlass]:
    """Where oneself broke the glass."""
    return BreakGlass.objects.filter(person=getattr(user, "pk", None), post=post_of(user))


def visible_glass(user: Asker) -> QuerySet[BreakGlass]:
    """All broken glass, for privacy officers, save in what is sealed from them or their relatives'."""
    found = BreakGlass.objects.select_related("person", "post__organisation", "reviewed_by__user")
    return found.exclude(_barred(user)) if _officer(user) else found.none()


def watched_looks(user: Asker) -> QuerySet[Look]:
    """Who looked at what: for privacy officers, who read no word of the records themselves."""
    found = Look.objects.select_related("person", "post__organisation")
    return found.exclude(_barred(user)) if _officer(user) else found.none()


def watched_shares(user: Asker) -> QuerySet[SharingDecision]:
    """What was shared outside an agreement, or was not: for privacy officers."""
    found = SharingDecision.objects.select_related("organisation", "decided_by__organisation")
    return found.exclude(_barred(user)) if _officer(user) else found.none()


def _officer(user: Asker) -> bool:
    return isinstance(user, User) and user.has_role(OFFICER)


def _barred(user: Asker) -> Q:
    """Of a family that is sealed from them, their own, or a relative's."""
    number = getattr(user, "pk", None) or 0
    family = OuterRef("story__family")
    sealed = Seal.objects.filter(family=family, subject__isnull=True, lifted_at__isnull=True)
    related = Conflict.objects.filter(family=family, person=number, ended_at__isnull=True)
    own = Access.objects.filter(family=family, person=number, part=Part.FAMILY)
    unnamed = sealed.exclude(readers__contains=[number])
    return Q(Exists(unnamed)) | Q(Exists(related)) | Q(Exists(own))
