"""What the tests of governance share."""

from datetime import timedelta

import pytest
from django.db.models import Max

from saidanddone.audit.models import Line
from saidanddone.core import clock
from saidanddone.governance import states
from saidanddone.mail.models import Letter
from tests.factories.governance import (
    make_action,
    make_appointment,
    make_body,
    make_decision,
    make_item,
    make_meeting,
    make_paper,
    make_seat,
)
from tests.factories.people import acting, make_post, make_user


@pytest.fixture
def clerk(db):
    """The partnership's clerk, signed in strongly."""
    return acting("clerk")


@pytest.fixture
def lines(db):
    """The audit's lines since the test began as (actor, verb, subject), oldest first."""
    before = Line.objects.aggregate(last=Max("pk"))["last"] or 0
    since = Line.objects.filter(pk__gt=before).order_by("pk")
    return lambda: list(since.all().values_list("actor", "verb", "subject"))


@pytest.fixture
def letters(db):
    """Letters that wait, as (kind, address)."""
    return lambda: sorted(Letter.objects.values_list("wording__kind", "address"))


@pytest.fixture
def board(db):
    """A board with people, meetings in every state, papers, decisions and actions."""
    body = make_body(slug="the-board", standing_items=[])
    grown_up = make_post(user=make_user(name="Juniper Weir"))
    make_appointment(seat=make_seat(body=body, title="Police"), post=grown_up, part="chair")
    held = make_meeting(states.MINUTED, body=body, on=clock.today() - timedelta(days=20))
    voice = make_item(states.ENDED, meeting=held, kind="voice", origin_path="/issues/1/")
    make_paper(item=voice)
    decision = make_decision(item=voice, origin_path="/issues/1/")
    make_action(item=voice, decision=decision, owner=grown_up)
    make_meeting(body=body)
    return body
