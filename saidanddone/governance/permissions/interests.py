"""The register of interests: who keeps a page in it, who reads it, and who reads all of it."""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from saidanddone.core import clock
from saidanddone.governance import states
from saidanddone.governance.models import (
    AgendaItem,
    Appointment,
    Body,
    Declaration,
    Interest,
    Meeting,
    Register,
    Vote,
)
from saidanddone.governance.permissions.people import (
    CHAIRS,
    SEATED,
    Asker,
    is_clerk,
    parts_on,
    seen_of_body,
    strong,
)
from saidanddone.governance.permissions.reading import visible_decisions
from saidanddone.people.models import Post
from saidanddone.reference.models import partnership


def own_interests(user: Asker) -> QuerySet[Interest]:
    """One's own page of the register, for the post one acts for; what has ended stays on it."""
    if not strong(user):
        return Interest.objects.none()
    return Interest.objects.filter(register__post=user.acting_for.pk)


def own_register(user: Asker) -> QuerySet[Register]:
    """Whether and when one's own page was last confirmed."""
    return Register.objects.filter(post=user.acting_for.pk if strong(user) else None)


def keeps_register(user: Asker) -> bool:
    """Whether the post they act for sits on any body, and so owes a page in the register."""
    if not strong(user):
        return False
    mine = Appointment.objects.live().filter(post=user.acting_for.pk, part__in=SEATED)
    return mine.exists()


def register_verbs(user: Asker, post: Post | None) -> set[str]:
    """Everybody keeps their own page; the clock reminds. Nobody writes on somebody else's."""
    if isinstance(user, str):
        return {"remind_of_interests"}
    if not strong(user) or post is None or user.acting_for.pk != post.pk:
        return set()
    return {"add_interest", "end_interest", "confirm_interests"}


def registered_on(user: Asker, body: Body) -> QuerySet[Appointment]:
    """Who sits on a body and keeps a page, for those who may know their names; with `interests`."""
    if "names" not in seen_of_body(user, body):
        return Appointment.objects.none()
    standing = Q(ends_on__isnull=True) | Q(ends_on__gt=clock.today())
    declared = Interest.objects.filter(standing, register__post=OuterRef("post"))
    told = JSONObject(kind="kind", nature="nature", private="private", since="starts_on")
    page = Register.objects.filter(post=OuterRef("post"))
    seated = Appointment.objects.live().filter(
        seat__body=body.pk, post__isnull=False, post__user__is_young=False, part__in=SEATED
    )
    return seated.annotate(
        interests=ArraySubquery(declared.values(data=told)),
        confirmed_on=Subquery(page.values("confirmed_on")[:1]),
    )


def reads_private(user: Asker, body: Body) -> bool:
    """Whether they read what concerns third people: the clerk and the chair; holders their own."""
    return is_clerk(user) or bool(parts_on(user, body.pk) & CHAIRS)


def interests_of(user: Asker, meeting: Meeting) -> QuerySet[Interest]:
    """Standing interests of those who sit where this meeting is held, for its clerk and chair."""
    if not reads_private(user, meeting.body):
        return Interest.objects.none()
    seated = Appointment.objects.live().filter(
        seat__body=meeting.body_id, post__isnull=False, part__in=SEATED
    )
    day = meeting.on or clock.today()
    standing = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    found = Interest.objects.filter(standing, register__post__in=seated.values("post"))
    return found.select_related("register__post__user", "register__post__organisation")


def may_declare_ahead(user: Asker, item: AgendaItem) -> bool:
    """Whoever sits there, for an item that has not ended: from their phone, before the meeting."""
    if item.state != states.ON_AGENDA or item.meeting.state not in {
        states.PLANNED, states.PUBLISHED
    }:  # fmt: skip
        return False
    return strong(user) and bool(parts_on(user, item.body_id) & SEATED)


def own_declarations(user: Asker) -> QuerySet[Declaration]:
    """What one has declared oneself."""
    if not strong(user):
        return Declaration.objects.none()
    return Declaration.objects.filter(post=user.acting_for.pk)


def own_votes(user: Asker) -> QuerySet[Vote]:
    """How one voted, through whatever seat, on decisions that one may read; the latest first."""
    if not strong(user):
        return Vote.objects.none()
    read = visible_decisions(user).order_by().values("pk")
    found = Vote.objects.filter(appointment__post=user.acting_for.pk, decision__in=read)
    return found.order_by("-decision__on", "-pk")


def posts_to_confirm() -> QuerySet[Post]:
    """Posts that sit on a body and have not confirmed their page within the agreed months."""
    seated = Appointment.objects.live().filter(post=OuterRef("pk"), part__in=SEATED)
    since = clock.today() - timedelta(days=round(partnership().interests_months * 365.25 / 12))
    fresh = Register.objects.filter(post=OuterRef("pk"), confirmed_on__gt=since)
    live = Post.objects.live().filter(Exists(seated), ~Exists(fresh), user__is_young=False)
    return live.order_by("pk")
