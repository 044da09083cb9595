"""Letters of the bulletin: the edition itself, and those about suggesting, asking for it, approving."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.urls import reverse

from saidanddone.bulletin import permissions, states
from saidanddone.bulletin.models import Edition, Entry, Item, Subscription
from saidanddone.bulletin.models.subscriptions import signed
from saidanddone.mail import drawing, messages
from saidanddone.mail.verbs import Recipient, suppressed, write
from saidanddone.reference.models import partnership
from saidanddone.ui.filters import day

REST = "Also this week"
FOLDER = "bulletin/emails"
Chosen = tuple[frozenset[int], frozenset[int]]


@dataclass(frozen=True)
class Part:
    """A section with what stands in it."""

    name: str
    entries: list[Entry]


def about(edition: Edition) -> str:
    """By what the letters of an edition are found again."""
    return f"bulletin.edition:{edition.pk}"


def about_list(number: int | None) -> str:
    """By what the letters to the addresses of one list are found again."""
    return f"bulletin.contactlist:{number}"


# ---------------------------------------------------------------- the edition


def edition_sent(edition: Edition) -> int:
    """To everybody who takes the bulletin: what is for everybody, and what they chose."""
    entries = with_lists(edition.entries.standing())
    written = 0
    for numbers, readers in _grouped(entries).items():
        shown = [entry for entry in entries if entry.pk in numbers]
        wording = write(
            "bulletin", subject(edition, shown), f"{FOLDER}/edition.txt", about=about(edition),
            to=readers, headers=list_headers(), bulk=True, **letter(edition, shown),
        )  # fmt: skip
        written += wording.letters.count()
    return written


def letter(edition: Edition, entries: list[Entry]) -> dict[str, Any]:
    """What the letter's template needs; the preview draws the same."""
    return {
        "edition": edition,
        "parts": parts(entries),
        "partnership": partnership(),
        "preheader": "; ".join(entry.title for entry in entries[:3]),
        "together": edition.handed_on_by,
        "checked": edition.approved_by,
        "counted": partnership().bulletin_counts and edition.state == states.SENT,
    }


def subject(edition: Edition, entries: list[Entry]) -> str:
    """Name, number, and the first thing in it."""
    return f"{partnership().bulletin_name} {edition.number}: {entries[0].title}"


