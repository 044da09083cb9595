"""The heart: a child's words travel to a board and back, and the child has the last word."""

import re
from datetime import timedelta

import pytest

from saidanddone.core import clock

pytestmark = pytest.mark.journey

CODE = re.compile(r"[A-Z]+ \d{4} [A-Z]+ [A-Z]+")
WORDS = "The last bus goes at six. I miss dance every week and nobody asks us."


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_words_to_did_it_happen(visit, served, script):
    title = f"{'Buses' if script else 'Trams'} home after clubs"
    child = visit(phone=True, script=script)
    worker, clerk = visit("worker", script=script), visit("clerk", script=script)
    code = tell_us(child, f"{title}. {WORDS}")
    voice = read_words(worker, served, title)
    issue = raise_issue(worker, voice, title)
    route(worker, issue, "Marigold Ashby")
    meeting = plan_meeting(clerk, 20 if script else 21)
    publishing_is_refused(clerk, meeting)
    item = table(worker, served, issue, meeting)
    publish(clerk, meeting)
    decide(clerk, meeting, item)
    officer = visit("officer", script=script)
    reply(officer, issue, "We will write to the bus firm.")
    judge(child, code, "not_fair", "You only wrote a letter. I still walk home.")
    route(worker, issue, "Idris Lanternwood")
    other = visit("officer_nhs", script=script)
    reply(other, issue, "A bus will run at eight on club days.", promise="Run a bus at eight")
    judge(child, code, "fair")
    keep_promise(other, served, issue)
    finish(other, issue)
    it_happened(child, code)
    child.picture(f"journey-thread-{'script' if script else 'no-script'}")
    assert story_of(served, voice) == STORY


def tell_us(child, words):
    """A fourteen-year-old says something by phone, without an account; the code is theirs."""
    child.go("/tell-us/")
    child.sees("0800 1111")
    child.type(words=words)
    child.press("Next question")
    child.choose("who", "young")
    child.page.get_by_text("14 to 16").click()
    child.press("Next question")
    child.choose("readers", "everyone")
    child.press("Next question")
    child.press("Next question")
    child.sees(words)
    child.press("Send it")
    code = CODE.search(child.page.locator("main").inner_text())
    assert code, "no code is shown"
    return code.group(0)


def read_words(worker, served, title):
    """A person reads every word before anybody else does."""
    found = served.rows("SELECT max(id) FROM participation_voice WHERE words LIKE %s", f"{title}%")
    voice = found[0][0]
    worker.go(f"/voices/{voice}/read/")
    worker.press("I have read it")
    return voice


def raise_issue(worker, voice, title):
    """The worker makes an issue of it, in words that are agreed."""
    worker.go(f"/issues/raise/?voice={voice}")
    worker.type(title=title, wording=f"{title}: let there be one when clubs end.")
    worker.press("Raise this issue")
    if worker.page.locator('[name="twin"]').count():  # something like it is asked for already
        worker.page.get_by_text("This is something else").click()
        worker.press("Raise this issue")
    return worker.number()


def route(worker, issue, name):
    """A named person gets it."""
    worker.go(f"/issues/{issue}/route/")
    worker.choose("to", "officer")
    owner = worker.page.locator('[name="owner"]')
    value = owner.locator("option", has_text=name).first.get_attribute("value")
    owner.select_option(value)
    worker.press("Give it to them")
    worker.sees(name.split(" ", maxsplit=1)[0])


def plan_meeting(clerk, days):
    """The clerk plans a meeting of the Board."""
    clerk.go("/boards/cspb/meetings/plan/")
    on = clock.today() + timedelta(days=days)
    clerk.type(on=f"{on:%d/%m/%Y}")
    clerk.press("Plan it")
    return clerk.number()


def publishing_is_refused(clerk, meeting):
    """No agenda without what children say."""
    clerk.go(f"/meetings/{meeting}/")
    clerk.press("Publish the agenda")
    clerk.sees("what children say")
    clerk.sees("Being planned")


def table(worker, served, issue, meeting):
    """The issue is put on the agenda; the item carries its wording."""
    worker.go(f"/issues/{issue}/table/")
    worker.choose("meeting", str(meeting))
    worker.press("Put it on this agenda")
    origin = f"/issues/{issue}/"
    query = "SELECT id FROM governance_agendaitem WHERE origin_path = %s AND meeting_id = %s"
    return served.rows(query, origin, meeting)[0][0]


def publish(clerk, meeting):
    """Now it can be published."""
    clerk.go(f"/meetings/{meeting}/")
    clerk.press("Publish the agenda")
    clerk.sees("Agenda is out")


