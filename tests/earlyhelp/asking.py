"""The product is asked what the oracle answers: each decision about one person and one thing."""

import contextlib
from types import SimpleNamespace
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection

from saidanddone.core import identity
from saidanddone.earlyhelp import permissions
from tests.earlyhelp import oracle

KINDS = ("members", "parts", "words", "team", "contacts", "looks", "address")
ANY = SimpleNamespace(pk=UUID(int=7))  # stands for each story in turn


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
        "words": permissions.visible_words(user, story).filter(story=story.pk).values_list("words"),
        "team": permissions.visible_team(user, story).values_list("purpose"),
        "contacts": permissions.visible_contacts(user, story)
        .filter(story=story.pk)
        .prefetch_related(None)
        .values_list("what"),
        "looks": permissions.visible_looks(user, story)
        .filter(story=story.pk)
        .values_list("purpose"),
        "address": permissions.visible_addresses(user, story).values_list("closed"),
    }


class Questions:
    """What one person may see of a story, made into SQL once and asked of each story in turn.

    Django takes longer to write these queries, and the database to plan them, than to answer them;
    of another story nothing differs but its number. `asked_plainly` holds this to the ordinary way.
    """

    def __init__(self, user):
        asked = []
        for kind, query in parts_of(user, ANY).items():
            with contextlib.suppress(EmptyResultSet):
                asked.append(as_marks(kind, *query.order_by().query.sql_with_params()))
        self.sql = " UNION ALL ".join(asked)

    def __enter__(self):
        if self.sql:
            with connection.cursor() as cursor:
                cursor.execute("SET plan_cache_mode = force_generic_plan")
                cursor.execute(f"PREPARE asked (uuid) AS {self.sql}")
        return self

    def __exit__(self, *failure):
        if self.sql and failure[0] in {None, GeneratorExit}:
            with connection.cursor() as cursor:
                cursor.execute("DEALLOCATE asked")
                cursor.execute("RESET plan_cache_mode")

    def of(self, story):
        """By kind, the marks that are there for them."""
        found = {kind: set() for kind in KINDS}
        if self.sql:
            with connection.cursor() as cursor:
                cursor.execute("EXECUTE asked (%s)", [story.pk])
                for kind, mark in cursor.fetchall():
                    found[kind].add(mark)
        return found


def as_marks(kind, sql, params):
    """One question as text, with the story left open."""
    with connection.cursor() as cursor:
        text = cursor.cursor.mogrify(sql, params).replace(f"'{ANY.pk.hex}'::uuid", "$1")
    assert "$1" in text
    assert ANY.pk.hex not in text
    mark = "convert_from(mark, 'UTF8')" if kind == "address" else "mark::text"
    return f"SELECT '{kind}', {mark} FROM ({text}) AS {kind}_of (mark)"


def asked_plainly(user, story):
    """The same by the product's own functions, story by story."""
    found = {
        kind: {row[0] for row in query.order_by()} for kind, query in parts_of(user, story).items()
    }
    found["address"] = {bytes(one).decode() for one in found["address"]}
    return found


def decisions(world, *locks, only=None, deeds=0.2):
    """One after the other: how many are compared, and those in which the two differ.

    `deeds` says of how many stories it is asked too what may be done there.
    """
    for seat in only or world.seats:
        user = world.users[seat]
        with Questions(user) as questions:
            for lock in locks:
                with lock(user):
                    yield from _decided(world, seat, questions, deeds)


def _decided(world, seat, questions, deeds):
    user, chance = world.users[seat], world.chance
    lists = known(user)
    for house in world.houses:
        story, may = world.rows[house].story, expected(seat, house)
        told = {kind: {house.mark} if story.pk in seen else set() for kind, seen in lists.items()}
        told |= questions.of(story)
        if chance.random() < deeds:
            told["may"] = permissions.story_verbs(user, story) & set(oracle.DEEDS)
        if chance.random() < 0.02:
            cover = permissions.visible_cover(user, story)
            told["cover"] = {cover.why_now} if cover else set()
            assert asked_plainly(user, story) == {kind: told[kind] for kind in KINDS}
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
