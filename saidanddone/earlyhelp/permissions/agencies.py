"""Who answers for an agency, for whom they do, and which agency signed what."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from saidanddone.core import clock
from saidanddone.earlyhelp.models import (
    FAMILY_ROLES,
    SPONSOR,
    Confirmation,
    SharingAgreement,
    confirmed,
)
from saidanddone.earlyhelp.permissions.rights import Asker
from saidanddone.people.models import Organisation, Post, User
from saidanddone.reference.models import partnership

OFFICER = "privacy_officer"
WARNING_DAYS = 14  # before an agency's word for somebody runs out


def agency_verbs(user: Asker) -> set[str]:
    """A sponsor speaks for the people of their agency; a privacy officer keeps what agencies signed.

    The officer also speaks where a sponsor may not or does not: for sponsors, and in their place.
    """
    if not isinstance(user, User):
        return {"warn_of_closing"} if isinstance(user, str) else set()
    if user.has_role(OFFICER):
        return {"confirm_post", "end_looking", "record_signing"}
    return {"confirm_post", "end_looking"} if user.has_role(SPONSOR) else set()


def spoken_posts(user: Asker) -> QuerySet[Post]:
    """Whom they answer for, with the day until which that holds (`until`); never for themselves."""
    found = Post.objects.live().filter(roles__overlap=FAMILY_ROLES)
    if not agency_verbs(user):
        found = found.none()
    elif not user.has_role(OFFICER):
        found = found.filter(organisation=user.acting_for.organisation_id)
    found = found.exclude(user=getattr(user, "pk", None))
    found = found.annotate(until=_until(), lapsed=_lapsed())
    return found.select_related("user", "organisation").order_by("until", "user__name", "pk")


def running_out(user: Asker) -> QuerySet[Post]:
    """Those of them for whom the word runs out soon, or has."""
    near = clock.today() + timedelta(days=WARNING_DAYS)
    return spoken_posts(user).filter(until__lte=near)


def sponsors_of(post: Post) -> QuerySet[Post]:
    """Whoever answers for this post: sponsors of its agency, else privacy officers; never itself."""
    others = Post.objects.live().exclude(user=post.user_id)
    own = others.filter(roles__contains=[SPONSOR], organisation=post.organisation_id)
    return own if own.exists() else others.filter(roles__contains=[OFFICER])


def closing_posts(days: Collection[int]) -> QuerySet[Post]:
    """Posts to which families' records close in so many days; for a clock."""
    ends = [clock.today() + timedelta(days=number) for number in days]
    found = Post.objects.live().filter(roles__overlap=FAMILY_ROLES)
    return found.annotate(until=_until()).filter(until__in=ends).select_related("user")


def spoken_for(user: Asker) -> bool:
    """Whether their agency has spoken in time for the post that they act for, if it need do so."""
    if getattr(user, "known_spoken_for", False):
        return True
    post = getattr(user, "acting_for", None)
    if post is None or not set(FAMILY_ROLES) & set(post.roles):
        return True
    return Post.objects.filter(confirmed(), pk=post.pk).exists()


@contextmanager
def known_to_be_spoken_for(user: User) -> Iterator[None]:
    """A page that only shows asks that once; whatever is done asks afresh."""
    user.known_spoken_for = True
    try:
        yield
    finally:
        del user.known_spoken_for


def spoken(user: Asker) -> Q:
    """The same as part of another question."""
    post = getattr(user, "acting_for", None)
    if post is None:
        return Q()
    return Q(Exists(Post.objects.filter(confirmed(), pk=post.pk)))


def own_sponsors(user: Asker) -> QuerySet[Post]:
    """Whoever answers for their agency, to be asked."""
    post = getattr(user, "acting_for", None)
    if post is None:
        return Post.objects.none()
    found = Post.objects.live().filter(roles__contains=[SPONSOR], organisation=post.organisation_id)
    return found.exclude(user=user.pk).select_related("user").order_by("user__name")


def own_until(user: Asker) -> QuerySet[Post]:
    """Their own post with the day on which its agency's word runs out, if that is near."""
    post = getattr(user, "acting_for", None)
    near = clock.today() + timedelta(days=WARNING_DAYS)
    mine = Post.objects.filter(pk=getattr(post, "pk", None), roles__overlap=FAMILY_ROLES)
    return mine.annotate(until=_until()).filter(until__lte=near)


def signed_agreements() -> QuerySet[SharingAgreement]:
    """What is signed and counts today."""
    today = clock.today()
    return SharingAgreement.objects.filter(signed_on__lte=today, review_on__gt=today)


def visible_signings(user: Asker) -> QuerySet[SharingAgreement]:
    """What agencies signed: an officer sees all, a sponsor their own agency's."""
    found = SharingAgreement.objects.select_related("organisation", "recorded_by")
    if "record_signing" in agency_verbs(user):
        return found
    return found.filter(
        organisation=user.acting_for.organisation_id if agency_verbs(user) else None
    )


def agencies(user: Asker) -> QuerySet[Organisation]:
    """Agencies whose people work with families, with the day until which their signing holds."""
    if "record_signing" not in agency_verbs(user):
        return Organisation.objects.none()
    there = Post.objects.live().filter(organisation=OuterRef("pk"), roles__overlap=FAMILY_ROLES)
    last = signed_agreements().filter(organisation=OuterRef("pk")).order_by("-review_on")
    return (
        Organisation.objects.filter(Exists(there))
        .annotate(signed_until=Subquery(last.values("review_on")[:1]))
        .order_by(F("signed_until").asc(nulls_first=True), "name")
    )


def _until() -> Coalesce:
    said = Confirmation.objects.filter(post=OuterRef("pk")).values("until")[:1]
    days = timedelta(days=partnership().sponsor_days - 1)
    first = ExpressionWrapper(F("starts_on") + days, DateField())
    return Coalesce(Subquery(said), first, output_field=DateField())


def _lapsed() -> Case:
    over = Q(until__lt=clock.today())
    return Case(When(over, then=Value(True)), default=Value(False), output_field=BooleanField())
