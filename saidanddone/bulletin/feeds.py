"""What machines read: the newest bulletins and their items, as Atom."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from saidanddone.bulletin import permissions
from saidanddone.core.pages import for_everyone
from saidanddone.reference.models import partnership

NEWEST = 20


@login_not_required
@for_everyone
@require_safe
def bulletin_feed(request: HttpRequest) -> HttpResponse:
    """The latest bulletins, each with what stands in it."""
    place = settings.SITE_ADDRESS
    name = partnership().bulletin_name
    feed = Atom1Feed(
        title=f"{name}: {partnership().name}", link=place + reverse("bulletin"), description="",
        feed_url=place + reverse("bulletin-feed"), language="en-GB", author_name=partnership().name,
    )  # fmt: skip
    found = permissions.visible_editions(AnonymousUser()).prefetch_related("entries")
    for edition in found[:NEWEST]:
        standing = [one for one in edition.entries.all() if not one.left_out]
        feed.add_item(
            title=f"{name} {edition.number}: {edition.title}",
            link=place + edition.get_absolute_url(),
            unique_id=place + edition.get_absolute_url(),
            description="\n\n".join(f"{one.title}. {one.words}" for one in standing),
            pubdate=edition.sent_at,
            updateddate=edition.sent_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
