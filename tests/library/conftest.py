"""What the tests of the library share."""

import pytest
from django.db.models import Max

from saidanddone.audit.models import Line
from saidanddone.mail.models import Letter
from tests.factories.people import acting


@pytest.fixture
def clerk(db):
    """The partnership's clerk, signed in strongly."""
    return acting("clerk")


@pytest.fixture
def lines(db):
    """The audit's lines since the test began as (actor, verb), oldest first."""
    before = Line.objects.aggregate(last=Max("pk"))["last"] or 0
    since = Line.objects.filter(pk__gt=before).order_by("pk")
    return lambda: list(since.all().values_list("actor", "verb"))


@pytest.fixture
def letters(db):
    """Letters that wait, as (kind, address)."""
    return lambda: sorted(Letter.objects.values_list("wording__kind", "address"))