def list_headers() -> dict[str, str]:
    """What lets a mail program show one button that ends it (RFC 2369, 2919, 8058)."""
    leave = settings.SITE_ADDRESS + reverse("bulletin-leave", args=["token"])
    domain = messages.own_domain()
    return {
        "List-Id": f"<bulletin.{domain}>",
        "List-Unsubscribe": f"<{leave.replace('token', drawing.place('leave'))}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def with_lists(entries: Any) -> list[Entry]:
    """Entries with their section, and the numbers of their topics and areas."""
    found = entries.select_related("section", "item").annotate(
        topic_ids=ArrayAgg("topics", distinct=True, filter=Q(topics__isnull=False), default=[]),
        area_ids=ArrayAgg("areas", distinct=True, filter=Q(areas__isnull=False), default=[]),
    )
    return in_order(found)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By section, as the settings have them; in each as the editor has put them."""
    return sorted(entries, key=lambda entry: (_rank(entry), entry.place, entry.pk))


def parts(entries: Iterable[Entry]) -> list[Part]:
    """The sections that have anything in them."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in in_order(entries):
        found[entry.section.name if entry.section else REST].append(entry)
    return [Part(name, inside) for name, inside in found.items()]


def fits(entry: Entry, chosen: Chosen) -> bool:
    """Whether a reader who chose these topics and areas gets it: nothing chosen means all."""
    for theirs, its in zip(chosen, (entry.topic_ids, entry.area_ids), strict=True):
        if theirs and its and not theirs & set(its):
            return False
    return True


def _rank(entry: Entry) -> tuple[int, int]:
    return (entry.section.order, entry.section.pk) if entry.section else (9999, 0)


def _grouped(entries: list[Entry]) -> dict[frozenset[int], list[Recipient]]:
    """Readers who get the same, together: the letter is drawn once for all of them."""
    same: dict[Chosen, frozenset[int]] = {}
    groups: dict[frozenset[int], list[Recipient]] = defaultdict(list)
    for subscription, chosen in _readers():
        if chosen not in same:
            same[chosen] = frozenset(entry.pk for entry in entries if fits(entry, chosen))
        if same[chosen]:
            groups[same[chosen]].append(recipient(subscription))
    return groups


def _readers() -> Iterator[tuple[Subscription, Chosen]]:
    found = Subscription.objects.live().annotate(
        topic_ids=ArrayAgg("topics", distinct=True, filter=Q(topics__isnull=False), default=[]),
        area_ids=ArrayAgg("areas", distinct=True, filter=Q(areas__isnull=False), default=[]),
    )
    found = list(found.order_by("pk"))
    silent = suppressed(one.address for one in found)
    for one in found:
        if one.address not in silent:
            yield one, (frozenset(one.topic_ids), frozenset(one.area_ids))


def recipient(subscription: Subscription) -> Recipient:
    """One reader's copy: their links, their address, since when."""
    fill = {
        "leave": subscription.leave_token,
        "choose": subscription.choose_token,
        "address": subscription.address,
        "since": day(subscription.confirmed_at or subscription.asked_at),
    }
    return Recipient(subscription.address, person=subscription.person_id, fill=fill)


# ------------------------------------------------------------- other letters


def confirm_item(item: Item) -> None:
    """To somebody who suggested something without an account: was it you?"""
    link = _link("bulletin-confirm-items", signed("items", item.by_address))
    _write("confirm_item", "Was this suggestion yours?", [item.by_address], link, unconfirmed=True)


def item_taken(item: Item) -> None:
    """To whoever suggested it: it stands in the next bulletin."""
    _write("item_taken", "Your suggestion is taken", [_to(item)], _link("bulletin"), item=item)


def item_not_taken(item: Item) -> None:
    """To whoever suggested it: it is not taken, and why."""
    link = _link("bulletin-suggest")
    _write("item_not_taken", "Your suggestion is not taken", [_to(item)], link, item=item)


def confirm_subscription(subscription: Subscription) -> None:
    """To an address that somebody typed: the bulletin comes only if it answers."""
    link = _link("bulletin-confirm", subscription.confirm_token)
    _write(
        "confirm_subscription", "Shall we send you the bulletin?", [subscription.address], link,
        unconfirmed=True,
    )  # fmt: skip


def ask_contact(subscription: Subscription) -> None:
    """To a person whose address stood in a list: may we send it?"""
    link = _link("bulletin-confirm", subscription.confirm_token)
    _write(
        "ask_contact", "Shall we send you our bulletin?", [subscription.address], link,
        unconfirmed=True, source=subscription.source, about=about_list(subscription.came_with_id),
        not_before=subscription.came_with.letters_leave_at,
    )  # fmt: skip


def reader_added(subscription: Subscription) -> None:
    """To an organisation's address that stood in a list: it comes from now on, and how it ends."""
    link = _link("bulletin-leave", subscription.leave_token)
    _write(
        "reader_added", "You get our weekly bulletin now", [subscription.address], link,
        unconfirmed=True, source=subscription.source, about=about_list(subscription.came_with_id),
        not_before=subscription.came_with.letters_leave_at,
    )  # fmt: skip


def has_it_already(subscription: Subscription) -> None:
    """To an address that has the bulletin and was typed once more: where to choose topics."""
    link = _link("bulletin-choose", subscription.choose_token)
    _write(
        "has_it_already", "You get the bulletin already", [subscription.address], link,
        unconfirmed=True,
    )  # fmt: skip


def edition_waits(edition: Edition) -> None:
    """To everybody who may approve it, once each."""
    people = {post.user_id: post.user for post in permissions.second_people(edition)}
    to = [Recipient(person.email, person=person.pk) for person in people.values()]
    link = _link("bulletin-make", edition.pk)
    _write("edition_waits", "A bulletin waits for a second person", to, link, edition=edition)


def _write(kind: str, subject: str, to: list, link: str, **more: Any) -> None:
    write(
        kind, subject, f"{FOLDER}/{kind}.txt", about=more.pop("about", ""), to=to, link=link,
        partnership=partnership(), **more,
    )  # fmt: skip


def _to(item: Item) -> Recipient:
    return Recipient(item.by_address, person=item.by_id)


def _link(name: str, *args: object) -> str:
    return settings.SITE_ADDRESS + reverse(name, args=args)
