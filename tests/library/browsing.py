"""Signing somebody in to a browser of the tests, and counting what a page asks."""

from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saidanddone.reference.models import partnership
from tests.factories.people import make_post, sign_in

OWN, FIXED = 5, 4  # queries of the page's own; of every signed-in page


def signed_in(client, *roles, strong=True, **over):
    """The post of somebody who is signed in here with these roles."""
    post = make_post(*roles, **over)
    sign_in(client, post, strong=strong)
    return post


def words(client, path):
    """A page's words; it must open."""
    caches["pages"].clear()
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def asks(client, path):
    """How many queries a page takes, when nothing is kept but the partnership's settings."""
    partnership()
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200, path
    fixed = ("SAVEPOINT", "RELEASE", "BEGIN")
    return len([query for query in found if not query["sql"].startswith(fixed)])
