"""Who keeps a record beyond its day, proposes that it goes, and agrees."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from saidanddone.core import clock
from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models import Access, Conflict, Disposal, LegalHold, Seal, Story
from saidanddone.earlyhelp.permissions.guarding import own_seals
from saidanddone.earlyhelp.permissions.releasing import ROLES
from saidanddone.earlyhelp.permissions.rights import TEAM, Asker, visible_stories
from saidanddone.people.models import Post, User

OFFICER = "privacy_officer"


def keeping_verbs(user: Asker, disposal: Disposal | None = None) -> set[str]:
    """A privacy officer holds, and proposes; another officer or a coordinator agrees or refuses."""
    if not isinstance(user, User) or not any(user.has_role(role) for role in ROLES):
        return set()
    verbs = {"see_keeping"}
    if user.has_role(OFFICER):
        verbs |= {"hold_record", "lift_hold", "propose_disposal"}
    waits = disposal is not None and disposal.agreed_at is None and not disposal.refused_why
    if waits and disposal.proposed_by_id != user.pk:
        verbs |= {"agree_disposal", "refuse_disposal"}
    return verbs


def due_stories(user: Asker) -> QuerySet[Story]:
    """Closed stories beyond their day that nobody holds, of families in which nothing goes on.

    To be asked as the product: an officer knows of no story by themselves. Never one that is sealed
    from them, their own family's, or a relative's.
    """
    held = LegalHold.objects.filter(story=OuterRef("pk"), lifted_at__isnull=True)
    on = Story.objects.filter(family=OuterRef("family")).exclude(state=states.CLOSED)
    found = Story.objects.filter(state=states.CLOSED, keep_until__lt=clock.today())
    return found.filter(~Exists(held), ~Exists(on), ~_barred(user)).order_by("keep_until", "pk")


def holdable_stories(user: Asker, reference: str) -> QuerySet[Story]:
    """The stories of one family by its reference, to be asked as the product."""
    return Story.objects.filter(~_barred(user), reference__iexact=reference.strip())


def sealed_over(user: Asker) -> QuerySet[Story]:
    """Closed stories beyond their day that are sealed from every privacy officer, for whom the seal names.

    They alone know of it: nobody else may be told that it is there to be let go.
    """
    officers = Post.objects.live().filter(roles__contains=[OFFICER]).values("user")
    whole = own_seals(user).filter(family=OuterRef("family"), subject__isnull=True)
    alone = whole.exclude(readers__overlap=ArraySubquery(officers))
    held = LegalHold.objects.filter(story=OuterRef("pk"), lifted_at__isnull=True)
    found = visible_stories(user, TEAM).filter(state=states.CLOSED, keep_until__lt=clock.today())
    return found.filter(Exists(alone), ~Exists(held))


def sealed_verbs(user: Asker, story: Story) -> set[str]:
    """Whoever a seal names says who lets the record go once its day is over."""
    return {"name_keepers"} if sealed_over(user).filter(pk=story.pk).exists() else set()


def doors_alone(story: Story) -> QuerySet[User]:
    """Whose account was never more than a door to this family, which has no other story; the product asks.

    Doors that were shut meanwhile too. Whoever ever held a post, or has a door elsewhere, is more.
    """
    doors = Access.objects.filter(kind=Access.Kind.FAMILY, person=OuterRef("pk"))
    other = Story.objects.filter(family=story.family_id).exclude(pk=story.pk)
    found = User.objects.filter(Exists(doors.filter(family=story.family_id)), posts=None)
    found = found.filter(~Exists(doors.exclude(family=story.family_id)), ~Exists(other))
    return found.order_by("pk")


def visible_holds(user: Asker) -> QuerySet[LegalHold]:
    """Holds in force, for privacy officers."""
    if "hold_record" not in keeping_verbs(user):
        return LegalHold.objects.none()
    found = LegalHold.objects.filter(lifted_at__isnull=True).order_by("-set_at")
    return found.select_related("set_by__user")


def visible_disposals(user: Asker) -> QuerySet[Disposal]:
    """What was proposed, and what is gone: references and days."""
    if "see_keeping" not in keeping_verbs(user):
        return Disposal.objects.none()
    return Disposal.objects.select_related("proposed_by", "agreed_by")


def deciders() -> QuerySet[Post]:
    """Who may be the second person, to be written to."""
    return Post.objects.live().filter(roles__overlap=list(ROLES))


def disposals_to_decide(user: Asker) -> QuerySet[Disposal]:
    """What another proposed, and waits for a second person."""
    found = visible_disposals(user).filter(agreed_at__isnull=True, refused_why="")
    return found.select_related(None).exclude(proposed_by=getattr(user, "pk", None))


def _barred(user: Asker) -> Q:
    number, family = getattr(user, "pk", None) or 0, OuterRef("family")
    sealed = Seal.objects.filter(family=family, subject__isnull=True, lifted_at__isnull=True)
    related = Conflict.objects.filter(family=family, person=number, ended_at__isnull=True)
    own = Access.objects.filter(family=family, person=number, kind=Access.Kind.FAMILY)
    unnamed = sealed.exclude(readers__contains=[number])
    return Q(Exists(unnamed)) | Q(Exists(related)) | Q(Exists(own))
