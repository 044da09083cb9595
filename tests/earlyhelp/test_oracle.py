"""The product against the oracle: by both locks, by each lock alone, by pages, and with holes in it."""

import os

import pytest
from django.urls import reverse

from saidanddone.core import identity
from saidanddone.earlyhelp import models, permissions
from tests.earlyhelp import oracle
from tests.earlyhelp.holes import HOLES
from tests.earlyhelp.worlds import make_world
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
SEEDS = range(int(os.environ.get("ORACLE_SEED", "1")), 100_000_000)
DECISIONS = int(os.environ.get("ORACLE_DECISIONS", "1000"))


def expected(seat, house):
    """By kind, each thing of a house and whether this one may see it."""
    return {
        "know": {house.mark: oracle.knows(seat, house)},
        "read": {house.mark: oracle.reads(seat, house)},
        "all": {house.mark: oracle.reads_all(seat, house)},
        "members": {house.mark + f"m{n}q": oracle.reads(seat, house) for n in range(3)},
        "cover": {house.mark + "cq": oracle.reads(seat, house)},
        "parts": {one.mark: oracle.reads_part(seat, house, one) for one in house.parts},
        "words": {one.mark: oracle.hears(seat, house, one) for one in house.words},
        "team": {
            f"{house.mark}{one.seat.post}": oracle.sees_member(seat, house, one)
            for one in house.team
        },
    }


def known(user):
    """Which stories somebody knows of, may read, and may read whole: three questions for all."""
    asked = {"know": permissions.KNOW, "read": permissions.READ, "all": permissions.ALL_BUT_SEALED}
    return {
        kind: set(permissions.visible_stories(user, parts).values_list("pk", flat=True))
        for kind, parts in asked.items()
    }


def told_of(user, story):
    """By kind, what the product's own questions answer of one story."""
    cover = permissions.visible_cover(user, story)
    parts = permissions.visible_contributions(user, story)
    words = permissions.visible_words(user, story).filter(story=story.pk)
    team = permissions.visible_team(user, story)
    return {
        "members": set(permissions.visible_members(user, story).values_list("name", flat=True)),
        "cover": {cover.why_now} if cover else set(),
        "parts": set(parts.values_list("strengths", flat=True)),
        "words": set(words.values_list("words", flat=True)),
        "team": set(team.values_list("purpose", flat=True)),
    }


def decisions(world, within):
    """One after the other: how many are compared, and those in which the two differ."""
    for seat in world.seats:
        with within(world.users[seat]):
            lists = known(world.users[seat])
            for house in world.houses:
                told, may = _told(world, seat, house, lists), expected(seat, house)
                yield sum(len(may[kind]) for kind in told), _differences(seat, told, may)


def wrong(world, within):
    """Each decision in which the two differ, and how many were compared."""
    every = list(decisions(world, within))
    return [one for _, faults in every for one in faults], sum(count for count, _ in every)


def _told(world, seat, house, lists):
    """What is answered of a house; of one that is not known, in one case of ten, also its parts."""
    story = world.rows[house].story
    told = {kind: {house.mark} if story.pk in found else set() for kind, found in lists.items()}
    if told["know"] or oracle.knows(seat, house) or world.chance.random() < 0.1:
        told |= told_of(world.users[seat], story)
    return told


def _differences(seat, told, may):
    return [
        (seat.name, kind, mark, "disclosed" if mark in told[kind] else "refused")
        for kind in told
        for mark in set(may[kind]) | told[kind]
        if may[kind].get(mark, False) != (mark in told[kind])
    ]


def locked(user):
    """Both locks: a post counts only when surely signed in, as the guard of the pages tells it."""
    post = user.acting_for.pk if user.acting_for is not None and user.strong else None
    return identity.acting(user.pk, post, purpose="test")


def unlocked(_user):
    """The database's lock is off: what is left is the code's own."""
    return identity.as_system("test")


def test_no_wrong_disclosure_and_no_wrong_refusal():
    count, number = 0, iter(SEEDS)
    while count < DECISIONS:
        seed = next(number)
        within = locked if seed % 2 else unlocked  # both locks; the code's own alone
        faults, compared = wrong(make_world(seed), within)
        assert faults == [], f"seed {seed}"
        count += compared


