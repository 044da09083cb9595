"""The database is killed while people write: nothing told is lost, and nothing is kept twice."""

import contextlib
import http.client
import json
import os
import re
import signal
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest

pytestmark = pytest.mark.journey

SPEAKERS, EACH = 4, 8
KILLS = (signal.SIGQUIT, signal.SIGKILL, signal.SIGQUIT)
BETWEEN_KILLS = 2.0  # seconds of writing before the next
PATIENCE = 40  # seconds in which one telling must have been answered
MANNERS = {200, 302, 303, 422, 503}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WORDS = "The swings were broken again (%s), and my sister cut her hand on them."


def test_three_kills_under_load_lose_nothing_and_double_nothing(served):
    with ThreadPoolExecutor(SPEAKERS) as speakers:
        told = [speakers.submit(tell_many, served.address, number) for number in range(SPEAKERS)]
        for how in KILLS:
            time.sleep(BETWEEN_KILLS)
            kill_database(served, how)
        stories = [one.result() for one in told]
    seen = {status for _, statuses in stories for status in statuses}
    acknowledged = [words for kept, _ in stories for words in kept]
    assert seen <= MANNERS
    assert len(acknowledged) == SPEAKERS * EACH
    query = (
        "SELECT v.words, count(*), count(DISTINCT v.id), count(DISTINCT a.id), count(DISTINCT c.id)"
        " FROM participation_voice v"
        " JOIN audit_line a ON a.subject = 'participation.voice:' || v.id"
        "  AND a.verb = 'record_voice'"
        " JOIN participation_threadcode c ON c.voice_id = v.id"
        " WHERE v.words LIKE %s GROUP BY v.words"
    )
    kept = served.rows(query, WORDS % "%")
    assert sorted(kept) == sorted((words, 1, 1, 1, 1) for words in acknowledged)


def test_what_was_typed_waits_in_the_page_until_the_database_is_back(served, visit):
    words = WORDS % "by phone"
    child = visit(phone=True)
    child.go("/tell-us/")
    child.type(words=words)
    child.press("Next question")
    child.choose("who", "young")
    child.press("Next question")
    child.choose("readers", "everyone")
    child.press("Next question")
    child.press("Next question")
    with database_away(served):
        with child.page.expect_navigation(timeout=PATIENCE * 1000):  # it waits a while for it
            child.press("Send it")
        child.sees("We cannot reach our records just now")
        child.sees("What you typed is safe on this page")
        child.sees(words)
        child.picture("database-away-phone")
    wait_for_database(served)
    child.complaints = [said for said in child.complaints if not said.startswith("503 ")]
    with child.page.expect_navigation(timeout=PATIENCE * 1000):
        child.press("Try again")
    child.sees("We have your words")
    found = served.rows("SELECT count(*) FROM participation_voice WHERE words = %s", words)
    assert found == [(1,)]


def tell_many(address, number):
    """One speaker at their own machine: tell, and tell again after a 503, until it is kept."""
    place = urlsplit(address)
    link = http.client.HTTPConnection(
        place.hostname, place.port, timeout=PATIENCE, source_address=(f"127.0.0.{number + 2}", 0)
    )
    with contextlib.closing(link):
        headers, token, statuses = open_page(link)
        kept = [
            tell(link, headers, token, f"{number}-{telling}", statuses) for telling in range(EACH)
        ]
    return [words for words in kept if words], statuses


def tell(link, headers, token, which, statuses):
    """Send one telling until it is acknowledged; its words, or nothing if that never came."""
    words = WORDS % which
    answers = {
        "csrfmiddlewaretoken": token, "at": "check", "go": "next", "worker": "",
        "words": words, "who": "young", "age_band": "", "area": "", "readers": "everyone",
        "shown_as": "no_name", "speaker_name": "", "hear_by_email": "", "hear_through": "",
        "picture_words": "", "once": str(uuid.uuid4()),
    }  # fmt: skip
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        link.request("POST", "/tell-us/", urlencode(answers), headers)
        answer = link.getresponse()
        page = answer.read().decode()
        statuses.append(answer.status)
        if answer.status == 200 and "We have your words" in page:
            time.sleep(0.5)
            return words
        if answer.status == 503:
            assert words in page
        time.sleep(0.1)
    return ""


def open_page(link):
    """The first page: its cookie and token, as a browser would bring them along.

    The first kill may come while it is being made: then it is opened again, as a person would.
    """
    statuses = []
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        link.request("GET", "/tell-us/")
        answer = link.getresponse()
        page = answer.read().decode()
        statuses.append(answer.status)
        if answer.status == 200:
            cookie = answer.headers["Set-Cookie"].split(";")[0]
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            return headers, TOKEN.search(page).group(1), statuses
        time.sleep(0.1)
    pytest.fail(f"The first page never came: {statuses}")


def kill_database(served, how):
    """End PostgreSQL without a goodbye, and wait until ./run has brought it back."""
    before = postmaster(served)
    os.kill(before, how)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(FileNotFoundError, IndexError, ValueError, psycopg.Error):
            if postmaster(served) != before and served.rows("SELECT 1"):
                return
        time.sleep(0.05)
    pytest.fail("The database did not come back.")


@contextlib.contextmanager
def database_away(served):
    """No database for as long as this lasts: who would start it again is made to wait."""
    watcher = json.loads((served.folder / "running.json").read_text())["process"]
    os.kill(watcher, signal.SIGSTOP)
    try:
        os.kill(postmaster(served), signal.SIGQUIT)
        wait_for_database(served, there=False)
        yield
    finally:
        os.kill(watcher, signal.SIGCONT)


def wait_for_database(served, *, there=True):
    """Until it answers again, or no longer does."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            served.rows("SELECT 1")
            answers = True
        except psycopg.Error:
            answers = False
        if answers == there:
            return
        time.sleep(0.05)
    pytest.fail(f"The database should {'' if there else 'not '}answer by now.")


def postmaster(served):
    """The number of PostgreSQL's first process."""
    return int((served.folder / "pg" / "postmaster.pid").read_text().split()[0])
