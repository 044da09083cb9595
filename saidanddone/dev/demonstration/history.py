"""Fifteen real threads, from public minutes, carried by the same verbs as everything else.

What is taken from old papers has its source and its day as exactly as that is known, and no actor:
somebody writes it down today, and did not do it then.
"""

from datetime import date, time, timedelta
from typing import Any

from saidanddone.dev.demonstration.lists import chosen
from saidanddone.dev.demonstration.source import read
from saidanddone.dev.demonstration.story import Story
from saidanddone.governance import verbs as governance
from saidanddone.governance.models import Meeting
from saidanddone.participation import verbs
from saidanddone.participation.models import Issue

SOURCE = "from public minutes"
# In the course of a day: raised, sent on its way, put on an agenda, met about, told.
PLANNED, RAISED, ON_ITS_WAY, TABLED, HELD, TOLD = (time(hour) for hour in (8, 9, 10, 11, 18, 20))
WHEN = {"table": TABLED, "route": ON_ITS_WAY}


def plan(story: Story) -> None:
    """Each meeting and each thread, at its place in the order of things."""
    for told in read("history", "meeting"):
        story.on(_place(told), _arrange, at=PLANNED, told=told)
        story.on(_place(told), _hold, at=HELD, told=told)
    for thread in read("history", "thread"):
        source = thread.get("source", SOURCE)
        story.on(_place(thread), _raise, at=RAISED, told=thread, source=source)
        for deed in thread.get("then", []):
            at = time(deed["hour"]) if "hour" in deed else WHEN.get(deed["do"], TOLD)
            story.on(_place(deed), _do, at=at, key=thread["key"], told=deed, source=source)


def _place(told: dict) -> date:
    """The day after: what minutes tell has been."""
    return (told.get("told") or told["on"]) + timedelta(days=1)


def _arrange(story: Story, told: dict) -> None:
    story.meetings[told["key"]] = governance.plan_meeting(
        body=story.bodies[told["body"]], on=told.get("on"), source=SOURCE,
        precision=told.get("precision", "day"), by=story.people["democratic"],
    )  # fmt: skip


def _hold(story: Story, told: dict) -> None:
    """Write down what the minutes tell of a meeting, in our own words."""
    meeting, clerk = _meeting(story, told["key"]), story.people["democratic"]
    for line in told["item"]:
        if "thread" not in line:
            governance.add_agenda_item(
                meeting=meeting,
                kind="voice",
                title=line["title"],
                wording=line["wording"],
                by=clerk,
            )
    governance.publish_agenda(meeting=meeting, by=clerk)
    items = {item.title: item for item in meeting.items.select_related("meeting", "body")}
    for line in told["item"]:
        title = story.issues[line["thread"]].title if "thread" in line else line["title"]
        item = items[title]
        governance.minute_item(item=item, minute=line["minute"], by=clerk)
        if "answer" in line:
            governance.note_answer(item=item, answer=line["answer"], by=clerk)
        if "decision" in line:
            decision = {"outcome": "agreed"} | line["decision"]
            governance.record_decision(item=item, by=clerk, **decision)
    governance.close_meeting(meeting=meeting, by=clerk)


def _raise(story: Story, told: dict, source: str) -> None:
    meeting = told.get("meeting")
    story.issues[told["key"]] = verbs.raise_issue(
        title=told["title"], wording=told["wording"], agreed_how=told["agreed_how"],
        raised_at_body=story.bodies[told["at"]] if "at" in told else None,
        raised_at_meeting=meeting and story.meetings[meeting], by=story.people["democratic"],
        **chosen(told | {"area": "borough"}), **_when(told, source),
    )  # fmt: skip


def _do(story: Story, key: str, told: dict, source: str) -> None:
    issue = story.issue(key)
    DEEDS[told["do"]](story, issue, told, _when(told, source) | {"by": story.people["democratic"]})


def _route(story: Story, issue: Issue, told: dict, when: dict) -> None:
    body = story.bodies[told["body"]] if "body" in told else None
    verbs.route_issue(
        issue=issue, to=told["to"], body=body, outside=told.get("outside", ""),
        why=told.get("why", ""), **when,
    )  # fmt: skip


def _table(story: Story, issue: Issue, told: dict, when: dict) -> None:
    verbs.table_issue(issue=issue, meeting=_meeting(story, told["meeting"]), **when)


def _step(story: Story, issue: Issue, told: dict, when: dict) -> None:
    meeting = story.meetings[told["meeting"]] if "meeting" in told else None
    body = story.bodies[told["body"]] if "body" in told else meeting and meeting.body
    verbs.tell_step(
        issue=issue, kind=told["kind"], text=told["text"], meeting=meeting, body=body, **when
    )


def _reword(story: Story, issue: Issue, told: dict, when: dict) -> None:
    verbs.reword_issue(issue=issue, wording=told["wording"], why=told["why"], **when)


def _reply(story: Story, issue: Issue, told: dict, when: dict) -> None:
    parts = {name: told[name] for name in ("said", "why", "next", "who") if name in told}
    verbs.reply_to_issue(issue=issue, decided=told["reply"], **parts, **when)


def _lapse(story: Story, issue: Issue, told: dict, when: dict) -> None:
    """Whether it was fair, the papers do not tell: that is "not said"."""
    verbs.lapse_judgement(issue=issue, by="system:judging")


DEEDS = {
    "route": _route, "table": _table, "step": _step, "reword": _reword, "reply": _reply,
    "lapse": _lapse,
}  # fmt: skip


def _when(told: dict, source: str) -> dict[str, Any]:
    """The day as exactly as it is known, and where that is from."""
    precision = told.get("precision", "day") if "on" in told else "unknown"
    return {"on": told.get("on"), "precision": precision, "source": source}


def _meeting(story: Story, key: str) -> Meeting:
    return Meeting.objects.select_related("body").get(pk=story.meetings[key].pk)
