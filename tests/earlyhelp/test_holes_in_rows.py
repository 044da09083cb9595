"""The second lock against the oracle with holes in it, planted by whoever owns the tables."""

import pytest
from django.db import connection, connections, transaction

from tests.conftest import connect_as
from tests.earlyhelp.asking import wrong_rows
from tests.earlyhelp.crafting import undone
from tests.earlyhelp.holes_in_rows import HOLES, planted
from tests.earlyhelp.worlds import make_world


@pytest.fixture
def owned(db, postgres):
    """A transaction of the owner's, in which the role that serves people acts until it steps out."""
    aside, told = connections["default"], dict(connection.settings_dict)
    del connections["default"]
    connect_as(postgres.owner())
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE said_runtime")
            yield
            transaction.set_rollback(True)
    finally:
        connection.close()
        connection.settings_dict.update(told)
        connections["default"] = aside


def test_each_hole_planted_in_the_database_is_found(owned):
    """Each is asked of those to whom it is likeliest to show itself, in one borough after another."""
    boroughs, missed = [make_world(seed, houses=8, texts=6) for seed in (901, 902)], []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with undone():  # without a hole nothing shows
        planted(lambda _: None)
        assert not any(shows(one, ("",)) for one in boroughs)
    for name, (plant, *names) in HOLES.items():
        with undone():
            planted(plant)
            if not any(shows(one, tuple(names)) for one in boroughs):
                missed.append(name)
    assert missed == []
    assert len(HOLES) >= 20


def shows(world, names):
    """Whether a row is there that should not be, for somebody whose name begins so."""
    return any(wrong_rows(world, seat) for seat in world.seats if seat.name.startswith(names))
