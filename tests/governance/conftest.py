"""What the tests of governance share."""

import pytest

from saidanddone.audit.models import Line
from saidanddone.mail.models import Letter
from tests.factories.people import acting


@pytest.fixture
def clerk(db):
    """The partnership's clerk, signed in strongly."""
    return acting("clerk")


@pytest.fixture
def lines(db):
    """The audit's lines as (actor, verb, subject), oldest first."""
    return lambda: list(Line.objects.order_by("pk").values_list("actor", "verb", "subject"))


@pytest.fixture
def letters(db):
    """Letters that wait, as (kind, address)."""
    return lambda: sorted(Letter.objects.values_list("wording__kind", "address"))