def decide(clerk, meeting, item):
    """A decision and an action are written beside the item, and the item is closed."""
    clerk.go(f"/meetings/{meeting}/items/{item}/decide/")
    clerk.type(wording="The Board asks for a bus after clubs.", reasons="Children miss clubs.")
    clerk.press("Save decision")
    clerk.go(f"/meetings/{meeting}/items/{item}/act/")
    clerk.type(what="Ask the firm what a bus at eight costs", due_on="31/12/2027")
    clerk.page.locator('[name="owner"] option', has_text="Marigold Ashby").first.wait_for(
        state="attached"
    )
    owner = clerk.page.locator('[name="owner"]')
    owner.select_option(
        owner.locator("option", has_text="Marigold Ashby").first.get_attribute("value")
    )
    clerk.press("Save action")
    clerk.page.get_by_role("button", name=re.compile("^Close item")).click()


def reply(officer, issue, decided, promise=""):
    """A plain answer: what you said, what we decided, why, what next, by when, who."""
    officer.go(f"/issues/{issue}/reply/")
    officer.type(
        said="You miss your club.", decided=decided, why="You told us why.",
        next="We tell you how it goes.", by_when="31/12/2027",
    )  # fmt: skip
    if promise:
        officer.type(promise_what=promise)
        owner = officer.page.locator('[name="promise_owner"]')
        owner.select_option(
            owner.locator("option", has_text="Idris Lanternwood").first.get_attribute("value")
        )
    officer.press("Send the answer")
    officer.sees(decided)


def judge(child, code, verdict, because=""):
    """The child says whether it is fair."""
    child.go("/thread/")
    child.type(code=code)
    child.press("Open my page")
    child.sees("Is this fair?")
    child.choose("fair", verdict)
    if because:
        child.type(because=because)
    child.press("Send")


def keep_promise(officer, served, issue):
    """What was promised is done, with evidence."""
    query = "SELECT promise_id FROM participation_reply WHERE issue_id = %s AND promise_id > 0"
    promise = served.rows(query, issue)[0][0]
    officer.go(f"/actions/{promise}/")
    officer.page.locator("summary", has_text="It is done").click()
    officer.type(evidence="The bus ran on its first club day.")
    officer.press("It is done")


def finish(officer, issue):
    """The thread ends at done."""
    officer.go(f"/issues/{issue}/finish/")
    officer.page.locator("main form button").last.click()
    officer.sees("Finished")


def it_happened(child, code):
    """Those who raised it have the last word."""
    child.go(f"/thread/{code.replace(' ', '-')}/")
    child.sees("Did it happen?")
    child.choose("answer", "yes")
    child.press("Send")
    child.sees("happen")


def story_of(served, voice):
    """All that the audit has since these words were said: who, did what, to what; clocks left out."""
    return served.rows(
        "SELECT split_part(actor, ':', 1), verb, split_part(subject, ':', 1) FROM audit_line "
        "WHERE id >= (SELECT min(id) FROM audit_line WHERE subject = %s) "
        "AND (actor NOT LIKE 'system%%' OR verb = 'propose_item') ORDER BY id",
        f"participation.voice:{voice}",
    )


STORY = [
    ("code", "record_voice", "participation.voice"),
    ("person", "read_voice", "participation.voice"),
    ("person", "raise_issue", "participation.issue"),
    ("person", "route_issue", "participation.issue"),
    ("person", "plan_meeting", "governance.meeting"),
    ("person", "add_agenda_item", "governance.agendaitem"),
    ("person", "table_issue", "participation.issue"),
    ("person", "publish_agenda", "governance.meeting"),
    ("person", "want_pack", "governance.pack"),
    ("person", "record_decision", "governance.decision"),
    ("person", "assign_action", "governance.action"),
    ("person", "end_item", "governance.agendaitem"),
    ("person", "reply_to_issue", "participation.issue"),
    ("code", "add_words", "participation.voice"),  # why it is not fair: their words, kept as such
    ("system", "propose_item", "governance.agendaitem"),  # the board hears that it was not fair
    ("code", "judge_reply", "participation.issue"),
    ("person", "route_issue", "participation.issue"),
    ("person", "assign_action", "governance.action"),  # what is promised
    ("person", "reply_to_issue", "participation.issue"),
    ("code", "judge_reply", "participation.issue"),
    ("person", "complete_action", "governance.action"),
    ("person", "finish_issue", "participation.issue"),
    ("code", "say_if_it_happened", "participation.issue"),
]
