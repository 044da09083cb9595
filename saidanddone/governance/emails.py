"""Letters that governance writes. They say that something waits, and where; never what it says."""

from typing import Any

from django.conf import settings
from django.db.models import Model

from saidanddone.governance.models import (
    Action,
    AgendaItem,
    Appointment,
    Body,
    Correction,
    CoverSheet,
    Escalation,
    Meeting,
    Minutes,
    Pack,
    Register,
    Risk,
    Terms,
)
from saidanddone.mail.verbs import cancel, write
from saidanddone.people.models import Post
from saidanddone.reference.models import partnership


def agenda_published(meeting: Meeting) -> None:
    """To those who sit on the body: its agenda is out."""
    _write("agenda_published", "An agenda is ready for you", meeting, _members(meeting))


def meeting_changed(meeting: Meeting) -> None:
    """To those who sit on the body: look again when and where it meets."""
    _write("meeting_changed", "A meeting of yours has changed", meeting, _members(meeting))


def meeting_cancelled(meeting: Meeting) -> None:
    """To those who sit on the body: it is off. Letters about it that still wait are called back."""
    cancel(about=about(meeting))
    _write("meeting_cancelled", "A meeting of yours is called off", meeting, _members(meeting))


def item_proposed(item: AgendaItem) -> None:
    """To the clerks: something asks for a place on an agenda."""
    _write("item_proposed", "Something asks for a place on an agenda", item, _clerks())


def action_assigned(action: Action) -> None:
    """To its owner: there is something to do."""
    _write("action_assigned", "There is something for you to do", action, _owner(action))


def action_late(action: Action) -> None:
    """To its owner: the day has passed."""
    _write("action_late", "The day for one of your actions has passed", action, _owner(action))


def drop_asked(action: Action) -> None:
    """To those who chair the body: its owner asks to let an action drop."""
    chairs = Appointment.objects.live().filter(
        seat__body=action.item.body_id, part__in=["chair", "vice_chair"], post__isnull=False
    )
    posts = Post.objects.live().filter(pk__in=chairs.values("post"))
    _write("drop_asked", "Somebody asks you to agree to something", action, _addresses(posts))


def drop_settled(action: Action) -> None:
    """To its owner: the chair has said yes or no."""
    _write("drop_settled", "What you asked about an action is settled", action, _owner(action))


def terms_due(terms: Terms) -> None:
    """To the clerks: terms of reference are due to be looked at."""
    _write("terms_due", "Terms of reference are due for review", terms, _clerks())


def seats_lapse(body: Body) -> None:
    """To the clerks: a body lacks somebody, or soon will."""
    _write("seats_lapse", "A board lacks somebody, or soon will", body, _clerks())


def interests_due(page: Register) -> None:
    """To its holder: a year has gone since they confirmed their page of the register."""
    holder = Post.objects.live().filter(pk=page.post_id)
    _write("interests_due", "Your register of interests needs a look", page, _addresses(holder))


def escalation_answered(escalation: Escalation) -> None:
    """To those who chair the group that asked: the answer is there."""
    chairs = Appointment.objects.live().filter(
        seat__body=escalation.source_item.body_id, part__in=["chair", "vice_chair"]
    )
    posts = Post.objects.live().filter(pk__in=chairs.exclude(post=None).values("post"))
    _write("escalation_answered", "A board has answered your group", escalation, _addresses(posts))


def risk_given(risk: Risk) -> None:
    """To its owner: a risk is theirs to watch."""
    owner = Post.objects.live().filter(pk=risk.owner_id)
    _write("risk_given", "Something is yours to watch", risk, _addresses(owner))


def risk_due(risk: Risk) -> None:
    """To its owner: it is time to look at it again."""
    owner = Post.objects.live().filter(pk=risk.owner_id)
    _write("risk_due", "Something of yours is due for a look", risk, _addresses(owner))


def paper_wanted(cover: CoverSheet) -> None:
    """To whoever leads an item: its cover sheet and papers are wanted."""
    _write("paper_wanted", "A paper is wanted from you", cover, _lead(cover))


