"""The database believes who acts only as we signed it: here, now, for this transaction."""

import time

import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.core import clock, identity

pytestmark = pytest.mark.django_db


def who():
    """Who acts, as the database believes: person, post, purpose, moment; Nones if nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM identity_now()")
        return cursor.fetchone()


def say(words):
    """What a line of SQL that somebody smuggled in could do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('said.actor', %s, true)", [words])


def said():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('said.actor', true)")
        return cursor.fetchone()[0]


NOBODY = (None, None, None, None)


def test_nobody_acts_until_told():
    assert who() == NOBODY


def test_it_believes_what_we_signed():
    with identity.acting(7, 12, purpose="read"):
        person, post, purpose, moment = who()
    assert (person, post, purpose) == (7, 12, "read")
    assert abs((clock.now() - moment).total_seconds()) < 5
    assert who() == NOBODY


def test_a_family_member_acts_for_no_post():
    with identity.acting(7, purpose="read"):
        assert who()[:2] == (7, None)


def test_one_inside_another_ends_with_it():
    with identity.acting(7, purpose="read"):
        with identity.acting(8, purpose="read"):
            assert who()[0] == 8
        assert who()[0] == 7
        with pytest.raises(ZeroDivisionError), identity.acting(9, purpose="read"):
            1 / 0  # noqa: B018
        assert who()[0] == 7


@pytest.mark.parametrize("change", ["person", "post", "purpose", "moment", "until", "backend"])
def test_a_changed_word_is_not_believed(change):
    place = ["person", "post", "purpose", "moment", "until", "backend"].index(change)
    with identity.acting(7, 12, purpose="read"):
        parts = said().split(":")
        parts[place] = "write" if change == "purpose" else str(int(parts[place]) + 1)
        say(":".join(parts))
        assert who() == NOBODY


def test_another_key_is_not_believed(settings):
    settings.IDENTITY_KEY = "somebody else's"
    with identity.acting(7, purpose="read"):
        assert who() == NOBODY


def test_it_is_not_believed_for_ever(monkeypatch):
    past = time.time() - identity.SECONDS - 1
    monkeypatch.setattr(time, "time", lambda: past)
    with identity.acting(7, purpose="read"):
        assert who() == NOBODY


def test_what_was_overheard_is_worth_nothing_on_another_connection(postgres, kept):
    with identity.acting(7, purpose="read"):
        overheard = said()
    name = connection.settings_dict["NAME"]
    with psycopg.connect(postgres.server.address("said_runtime", name)) as link:
        link.execute("SELECT set_config('said.actor', %s, true)", [overheard])
        assert link.execute("SELECT * FROM identity_now()").fetchone() == NOBODY


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=200))
def test_nothing_that_is_made_up_is_believed_or_fails(words):
    say(words)
    assert who() == NOBODY


@given(
    st.from_regex(
        r"\A[0-9]{1,19}:[0-9]{0,19}:[a-z-]{1,9}:[0-9]{1,12}:[0-9]{1,12}:[0-9]{1,11}:[0-9a-f]{64}\Z"
    )
)
def test_nothing_of_the_right_shape_is_believed_or_fails(words):
    say(words)
    assert who() == NOBODY


@pytest.mark.parametrize(
    "query", ["SELECT * FROM identity_key", "UPDATE identity_key SET inner_pad = ''",
              "DELETE FROM identity_key", "INSERT INTO identity_key VALUES (true, '', '')"]
)  # fmt: skip
def test_the_product_may_not_touch_the_key(query):
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(query)
