"""Two families side by side, every word of theirs a mark: none stands where it may not."""

import base64
import contextlib
import logging
import re
import uuid
from functools import partial
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.test import Client

from saidanddone.core import identity, logs
from saidanddone.earlyhelp import models, verbs
from saidanddone.earlyhelp.views import guard
from tests.earlyhelp.marked import MARK, make_marked
from tests.factories.earlyhelp import as_, make_coordinator, make_worker
from tests.factories.people import acting, sign_in
from tests.house.test_addresses import ALL, PART

pytestmark = pytest.mark.django_db
LEAVES = {"account_logout", "leave", "demo", "demo-sign-in", "theme"}
OURS = [
    (name, route)
    for name, route, view in ALL
    if view.__module__.startswith("saidanddone.earlyhelp")
]
OTHERS = sorted({
    route for name, route, view in ALL
    if not PART.search(route) and name not in LEAVES and (name, route) not in OURS
})  # fmt: skip
TOLD = {
    "name", "knownas", "relation", "needs", "setting", "doctor", "interpreter", "number", "called",
    "cover", "part", "goal", "step", "purpose", "review", "closing",
}  # fmt: skip
TEAM = TOLD | {
    "agreement", "holdback", "witness", "teamgirl", "teamboy", "decidegirl", "decideboy", "mother",
    "father", "level", "share", "refuge",
}  # fmt: skip
LEADS = TEAM | {"contact", "membercontact", "oversight", "sealed", "seal"}
YOUNG = {"workerboy", "teamboy", "decideboy"}
MAY_READ = {
    "lead": LEADS | {"workergirl", "workerboy", "address"},
    "supervisor": LEADS | {"address"},
    "member": TEAM | {"membercontact", "draft"},
    "quiet": TEAM,
    "parent": TOLD | {"mother", "agreement", "holdback", "witness"},
    "other": TOLD | {"father", "agreement", "holdback", "witness"},
    "young": TOLD | YOUNG,
}  # fmt: skip


PAGES = {
    "story", "story-chronology", "story-own-part", "story-agreements", "story-team", "story-plan",
    "plan-print", "story-reviews", "story-guards", "story-close", "our-story-home",
    "our-story-said", "our-story-team", "our-story-looked", "our-story-plan", "our-story-words",
    "our-story-score", "our-story-agreement", "our-story-stop",
}  # fmt: skip
AMONG_THEM = ("another agency's worker", "a parent elsewhere", "an administrator")


@pytest.fixture
def two():
    """Two families; beside the second, whoever has no part in it."""
    pair = SimpleNamespace(one=make_marked("a"), two=make_marked("b"))
    pair.strangers = {
        "another agency's worker": make_worker(), "a worker of the other family": pair.one.lead,
        "a supervisor elsewhere": pair.one.supervisor, "a parent elsewhere": pair.one.parent,
        "a refuge worker elsewhere": pair.one.quiet, "an administrator": acting("administrator"),
        "an analyst": acting("analyst"), "a clerk": acting("clerk"), "nobody": None,
    }  # fmt: skip
    return pair


def entered(who):
    """A browser in which this one is signed in."""
    client = Client(raise_request_exception=False)
    if who is not None:
        sign_in(client, who.acting_for or who, strong=who.acting_for is not None)
    return client


def keys_of(home):
    """What stands in the addresses of a family."""
    with identity.as_system("test"):
        words = models.ChildsWords.objects.filter(story=home.story.pk, child=home.people["boy"].pk)
        kept = {
            "pk": home.story.pk, "who": home.people["girl"].pk, "goal": home.goal.pk,
            "step": home.step.pk, "text": home.rival.pk, "address": home.address.pk,
            "drawing": home.drawing.pk,
            "words": words.first().pk, "section": "around",
            "membership": home.story.team.filter(post=home.member.acting_for).get().pk,
            "seal": models.Seal.objects.filter(family=home.story.family_id).first().pk,
        }  # fmt: skip
        kept["check"] = models.DutyCheck.objects.filter(family=home.story.family_id).first().pk
    return kept


CHANCE = re.compile(
    r"this code: <strong>[^<]+|"
    r'csrfmiddlewaretoken" value="[^"]+"|nonce-?[="][\w+/=-]+|csrftoken=[^;]+; expires=[^;]+'
)
OUTSIDE = re.compile(r'<title>[^<]*|(?:href|src|action)="[^"]*')
PACKED = re.compile(r"[A-Za-z0-9+/_-]{40,}")
UNKNOWN = {"section": "around"}  # every other key is a number by chance