def paper_due(cover: CoverSheet) -> None:
    """To whoever leads an item: the day is near."""
    _write("paper_due", "The day for a paper of yours is near", cover, _lead(cover))


def paper_late(cover: CoverSheet) -> None:
    """To whoever leads an item: the day has passed."""
    _write("paper_late", "The day for a paper of yours has passed", cover, _lead(cover))


def paper_not_wanted(item: AgendaItem) -> None:
    """Letters that ask for an item's paper and have not gone yet need not go."""
    for cover in CoverSheet.objects.filter(item=item.pk):
        cancel(about=about(cover))


def pack_ready(pack: Pack, calendar: str) -> None:
    """To those who sit on the body: the pack is there, and the day comes along for their calendar."""
    later = pack.number > 1
    kind = "pack_grown" if later else "pack_ready"
    subject = (
        "Something is new in a pack of yours" if later else "The pack for your meeting is ready"
    )
    _write(kind, subject, pack, _members(pack.meeting), calendar=calendar)


def minutes_to_check(minutes: Minutes) -> None:
    """To the chair: what was written down waits for a pair of eyes."""
    chairs = _seated(minutes.meeting, [Appointment.Part.CHAIR])
    _write("minutes_to_check", "Minutes wait for you to check them", minutes, chairs)


def minutes_checked(minutes: Minutes) -> None:
    """To the clerks: the chair has checked them, they can be circulated."""
    cancel(about=about(minutes))
    _write("minutes_checked", "The chair has checked the minutes", minutes, _clerks())


def minutes_returned(minutes: Minutes) -> None:
    """To the clerks: something has to be put right first."""
    cancel(about=about(minutes))
    _write("minutes_returned", "Minutes have come back to be put right", minutes, _clerks())


def minutes_circulated(minutes: Minutes) -> None:
    """To those who sit on the body: read them, and say what is wrong."""
    cancel(about=about(minutes))
    to = _members(minutes.meeting)
    _write("minutes_circulated", "Minutes are there for you to read", minutes, to)


def correction_proposed(minutes: Minutes) -> None:
    """To the clerks: somebody asks for something to be put right."""
    _write("correction_proposed", "A correction of minutes is asked for", minutes, _clerks())


def correction_settled(correction: Correction) -> None:
    """To whoever asked: there is an answer."""
    asker = correction.proposed_by
    to = [asker.email] if asker and asker.is_active else []
    _write("correction_settled", "Your correction has an answer", correction.minutes, to)


def call_back(record: Model) -> None:
    """Letters about this record that have not gone yet need not go."""
    cancel(about=about(record))


def about(record: Model) -> str:
    """By what letters about a record are found again."""
    return f"{record._meta.label_lower}:{record.pk}"


def _write(kind: str, subject: str, record: Any, to: list[str], **more: Any) -> None:
    if not to:
        return
    link = settings.SITE_ADDRESS + record.get_absolute_url()
    write(
        kind, subject, f"governance/emails/{kind}.txt", about=about(record), to=to, link=link,
        partnership=partnership(), **more,
    )  # fmt: skip


def _clerks() -> list[str]:
    return _addresses(Post.objects.live().filter(roles__contains=["clerk"]))


def _owner(action: Action) -> list[str]:
    return _addresses(Post.objects.live().filter(pk=action.owner_id))


def _lead(cover: CoverSheet) -> list[str]:
    return _addresses(Post.objects.live().filter(pk=cover.item.lead_id))


def _members(meeting: Meeting) -> list[str]:
    seated = Appointment.objects.live().filter(seat__body=meeting.body_id, post__isnull=False)
    return _addresses(Post.objects.live().filter(pk__in=seated.values("post")))


def _seated(meeting: Meeting, parts: list[str]) -> list[str]:
    seated = Appointment.objects.live().filter(seat__body=meeting.body_id, part__in=parts)
    return _addresses(Post.objects.live().filter(pk__in=seated.values("post")))


def _addresses(posts: Any) -> list[str]:
    """One letter a person, however many posts they hold."""
    return list(posts.order_by("user__email").values_list("user__email", flat=True).distinct())
