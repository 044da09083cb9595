"""What a measurement of pages is made of: who looks, what is there, and which pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.urls import reverse

from benches.families import fill_borough
from saidanddone.bulletin.models import Edition
from saidanddone.core import clock, identity
from saidanddone.dev import personas
from saidanddone.earlyhelp.models import Access
from saidanddone.governance.models import AgendaItem, Decision, Meeting, Paper
from saidanddone.participation.models import Issue
from tests.factories.governance import make_item, make_meeting
from tests.factories.library import make_many

WALL_ISSUES = 50
ITEMS, PAPERS_AN_ITEM = 15, 2
DECISIONS = 10_000
DOCUMENTS = 50_000

Places = dict[str, tuple[str, str]]


class Scene(NamedTuple):
    """A persona of the demonstration, what is added to it, and the pages: public or private."""

    persona: str
    fill: Callable[[], None]
    places: Callable[[], Places]


def fill_wall() -> None:
    """As many public issues as the measurement asks for, like those that are there."""
    model = Issue.objects.filter(is_public=True).first()
    for number in range(WALL_ISSUES - Issue.objects.filter(is_public=True).count()):
        Issue.objects.create(
            title=f"{model.title} ({number})", wording=model.wording, topic=model.topic,
            area=model.area, on=model.on, at=model.at, by=model.by,
        )  # fmt: skip


def thread_places() -> Places:
    """The pages through which one thread runs."""
    issue = Issue.objects.filter(is_public=True, reply__isnull=False).first()
    meeting = Meeting.objects.filter(state="minuted", body__short_name="CSPB").last()
    return {
        "front": ("public", "/"),
        "wall": ("public", reverse("wall")),
        "thread": ("private", issue.get_absolute_url()),
        "my-day": ("private", reverse("my-day")),
        "meeting": ("private", meeting.get_absolute_url()),
    }


def coming() -> Meeting:
    """The Board's next meeting whose agenda is out, else the last that was held."""
    found = Meeting.objects.filter(body__short_name="CSPB", state__in=["published", "minuted"])
    return found.latest("on")


def fill_boards() -> None:
    """A long agenda with its papers, a register of years, and a library of a whole council."""
    meeting = coming()
    items = AgendaItem.objects.bulk_create(
        AgendaItem(body=meeting.body, meeting=meeting, kind="discussion", title=f"Item {n}",
                   wording="What is to be talked about. " * 8, plain="What it means.", order=100 + n)
        for n in range(ITEMS)
    )  # fmt: skip
    Paper.objects.bulk_create(
        Paper(item=item, title=f"Paper {n} of {item.title}", file="papers/measured.pdf", size=90_000,
              media_type="application/pdf")
        for item in items for n in range(PAPERS_AN_ITEM)
    )  # fmt: skip
    long_ago = clock.today() - timedelta(days=400)  # minutes of its own: agreed ones are shut
    held = make_item("ended", meeting=make_meeting("minuted", body=meeting.body, on=long_ago))
    Decision.objects.bulk_create(
        Decision(item=held, body=held.body, number=f"M/{n}", year=1900, place=n, on=clock.today(),
                 wording=f"It was decided to do thing {n} for children.", reasons="It is right.")
        for n in range(1, DECISIONS + 1)
    )  # fmt: skip
    make_many(DOCUMENTS)


def board_places() -> Places:
    """A long meeting, the register of decisions, the library searched."""
    return {
        "meeting": ("private", coming().get_absolute_url()),
        "decisions": ("private", reverse("decisions")),
        "decision-words": ("private", reverse("decisions") + "?q=thing+4711"),
        "register": ("public", reverse("decisions")),
        "library": ("private", reverse("library")),
        "library-common": ("private", reverse("library") + "?q=children"),
        "library-rare": ("private", reverse("library") + "?q=w19990"),
    }


def nothing_more() -> None:
    """The demonstration as it is."""


def archive_places() -> Places:
    """The archive of bulletins, and the newest in it."""
    newest = Edition.objects.sent().first()
    return {
        "archive": ("public", reverse("bulletin")),
        "edition": ("public", newest.get_absolute_url()),
    }


def families_places() -> Places:
    """What whoever works with families opens most: their list, and one story of it."""
    mine = Access.objects.filter(person=personas.person("practitioner"), kind=Access.Kind.LEAD)
    with identity.as_system("bench"):
        story = mine.filter(story__reference__startswith="M-").order_by("story").first().story
    return {
        "my-list": ("private", reverse("stories")),
        "one-story": ("private", reverse("story", args=[story.pk])),
    }


def overdue_places() -> Places:
    """The coordinator's Monday: what is overdue in the whole borough."""
    return {"overdue": ("private", reverse("stories-coordinate"))}


SCENES = {
    "families": Scene("practitioner", fill_borough, families_places),
    "overdue": Scene("coordinator", fill_borough, overdue_places),
    "thread": Scene("worker", fill_wall, thread_places),
    "boards": Scene("board_member", fill_boards, board_places),
    "archive": Scene("editor", nothing_more, archive_places),
}
