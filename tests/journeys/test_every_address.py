"""Every address as every persona: each answers as addresses.toml declares, an undeclared one fails.

After a change that is meant, `WRITE_ADDRESSES=1 ./test journeys` writes the file anew; read the
difference before it is committed.
"""

import http.cookiejar
import json
import os
import re
import tomllib
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

from saidanddone.dev.personas import PERSONAS

pytestmark = pytest.mark.journey

DECLARED = Path(__file__).with_name("addresses.toml")
PART = re.compile(r"<(?:\w+:)?(\w+)>")
NOBODY = "anybody"
# Which record stands in an address, by the words before its number.
RECORDS = {
    "issues": "SELECT max(id) FROM participation_issue WHERE state = 'routed'",
    "you-said-we-did": "SELECT max(id) FROM participation_issue WHERE is_public",
    "replies": "SELECT max(id) FROM participation_reply",
    "voices": "SELECT max(id) FROM participation_voice WHERE state = 'read' AND readers = 'helpers'",
    "held": "SELECT max(id) FROM participation_hold WHERE ended_at IS NULL",
    "gatherings": "SELECT max(id) FROM participation_gathering",
    "duty": "SELECT max(id) FROM participation_duty",
    "questions": "SELECT max(id) FROM participation_question",
    "meetings": "SELECT max(id) FROM governance_meeting WHERE state = 'planned'",
    "items": "SELECT max(id) FROM governance_agendaitem WHERE restricted AND state = 'ended'",
    "proposals": "SELECT min(id) FROM governance_agendaitem WHERE state = 'proposed' "
    "AND kind = 'voice' AND origin_path <> '' AND NOT restricted",
    "decisions": "SELECT max(id) FROM governance_decision WHERE restricted",
    "actions": "SELECT min(id) FROM governance_action WHERE state = 'open' "
    "AND NOT restricted AND item_id > 0",
    "seats": "SELECT max(id) FROM governance_seat",
    "appointments": "SELECT max(id) FROM governance_appointment",
    "reviews": "SELECT max(id) FROM library_document WHERE slug = 'mental-health'",
    "others": "SELECT max(library_sibling.id) FROM library_sibling JOIN library_version ON "
    "library_version.id = version_id JOIN library_document ON library_document.id = document_id "
    "WHERE slug = 'cyp-plan' AND library_sibling.file <> ''",
    "good-practice": "SELECT max(id) FROM library_practice WHERE state = 'published'",
    "people": "SELECT min(id) FROM people_user",
    "posts": "SELECT min(id) FROM people_post",
    "organisations": "SELECT min(id) FROM people_organisation",
}
ENDS_THE_VISIT = {"account_logout", "leave", "sign-out-everywhere"}


class Stay(urllib.request.HTTPRedirectHandler):
    """Where one is sent is part of the answer."""

    def redirect_request(self, *_):
        return None


class Guest:
    """Somebody without a browser: cookies, and the plain answers of the server."""

    def __init__(self, address, persona):
        self.address = address
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), Stay())
        if persona != NOBODY:
            page = self.open("/demo/")[1]
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
            self.open("/demo/sign-in/", persona=persona, csrfmiddlewaretoken=token)

    def open(self, path, **data):
        """The status of an address, and its page."""
        body = urllib.parse.urlencode(data).encode() if data else None
        request = urllib.request.Request(self.address + path, body)
        request.add_header("Referer", self.address + "/demo/")
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as answer:
            if answer.headers.get("Location", "").startswith("/sign-in/"):
                return "sign-in", ""
            return answer.code, ""


def addresses(found, before=""):
    """Every address by name."""
    for pattern in found:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield pattern.name, route
        else:
            yield from addresses(pattern.url_patterns, route)


def filled(route, served):
    """The address with records of the demonstration in it."""
    before = ""
    links = json.loads((served.folder / "demo-threads.json").read_text())

    def value(part):
        if before == "library" and part[1] == "slug":
            return "cyp-plan"
        if before == "versions" and part[1] == "number":
            return "1"
        if part[1] in {"slug", "provider_id"}:
            return "cspb"
        if part[1] == "code":
            return links[0]["code"].replace(" ", "-")
        return "7" if part[1] not in {"pk", "item", "token"} else "{}"

    made = []
    for piece in route.split("/"):
        found = PART.fullmatch(piece)
        if found and "{}" in value(found):
            query = RECORDS.get(before)
            made.append(str(served.rows(query)[0][0]) if query else str(uuid.UUID(int=7)))
        else:
            made.append(PART.sub(value, piece))
        before = piece if not found else before
    return "/" + "/".join(made)


def asked(served):
    """What every address answers to everybody: name → persona → status."""
    all_of_them = sorted(addresses(get_resolver().url_patterns))
    paths = {name: filled(route, served) for name, route in all_of_them}
    answers = {name: {} for name in paths}
    for persona in [NOBODY, *[one.key for one in PERSONAS]]:
        # All come from one place here, and would use up between them what one place may try.
        served.rows("DELETE FROM shared_cache WHERE strpos(cache_key, 'limit:') > 0 RETURNING 1")
        guest = Guest(served.address, persona)
        for name, path in paths.items():
            if name not in ENDS_THE_VISIT:
                answers[name][persona] = str(guest.open(path)[0])
    return {name: by_status(found) for name, found in answers.items() if found}


def by_status(found):
    """Who gets which answer; the commonest one is everybody else's."""
    groups = {}
    for persona, status in found.items():
        groups.setdefault(status, []).append(persona)
    commonest = max(groups, key=lambda status: len(groups[status]))
    return {
        status: "everybody else" if status == commonest and len(groups) > 1 else " ".join(who)
        if len(groups) > 1 else "everybody"
        for status, who in sorted(groups.items())
    }  # fmt: skip


def test_every_address_answers_every_persona_as_declared(served):
    found = asked(served)
    if os.environ.get("WRITE_ADDRESSES"):
        lines = [
            f"{name} = {{ " + ", ".join(f'{s} = "{who}"' for s, who in groups.items()) + " }"
            for name, groups in found.items()
        ]
        DECLARED.write_text("\n".join(lines) + "\n")
    declared = tomllib.loads(DECLARED.read_text())
    assert found == declared
    assert not [name for name, groups in found.items() if any(s.startswith("5") for s in groups)]
