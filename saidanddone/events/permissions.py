"""Who sees sessions, who comes and what they said; and who may do what to each.

Everybody sees sessions once booking is open, and nobody sees who booked: that is for the clerk and
the presenter. A booking belongs to whoever holds the link in its letter, or signs in with its
address.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Lower

from saidanddone.core import clock
from saidanddone.events import states
from saidanddone.events.models import (
    AttendanceFile,
    Booking,
    Evaluation,
    Impact,
    Learning,
    Series,
    Session,
    Wish,
)
from saidanddone.events.models.bookings import MANAGER_SALT, key_of
from saidanddone.people.models import Post, User
from saidanddone.people.permissions import visible_posts

Asker = User | AnonymousUser | str | None  # a person, a named system person, or a link's holder
KEEPS = set(states.SESSION) - {"book_place", "remind_booked", "ask_impact"}
OF_THE_CLOCK = {"remind_booked", "hold_session", "ask_impact", "read_attendance"}
OF_THE_PRESENTER = {"mark_register", "add_walk_in", "share_materials"}
OF_THE_BOOKED = {
    "change_booking", "send_colleague", "accept_offer", "cancel_booking", "evaluate_session",
    "tell_impact",
}  # fmt: skip
OF_THE_MANAGER = {"approve_booking", "decline_booking"}


# ------------------------------------------------------------------ seeing


def visible_sessions(user: Asker) -> QuerySet[Session]:
    """Those that have been opened, to everybody; drafts to the clerk and to their presenter."""
    if keeps_sessions(user) or isinstance(user, str):
        return Session.objects.all()
    shown = ~Q(state=states.DRAFT)
    if (post := _post(user)) is not None:
        shown |= Q(presented_by=post.pk)
    return Session.objects.filter(shown)


def visible_series(user: Asker) -> QuerySet[Series]:
    """Every series, to everybody."""
    return Series.objects.all()


def visible_bookings(user: Asker, session: Session) -> QuerySet[Booking]:
    """Who comes, to the clerk and to whoever presents it."""
    if keeps_sessions(user) or presents(user, session):
        return Booking.objects.filter(session=session.pk)
    return Booking.objects.none()


def visible_files(user: Asker, session: Session) -> QuerySet[AttendanceFile]:
    """Attendance files that were read for it, to the clerk."""
    found = AttendanceFile.objects.filter(session=session.pk).select_related("session")
    return found if keeps_sessions(user) else found.none()


def visible_wishes(user: Asker) -> QuerySet[Wish]:
    """What people wished for, to the clerk."""
    return Wish.objects.all() if keeps_sessions(user) else Wish.objects.none()


def possible_presenters(user: Asker) -> QuerySet[Post]:
    """Posts that may be named as presenting a session."""
    return visible_posts(user).order_by("user__name", "pk")


def booking_by(token: str) -> Booking | None:
    """The booking that this link opens; None if it never did, or does no more."""
    key = key_of(token)
    if key is None:
        return None
    found = Booking.objects.select_related("session__series", "evaluation", "impact")
    return found.filter(key=key).first()


def booking_by_manager(token: str) -> Booking | None:
    """The booking about which this link asks a manager; None if it never did, or does no more."""
    key = key_of(token, MANAGER_SALT)
    if key is None:
        return None
    found = Booking.objects.select_related("session").exclude(manager_email="")
    return found.filter(key=key).first()


def bookings_of(email: str) -> QuerySet[Booking]:
    """Every booking of an address that its owner has shown to be theirs."""
    found = Booking.objects.select_related("session", "evaluation", "impact")
    return found.of(email).exclude(email="").order_by("-session__begins_at", "-pk")


def learning_of(email: str) -> QuerySet[Learning]:
    """What else stands on the record of an address that its owner has shown to be theirs."""
    return Learning.objects.filter(email=email.strip().lower()).exclude(email="")


def sees_materials(user: Asker, session: Session, bookings: Iterable[Booking] = ()) -> bool:
    """Whether fact sheet and recording are for them, as themselves or through these bookings."""
    if session.state not in {states.HELD, states.CLOSED} or not session.has_materials:
        return False
    if keeps_sessions(user) or presents(user, session):
        return True
    shared = session.shared_with
    if shared == Session.SharedWith.EVERYBODY:
        return True
    held = {one.state for one in bookings if one.session_id == session.pk}
    missed = {states.BOOKED, states.DID_NOT_COME} if shared == Session.SharedWith.BOOKED else set()
    return bool(held & ({states.CAME, states.CAME_IN_PART} | missed))


# ------------------------------------------------------------------- doing


def keeps_sessions(user: Asker) -> bool:
    """Whether they act as the clerk, who keeps sessions."""
    return isinstance(user, User) and user.has_role("clerk")


def presents(user: Asker, session: Session) -> bool:
    """Whether the post that they act for presents it, signed in strongly."""
    post = _post(user)
    return post is not None and session.presented_by_id == post.pk


def series_verbs(user: Asker, series: Series | None = None) -> set[str]:
    """The clerk keeps series."""
    if not keeps_sessions(user):
        return set()
    return {"start_series"} if series is None else {"change_series"}


def session_verbs(user: Asker, session: Session | None) -> set[str]:
    """What they may do to a session, or with None, whether they may plan one.

    Anybody may book. The clerk keeps sessions; whoever presents one may tick who came and add the
    fact sheet; the clock reminds, and ends what is over.
    """
    if session is None:
        return {"plan_session", "order_wishes"} if keeps_sessions(user) else set()
    allowed = {"book_place"}
    if keeps_sessions(user):
        allowed |= KEEPS
    if presents(user, session):
        allowed |= OF_THE_PRESENTER
    if isinstance(user, str):
        allowed |= OF_THE_CLOCK
    verbs = allowed & session.open_verbs()
    return verbs - ({"book_place"} if session.is_past else {"close_session", "hold_session"})


def booking_verbs(user: Asker, booking: Booking) -> set[str]:
    """Whoever holds its link may change it or give it up; the clerk may too, and marks who came.

    Offers come and lapse by the clock. What a session was like, only who was there may say.
    """
    session = booking.session
    allowed = set()
    if user is None or holds(user, booking):
        allowed |= OF_THE_BOOKED
    if keeps_sessions(user):
        allowed |= {"change_booking", "cancel_booking", "offer_place", "mark_attendance"}
    if presents(user, session):
        allowed.add("mark_attendance")
    if isinstance(user, str):
        allowed |= {"offer_place", "lapse_offer", "lapse_approval"}
    verbs = allowed & booking.open_verbs()
    if session.is_past or session.state != states.OPEN:
        verbs &= {"mark_attendance", "evaluate_session", "tell_impact", "lapse_offer",
                  "lapse_approval"}  # fmt: skip
    if session.asks_manager:
        verbs.discard("send_colleague")  # whose own manager nobody has asked
    if "evaluate_session" in verbs and booking.evaluated:
        verbs.discard("evaluate_session")
    if "tell_impact" in verbs and (session.impact_asked_at is None or booking.told_impact):
        verbs.discard("tell_impact")
    return verbs


def manager_verbs(booking: Booking) -> set[str]:
    """Whoever holds the link in a manager's letter says yes or no while the place is held."""
    session = booking.session
    over = booking.manager_until is None or booking.manager_until < clock.now()
    if over or session.is_past or session.state != states.OPEN:
        return set()
    return OF_THE_MANAGER & booking.open_verbs()


