"""The library's periods are the place's to set."""

import pytest

from saidanddone.reference.models import read_partnership
from tests.factories.reference import make_partnership
from tests.library.browsing import signed_in, words

pytestmark = pytest.mark.django_db
PERIODS = {
    "review_notice_days": 10, "review_lead_days": 0, "practice_years": 3, "practice_grace_days": 30
}  # fmt: skip


def test_an_administrator_sets_them(client):
    make_partnership()
    signed_in(client, "administrator")
    assert "30 days before a review" in words(client, "/settings/")
    assert client.post("/settings/library/", PERIODS).status_code == 302
    place = read_partnership()
    assert {name: getattr(place, name) for name in PERIODS} == PERIODS


def test_what_makes_no_sense_is_said_beside_its_field(client):
    make_partnership()
    signed_in(client, "administrator")
    answer = client.post("/settings/library/", PERIODS | {"practice_years": 0})
    assert "Give a number from 1 to 10" in answer.content.decode()
