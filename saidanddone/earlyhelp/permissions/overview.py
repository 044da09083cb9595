"""Who knows which stories wait, drift or are led by whom: by reference, lead and date, never content."""

from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from saidanddone.core import clock
from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models import (
    COORDINATOR,
    OVERSEERS,
    Enquiry,
    Patch,
    Step,
    Story,
    counting,
)
from saidanddone.earlyhelp.permissions.rights import (
    Asker,
    Kind,
    Part,
    among,
    resting_on,
    visible_stories,
)
from saidanddone.people.models import User

ANALYST = "analyst"


def led_stories(user: Asker) -> QuerySet[Story]:
    """The stories that they lead today."""
    return visible_stories(user, {Part.LEAD}).filter(state__in=states.LIVE)


def overseen_stories(user: Asker) -> QuerySet[Story]:
    """The stories led by those whom they supervise."""
    found = visible_stories(user, {Part.OVERSEE}).filter(state__in=states.LIVE)
    late = late_steps().filter(story=OuterRef("pk")).order_by().values("story")
    many = Subquery(late.annotate(many=Count("pk")).values("many"))
    found = found.annotate(late_steps=Coalesce(many, 0))
    found = found.select_related("lead__user", "lead__organisation", "stand_in__user")
    return found.order_by("lead", "opened_at")


def late_steps() -> QuerySet[Step]:
    """Steps of plans whose day is over; whoever asks narrows them to stories that are theirs."""
    return Step.objects.filter(
        state=states.TO_DO, due_on__lt=clock.today(), goal__dropped_at__isnull=True
    )


def to_answer(user: Asker) -> QuerySet[Story]:
    """The stories of which an assessment or a closing waits for their word."""
    asked = resting_on(user, "is asked", Q(rests_on=Kind.AUTHORISATION), of="pk")
    near = asked | among(user, {Part.OVERSEE}, of="pk")
    return Story.objects.filter(near & ~among(user, {Part.LEAD}, of="pk"), state__in=states.LIVE)


def own_steps(user: Asker) -> QuerySet[Step]:
    """Steps that they themselves are to do, in stories whose team they are in."""
    if not isinstance(user, User) or user.acting_for is None:
        return Step.objects.none()
    mine = visible_stories(user, {Part.WRITE}).filter(state__in=states.WITH_STEPS)
    return Step.objects.filter(
        post=user.acting_for.pk, state=states.TO_DO, story__in=mine, goal__dropped_at__isnull=True
    )


def coordinated_stories(user: Asker) -> QuerySet[Story]:
    """The stories of the areas that they coordinate: that each is there, who leads it, what is due."""
    mine = Q(rests_on=Kind.COORDINATION)
    known = resting_on(user, "coordinates", mine, of="pk", many=True)
    found = Story.objects.filter(known, state__in=states.LIVE)
    return found.select_related("lead__user", "lead__organisation", "area", "stand_in__user")


def leadless(stories: QuerySet[Story]) -> QuerySet[Story]:
    """Those whose lead's post is over or not spoken for, and for whom nobody stands in today."""
    covered = Q(stand_in_until__gte=clock.today(), stand_in__in=counting())
    return stories.filter(~Q(lead__in=counting())).exclude(covered)


def drifting(stories: QuerySet[Story], weeks: int) -> QuerySet[Story]:
    """Those whose review is overdue, and those that have had none set for as long as one may take."""
    today = clock.today()
    late = Q(review_due_on__lt=today)
    still = Q(review_due_on__isnull=True, opened_at__date__lt=today - timedelta(weeks=weeks))
    found = stories.filter(late | still, withdrawn_at__isnull=True, close_asked_at__isnull=True)
    found = found.exclude(state=states.PAUSED)
    return found.order_by(F("review_due_on").asc(nulls_last=True), "opened_at")


def unallocated(user: Asker) -> QuerySet[Enquiry]:
    """Requests for help in their areas that nobody has answered: that they wait, and since when."""
    if not (isinstance(user, User) and user.has_role(COORDINATOR) and user.acting_for):
        return Enquiry.objects.none()
    mine = Patch.objects.filter(post=user.acting_for.pk, ended_at__isnull=True)
    here = Q(area__isnull=True) | Q(area__in=mine.values("area"))
    everywhere = Q(Exists(mine.filter(area__isnull=True)))
    found = Enquiry.objects.filter(Q(Exists(mine)), here | everywhere, state=states.SOUGHT)
    return found.defer("who", "words", "asker_name", "asker_reach").order_by("asked_at")


def overview_verbs(user: Asker) -> set[str]:
    """Coordinators have a Monday page, supervisors a caseload, analysts counts."""
    if not isinstance(user, User):
        return set()
    allowed = {"coordinate"} if user.has_role(COORDINATOR) else set()
    if any(user.has_role(role) for role in OVERSEERS):
        allowed.add("see_caseload")
    return allowed | ({"read_counts"} if user.has_role(ANALYST) else set())
