"""Who hands in what for an agenda, and who opens the packs that are made of it."""

from django.db.models import Q, QuerySet

from saidanddone.governance import states
from saidanddone.governance.models import AgendaItem, CoverSheet, Meeting, Pack
from saidanddone.governance.permissions.people import (
    INVITED,
    SEATED,
    Asker,
    bodies_of,
    is_clerk,
    parts_on,
    strong,
)

OUT = (states.PUBLISHED, states.MINUTED)


def leads(user: Asker, item: AgendaItem) -> bool:
    """Whether the post they act for leads this item; a closed one only when strongly signed in."""
    post = getattr(user, "acting_for", None)
    if post is None or item.lead_id != post.pk or item.meeting_id is None:
        return False
    return strong(user) or not item.restricted


def led_items(user: Asker) -> QuerySet[AgendaItem]:
    """What the post they act for leads on agendas that are not out, and so hands papers in for."""
    post = getattr(user, "acting_for", None)
    if post is None:
        return AgendaItem.objects.none()
    found = AgendaItem.objects.filter(
        lead=post.pk, state=states.ON_AGENDA, meeting__state=states.PLANNED
    )
    return found if strong(user) else found.filter(restricted=False)


def items_to_hand_in(user: Asker) -> QuerySet[AgendaItem]:
    """Where they may hand papers in: what they lead; the clerk for everybody."""
    if is_clerk(user):
        return AgendaItem.objects.filter(state=states.ON_AGENDA)
    return led_items(user)


def visible_covers(user: Asker) -> QuerySet[CoverSheet]:
    """Who was asked for what, and has handed it in: for the clerk and for those who were asked."""
    if is_clerk(user):
        return CoverSheet.objects.all()
    return CoverSheet.objects.filter(item__in=led_items(user).order_by().values("pk"))


def visible_packs(user: Asker) -> QuerySet[Pack]:
    """Packs of meetings that they are invited to, or that are open; with the clerk, all.

    Others see those alone that bring something open: no number tells of anything closed. One from
    which something was taken back is nobody's any more.
    """
    if is_clerk(user):
        return Pack.objects.all()
    made = Q(state=states.MADE, meeting__state__in=OUT)
    news = Q(told__has_any_keys=["open", "again"]) & Q(meeting__body__meets_in_private=False)
    invited = Q(told__has_any_keys=["open", "again"], meeting__body__in=bodies_of(user, INVITED))
    seated = Q(meeting__body__in=bodies_of(user, SEATED))
    return Pack.objects.filter(made & (news | invited | seated))


def opens_closed_part(user: Asker, meeting: Meeting) -> bool:
    """Whether the members' pack is for them: the clerk, and those who sit there."""
    return is_clerk(user) or bool(parts_on(user, meeting.body_id) & SEATED)


def pack_verbs(user: Asker, pack: Pack) -> set[str]:
    """The worker makes it; after a failure the clerk asks for it again."""
    if isinstance(user, str):
        return pack.open_verbs() & {"make_pack", "fail_pack"}
    return pack.open_verbs() & {"ask_pack_again"} if is_clerk(user) else set()


def cover_verbs(user: Asker, cover: CoverSheet) -> set[str]:
    """The clock reminds whoever has not handed in."""
    waits = cover.handed_in_at is None and cover.item.meeting_id is not None
    return {"remind_of_paper"} if isinstance(user, str) and waits else set()
