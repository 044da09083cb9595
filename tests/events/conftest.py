"""What the tests of events share."""

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
def verbs_told(db):
    """The verbs that the audit has written down since the test began, oldest first."""
    before = Line.objects.aggregate(last=Max("pk"))["last"] or 0
    since = Line.objects.filter(pk__gt=before).order_by("pk")
    return lambda: list(since.all().values_list("verb", flat=True))


@pytest.fixture
def letters(db):
    """Letters that wait, as (kind, address)."""
    return lambda: sorted(Letter.objects.values_list("wording__kind", "address"))
