"""The Network and its bulletin: members, a year of editions, and this week's waiting for its editor."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import cycle, islice, product
from typing import Any

from django.contrib.auth.hashers import make_password

from saidanddone.bulletin import states, verbs
from saidanddone.bulletin.models import Edition, Entry, Item, Subscription
from saidanddone.core import clock
from saidanddone.dev.demonstration.cast import JOINED
from saidanddone.dev.demonstration.source import whole
from saidanddone.dev.demonstration.story import Story
from saidanddone.events.models import Session
from saidanddone.events.verbs import book_place
from saidanddone.people.models import Membership, Organisation, Post, Profile, User
from saidanddone.reference.models import Area, BulletinSection, Forum, Topic

MEMBERS = 300
EDITIONS = 60
IN_EACH = 5
FIRST_NUMBER = 151
TELLING = ("title", "words", "who_for", "when", "cost", "how", "contact")
MINE = {"clerk": "I run the boards and the bulletin’s second reading", "member": "Friday youth club",
        "practitioner": "Pastoral lead; the door is open at lunch",
        "childminder": "Five children under five, and a garden with a mud kitchen"}  # fmt: skip
OWN_ADDRESS = {"childminder"}  # the others write from an organisation's
TAKERS = ("practitioner", "childminder")  # of the bulletin, and of a place at the next session


class Lists:
    """Topics, areas and sections by their codes."""

    def __init__(self) -> None:
        self.topics = {one.code: one for one in Topic.objects.all()}
        self.areas = {one.code: one for one in Area.objects.filter(parent__isnull=False)}
        self.sections = {one.code: one for one in BulletinSection.objects.all()}

    def of(self, told: dict[str, Any]) -> dict[str, Any]:
        """The lists that an entry of the file names."""
        return {
            "topics": [self.topics[code] for code in told.get("topics", [])],
            "areas": [self.areas[code] for code in told.get("areas", [])],
        }


def load(story: Story) -> None:
    """Everything of it, once all else is told: the last bulletin looks back on it."""
    told, lists = whole("bulletin"), Lists()
    members = _members(told, lists)
    _own_places(story, lists)
    _archive(story, told, lists)
    _this_week(story, told, lists, members)


# ------------------------------------------------------------------ members


def _members(told: dict, lists: Lists) -> list[User]:
    """Three hundred people of the network, all invented, in organisations of which most are too."""
    network, _ = Organisation.objects.get_or_create(
        sector=Organisation.Sector.NETWORK, defaults={"name": "The network"}
    )
    places = list(islice(cycle(_organisations(told, lists)), MEMBERS))
    names = product(told["last_names"], told["first_names"])
    unusable = make_password(None)
    users = User.objects.bulk_create(
        User(email=f"{first}.{last}@demo.example".lower(), name=f"{first} {last}",
             password=unusable, joined_at=clock.now())
        for last, first in islice(names, MEMBERS)
    )  # fmt: skip
    doings = list(islice(cycle(told["doings"]), MEMBERS))
    Post.objects.bulk_create(
        Post(user=user, organisation=network, title=place.name, roles=["subscriber"])
        for user, place in zip(users, places, strict=True)
    )
    profiles = Profile.objects.bulk_create(
        Profile(user=user, works_at=place.name, organisation=place, does=does,
                shares=_shared(number), listed=number % 12 != 0)
        for number, (user, place, does) in enumerate(zip(users, places, doings, strict=True))
    )  # fmt: skip
    subscriptions = Subscription.objects.bulk_create(
        Subscription(address=user.email, person=user, source="Joined the network", state=states.LIVE,
                     kind="individual" if number % 9 == 0 else "corporate",
                     confirmed_at=clock.now(), asked_at=clock.now())
        for number, user in enumerate(users)
    )  # fmt: skip
    _choose(Profile, profiles, lists)
    _choose(Subscription, subscriptions[::3], lists)  # the others get everything
    return users


def _organisations(told: dict, lists: Lists) -> list[Organisation]:
    """Those of the story, and as many more as make ninety."""
    there = list(Organisation.objects.exclude(sector=Organisation.Sector.NETWORK))
    known = {one.name for one in there}
    made = [
        Organisation(name=f"{place} {kind}", sector=sector)
        for place, (kind, sector) in product(told["place_names"], told["place_kinds"])
        if f"{place} {kind}" not in known
    ]
    more = Organisation.objects.bulk_create(made[: max(0, 90 - len(there))])
    _choose(Organisation, more, lists, (("areas", 1),))
    of_sector = {
        "voluntary": ("voluntary-young", "voluntary-alliance"),
        "school": ("school-heads",),
    }
    forums = {one.code: one for one in Forum.objects.all()}
    Membership.objects.bulk_create(
        Membership(organisation=one, forum=forums[code], starts_on=JOINED)
        for one in more[::2]
        for code in of_sector.get(one.sector, ())
    )
    return there + more


def _shared(number: int) -> list[str]:
    always = ["works_at", "does", "areas", "topics"]
    return always + (["email"] if number % 4 == 0 else []) + (["phone"] if number % 7 == 0 else [])


def _choose(
    model: type, records: list, lists: Lists, each_of: tuple = (("topics", 2), ("areas", 1))
) -> None:
    """Each of them two topics and an area, in turn."""
    for name, each in each_of:
        chosen = getattr(lists, name)
        through = getattr(model, name).through
        own, other = model._meta.model_name, name.removesuffix("s")
        turn = cycle(chosen.values())
        through.objects.bulk_create(
            through(**{f"{own}_id": record.pk, f"{other}_id": one.pk})
            for record in records
            for one in islice(turn, each)
        )


def _own_places(story: Story, lists: Lists) -> None:
    """What the personas tell of themselves."""
    for key, does in MINE.items():
        who = story.people[key]
        alone = who.acting_for.organisation.sector == Organisation.Sector.NETWORK
        works_at = who.acting_for.title if alone else who.acting_for.organisation.name
        profile = Profile.objects.create(
            user=who, works_at=works_at, does=does, shares=["works_at", "does", "areas"]
        )
        profile.areas.set([lists.areas["radcliffe"]])
    for key in TAKERS:
        _takes(story.people[key], "individual" if key in OWN_ADDRESS else "corporate")


def _takes(who: User, kind: str) -> None:
    """Gets the bulletin, and has a place at the next session."""
    verbs.take_bulletin(person=who, source="Asked when signed in", kind=kind, by=who)
    coming = Session.objects.coming().filter(state="open", capacity__isnull=False).first()
    book_place(session=coming, name=who.name, email=who.email,
               organisation=who.acting_for.title, by=who)  # fmt: skip


# ------------------------------------------------------------------ editions


def _archive(story: Story, told: dict, lists: Lists) -> None:
    """Sixty bulletins that went out, one a week until last Friday."""
    monday = verbs.week_to_come()
    turn, openings = cycle(told["item"]), cycle(told["openings"])
    editions = Edition.objects.bulk_create(
        _sent(story, FIRST_NUMBER + number, monday - timedelta(weeks=EDITIONS - number), opening)
        for number, opening in zip(range(EDITIONS), openings, strict=False)
    )
    pairs = [(edition, one) for edition in editions for one in islice(turn, IN_EACH)]
    items = Item.objects.bulk_create(_printed(story, edition, one, lists) for edition, one in pairs)
    entries = Entry.objects.bulk_create(
        Entry(edition=edition, kind="item", item=item, key=f"item:{item.pk}",
              path=item.get_absolute_url(), place=place, section=item.section,
              **{name: getattr(item, name) for name in TELLING})
        for place, ((edition, _), item) in enumerate(zip(pairs, items, strict=True))
    )  # fmt: skip
    for model, records in ((Item, items), (Entry, entries)):
        for name in ("topics", "areas"):
            through = getattr(model, name).through
            own, other = model._meta.model_name, name.removesuffix("s")
            through.objects.bulk_create(
                through(**{f"{own}_id": record.pk, f"{other}_id": each.pk})
                for record, (_, one) in zip(records, pairs, strict=True)
                for each in lists.of(one)[name]
            )


def _sent(story: Story, number: int, week: Any, opening: str) -> Edition:
    edition = Edition(
        number=number, week=week, title=verbs.editing.TITLE, opening=opening, state=states.SENT,
        handed_on_by=story.people["editor"], approved_by=story.people["clerk"],
    )  # fmt: skip
    out = edition.planned_for
    edition.compiled_at, edition.handed_on_at = out - timedelta(days=4), out - timedelta(hours=20)
    edition.approved_at, edition.send_at, edition.sent_at = out - timedelta(hours=18), out, out
    return edition


def _printed(story: Story, edition: Edition, one: dict, lists: Lists) -> Item:
    out: datetime = edition.sent_at
    return Item(
        **{name: one.get(name, "") for name in TELLING}, section=lists.sections.get(one["section"]),
        by_name="The network", by_address="office@demo.example", state=states.PRINTED,
        submitted_at=out - timedelta(days=6), decided_at=out - timedelta(days=5),
        decided_by=story.people["editor"], printed_at=out,
    )  # fmt: skip


def _this_week(story: Story, told: dict, lists: Lists, members: list[User]) -> None:
    """Some taken, some to read, and the next bulletin as its editor finds it."""
    editor, authors = story.people["editor"], iter(members)

    def suggest(one: dict) -> Item:
        section = lists.sections.get(one.get("section", ""))
        fields = {name: one.get(name, "") for name in TELLING}
        by = next(authors)
        return verbs.submit_item(by=by, **fields, section=section, **lists.of(one))

    _at(story, 3, lambda: [
        verbs.accept_item(item=suggest(one), by=editor) for one in told["taken"]
    ])  # fmt: skip
    _at(story, 1, lambda: [suggest(one) for one in told["suggested"]])
    _at(story, 3, lambda: [
        verbs.decline_item(item=suggest(one), why=one["why"], by=editor) for one in told["declined"]
    ])  # fmt: skip
    _at(story, 3, lambda: _leaves(members[-1]))
    _at(story, 0, lambda: verbs.compile_edition(week=verbs.week_to_come(), by=editor))


def _leaves(member: User) -> None:
    """Somebody has had enough letters, and says so on their own page."""
    leaving = Subscription.objects.get(person=member)
    verbs.end_subscription(subscription=leaving, how=Subscription.How.ACCOUNT, by=member)


def _at(story: Story, days_ago: int, deed: Callable[[], Any]) -> None:
    with clock.stand_at(story.now - timedelta(days=days_ago, minutes=5)):
        deed()
