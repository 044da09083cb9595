"""Who sees bodies, meetings, items, papers, decisions and actions, and who may do what to them.

Everybody sees what has been published in the open. The clerk sees everything; those who sit on a
body see its agendas early and its restricted items; nobody sees more by rank. All of it hangs on
the post that somebody acts for now, signed in with a passkey or a second factor.
"""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from saidanddone.governance import states
from saidanddone.governance.models import (
    Action,
    AgendaItem,
    Appointment,
    Body,
    Decision,
    Meeting,
    Paper,
    Seat,
)
from saidanddone.people.models import User
from saidanddone.people.permissions import is_professional

Asker = User | AnonymousUser | str | None  # a person, a named system person, or a code's holder
Part = Appointment.Part
CHAIRS = frozenset({Part.CHAIR})
SEATED = frozenset({Part.CHAIR, Part.VICE_CHAIR, Part.MEMBER, Part.SUBSTITUTE})
INVITED = SEATED | {Part.ADVISER}

SHOWN = (states.PUBLISHED, states.MINUTED)
STANDING = (states.ON_AGENDA, states.ENDED)
OPEN = Q(restricted=False)
IN_PUBLIC = Q(body__meets_in_private=False)

BEFORE = {"change_item", "add_paper", "put_item_back"}
DURING = {"minute_item", "record_decision", "note_answer", "end_item"}
OF_THE_OWNER = {"update_action", "complete_action"}
OF_THE_CLERK = {"update_action", "complete_action", "hand_action_on", "drop_action"}


# ------------------------------------------------------------------ who somebody is here


def held_seats(user: Asker) -> dict[int, frozenset[str]]:
    """Each body on which the post they act for sits today, and the parts it plays there.

    A page may keep the answer for its one request in `user.seats_now`; verbs ask afresh.
    """
    known = getattr(user, "seats_now", None)
    if known is not None:
        return known
    held: dict[int, frozenset[str]] = {}
    if not _strong(user):
        return held
    mine = Appointment.objects.live().filter(post=user.acting_for.pk)
    for body, part in mine.order_by().values_list("seat__body", "part"):
        held[body] = held.get(body, frozenset()) | {part}
    return held


def is_member(user: Asker, body: Body) -> bool:
    """Whether they sit on this body today, as chair, member or substitute."""
    return bool(held_seats(user).get(body.pk, frozenset()) & SEATED)


def is_clerk(user: Asker) -> bool:
    """Whether they act as the partnership's clerk."""
    return _holds(user, "clerk")


def seen_of_body(user: Asker, body: Body) -> set[str]:
    """What they may see of a body beside its name and purpose: meetings, seats, names …"""
    supports = is_clerk(user) or _holds(user, "participation_worker")
    seen = {"pseudonyms"} if supports else set()
    invited = supports or bool(held_seats(user).get(body.pk, frozenset()) & INVITED)
    if invited or not body.meets_in_private:
        seen |= {"meetings", "seats"}
    if invited or (_works_here(user) and not body.meets_in_private):
        seen.add("names")
    return seen | {"link"} if invited else seen


# ------------------------------------------------------------------ reading


def visible_bodies(user: Asker) -> QuerySet[Body]:
    """Every body: that it is there, and what for, is for everybody."""
    return Body.objects.all()


def visible_seats(user: Asker, body: Body) -> QuerySet[Seat]:
    """The seats of a body; of one that meets in private, only for those invited."""
    seats = Seat.objects.standing().filter(body=body.pk)
    return seats if "seats" in seen_of_body(user, body) else seats.none()


def visible_appointments(user: Asker, body: Body) -> QuerySet[Appointment]:
    """Who sits on a body, for the clerk who keeps its seats."""
    found = Appointment.objects.filter(seat__body=body.pk)
    return found.select_related("seat__body") if is_clerk(user) else found.none()


def visible_meetings(user: Asker) -> QuerySet[Meeting]:
    """Meetings whose agenda is out, in public; all of one's own bodies; all for those who table."""
    if is_clerk(user) or _holds(user, "participation_worker"):
        return Meeting.objects.all()
    published = Q(state__in=SHOWN) | Q(state=states.CANCELLED, published_at__isnull=False)
    return Meeting.objects.filter(published & IN_PUBLIC | Q(body__in=_bodies(user, INVITED)))


