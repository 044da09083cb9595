"""Who may follow a calendar, and who may read files in."""

from django.db.models import Q, QuerySet

from saidanddone.core import clock
from saidanddone.governance.models import (
    Appointment,
    Body,
    CalendarAddress,
    Import,
    Meeting,
    Seat,
)
from saidanddone.governance.models.machines import digests
from saidanddone.governance.permissions.people import INVITED, Asker, is_clerk, strong
from saidanddone.people.models import Organisation, Post, User


def calendar_verbs(user: Asker) -> set[str]:
    """Whoever holds a post may have an address; to make one they sign in strongly."""
    if not isinstance(user, User) or user.acting_for is None:
        return set()
    return {"make_calendar_address", "end_calendar_address"} if strong(user) else set()


def own_calendar_address(user: User) -> CalendarAddress | None:
    """The address at which this person's calendar is followed now, if any."""
    return CalendarAddress.objects.filter(user=user.pk, ended_at__isnull=True).first()


def calendar_holder(token: str) -> User | None:
    """Whose calendar this address opens today: nobody's, once it or their last post has ended."""
    kept = digests(token)
    live = Post.objects.live().order_by().values("user")
    address = CalendarAddress.objects.filter(
        digest__in=kept, ended_at__isnull=True, user__is_active=True, user__in=live
    )
    found = address.select_related("user").first() if kept else None
    return found.user if found else None


def calendar_bodies(holder: User) -> QuerySet[Body]:
    """The bodies on which any post of theirs sits today."""
    seats = Appointment.objects.live().filter(post__user=holder.pk, part__in=list(INVITED))
    return Body.objects.filter(pk__in=seats.order_by().values("seat__body"))


def calendar_meetings(holder: User) -> QuerySet[Meeting]:
    """All meetings of those bodies."""
    return Meeting.objects.filter(body__in=calendar_bodies(holder).order_by().values("pk"))


def visible_imports(user: Asker) -> QuerySet[Import]:
    """What was read in, for the clerk."""
    return Import.objects.all() if is_clerk(user) else Import.objects.none()


def import_verbs(user: Asker, record: Import | None) -> set[str]:
    """The clerk reads files in and takes them back; so does whoever runs this place, by command."""
    nothing_yet = {"read_meetings"} | (
        {"forget_undecided_imports"} if isinstance(user, str) else set()
    )
    verbs = record.open_verbs() if record else nothing_yet
    return verbs if is_clerk(user) or isinstance(user, str) else set()


# ------------------------------------------------------------------ what anybody's programs read


def holds_public_office(roles: list[str]) -> bool:
    """Whether a post is one that the law makes public: whoever was elected to a council."""
    return "councillor" in roles


def public_seats() -> QuerySet[Seat]:
    """Seats of bodies that meet in public, those that were taken away since with their last day."""
    return Seat.objects.filter(body__meets_in_private=False)


def public_appointments() -> QuerySet[Appointment]:
    """Who sits or sat there through a post. Young people are in no such list, not even counted."""
    found = Appointment.objects.filter(seat__body__meets_in_private=False, post__isnull=False)
    return found.filter(post__user__is_young=False, starts_on__lte=clock.today())


def public_office_holders() -> QuerySet[User]:
    """The people among them whose names our pages show to everybody: councillors."""
    offices = public_appointments().filter(post__roles__contains=["councillor"])
    return User.objects.filter(pk__in=offices.order_by().values("post__user"))


def seated_organisations() -> QuerySet[Organisation]:
    """Organisations that hold a seat there, or sent whoever sits."""
    of_seats = public_seats().filter(organisation__isnull=False).order_by().values("organisation")
    of_posts = public_appointments().order_by().values("post__organisation")
    return Organisation.objects.filter(Q(pk__in=of_seats) | Q(pk__in=of_posts))
