"""Who lets a record go: the product against the oracle, by chance, one proposing and one agreeing."""

import random
from datetime import timedelta
from itertools import product

import pytest

from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.earlyhelp import models, verbs
from tests.earlyhelp import oracle
from tests.earlyhelp.asking import locked
from tests.earlyhelp.crafting import undone
from tests.earlyhelp.oracle import House, Seat
from tests.earlyhelp.test_oracle import SEED
from tests.factories.people import act, make_post

pytestmark = pytest.mark.django_db


def make_seats():
    """Whoever might ask, and the same as users. No session outlives a post, so nobody's is over."""
    for name, role, strong in (
        ("officer", "privacy_officer", True), ("another", "privacy_officer", True),
        ("by code", "privacy_officer", False), ("coordinator", "coordinator", True),
        ("worker", "practitioner", True), ("administrator", "administrator", True),
    ):  # fmt: skip
        user = act(make_post(role), strong=strong)
        number = user.acting_for.pk
        yield Seat(name, user.pk, number, roles=frozenset([role]), strong=strong), user


def make_record(chance, users, mark):
    """A family by chance: what the oracle is told of it, and its story in the database."""
    by = users[0].acting_for
    some = [one.pk for one in users if chance.random() < 0.25]
    house = House(mark, None, lead=None, closed_over=chance.random() < 0.8)
    house.on_hold, house.goes_on = chance.random() < 0.2, chance.random() < 0.15
    house.door, house.related = frozenset(some[:1]), frozenset(some[1:2])
    if chance.random() < 0.3:
        house.sealed_for = frozenset(one.pk for one in chance.sample(users, 3))
    home = models.Family.objects.create(called=mark, made_by=by)
    story = models.Story.objects.create(
        family=home, lead=by, opened_by=by, reference=home.reference, state="closed",
        closed_at=clock.now() - timedelta(days=26 * 366), close_reason="needs-met",
        keep_until=clock.today() + timedelta(days=-1 if house.closed_over else 0),
    )  # fmt: skip
    models.Access.objects.create(  # as for every story: whoever coordinates knows of it
        story=story, family=home, part="know", kind="coordination",
        ends_at=clock.now() + timedelta(days=9),
    )  # fmt: skip
    _barring(house, story, by)
    if house.on_hold:
        models.LegalHold.objects.create(story=story, why="x", set_by=by)
    if house.goes_on:
        models.Story.objects.create(
            family=home, lead=by, opened_by=by, reference=home.reference, state="assessing"
        )
    return house, story


def _barring(house, story, by):
    home = story.family
    for person in house.door:
        models.Access.objects.create(
            story=story, family=home, person_id=person, part="family", kind="family",
            ends_at=clock.now() + timedelta(days=9),
        )  # fmt: skip
    for person in house.related:
        models.Conflict.objects.create(
            family=home, person_id=person, relation="aunt", declared_by_id=person
        )
    if house.sealed_for is not None:
        models.Seal.objects.create(
            family=home, readers=sorted(house.sealed_for), why="x", set_by=by,
            review_on=clock.today(),
        )  # fmt: skip


def done(verb, user, **what):
    """Whether the product lets them; afterwards nothing is as if it had."""
    with undone():
        try:
            with locked(user):
                verb(by=user, **what)
        except (Refused, Moved):
            return False
        return True


def test_a_record_goes_by_those_two_whom_the_oracle_names_and_by_nobody_else():
    seats = dict(make_seats())
    users, chance, yes = list(seats.values()), random.Random(SEED), 0
    with identity.as_system("test"):
        records = [make_record(chance, users, f"keep{number}") for number in range(14)]
    for house, story in records:
        for seat, user in seats.items():
            may = oracle.may_propose(seat, house)
            assert done(verbs.propose_disposal, user, story=story.pk) == may, (seat.name, house)
            yes += may
        for first, (seat, user) in product(list(seats)[:2], seats.items()):
            if oracle.barred(first, house):
                continue  # not even the database lets them propose it
            with undone():
                with locked(seats[first]):
                    planned = proposed(story, seats[first])
                may = oracle.may_agree(seat, house, first)
                assert done(verbs.agree_disposal, user, disposal=planned) == may, (seat.name, house)
            yes += may
    assert yes > 10


def proposed(story, by):
    """What somebody proposed before."""
    return models.Disposal.objects.create(
        story=story.pk, reference=story.reference, closed_on=clock.today(),
        kept_until=story.keep_until, proposed_by=by,
    )  # fmt: skip
