"""The product is asked what the oracle answers: each decision about one person and one thing."""

from importlib import import_module

from saidanddone.core import identity
from saidanddone.earlyhelp import models, permissions
from tests.earlyhelp import oracle

KINDS = ("members", "parts", "words", "team", "contacts", "looks", "address")
# By its full name: the package has a function that is called the same.
rights = import_module("saidanddone.earlyhelp.permissions.rights")


def expected(seat, house):
    """By kind, each thing of a house and whether this one may see it, or do it."""
    reads = oracle.reads(seat, house)
    return {
        "know": {house.mark: oracle.knows(seat, house)},
        "read": {house.mark: reads},
        "all": {house.mark: oracle.reads_all(seat, house)},
        "may": {deed: oracle.may(seat, house, deed) for deed in oracle.DEEDS},
        "members": {house.mark + f"m{n}q": reads for n in range(3)},
        "parts": {one.mark: oracle.reads_part(seat, house, one) for one in house.parts},
        "words": {one.mark: oracle.hears(seat, house, one) for one in house.words},
        "team": {
            f"{house.mark}{one.seat.post}": oracle.sees_member(seat, house, one)
            for one in house.team
        },
        "contacts": {one.mark: oracle.reads_contact(seat, house, one) for one in house.contacts},
        "looks": {one.mark: oracle.sees_look(seat, house, one) for one in house.looks},
        "address": {house.mark + "aq": oracle.reads_address(seat, house)},
        "cover": {house.mark + "cq": reads},
    }


def known(user):
    """Which stories somebody knows of, may read, and may read whole: three questions for all."""
    asked = {"know": permissions.KNOW, "read": permissions.READ, "all": permissions.ALL_BUT_SEALED}
    return {
        kind: set(permissions.visible_stories(user, parts).values_list("pk", flat=True))
        for kind, parts in asked.items()
    }


def parts_of(user, story):
    """By kind, what the product's own questions give of one story, as marks."""
    return {
        "members": permissions.visible_members(user, story).values_list("name"),
        "parts": permissions.visible_contributions(user, story).values_list("strengths"),
        "words": permissions.visible_words(user, story).values_list("words"),
        "team": permissions.visible_team(user, story).values_list("purpose"),
        "contacts": permissions.visible_contacts(user, story)
        .prefetch_related(None)
        .values_list("what"),
        "looks": permissions.visible_looks(user, story).values_list("purpose"),
        "address": permissions.visible_addresses(user, story).values_list("closed"),
    }


def asked(user, story):
    """By kind, the marks that the product shows of one story, as on a page: rights are asked once."""
    with permissions.remembering(user, story, rights.held_here(user, story)):
        return asked_afresh(user, story)


def asked_afresh(user, story):
    """The same as in a deed, where rights are asked at every question."""
    found = {kind: {row[0] for row in query} for kind, query in parts_of(user, story).items()}
    found["address"] = {bytes(one).decode() for one in found["address"]}
    return found


def decisions(world, *locks, only=None, deeds=0.2):
    """One after the other: how many are compared, and those in which the two differ.

    `deeds` says of how many stories it is asked too what may be done there.
    """
    for seat in only or world.seats:
        for lock in locks:
            with lock(world.users[seat]):
                yield from _decided(world, seat, deeds)


def _decided(world, seat, deeds):
    user, chance = world.users[seat], world.chance
    lists = known(user)
    for house in world.houses:
        story, may = world.rows[house].story, expected(seat, house)
        told = {kind: {house.mark} if story.pk in seen else set() for kind, seen in lists.items()}
        told |= asked(user, story)
        if chance.random() < deeds:
            told["may"] = permissions.story_verbs(user, story) & set(oracle.DEEDS)
        if chance.random() < 0.02:
            cover = permissions.visible_cover(user, story)
            told["cover"] = {cover.why_now} if cover else set()
            assert asked_afresh(user, story) == {kind: told[kind] for kind in KINDS}
        yield sum(len(may[kind]) for kind in told), differences(seat, told, may)


def differences(seat, told, may):
    """Each thing that was disclosed or refused, and should not have been."""
    return [
        (seat.name, kind, mark, "disclosed" if mark in told[kind] else "refused")
        for kind in told
        for mark in set(may[kind]) | told[kind]
        if may[kind].get(mark, False) != (mark in told[kind])
    ]


def wrong(world, *locks):
    """Each decision in which the two differ, and how many were compared."""
    every = list(decisions(world, *locks))
    return [one for _, faults in every for one in faults], sum(count for count, _ in every)


def locked(user):
    """Both locks: a post counts only when surely signed in, as the guard of the pages tells it."""
    post = user.acting_for.pk if user.acting_for is not None and user.strong else None
    return identity.acting(user.pk, post, purpose="test")


def unlocked(_user):
    """The database's lock is off: what is left is the code's own."""
    return identity.as_system("test")


# ------------------------------------------------------------------ the database by itself


def rows_of(world, seat):
    """Every row that the database shows this one, whatever the code asks."""
    tables = {
        "know": models.Story.objects.values_list("reference", flat=True),
        "cover": models.Cover.objects.values_list("why_now", flat=True),
        "members": models.FamilyMember.objects.values_list("name", flat=True),
        "parts": models.Contribution.objects.values_list("strengths", flat=True),
        "words": models.ChildsWords.objects.values_list("words", flat=True),
        "team": models.TeamMembership.objects.values_list("purpose", flat=True),
        "contacts": models.Contact.objects.values_list("what", flat=True),
        "looks": models.Look.objects.values_list("purpose", flat=True),
        "address": models.SafeAddress.objects.values_list("closed", flat=True),
    }
    with locked(world.users[seat]):
        return {kind: {as_text(one) for one in query.order_by()} for kind, query in tables.items()}


def as_text(mark):
    return mark if isinstance(mark, str) else bytes(mark).decode()


def wrong_rows(world, seat):
    """Each row that the database by itself shows this one and should not, or keeps from them."""
    if not seat.strong and seat.post:
        return []  # told without their post: as themselves alone, which others here are
    seen, faults = rows_of(world, seat), []
    for house in world.houses:
        told = expected(seat, house)
        told["know"] = {world.rows[house].story.reference: oracle.knows(seat, house)}
        _own_too(seat, house, told)
        faults += [
            (seat.name, kind, mark)
            for kind in seen for mark, may in told[kind].items() if (mark in seen[kind]) != may
        ]  # fmt: skip
    return faults


def _own_too(seat, house, told):
    """By the database alone own work stays one's own, and so do looks; an officer's are asked apart."""
    for one in house.parts:
        told["parts"][one.mark] |= oracle.owns(seat, one.author, house)
    for one in house.contacts:
        told["contacts"][one.mark] |= oracle.owns(seat, one.author, house)
    for one in house.team:
        told["team"][f"{house.mark}{one.seat.post}"] |= oracle.owns(seat, one.seat, house)
    for one in house.looks:
        told["looks"][one.mark] |= one.author.person == seat.person and not one.refused
        told["looks"][one.mark] |= oracle.watches(seat, house)
    named = "family" in oracle.held(seat, house) and seat.person in house.address_for
    told["address"][house.mark + "aq"] |= named
