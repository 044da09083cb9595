"""The product against the oracle: by both locks, by each lock alone, by pages, and with holes in it."""

import os

import pytest
from django.urls import reverse

from saidanddone.core import questions
from tests.earlyhelp import oracle
from tests.earlyhelp.asking import decisions, expected, locked, unlocked, wrong, wrong_rows
from tests.earlyhelp.holes import HOLES
from tests.earlyhelp.worlds import make_world
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
SEED = int(os.environ.get("ORACLE_SEED", "1"))  # ./bench access takes others by chance


def test_twenty_thousand_decisions_and_none_is_wrong():
    """Each person about each thing of each family: by both locks, and by the code's own alone."""
    count, seed = 0, SEED
    while count < 20_000:
        faults, compared = wrong(make_world(seed, houses=6, texts=12), locked, unlocked)
        assert faults == [], f"ORACLE_SEED={seed} shows it again"
        count, seed = count + compared, seed + 1


def test_the_second_lock_alone_shows_no_row_too_many_and_none_too_few():
    world = make_world(77)
    for seat in world.seats:
        assert wrong_rows(world, seat) == []


def test_each_planted_hole_is_found(monkeypatch):
    """Each is asked of those to whom it is likeliest to show itself, in one borough after another."""
    boroughs, missed = [make_world(seed, houses=12, texts=8) for seed in (901, 902, 903)], []
    for name, (plant, *names) in HOLES.items():
        with monkeypatch.context() as patch:
            plant(patch)
            questions.kept.forget()  # what is asked was written without the hole
            if not any(shows(one, names) for one in boroughs):
                missed.append(name)
    assert missed == []
    assert len(HOLES) >= 20


def shows(world, names):
    """Whether a decision is wrong for somebody whose name begins so."""
    asked = [seat for seat in world.seats if seat.name.startswith(tuple(names))]
    found = decisions(world, unlocked, only=asked, deeds=1)
    return any(faults for _, faults in found)


def test_pages_tell_what_may_be_told_and_of_no_other_family(client):
    """Each page of each story and each list, for everybody."""
    world, decided = make_world(55, houses=3), 0
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
