"""Nobody is led to a shut door: as each persona, whatever a page links to opens.

From the front page and My day every link is followed, up to a few pages of each kind. A third of
the personas goes round in every run; all have gone after three days.
"""

import html
import re
from collections import Counter, deque

import pytest
from django.urls import resolve

from saidanddone.core import clock
from saidanddone.dev.personas import PERSONAS
from tests.journeys.guest import NOBODY, TURNS, TWINS, Guest

pytestmark = pytest.mark.journey

LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
OF_A_KIND = 3
FIRST = ("/", "/my-day/")
NOT_OURS = ("/static/", "/demo/", "/dev/", "/components/", "/leave/")
# Whoever came in by a code reads there how a passkey is added.
SAYS_HOW = {"mfa_add_webauthn", "mfa_activate_totp"}


def shut_doors(guest):
    """What was linked to and did not open: address, the page with the link, the answer."""
    waiting, seen, of_a_kind = deque((path, "") for path in FIRST), set(FIRST), Counter()
    while waiting:
        path, where = waiting.popleft()
        kind = resolve(path.split("?")[0]).url_name
        of_a_kind[kind] += 1
        if of_a_kind[kind] > OF_A_KIND:
            continue
        status, page = guest.open(path)
        if status not in {200, 301, 302, "sign-in"} and kind not in SAYS_HOW:
            yield path, where, status
        found = [page] if status in {301, 302} else LINK.findall(page)
        for link in map(html.unescape, found):
            if link.startswith("/") and not link.startswith(NOT_OURS) and link not in seen:
                seen.add(link)
                waiting.append((link, path))


def test_every_link_opens(served):
    askers = [NOBODY, *[one.key for one in PERSONAS if one.key not in TWINS]]
    shut = {}
    for who in askers[clock.today().toordinal() % TURNS :: TURNS]:
        # All come from one place here, and would use up between them what one place may try.
        served.rows("DELETE FROM shared_cache WHERE strpos(cache_key, 'limit:') > 0 RETURNING 1")
        shut[who] = list(shut_doors(Guest(served.address, who)))
    assert not any(shut.values()), shut
