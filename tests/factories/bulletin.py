"""Items, editions and subscriptions for tests."""

from itertools import count

from saidanddone.bulletin import states
from saidanddone.bulletin.models import Edition, Entry, Item, Subscription
from saidanddone.bulletin.models.editions import monday_of
from saidanddone.core import clock
from saidanddone.reference.models import BulletinSection
from tests.factories.people import make_user

_numbers = count(1)


def make_section(**over):
    """A part of the bulletin."""
    number = next(_numbers)
    given = {"code": f"section-{number}", "name": f"Section {number}", "order": number} | over
    return BulletinSection.objects.create(**given)


def make_item(*, topics=(), areas=(), **over):
    """A suggestion that waits to be read."""
    number = next(_numbers)
    given = {
        "title": f"Item {number}", "words": "Come to the hall on Saturday.", "by_name": "Wren",
        "by_address": f"wren{number}@charity.example",
    } | over  # fmt: skip
    item = Item.objects.create(**given)
    item.topics.set(topics)
    item.areas.set(areas)
    return item


def make_taken(**over):
    """One that an editor has accepted."""
    given = {"state": states.ACCEPTED, "decided_at": clock.now()} | over
    given.setdefault("decided_by", None)
    given["decided_by"] = given["decided_by"] or make_user()
    return make_item(**given)


def make_edition(**over):
    """This week's draft, unless told otherwise."""
    number = next(_numbers)
    given = {"number": number, "week": monday_of(clock.today()), "title": "This week"} | over
    return Edition.objects.create(**given)


def make_sent(**over):
    """One that went out."""
    given = {"state": states.SENT, "sent_at": clock.now()} | over
    return make_edition(**given)


def make_entry(edition, *, topics=(), areas=(), **over):
    """One thing in an edition: something suggested, unless told otherwise."""
    number = next(_numbers)
    given = {
        "kind": "item", "title": f"Thing {number}", "words": "Good to know.", "place": number,
    } | over  # fmt: skip
    if given["kind"] == "item":
        item = given.setdefault("item", None) or make_taken()
        given = {"path": item.get_absolute_url()} | given
        given |= {"item": item, "key": f"item:{item.pk}"}
    entry = Entry.objects.create(edition=edition, **given)
    entry.topics.set(topics)
    entry.areas.set(areas)
    return entry


def make_subscription(*, topics=(), areas=(), **over):
    """An address that gets the bulletin."""
    number = next(_numbers)
    given = {
        "address": f"reader{number}@school.example", "kind": "corporate", "source": "test",
        "state": states.LIVE, "confirmed_at": clock.now(),
    } | over  # fmt: skip
    subscription = Subscription.objects.create(**given)
    subscription.topics.set(topics)
    subscription.areas.set(areas)
    return subscription
