"""You said, we did: what everybody reads, and what nobody can find out."""

import pytest

from tests.factories import issues as make
from tests.factories.participation import make_public_voice

pytestmark = pytest.mark.django_db


def test_wall_is_empty(client):
    page = client.get("/you-said-we-did/")
    assert page.status_code == 200
    assert "Nobody has asked for anything yet" in page.content.decode()


def test_wall_shows_every_state(client):
    for made in (
        make.make_issue,
        make.make_routed,
        make.make_tabled,
        make.make_replied,
        make.make_promised,
        make.make_closed,
        make.make_reopened,
        make.make_withdrawn,
    ):
        made(voices=[make_public_voice()])
    page = client.get("/you-said-we-did/")
    assert page.status_code == 200
