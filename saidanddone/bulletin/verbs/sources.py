"""What a bulletin is made from: suggested items, and what the floors below have new for everybody.

Each source reads as a stranger would, so that nothing goes out that is not public. Of children's
own words none goes into a letter, which cannot be taken back: the answer does, and its address.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import groupby

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from saidanddone.bulletin import states
from saidanddone.bulletin.models import MOST_WORDS, Edition, Entry, Item
from saidanddone.core import clock
from saidanddone.events import permissions as events
from saidanddone.events import states as sessions_are
from saidanddone.governance import permissions as governance
from saidanddone.governance import states as meetings
from saidanddone.library import permissions as library
from saidanddone.participation import permissions as participation
from saidanddone.participation import states as replies
from saidanddone.reference.models import BulletinSection
from saidanddone.ui.filters import clocktime, day, fullday

NEW = timedelta(days=14)  # older than that is no news, even if no bulletin had it
AHEAD = timedelta(days=35)  # sessions that are told of
NOBODY = AnonymousUser()
TAKEN = (states.ACCEPTED, states.PRINTED)
Kind, Takes = Entry.Kind, BulletinSection.Takes
TAKEN_BY = {
    Kind.DECISIONS: Takes.BOARDS, Kind.PAPERS: Takes.BOARDS, Kind.DOCUMENT: Takes.BOARDS,
    Kind.REPLY: Takes.REPLIES, Kind.SESSION: Takes.SESSIONS,
}  # fmt: skip


@dataclass(frozen=True)
class News:
    """One thing that is new, as the bulletin tells it."""

    kind: str
    key: str
    title: str
    words: str
    path: str
    told: dict[str, str] = field(default_factory=dict)
    topics: tuple = ()
    areas: tuple = ()
    item: Item | None = None


def gather(edition: Edition) -> int:
    """Add to the edition whatever is new and was in none before; says how much that was.

    A suggested item that was left out comes again until it is printed or over.
    """
    before = Entry.objects.filter(edition__compiled_at__gte=_since() - NEW, item__isnull=True)
    had = set(before.values_list("key", flat=True))
    had |= set(edition.entries.values_list("key", flat=True))
    sections = {one.takes: one for one in BulletinSection.objects.current() if one.takes}
    fresh = [news for source in SOURCES for news in source() if news.key not in had]
    made = [
        _entry(edition, news, place, sections)
        for place, news in enumerate(fresh, start=edition.entries.count() + 1)
    ]
    Entry.objects.bulk_create(made)
    pairs = list(zip(made, fresh, strict=True))
    by_topic, by_area = Entry.topics.through, Entry.areas.through
    by_topic.objects.bulk_create(
        by_topic(entry=entry, topic=topic) for entry, news in pairs for topic in news.topics
    )
    by_area.objects.bulk_create(
        by_area(entry=entry, area=area) for entry, news in pairs for area in news.areas
    )
    return len(fresh)


def _entry(edition: Edition, news: News, place: int, sections: dict) -> Entry:
    section = news.item.section if news.item else sections.get(TAKEN_BY[news.kind])
    return Entry(
        edition=edition, kind=news.kind, key=news.key, item=news.item, place=place,
        path=news.path, title=news.title[:120], words=shortened(news.words), section=section,
        **news.told,
    )  # fmt: skip


def shortened(words: str, most: int = MOST_WORDS) -> str:
    """No more words than an item may have; what is cut off shows."""
    parts = words.split(" ")
    return words if len(parts) <= most else " ".join(parts[: most - 1]) + " …"


# --------------------------------------------------------------- the sources


def items() -> Iterator[News]:
    """What was suggested, accepted, is not over and has not been printed."""
    for item in Item.objects.fresh().order_by("submitted_at", "pk").prefetch_related(*LISTS):
        told = {name: getattr(item, name) for name in TOLD}
        yield News(
            Kind.ITEM, f"item:{item.pk}", item.title, item.words, item.get_absolute_url(), told,
            tuple(item.topics.all()), tuple(item.areas.all()), item,
        )  # fmt: skip


def decisions() -> Iterator[News]:
    """What each board has decided in public, a meeting at a time."""
    found = governance.visible_decisions(NOBODY).filter(
        recorded_at__gte=_since(), item__meeting__isnull=False, on__gte=_since().date() - NEW
    )
    found = found.select_related("body", "item__meeting").order_by("item__meeting", "pk")
    for meeting, made in groupby(found, key=lambda one: one.item.meeting):
        all_made = list(made)
        body = all_made[0].body
        on = f" on {day(meeting.on)}" if meeting.on else ""
        yield News(
            Kind.DECISIONS, f"decisions:{meeting.pk}", f"What was decided: {body.name}{on}",
            " ".join(shortened(one.wording, 45) for one in all_made[:3]),
            meeting.get_absolute_url(), {"contact": ""},
        )  # fmt: skip


def papers() -> Iterator[News]:
    """Meetings in public whose agenda and papers have come out."""
    found = governance.visible_meetings(NOBODY).filter(
        published_at__gte=_since(), on__gte=clock.today(), state=meetings.PUBLISHED
    )
    for meeting in found.select_related("body").order_by("on", "pk"):
        yield News(
            Kind.PAPERS, f"papers:{meeting.pk}", f"Agenda and papers: {meeting.body.name}",
            f"What the meeting on {fullday(meeting.on)} will look at can be read now.",
            meeting.get_absolute_url(), {"when": _when(meeting.on, meeting.starts_at)},
        )  # fmt: skip


def documents() -> Iterator[News]:
    """What has come out in the library."""
    found = library.visible_documents(NOBODY).filter(published_at__gte=_since())
    for document in found.listed().order_by("published_at", "pk").prefetch_related("topics"):
        yield News(
            Kind.DOCUMENT, f"document:{document.pk}:{document.current_id}", document.title,
            document.summary or "Published in the library.", document.get_absolute_url(),
            topics=tuple(document.topics.all()),
        )  # fmt: skip


def answers() -> Iterator[News]:
    """What children and families asked for, and the answer that they were given."""
    found = participation.public_issues().filter(
        reply__sent_at__gte=_since(), reply__state=replies.SENT
    )
    for issue in found.select_related("reply", "topic", "shown_area").order_by("reply__sent_at"):
        asked = shortened(issue.wording, 50)
        yield News(
            Kind.REPLY, f"reply:{issue.reply_id}", issue.title,
            f"They asked: {asked}\n\nThe answer: {shortened(issue.reply.decided, 60)}",
            f"/you-said-we-did/{issue.pk}/",
            topics=_some(issue.topic), areas=_some(issue.shown_area),
        )  # fmt: skip


def sessions() -> Iterator[News]:
    """What can be booked in the coming weeks; each is told of once."""
    found = events.visible_sessions(NOBODY).filter(
        state=sessions_are.OPEN, begins_at__range=(clock.now(), clock.now() + AHEAD)
    )
    for one in found.order_by("begins_at", "pk").prefetch_related("topics"):
        told = {
            "who_for": one.for_whom[:160], "when": _local(one.begins_at), "how": one.place,
            "cost": one.cost,
        }  # fmt: skip
        yield News(
            Kind.SESSION, f"session:{one.pk}", one.title, one.about, one.get_absolute_url(), told,
            tuple(one.topics.all()),
        )  # fmt: skip


def no_longer_public(entries: Iterable[Entry]) -> list[Entry]:
    """Of these, what everybody could read as it was gathered and cannot any more."""
    by_kind: dict[str, dict[int, Entry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, {})[int(entry.key.split(":")[1])] = entry
    gone = []
    for kind, made in by_kind.items():
        there = _public(kind, made)
        gone += [entry for number, entry in made.items() if number not in there]
    return gone


def _public(kind: str, numbers: Iterable[int]) -> set[int]:
    """Which of these sources of one kind everybody may still read."""
    found, number = {
        Kind.ITEM: (Item.objects.filter(state__in=TAKEN), "pk"),
        Kind.DECISIONS: (governance.visible_decisions(NOBODY), "item__meeting"),
        Kind.PAPERS: (
            governance.visible_meetings(NOBODY).exclude(state=meetings.CANCELLED), "pk"
        ),
        Kind.DOCUMENT: (library.visible_documents(NOBODY).listed(), "pk"),
        Kind.REPLY: (participation.public_issues(), "reply"),
        Kind.SESSION: (events.visible_sessions(NOBODY).filter(state=sessions_are.OPEN), "pk"),
    }[kind]  # fmt: skip
    kept = found.filter(**{f"{number}__in": list(numbers)}).order_by()
    return set(kept.values_list(number, flat=True))


SOURCES: list[Callable[[], Iterable[News]]] = [
    answers, decisions, papers, documents, sessions, items
]  # fmt: skip
LISTS = ("topics", "areas", "section")
TOLD = ("who_for", "when", "cost", "how", "contact")


def _since() -> datetime:
    return clock.now() - NEW


def _some(one: object | None) -> tuple:
    return (one,) if one is not None else ()


def _when(on: object, starts_at: time | None) -> str:
    return fullday(on) + (f", {clocktime(starts_at)}" if starts_at else "")


def _local(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return _when(local.date(), local.time())
