"""A real thread: the motion on school councils that was taken off, and how it was mended."""

import re
from datetime import timedelta

import pytest

from saidanddone.core import clock

pytestmark = pytest.mark.journey

REAL = "A school council in every high school"
AGAIN = "A student council in every college"
WORDING = "Every college has a student council, and its members meet at the Youth Cabinet."
REWORDED = (
    "The Council asks every college to have a student council that meets at the Youth Cabinet."
)


def test_the_real_thread_is_told_as_the_minutes_tell_it(visit, served):
    anybody = visit(phone=True)
    anybody.go(f"/you-said-we-did/{number_of(served, REAL)}/")
    for words in (
        "from public minutes", "autumn 2024", "It was tried out", "March 2025",
        "It stood on the Full Council’s agenda",
        "Nobody asked the Youth Cabinet first", "1 Apr 2025", "Young people objected", "4 June 2025",
        "Before: Every high school has a school council", "16 July 2025", "Two young people presented",
        "What came of it is not known",
    ):  # fmt: skip
        anybody.sees(words)
    anybody.does_not_see("has it now")
    anybody.picture("journey-school-councils")


def test_a_motion_cannot_be_dropped_in_silence_and_its_mending_is_seen(visit, served):
    worker, clerk = visit("worker"), visit("clerk")
    issue = raise_at_youth_cabinet(worker)
    tell(worker, issue, "piloted", "One college tried it for a term.")
    route_to_council(worker, issue)
    march = plan_council(clerk, 40)
    item = table(clerk, served, issue, march)
    publish(clerk, march)
    officers_cannot_take_it_off(visit("officer"), issue)
    nor_can_it_fall_off_the_agenda(clerk, march, item)
    answer(
        clerk,
        march,
        item,
        "Officers asked for it not to be heard. The Youth Cabinet was not asked.",
    )
    tell(worker, issue, "pulled", "It was not heard on the day. Nobody asked you first.")
    tell(worker, issue, "objected", "The Youth Cabinet said that this was not right.")
    reword(worker, issue)
    july = plan_council(clerk, 80)
    second = table(clerk, served, issue, july)
    publish(clerk, july)
    decide(clerk, july, second)
    tell(worker, issue, "presented", "Two of you presented it to the Council.")
    everybody_sees_it_mended(visit(phone=True), issue)
    assert story_of(served, issue) == STORY


def number_of(served, title):
    """The issue with this title."""
    return served.rows("SELECT id FROM participation_issue WHERE title = %s", title)[0][0]


def raise_at_youth_cabinet(worker):
    """An issue from a meeting: agreed wording, nobody's own words."""
    worker.go("/issues/raise/")
    worker.type(title=AGAIN, wording=WORDING, agreed_how="By hands at Youth Cabinet")
    worker.page.locator('[name="raised_at_body"]').select_option(label="Youth Cabinet")
    worker.press("Raise this issue")
    if worker.page.locator('[name="twin"]').count():  # it is like the real one, and says so
        worker.sees(REAL)
        worker.page.get_by_text("This is something else").click()
        worker.press("Raise this issue")
    worker.sees(AGAIN)
    return worker.number()


def tell(worker, issue, kind, text):
    """A step on the way, told to those who raised it."""
    worker.go(f"/issues/{issue}/tell/")
    worker.choose("kind", kind)
    worker.type(text=text)
    worker.press("Tell them")
    worker.sees(text)


def route_to_council(worker, issue):
    """To full Council."""
    worker.go(f"/issues/{issue}/route/")
    worker.choose("to", "council")
    worker.page.locator('[name="body"]').select_option(label="Full Council")
    worker.press("Give it to them")
    worker.sees("Full Council")


def plan_council(clerk, days):
    """The clerk plans a meeting of full Council."""
    clerk.go("/boards/council/meetings/plan/")
    clerk.type(on=f"{clock.today() + timedelta(days=days):%d/%m/%Y}")
    clerk.press("Plan it")
    return clerk.number()


def table(clerk, served, issue, meeting):
    """The motion stands on its agenda."""
    clerk.go(f"/issues/{issue}/table/")
    clerk.choose("meeting", str(meeting))
    clerk.press("Put it on this agenda")
    query = "SELECT id FROM governance_agendaitem WHERE origin_path = %s AND meeting_id = %s"
    return served.rows(query, f"/issues/{issue}/", meeting)[0][0]


def publish(clerk, meeting):
    """The agenda goes out."""
    clerk.go(f"/meetings/{meeting}/")
    clerk.press("Publish the agenda")
    clerk.sees("Agenda is out")


def officers_cannot_take_it_off(officer, issue):
    """There is no button for it, and no address either."""
    officer.go(f"/issues/{issue}/")
    officer.does_not_see("Withdraw it")
    assert officer.go(f"/issues/{issue}/withdraw/") == 403


def nor_can_it_fall_off_the_agenda(clerk, meeting, item):
    """Once out, an agenda keeps what children say; and the meeting stays open until it is answered."""
    clerk.go(f"/meetings/{meeting}/items/{item}/")
    clerk.does_not_see("Take it off this agenda")
    clerk.go(f"/meetings/{meeting}/close/")
    clerk.press("Close it")
    clerk.sees(AGAIN)
    clerk.go(f"/meetings/{meeting}/")
    clerk.sees("Agenda is out")


def answer(clerk, meeting, item, words):
    """What happened at the meeting is written where everybody reads it."""
    clerk.go(f"/meetings/{meeting}/items/{item}/answer/")
    clerk.type(answer=words)
    clerk.press("Save the answer")
    close(clerk)


def reword(worker, issue):
    """In other words; the old ones are kept."""
    worker.go(f"/issues/{issue}/reword/")
    worker.type(wording=REWORDED, agreed_how="By the Youth Cabinet", why="The motion is said anew.")
    worker.press("Use these words")
    worker.sees(REWORDED)


def decide(clerk, meeting, item):
    """The Council decides, and the decision has a number."""
    clerk.go(f"/meetings/{meeting}/items/{item}/decide/")
    clerk.type(
        wording="The Council stands behind student councils.", reasons="They were asked for."
    )
    clerk.press("Save decision")
    close(clerk)


def close(clerk):
    """The item is closed."""
    clerk.page.get_by_role("button", name=re.compile("^Close item")).click()


def everybody_sees_it_mended(anybody, issue):
    """The whole line stands in public: taken off, objected, reworded, presented, decided."""
    anybody.go(f"/you-said-we-did/{issue}/")
    for words in (
        "It was tried out", "It was taken off", "Nobody asked you first", "Young people objected",
        f"Before: {WORDING}", "It was presented", "The Full Council decided",
    ):  # fmt: skip
        anybody.sees(words)
    anybody.picture("journey-motion-mended")


def story_of(served, issue):
    """What people did to this issue, in order, as the audit has it."""
    rows = served.rows(
        "SELECT verb FROM audit_line WHERE subject = %s AND actor LIKE %s ORDER BY id",
        f"participation.issue:{issue}", "person:%",
    )  # fmt: skip
    return [verb for (verb,) in rows]


STORY = [
    "raise_issue", "tell_step", "route_issue", "table_issue", "tell_step", "tell_step",
    "reword_issue", "table_issue", "tell_step",
]  # fmt: skip
