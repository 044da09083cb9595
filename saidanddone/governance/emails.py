"""Letters that governance writes. They say that something waits, and where; never what it says."""

from typing import Any

from django.conf import settings
from django.db.models import Model

from saidanddone.governance.models import Action, AgendaItem, Appointment, Meeting
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
    clerks = Post.objects.live().filter(roles__contains=["clerk"])
    _write("item_proposed", "Something asks for a place on an agenda", item, _addresses(clerks))


def action_assigned(action: Action) -> None:
    """To its owner: there is something to do."""
    _write("action_assigned", "There is something for you to do", action, _owner(action))


def action_late(action: Action) -> None:
    """To its owner: the day has passed."""
    _write("action_late", "The day for one of your actions has passed", action, _owner(action))


def call_back(action: Action) -> None:
    """Letters about this action that have not gone yet need not go."""
    cancel(about=about(action))


def about(record: Model) -> str:
    """By what letters about a record are found again."""
    return f"{record._meta.label_lower}:{record.pk}"


def _write(kind: str, subject: str, record: Any, to: list[str]) -> None:
    if not to:
        return
    link = settings.SITE_ADDRESS + record.get_absolute_url()
    write(
        kind, subject, f"governance/emails/{kind}.txt", about=about(record), to=to, link=link,
        partnership=partnership(),
    )  # fmt: skip


def _owner(action: Action) -> list[str]:
    return _addresses(Post.objects.live().filter(pk=action.owner_id))


def _members(meeting: Meeting) -> list[str]:
    seated = Appointment.objects.live().filter(seat__body=meeting.body_id, post__isnull=False)
    return _addresses(Post.objects.live().filter(pk__in=seated.values("post")))


def _addresses(posts: Any) -> list[str]:
    """One letter a person, however many posts they hold."""
    return list(posts.order_by("user__email").values_list("user__email", flat=True).distinct())
