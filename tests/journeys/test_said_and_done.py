"""The heart: a child's words travel to a board and back, and the child has the last word."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

WORDS = "The last bus goes at six. I miss dance every week and nobody asks us."
CODE = re.compile(r"[A-Z]+ \d{4} [A-Z]+ [A-Z]+")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_words_to_did_it_happen(visit, served, script):
    marker = "with script" if script else "without script"
    title = f"A bus home after clubs, {marker}"
    child = visit(phone=True, script=script)
    code = tell_us(child, f"{WORDS} ({marker})")
    worker = visit("participation_worker", script=script)
    voice = read_words(worker, served)
    issue = raise_issue(worker, voice, title)
    route(worker, issue, "officer")
    meeting = table(worker, issue)
    clerk = visit("clerk", script=script)
    publishing_is_refused_until_a_voice_stands(clerk, served, meeting)
    item = decide(clerk, meeting, title)
    officer = visit("officer", script=script)
    reply(officer, issue, "We will ask the bus firm for a bus at eight.", promise="")
    judge(child, code, fair=False, because="You only asked. Nothing will change.")
    other = go_to_somebody_else(visit, worker, issue, script)
    reply(other, issue, "There will be a bus at eight on club days.", promise="Run the bus at eight")
    judge(child, code, fair=True)
    keep_the_promise(other, served, issue)
    finish(other, issue)
    it_happened(child, code)
    assert story_of(served, voice, issue, meeting, item) == STORY


def tell_us(child, words):
    """A fourteen-year-old says something by phone, without an account; the code is theirs."""
    child.go("/tell-us/")
    child.sees("0800 1111")
    child.type(words=words)
    child.press("Go on")
    child.choose("who", "young")
    child.page.get_by_label("14 to 15").check()
    child.press("Go on")
    child.choose("readers", "everyone")
    child.press("Go on")
    child.press("Go on")
    child.sees(words)
    child.press("Send my words")
    code = CODE.search(child.page.locator("main").inner_text())
    assert code, "no code is shown"
    return code.group(0)


def read_words(worker, served):
    """A person reads every word before anybody else does."""
    voice = served.rows("SELECT max(id) FROM participation_voice")[0][0]
    worker.go(f"/voices/{voice}/read/")
    worker.page.locator("main form button").first.click()
    return voice


STORY = []


def story_of(served, voice, issue, meeting, item):
    """The lines that the audit has of these records, in order."""
    raise NotImplementedError


__all__ = ["expect"]