def rows_of(world, seat):
    """Every row that the database shows this one, whatever the code asks."""
    tables = {
        "know": models.Story.objects.values_list("reference", flat=True),
        "cover": models.Cover.objects.values_list("why_now", flat=True),
        "members": models.FamilyMember.objects.values_list("name", flat=True),
        "parts": models.Contribution.objects.values_list("strengths", flat=True),
        "words": models.ChildsWords.objects.values_list("words", flat=True),
        "team": models.TeamMembership.objects.values_list("purpose", flat=True),
    }
    with locked(world.users[seat]):
        return {kind: set(query.order_by()) for kind, query in tables.items()}


def test_the_second_lock_alone_shows_no_row_too_many_and_none_too_few():
    world = make_world(77)
    for seat in world.seats:
        if not seat.strong and seat.post:
            continue  # told without their post: as themselves alone, which others here are
        seen = rows_of(world, seat)
        for house in world.houses:
            told = expected(seat, house)
            told["know"] = {world.rows[house].story.reference: oracle.knows(seat, house)}
            for one in house.parts:  # own work stays one's own
                told["parts"][one.mark] |= oracle.owns(seat, one.author, house)
            for one in house.team:
                mark = f"{house.mark}{one.seat.post}"
                told["team"][mark] |= oracle.owns(seat, one.seat, house)
            for kind in seen:
                for mark, may in told[kind].items():
                    assert (mark in seen[kind]) == may, (seat.name, kind, mark)


@pytest.mark.skipif(
    "ORACLE_HOLES" not in os.environ, reason="Minutes long: ORACLE_HOLES=1 asks for it"
)
def test_each_planted_hole_is_found(monkeypatch):
    worlds, missed = [make_world(seed, houses=6) for seed in (901, 902)], []
    for name, plant in HOLES.items():
        with monkeypatch.context() as patch:
            plant(patch)
            if not any(faults for one in worlds for _, faults in decisions(one, unlocked)):
                missed.append(name)
    assert missed == []


def test_pages_tell_what_may_be_told_and_of_no_other_family(client):
    """Each page of each story and each list, for everybody."""
    world, decided = make_world(55, houses=4), 0
    for seat in world.seats:
        if seat.ended or seat.post is None:
            continue  # no session outlives its post; families have pages of their own
        _enter(client, world, seat)
        listed = client.get(reverse("stories")).text
        for house in world.houses:
            story = world.rows[house].story
            assert (story.reference in listed) == oracle.knows(seat, house), (seat.name, house.mark)
            page = client.get(reverse("story", args=[story.pk]))
            assert (page.status_code == 200) == oracle.reads(seat, house), (seat.name, house.mark)
            decided += 2 + _page_tells(page.text, seat, house, world)
    assert decided > 2000


def _enter(client, world, seat):
    user = world.users[seat]
    sign_in(client, user.acting_for or user, strong=seat.strong)


def _page_tells(text, seat, house, world):
    """Each mark of this house stands there if it may; no other house's ever does."""
    told = expected(seat, house)
    may = {mark for kind in ("parts", "words") for mark, yes in told[kind].items() if yes}
    # A draft is its author's to go on with on its own page.
    drafts = {one.mark for one in house.parts if not one.signed}
    found = {one.mark for one in [*house.parts, *house.words] if one.mark in text}
    if not oracle.reads(seat, house):  # the shut-out agency keeps what it wrote itself
        own = {one.mark for one in house.parts if oracle.owns(seat, one.author, house)}
        found, may = found - own, set()
    assert found - drafts == may - drafts, (seat.name, house.mark)
    assert found <= may | drafts
    others = [one for one in world.houses if one is not house]
    assert not [one.mark for one in others if f"{one.mark}" in text]
    return len(house.parts) + len(house.words) + len(others)


def test_the_oracle_knows_nothing_of_the_product():
    text = oracle.__loader__.get_source(oracle.__name__)
    assert "saidanddone" not in text.replace("Said & Done", "")
