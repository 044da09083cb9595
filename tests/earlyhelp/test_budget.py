"""Each page of a family asks the database at most five questions of its own, however much is there.

Counted as settled: not the session, the person with their posts, who acts, nor the look that is kept.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.earlyhelp.marked import make_marked
from tests.earlyhelp.test_two_families import addresses, entered, keys_of

pytestmark = pytest.mark.django_db
MOST = 5
EVERYBODYS = re.compile(
    r'SAVEPOINT|FROM "people_session"|UPDATE "people_session"|posts_data|said\.actor'
    r'|audit_append|INSERT INTO "earlyhelp_look"'
)


def own_questions(client, path):
    """What a page asks beside what every page asks; nothing if there is no page."""
    client.get(path)  # settings are read, questions are written
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    asked = [query["sql"] for query in captured if not EVERYBODYS.search(query["sql"])]
    return asked if answer.status_code == 200 else []


@pytest.mark.parametrize("who", ["lead", "supervisor", "member", "parent", "young"])
def test_no_page_of_a_family_asks_more_than_five_questions(who):
    home = make_marked("c")
    client, seen, over = entered(getattr(home, who)), 0, {}
    for name, path in addresses(keys_of(home)):
        asked = own_questions(client, path)
        seen += bool(asked)
        if len(asked) > MOST:
            over[name] = len(asked), asked
    assert seen > 3
    assert {name: count for name, (count, _) in over.items()} == {}