def visible_items(user: Asker) -> QuerySet[AgendaItem]:
    """Published, open items for everybody; all of their body for those who sit on it.

    Proposals wait with the clerk and the chair. Restricted items are there for the clerk and
    those who sit, and for nobody else, in no list, count or number.
    """
    if is_clerk(user):
        return AgendaItem.objects.all()
    standing = Q(state__in=STANDING)
    found = OPEN & IN_PUBLIC & standing & Q(meeting__state__in=SHOWN)
    found |= standing & Q(body__in=_bodies(user, SEATED))
    found |= OPEN & standing & Q(body__in=_bodies(user, INVITED))
    found |= Q(body__in=_bodies(user, CHAIRS))
    if _holds(user, "participation_worker"):
        found |= OPEN & (Q(body__kind=Body.Kind.YOUNG) | ~Q(origin_path=""))
    return AgendaItem.objects.filter(found)


def visible_papers(user: Asker) -> QuerySet[Paper]:
    """Papers of visible items; restricted ones for the clerk and those who sit there."""
    if is_clerk(user):
        return Paper.objects.all()
    papers = Paper.objects.standing().filter(item__in=visible_items(user).order_by().values("pk"))
    return papers.filter(OPEN | Q(item__body__in=_bodies(user, SEATED)))


def visible_decisions(user: Asker) -> QuerySet[Decision]:
    """Open decisions of published meetings, once their item has ended; all of one's own bodies."""
    if is_clerk(user):
        return Decision.objects.all()
    opened = OPEN & Q(item__restricted=False)
    ended = Q(item__state=states.ENDED, item__meeting__state__in=SHOWN)
    found = opened & IN_PUBLIC & ended
    found |= Q(body__in=_bodies(user, SEATED)) | opened & Q(body__in=_bodies(user, INVITED))
    if _holds(user, "participation_worker"):
        found |= opened & (Q(body__kind=Body.Kind.YOUNG) | ~Q(origin_path=""))
    return Decision.objects.filter(found)


def visible_actions(user: Asker) -> QuerySet[Action]:
    """One's own; open ones of published decisions; all of one's own bodies; promises, to those
    whose work it is. A restricted action opens for its owner only when strongly signed in.
    """
    if is_clerk(user):
        return Action.objects.all()
    item_open = Q(item__isnull=True) | Q(item__restricted=False)
    decision_open = Q(decision__isnull=True) | Q(decision__restricted=False)
    opened = OPEN & item_open & decision_open
    ended = Q(item__state=states.ENDED, item__meeting__state__in=SHOWN)
    found = opened & ended & Q(item__body__meets_in_private=False)
    found |= Q(item__body__in=_bodies(user, SEATED))
    found |= opened & Q(item__body__in=_bodies(user, INVITED))
    if (post := getattr(user, "acting_for", None)) is not None:
        found |= Q(owner=post.pk) if _strong(user) else Q(owner=post.pk) & opened
    if _works_here(user):
        found |= opened & Q(item__isnull=True)
    if _holds(user, "participation_worker"):
        found |= Q(item__isnull=True) | opened & (
            Q(item__body__kind=Body.Kind.YOUNG) | ~Q(origin_path="")
        )
    return Action.objects.filter(found)


# ------------------------------------------------------------------ doing


def body_verbs(user: Asker, body: Body | None) -> set[str]:
    """What they may do to a body, or with None, whether they may set one up.

    Whoever works here may propose an item. So may the areas above, for a child who holds a code
    or by the clock: they have looked at the right to do so themselves.
    """
    if body is None:
        return {"create_body"} if is_clerk(user) else set()
    verbs = set()
    verbs = {"propose_item"} if _above(user) or _works_here(user) else set()
    if is_clerk(user):
        verbs |= {"change_body", "add_seat", "change_seat", "appoint", "end_appointment",
                  "plan_meeting"}  # fmt: skip
    if body.has_ended:
        verbs &= {"change_body", "change_seat", "end_appointment"}
    return verbs


