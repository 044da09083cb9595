"""The latest public decisions as an Atom feed."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from saidanddone.core.pages import for_everyone
from saidanddone.governance import permissions
from saidanddone.reference.models import partnership

LATEST = 50


@login_not_required
@for_everyone
@require_safe
def decisions_feed(request: HttpRequest) -> HttpResponse:
    """The latest decisions that everybody may read."""
    place = settings.SITE_ADDRESS
    feed = Atom1Feed(
        title=f"Decisions – {partnership().name}", link=place + reverse("decisions"),
        description="", feed_url=place + reverse("decisions-feed"), language="en-GB",
    )  # fmt: skip
    found = permissions.visible_decisions(AnonymousUser()).select_related("body")
    for one in found.order_by("-recorded_at", "-pk")[:LATEST]:
        feed.add_item(
            title=f"{one.number}, {one.body.name}: {one.get_outcome_display()}",
            link=place + one.get_absolute_url(), description=one.wording,
            unique_id=place + one.get_absolute_url(), updateddate=one.recorded_at,
        )  # fmt: skip
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
