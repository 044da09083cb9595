"""Very many documents are made quickly, for benches; each is found by its words."""

import pytest

from saidanddone.core.finding import asked
from saidanddone.library.models import Document
from tests.factories.library import make_many
from tests.library.browsing import words

pytestmark = pytest.mark.django_db


def test_many_documents_are_found_by_their_words(client):
    make_many(30, length=60, at_once=20)
    assert Document.objects.listed().count() == 30
    assert Document.objects.listed().about(asked("child")).count() == 30
    assert "<mark>children</mark>" in words(client, "/library/?q=child&page=2")
