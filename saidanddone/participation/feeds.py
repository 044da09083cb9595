"""What machines read: the newest of You said, we did, as Atom."""

from datetime import datetime, time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from saidanddone.core.pages import for_everyone
from saidanddone.participation import permissions
from saidanddone.participation.models import Issue
from saidanddone.participation.models.standing import standing
from saidanddone.reference.models import partnership

NEWEST = 30


@login_not_required
@require_safe
@for_everyone
def wall_feed(request: HttpRequest) -> HttpResponse:
    """Issues and their answers. It carries title, wording and answer, never a child's own words:

    what machines have fetched once cannot be taken back.
    """
    place = partnership()
    feed = Atom1Feed(
        title=f"You said, we did: {place.name}",
        link=settings.SITE_ADDRESS + reverse("wall"),
        feed_url=settings.SITE_ADDRESS + reverse("wall-feed"),
        description="What children, young people and families raised, and what became of it.",
        language="en-gb",
        author_name=place.name,
    )
    for issue in _newest():
        _add(feed, issue)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _newest() -> list[Issue]:
    """The issues of which something was heard last."""
    found = permissions.with_standing(permissions.public_issues())
    return sorted(found.order_by("-pk")[: 4 * NEWEST], key=_changed, reverse=True)[:NEWEST]


def _add(feed: Atom1Feed, issue: Issue) -> None:
    address = settings.SITE_ADDRESS + reverse("wall-issue", args=[issue.pk])
    stands = standing(issue, unknown_end=issue.unknown_end)
    answer = f"\n\n{stands.did}: {issue.reply.decided}" if issue.reply_id else ""
    feed.add_item(
        title=issue.title,
        link=address,
        unique_id=address,
        description=f"{issue.wording}{answer}\n\n{stands.strong} {stands.more}".strip(),
        pubdate=_midnight(issue.on or issue.said_on),
        updateddate=_changed(issue),
        categories=[issue.topic.name] if issue.topic_id else [],
    )


def _changed(issue: Issue) -> datetime:
    """When it was finished, looked at again, answered or raised: whichever was last."""
    reply = issue.reply.sent_at if issue.reply_id else None
    moments = [issue.closed_at, issue.reopened_at, reply, issue.at]
    return max((m for m in moments if m), default=_midnight(issue.on))


def _midnight(day: object) -> datetime:
    """The beginning of a day; of an unknown one, the beginning of this count of time."""
    if day is None:
        return datetime(2000, 1, 1, tzinfo=timezone.get_default_timezone())
    return timezone.make_aware(datetime.combine(day, time()))
