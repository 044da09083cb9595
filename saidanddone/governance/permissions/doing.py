"""What each person may do to bodies, meetings, items, papers and actions."""

from saidanddone.governance import states
from saidanddone.governance.models import Action, AgendaItem, Appointment, Body, Meeting, Paper
from saidanddone.governance.permissions.minutes import is_drafted
from saidanddone.governance.permissions.papers import leads
from saidanddone.governance.permissions.people import (
    CHAIRS,
    Asker,
    above,
    holds,
    is_clerk,
    parts_on,
    strong,
    works_here,
)

BEFORE = {"change_item", "add_paper", "hand_in", "put_item_back", "write_young_version"}
DURING = {"minute_item", "record_decision", "note_answer", "end_item"}
OF_THE_OWNER = {"update_action", "complete_action"}
OF_THE_CLERK = {"update_action", "complete_action", "hand_action_on"}


def body_verbs(user: Asker, body: Body | None) -> set[str]:
    """What they may do to a body, or with None, whether they may set one up.

    Whoever works here may propose an item. So may the areas above, for a child who holds a code
    or by the clock: they have looked at the right to do so themselves.
    """
    if body is None:
        return {"create_body"} if is_clerk(user) else set()
    verbs = set()
    verbs = {"propose_item"} if above(user) or works_here(user) else set()
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
        allowed = set(states.MEETING) - {"excuse_missing_voice", "import_meetings", "undo_import"}
    if holds(user, "participation_worker") and meeting.state == states.PLANNED:
        allowed.add("add_agenda_item")
    if "excuse_missing_voice" in verbs and parts_on(user, meeting.body_id) & CHAIRS:
        allowed.add("excuse_missing_voice")
    return verbs & allowed


def item_verbs(user: Asker, item: AgendaItem) -> set[str]:
    """The clerk's, as far as the meeting has come; what children say is also its worker's to place.

    Its wording follows the thread: whoever looks after that may carry a new wording here. Its lead
    hands in the cover sheet and the papers until the agenda is out. What is told to young people,
    a participation worker may write as well.
    """
    if is_clerk(user):
        return item.open_verbs() & _at_this_point(item)
    worker = holds(user, "participation_worker")
    allowed = {"write_young_version"} if worker and not item.restricted else set()
    from_thread = item.is_voice and bool(item.origin_path)
    if from_thread and (above(user) or worker):
        allowed |= {"change_item", "accept_item"}
    if leads(user, item) and item.meeting.state == states.PLANNED:
        allowed |= {"hand_in", "add_paper"}
    return allowed & item.open_verbs() & _at_this_point(item) if allowed else set()


def action_verbs(user: Asker, action: Action | None) -> set[str]:
    """What they may do to an action, or with None, whether they may make a promise one.

    Its owner reports on it, even signed in by code only, unless it is restricted. Handing on is
    the owner's or the clerk's. That it will not be done its owner asks, and whoever chairs agrees
    or not; where young people chair, their participation worker does that for them. A promise made
    in a reply has no meeting: whoever looks after the thread may hand it on or let it drop.
    """
    thread = above(user) or holds(user, "participation_worker")
    if action is None:
        return {"assign_action"} if thread or is_clerk(user) or holds(user, "officer") else set()
    allowed = set(OF_THE_CLERK) if is_clerk(user) else set()
    dropping = "ask_to_drop" if action.item_id else "drop_action"
    if is_clerk(user):
        allowed.add(dropping)
    if _owns(user, action):
        allowed |= OF_THE_OWNER
        if strong(user):
            allowed |= {"hand_action_on", dropping}
    if thread and action.item_id is None:
        allowed |= {"complete_action", "hand_action_on", "drop_action"}
    if isinstance(user, str):
        allowed.add("remind_of_action")
    if action.item_id and action.is_under_way and _chairs_for(user, action.item.body):
        allowed.add("drop_action")
        if action.drop_asked_why:
            allowed.add("keep_action")
    return allowed & action.open_verbs()


def _chairs_for(user: Asker, body: Body) -> bool:
    """Who agrees that something will not be done: the chair or vice-chair of the body."""
    if body.is_young and holds(user, "participation_worker"):
        return True
    return bool(parts_on(user, body.pk) & (CHAIRS | {Appointment.Part.VICE_CHAIR}))


def paper_verbs(user: Asker, paper: Paper) -> set[str]:
    """The clerk may take a paper back, with a reason kept; its lead until the agenda is out."""
    if paper.withdrawn_at is not None:
        return set()
    if is_clerk(user):
        return {"withdraw_paper"}
    own = leads(user, paper.item) and paper.item.meeting.state == states.PLANNED
    return {"withdraw_paper"} if own else set()


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
        return during | {"change_item", "add_paper", "assign_action", "write_young_version"}
    if state != states.MINUTED:
        return set()
    later = {"assign_action", "write_young_version"}
    return later | {"minute_item"} if is_drafted(item.meeting) else later


def _owns(user: Asker, action: Action) -> bool:
    post = getattr(user, "acting_for", None)
    if post is None or post.pk != action.owner_id:
        return False
    return strong(user) or not action.restricted