def addresses(keys):
    """Every address of early help, with these keys in it."""
    for name, route in OURS:
        kept = dict(keys)
        if not route.startswith(("stories/", "our-story/")):
            kept["pk"] = kept.get("check") if route.startswith("duty-desk") else None
        yield name, "/" + PART.sub(partial(filled, kept), route)


def filled(kept, part):
    """What stands for one part of an address: what is known, or a number that nothing has.

    What is counted (an `int`) is no family's: theirs are numbers by chance.
    """
    return "1" if part[1] == "int" else str(kept.get(part[2]) or uuid.UUID(int=9))


def told(answer):
    """All that an answer tells, its headers too."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace") + str(answer.headers) + str(answer.cookies)


def same(answer, path):
    """Status, headers and every byte; what is drawn by chance, or says the address, is left out."""
    headers = {key: value for key, value in answer.headers.items() if key != "Vary"}
    text = (answer.content.decode() + str(headers)).replace(path, "PATH")
    return answer.status_code, CHANCE.sub("", text.replace(path.replace("/", "%2F"), "PATH"))


# ------------------------------------------------------------------ from outside


def pairs_of(home):
    """Each address with the family's keys, and with keys that nothing has."""
    both = zip(addresses(keys_of(home)), addresses(UNKNOWN), strict=True)
    return [(name, path, none) for (name, path), (_, none) in both if path != none]


def pages(pairs):
    """Those at which a family is read."""
    return [pair for pair in pairs if pair[0] in PAGES]


def test_for_strangers_a_family_is_not_there(two):
    """Byte by byte as if nothing were there: to one every address, looked at and sent to."""
    pairs = pairs_of(two.two)
    for who in AMONG_THEM:
        client = entered(two.strangers[who])
        for name, path, none in pairs if who == AMONG_THEM[0] else pages(pairs):
            for ask in (client.get, client.post) if who == AMONG_THEM[0] else (client.get,):
                assert same(found := ask(path), path) == same(ask(none), none), (who, name)
                assert not two.two.put.within(told(found)), (who, name)
    for who in set(two.strangers) - set(AMONG_THEM):
        client = entered(two.strangers[who])
        for name, path, _ in pages(pairs):
            assert not two.two.put.within(told(client.get(path))), (who, name)


def test_once_sealed_it_is_not_there_for_its_own_team_nor_for_the_other_parent():
    """To the parent whom it is kept from every address, looked at and sent to, answers as if unused."""
    home = make_marked("b")
    named = [home.lead, home.supervisor, home.parent, home.young]
    with as_(home.lead):
        verbs.seal_record(
            story=home.story, readers=[one.pk for one in named], why="x", by=home.lead
        )
    pairs = pairs_of(home)
    for who, asked in (("member", pages(pairs)), ("other", pairs)):
        client = entered(getattr(home, who))
        for name, path, none in asked:
            for ask in (client.get, client.post) if who == "other" else (client.get,):
                assert same(found := ask(path), path) == same(ask(none), none), (who, name)
                assert not home.put.within(told(found)), (who, name)
    assert entered(home.parent).get(f"/our-story/{home.story.pk}/").status_code == 200
    lists = told(entered(home.other).get("/our-story/")) + told(entered(home.other).get("/my-day/"))
    assert str(home.story.pk) not in lists


def test_no_list_search_or_feed_and_neither_lock_alone_tells_a_stranger_of_a_family(
    two, monkeypatch
):
    no_list_tells(two)
    no_row_is_there(two)
    monkeypatch.setattr(guard, "_told", lambda _: identity.as_system("test"))
    for who in ("a worker of the other family", "a parent elsewhere"):
        client = entered(two.strangers[who])
        for name, path, _ in pairs_of(two.two):
            answer = client.get(path)
            assert answer.status_code != 200, (who, name)
            assert not two.two.put.within(told(answer)), (who, name)


def no_list_tells(two):
    """Every address without a number in it, of every area, and whatever is typed to find somebody."""
    lead, sought = entered(two.one.lead), "?q=zqb&name=zqb&page=1"
    for route in OTHERS:
        assert not two.two.put.within(told(lead.get(f"/{route}{sought}"))), route
    lists = [path for _, path in addresses({}) if "0000" not in path] + ["/my-day/", "/search/"]
    for who, person in (two.strangers | {"a coordinator": make_coordinator()}).items():
        client = entered(person)
        for path in lists:
            assert not two.two.put.within(told(client.get(path + sought))), (who, path)


def no_row_is_there(two):
    """By the database alone, whatever the code asks, of every table, history included."""
    people = two.strangers | {"a coordinator": make_coordinator(), "an officer": acting("officer")}
    for who, person in people.items():
        with as_(person) if person else contextlib.nullcontext():
            for model in apps.get_app_config("earlyhelp").get_models():
                assert not two.two.put.within(rows_of(model)), (who, model)