def meeting_verbs(user: Asker, meeting: Meeting) -> set[str]:
    """The clerk runs it; the chair alone may say why no child is heard (A13).

    A participation worker may put what children say on an agenda that is being planned: that
    needs nobody's leave.
    """
    verbs = meeting.open_verbs()
    allowed = set()
    if is_clerk(user):
        allowed = set(states.MEETING) - {"excuse_missing_voice"}
    if _holds(user, "participation_worker") and meeting.state == states.PLANNED:
        allowed.add("add_agenda_item")
    if "excuse_missing_voice" in verbs and _parts(user, meeting.body_id) & CHAIRS:
        allowed.add("excuse_missing_voice")
    return verbs & allowed


def item_verbs(user: Asker, item: AgendaItem) -> set[str]:
    """The clerk's, as far as the meeting has come; what children say is also its worker's to place.

    Its wording follows the thread: whoever looks after that may carry a new wording here.
    """
    verbs = item.open_verbs()
    from_thread = item.is_voice and bool(item.origin_path)
    if is_clerk(user):
        return verbs & _at_this_point(item)
    if from_thread and (_above(user) or _holds(user, "participation_worker")):
        return verbs & {"change_item", "accept_item"} & _at_this_point(item)
    return set()


def action_verbs(user: Asker, action: Action | None) -> set[str]:
    """What they may do to an action, or with None, whether they may make a promise one.

    Its owner reports on it, even signed in by code only, unless it is restricted. Handing on is
    the owner's or the clerk's; letting it drop is the clerk's or the chair's. A promise made in a
    reply has no meeting: whoever looks after the thread may hand it on or let it drop.
    """
    thread = _above(user) or _holds(user, "participation_worker")
    if action is None:
        return {"assign_action"} if thread or is_clerk(user) or _holds(user, "officer") else set()
    allowed = set(OF_THE_CLERK) if is_clerk(user) else set()
    if _owns(user, action):
        allowed |= OF_THE_OWNER
        if _strong(user):
            allowed |= {"hand_action_on"} if action.item_id else {"hand_action_on", "drop_action"}
    if thread and action.item_id is None:
        allowed |= {"complete_action", "hand_action_on", "drop_action"}
    if isinstance(user, str):
        allowed.add("remind_of_action")
    if action.item_id and action.is_under_way and _parts(user, action.item.body_id) & CHAIRS:
        allowed.add("drop_action")
    return allowed & action.open_verbs()


def paper_verbs(user: Asker, paper: Paper) -> set[str]:
    """The clerk may take a paper back, with a reason kept."""
    return {"withdraw_paper"} if is_clerk(user) and paper.withdrawn_at is None else set()


# ------------------------------------------------------------------ the parts of it


def _at_this_point(item: AgendaItem) -> set[str]:
    """Which verbs the meeting allows: placing before it, minuting while it runs, owners after."""
    verbs = {"accept_item", "decline_item", "change_item", "add_paper"}
    if item.meeting_id is None:
        return verbs
    state = item.meeting.state
    if state == states.PLANNED:
        return BEFORE
    if state == states.PUBLISHED:
        during = DURING if item.is_voice else DURING - {"note_answer"}
        return during | {"change_item", "add_paper", "assign_action"}
    return {"assign_action"} if state == states.MINUTED else set()


def _owns(user: Asker, action: Action) -> bool:
    post = getattr(user, "acting_for", None)
    if post is None or post.pk != action.owner_id:
        return False
    return _strong(user) or not action.restricted


def _bodies(user: Asker, parts: Collection[str]) -> QuerySet | list[int]:
    """The bodies on which they play one of these parts, known already or as part of the query."""
    known = getattr(user, "seats_now", None)
    if known is not None:
        return [body for body, played in known.items() if played & set(parts)]
    if not _strong(user):
        return []
    mine = Appointment.objects.live().filter(post=user.acting_for.pk, part__in=list(parts))
    return mine.order_by().values("seat__body")


def _parts(user: Asker, body: int) -> frozenset[str]:
    return held_seats(user).get(body, frozenset())


def _strong(user: Asker) -> bool:
    return isinstance(user, User) and user.strong and user.acting_for is not None


def _holds(user: Asker, role: str) -> bool:
    return isinstance(user, User) and user.has_role(role)


def _works_here(user: Asker) -> bool:
    return isinstance(user, User) and is_professional(user)


def _above(user: Asker) -> bool:
    """Whether an area above asks: by the clock, or for a child who holds a code."""
    return user is None or isinstance(user, str)
