"""Who may follow a calendar, and who may read files in."""

from django.db.models import QuerySet

from saidanddone.governance.models import Appointment, Body, CalendarAddress, Import, Meeting
from saidanddone.governance.models.machines import digests
from saidanddone.governance.permissions.people import INVITED, Asker, is_clerk, strong
from saidanddone.people.models import Post, User


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
    verbs = set(Import.MOVES) & record.open_verbs() if record else {"read_meetings"}
    return verbs if is_clerk(user) or isinstance(user, str) else set()