def rows_of(model):
    """Every row of a table that the database shows now, as text."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" AS t')
        return " ".join(row for (row,) in cursor.fetchall())


# ------------------------------------------------------------------ from within


def read_by(home, who, pages):
    """At which places what they find there stood when it was put in."""
    client, found, keys = entered(getattr(home, who)), set(), keys_of(home)
    for name, path in addresses(keys):
        if name in pages:
            found |= kept_in_the_page(home, client.get(path), name)
    opened = client.post(dict(addresses(keys))["address-open"], {"purpose": "visit"})
    return {home.put.places[one] for one in found | home.put.within(told(opened))}


def kept_in_the_page(home, answer, name):
    """The marks of a page; none stands in its title, an address or a header, and nothing keeps it."""
    text = told(answer)
    found = home.put.within(text)
    elsewhere = " ".join(OUTSIDE.findall(text)) + str(answer.headers) + str(answer.cookies)
    assert not home.put.within(elsewhere), name
    assert not found or "no-store" in answer.headers["Cache-Control"], name
    return found


def test_each_of_those_round_a_family_reads_what_is_theirs_and_no_more(monkeypatch):
    """As each of them; and the scan does find what is there. Then by the code's own checks alone."""
    home, every = make_marked("a"), {name for name, _ in OURS}
    assert len(home.put.places) >= 150
    for who, may in MAY_READ.items():
        found = read_by(home, who, every if who == "member" else PAGES)
        assert found <= may, (who, found - may)
        assert len(found) > 8, who
    monkeypatch.setattr(guard, "_told", lambda _: identity.as_system("test"))
    for who in ("member", "parent", "young"):
        found = read_by(home, who, PAGES)
        assert found <= MAY_READ[who], (who, found - MAY_READ[who])


# ------------------------------------------------------------------ channels


def rows_outside():
    """Every row of every table that is no family's, as text, what is packed in it unpacked."""
    ours = {model._meta.db_table for model in apps.get_app_config("earlyhelp").get_models()}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names()) - ours - {"identity_key"}):
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            for (row,) in cursor.fetchall():
                yield table, row + unpacked(row)


def unpacked(row):
    """What is kept as base64, by the cache, a session or a message."""
    found = ""
    for packed in PACKED.findall(row):
        with contextlib.suppress(ValueError):
            found += base64.b64decode(packed + "=" * (-len(packed) % 4)).decode("latin-1")
    return found


def logged(caplog):
    """What stands in the log, as the product writes it."""
    return " ".join(logs.Line().format(record) for record in caplog.records)


def test_no_letter_job_log_cache_error_or_audit_line_holds_a_word(monkeypatch, caplog):
    """Every row outside the families' tables, after all was told, read, sent and refused."""
    caplog.set_level(logging.INFO)
    home, stranger = make_marked("a"), make_worker()
    no_address_is_in_the_clear(home)
    child = home.people["girl"]
    with as_(stranger):
        verbs.break_glass(name=child.name, born_on=child.born_on, why="A fall", by=stranger)
    for person in (home.lead, home.parent, stranger):
        client = entered(person)
        for name, path in addresses(keys_of(home)):
            if person is not home.parent or name.startswith("our-story"):
                client.post(path, {"words": child.name, "name": child.name, "what": child.name})
    outside = {(table, mark) for table, row in rows_outside() for mark in home.put.within(row)}
    assert outside == set()
    assert not home.put.within(logged(caplog))
    assert not home.put.within(str(vars(caches["pages"])))
    an_error_says_nothing(home, monkeypatch, caplog)


def no_address_is_in_the_clear(home):
    """Nor any word in the story's own row, which coordinators see."""
    marks = {mark for mark, place in home.put.places.items() if place == "address"}
    with identity.as_system("test"):
        for model in apps.get_app_config("earlyhelp").get_models():
            assert not marks & home.put.within(rows_of(model)), model
        assert not MARK.search(rows_of(models.Story))


def an_error_says_nothing(home, monkeypatch, caplog):
    """Neither on the page nor in the log, though it was raised with a word in it."""

    def fails(user, story):
        raise RuntimeError(story.family.called)

    monkeypatch.setattr("saidanddone.earlyhelp.permissions.visible_team", fails)
    answer = entered(home.supervisor).get(f"/stories/{home.story.pk}/")
    assert answer.status_code == 500
    assert not home.put.within(told(answer))
    assert home.put.within(caplog.text)
    assert not home.put.within(logged(caplog))