def file_verbs(user: Asker, file: AttendanceFile) -> set[str]:
    """The clerk takes attendance files in, and undoes it while the session is not closed.

    So does whoever runs this place, by command.
    """
    if not (keeps_sessions(user) or isinstance(user, str)) or file.session.state not in {
        states.OPEN,
        states.HELD,
    }:
        return set()
    return file.open_verbs()


def wish_verbs(user: Asker, wish: Wish | None = None) -> set[str]:
    """Anybody may ask for a session; the clerk answers."""
    if wish is None:
        return {"ask_for_session"}
    return wish.open_verbs() if keeps_sessions(user) else set()


def earns_certificate(booking: Booking, share: int) -> bool:
    """Whether they were there for long enough, and have told us how it was if that is asked."""
    enough = (booking.minutes or 0) * 100 >= booking.session.minutes * share
    told = booking.evaluated or not booking.session.evaluation_first
    return booking.state == states.CAME and enough and told


def holds(user: Asker, booking: Booking) -> bool:
    """Whether they are signed in with the address that it was made for."""
    return isinstance(user, User) and bool(booking.email) and user.email.lower() == booking.email


def _post(user: Asker) -> Post | None:
    strong = isinstance(user, User) and user.strong
    return user.acting_for if strong else None


def fitting(sessions: QuerySet[Session], words: str) -> QuerySet[Session]:
    """Those that hold each of the words, the newest first."""
    for word in words.split()[:6]:
        sessions = sessions.filter(
            Q(title__icontains=word) | Q(about__icontains=word) | Q(learn__icontains=word)
            | Q(presenters__icontains=word)
        )  # fmt: skip
    return sessions.order_by("-begins_at", "-pk")


def visible_evaluations(user: Asker, session: Session) -> QuerySet[Evaluation]:
    """What was said of it, in no order that tells who said it; to the clerk and its presenter."""
    seen = visible_bookings(user, session).order_by().values("pk")
    return Evaluation.objects.filter(booking__in=seen).order_by("-sure_after", "differently")


def visible_impacts(user: Asker, session: Session) -> QuerySet[Impact]:
    """What came of it, in the same way."""
    seen = visible_bookings(user, session).order_by().values("pk")
    return Impact.objects.filter(booking__in=seen).order_by("used", "changed")


def alike(user: Asker, wish: Wish) -> QuerySet[Wish]:
    """The wishes that ask for the same thing in the same words."""
    return visible_wishes(user).unanswered().filter(words__iexact=wish.words).order_by("pk")


def together(wishes: QuerySet[Wish]) -> QuerySet:
    """Wishes in the same words as one row: its words, how many, one of its numbers."""
    return (
        wishes.order_by()
        .annotate(asked=Lower("words"))
        .values("asked")
        .annotate(times=Count("pk"), first=Min("pk"), called=Min("words"), last=Max("made_at"))
        .order_by("-times", "-last")
    )


def wanted_more(user: Asker) -> QuerySet[Session]:
    """Sessions to which more people wished to come than could, the most wanted first."""
    left_out = Q(bookings__state__in=(states.WAITING, states.LAPSED))
    found = visible_sessions(user) if keeps_sessions(user) else Session.objects.none()
    return (
        found.annotate(missed=Count("bookings", filter=left_out))
        .filter(missed__gt=0)
        .order_by("-missed", "-begins_at")
    )
