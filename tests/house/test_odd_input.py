"""Whatever is typed into an address, a query or a form, the answer is a page and never a failure."""

import re

import pytest
from django.test import Client

from tests.factories.people import make_post, sign_in
from tests.house.test_addresses import PART, ROUTES

LEAVES = re.compile(r"^(?:sign-out|leave|demo)/")
NOBODY, BUSY = (), (
    "clerk", "participation_worker", "practitioner", "safeguarding_lead", "officer",
    "bulletin_editor",
)  # fmt: skip
HUGE, ENDLESS, BROKEN = "9" * 19, "9" * 5000, b"%ED%A0%80%00%FF"
SAMPLES = {"int": HUGE, "slug": "x" * 300, "uuid": "00000000-0000-0000-0000-000000000007"}
NAMES = (
    "page", "q", "show", "topic", "area", "age", "year", "body", "state", "kind", "voice", "worker",
    "item", "next", "post", "order", "move", "letters", "session", "speaker", "outcome", "sector",
    "meeting", "at", "before", "whose", "moved", "codes", "token", "go", "words", "once", "done",
)  # fmt: skip
QUERIES = [
    *("&".join(f"{name}={odd}" for name in NAMES) for odd in (HUGE, "-1", "%C2%B2", "a%00b")),
    "&".join(f"{name}={BROKEN.decode()}" for name in NAMES),
    "page=" + ENDLESS,
    "voice=" + ENDLESS,
]
ODD = [HUGE, ENDLESS, "-1", "²", "a\x00b", "9999-12-31", "0001-01-01", "NaN", f"{ENDLESS}:up"]


def filled(route):
    """The address with odd parts in it."""
    return "/" + PART.sub(lambda part: SAMPLES.get(part[1] or "str", "a:b%00"), route)


@pytest.fixture(scope="module")
def routes():
    """Every address that does not end the visit."""
    return [route for route in ROUTES if not LEAVES.match(route)]


@pytest.mark.django_db
def test_what_is_no_form_is_answered_too():
    junk = "multipart/form-data; boundary=x"
    answer = Client().generic("POST", "/tell-us/", b"\xff\xfe\x00", content_type=junk)
    assert answer.status_code < 500


@pytest.mark.django_db
@pytest.mark.parametrize("roles", [NOBODY, BUSY], ids=["nobody", "somebody busy"])
def test_nothing_odd_breaks_a_page(routes, roles):
    client = Client(raise_request_exception=False)
    if roles:
        sign_in(client, make_post(*roles))
    broken = []
    for number, route in enumerate(routes):
        path = filled(route)
        asked = QUERIES[number % len(QUERIES)]
        posted = {name: ODD[(number + at) % len(ODD)] for at, name in enumerate(NAMES)}
        answers = {
            "looking": client.get(f"{path}?{asked}"),
            "sending": client.post(path, posted if number % 3 else {}),
        }
        broken += [
            f"{how} at {route}: {answer.status_code}"
            for how, answer in answers.items()
            if answer.status_code >= 500
        ]
    assert broken == []
