"""Every address as every persona: each answers as addresses.toml declares, an undeclared one fails.

Whoever is named for an address asks it in every run. Those who get what everybody else gets take
turns by the day, a third at a time, and have all asked after three days. After a change that is
meant, `WRITE_ADDRESSES=1 ./test journeys` asks for all and writes the file anew; read the
difference before it is committed.
"""

import json
import os
import re
import tomllib
import uuid
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

from saidanddone.core import clock
from saidanddone.dev.personas import PERSONAS
from tests.journeys.guest import NOBODY, TURNS, TWINS, Guest

pytestmark = pytest.mark.journey

DECLARED = Path(__file__).with_name("addresses.toml")
PART = re.compile(r"<(?:\w+:)?(\w+)>")
EVERYBODY_ASKS = "WRITE_ADDRESSES" in os.environ
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
    "network": "SELECT min(user_id) FROM people_profile WHERE listed",
    "looks": "SELECT min(id) FROM people_user",
    "coordinators": "SELECT min(id) FROM earlyhelp_patch",
    "risks": "SELECT min(id) FROM governance_risk",
    "escalations": "SELECT min(id) FROM governance_escalation",
    "forward-plan": "SELECT min(id) FROM governance_forwarditem",
    "interests": "SELECT min(id) FROM governance_interest",
    "corrections": "SELECT min(id) FROM governance_correction",
    "packs": "SELECT max(id) FROM governance_pack",
    "terms": "SELECT min(id) FROM governance_terms",
    "number": "SELECT min(id) FROM governance_body",
    "post": "SELECT min(id) FROM people_post",
    "editions": "SELECT max(id) FROM bulletin_edition",
    "entries": "SELECT min(id) FROM bulletin_entry",
    "letters": "SELECT min(id) FROM mail_letter",
    "mail": "SELECT min(id) FROM mail_letter",
    "wishes": "SELECT min(id) FROM events_wish",
    "sessions": "SELECT min(id) FROM events_session",
}
# Of families: the story whose parent, other parent and fourteen-year-old have doors of their own.
STORY = (
    "SELECT story.id FROM earlyhelp_story story JOIN earlyhelp_familymember member"
    " ON member.family_id = story.family_id JOIN people_user someone ON someone.id = user_id"
    " WHERE story.state <> 'closed' GROUP BY story.id ORDER BY count(*) DESC LIMIT 1"
)
FAMILYS_RECORDS = {
    "stories": STORY,
    "our-story": STORY,
    "team": "SELECT membership.id FROM earlyhelp_teammembership membership JOIN people_post post"
    " ON post.id = post_id JOIN people_user someone ON someone.id = post.user_id"
    f" WHERE story_id = ({STORY}) ORDER BY someone.name LIMIT 1",
    "goals": f"SELECT min(id::text) FROM earlyhelp_goal WHERE story_id = ({STORY})",
    "steps": f"SELECT min(id::text) FROM earlyhelp_step WHERE story_id = ({STORY})",
    "people": "SELECT member.id FROM earlyhelp_familymember member JOIN earlyhelp_story story"
    f" USING (family_id) WHERE story.id = ({STORY}) ORDER BY member.name LIMIT 1",
}
ENDS_THE_VISIT = {"account_logout", "leave", "sign-out-everywhere"}


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
        if part[1] == "section":
            return "home"
        if part[1] in {"slug", "provider_id"}:
            return "cspb"
        if part[1] == "code":
            return links[0]["code"].replace(" ", "-")
        known = part[1] in {"pk", "item", "token"} or part[0].startswith("<uuid:")
        return "{}" if known else "7"

    made = []
    for piece in route.split("/"):
        found = PART.fullmatch(piece)
        if found and "{}" in value(found):
            of_a_family = route.startswith(("stories/<", "our-story/"))
            query = (FAMILYS_RECORDS if of_a_family else RECORDS).get(before)
            nothing = 7 if found[0].startswith("<int:") else uuid.UUID(int=7)
            made.append(str((query and served.rows(query)[0][0]) or nothing))
        else:
            made.append(PART.sub(value, piece))
        before = piece if not found else before
    return "/" + "/".join(made)


def asked(served, declared):
    """What every address answers to those whose turn it is: name → persona → status."""
    all_of_them = sorted(addresses(get_resolver().url_patterns))
    paths = {name: filled(route, served) for name, route in all_of_them}
    answers = {name: {} for name in paths if name not in ENDS_THE_VISIT}
    askers = [NOBODY, *[one.key for one in PERSONAS if one.key not in TWINS]]
    for turn, persona in enumerate(askers, clock.today().toordinal()):
        # All come from one place here, and would use up between them what one place may try.
        served.rows("DELETE FROM shared_cache WHERE strpos(cache_key, 'limit:') > 0 RETURNING 1")
        guest = Guest(served.address, persona)
        for number, name in enumerate(answers):
            named = any(persona in who.split() for who in declared.get(name, {}).values())
            if EVERYBODY_ASKS or named or (number + turn) % TURNS == 0:
                answers[name][persona] = str(guest.open(paths[name])[0])
    return answers


def declared_for(persona, groups):
    """What this persona is to get: what stands beside their name, or else what everybody gets."""
    named = [status for status, who in groups.items() if persona in who.split()]
    others = [status for status, who in groups.items() if who in {"everybody", "everybody else"}]
    return (named or others or ["nothing declared"])[0]


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
    declared = tomllib.loads(DECLARED.read_text())
    found = asked(served, declared)
    if EVERYBODY_ASKS:
        lines = [
            f"{name} = {{ "
            + ", ".join(f'{s} = "{who}"' for s, who in by_status(got).items())
            + " }"
            for name, got in found.items()
        ]
        DECLARED.write_text("\n".join(lines) + "\n")
        declared = tomllib.loads(DECLARED.read_text())
    assert set(found) == set(declared)
    otherwise = [
        (name, persona, status)
        for name, got in found.items() for persona, status in got.items()
        if status != declared_for(persona, declared[name])
    ]  # fmt: skip
    assert otherwise == []
    assert not [name for name, groups in declared.items() if any(s[0] == "5" for s in groups)]
