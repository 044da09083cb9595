"""The product against the oracle: by both locks, by each lock alone, by pages, and with holes in it."""

import os

import pytest
from django.urls import reverse

from saidanddone.core import questions
from saidanddone.earlyhelp import models
from tests.earlyhelp import oracle
from tests.earlyhelp.asking import decisions, expected, locked, unlocked, wrong
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


def test_the_second_lock_alone_shows_no_row_too_many_and_none_too_few():
    world = make_world(77)
    for seat in world.seats:
        if not seat.strong and seat.post:
            continue  # told without their post: as themselves alone, which others here are
        seen = rows_of(world, seat)
        for house in world.houses:
            told = expected(seat, house)
            told["know"] = {world.rows[house].story.reference: oracle.knows(seat, house)}
            _own_too(seat, house, told)
            for kind in seen:
                for mark, may in told[kind].items():
                    assert (mark in seen[kind]) == may, (seat.name, kind, mark)


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
