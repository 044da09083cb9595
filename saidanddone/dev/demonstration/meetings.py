"""Meetings: planned, their agendas and papers, published, held, minuted; decisions and actions."""

from collections.abc import Callable
from datetime import time, timedelta
from functools import cache
from typing import Any

from saidanddone.core import workdays
from saidanddone.dev.demonstration import minutes, papers
from saidanddone.dev.demonstration.source import read, whole
from saidanddone.dev.demonstration.story import Story
from saidanddone.governance import states, verbs
from saidanddone.governance.models import Action, AgendaItem, Meeting
from saidanddone.participation import verbs as participation

# Days before and after a meeting on which its clerk does things.
PLANNED, OWN_ITEMS, VOICES, OUT, EXCUSED, CLOSED = -45, -14, -10, -7, -8, 4
CHECKED, CIRCULATED = 7, 9
LATELY = -5  # what has come since still waits
ANSWERED = "What became of what we raised"
MORNING, NOON, AFTERNOON = time(9, 15), time(12, 30), time(14)


def plan(story: Story) -> None:
    """Each meeting and everything that the year has seen of it."""
    for told in read("meetings", "meeting"):
        _plan_meeting(story, told)
    story.then(LATELY, _tell_without_a_meeting, at=AFTERNOON)
    for told in read("meetings", "proposal"):
        story.then(told["day"], _propose, at=MORNING, told=told)
        if "declined" in told:
            story.then(told["declined"]["day"], _decline, at=AFTERNOON, told=told)


def _plan_meeting(story: Story, told: dict) -> None:
    day, key = told["day"], told["key"]
    held = day <= 0
    story.then(told.get("planned", day + PLANNED), _arrange, at=MORNING, told=told)
    for place, item in enumerate(told.get("item", [])):
        began = told.get("planned", day + OWN_ITEMS) if not held else day + OWN_ITEMS
        moment = item.get("tabled", day + VOICES) if _from_thread(item) else began
        story.then(moment, _item, at=time(9, 30 + place), key=key, told=item)
        for action in item.get("action", []):
            _plan_action(story, action, day)
    if "cancelled" in told:
        story.then(day - 1, _cancel, at=MORNING, key=key, told=told)
        return
    if "excuse" in told:
        story.then(day + EXCUSED, _excuse, at=AFTERNOON, key=key, told=told)
    story.then(min(day + OUT, LATELY), _place_what_came_back, at=NOON, key=key, held=held)
    if held or told.get("published"):
        story.then(day + OUT, _publish, at=AFTERNOON, key=key)
    if held:
        story.then(day, _hold, at=_clock(told["starts"]), key=key, told=told)
    if held and told.get("closed", True):
        story.then(day + CLOSED, _close, at=AFTERNOON, key=key, told=told)
        _plan_minutes(story, told)


def _plan_minutes(story: Story, told: dict) -> None:
    """The days on which they are checked and circulated; `minutes` says so where it differs."""
    way = {"checked": CHECKED, "circulated": CIRCULATED} | told.get("minutes", {})
    for name, do in (("checked", minutes.check), ("circulated", minutes.circulate)):
        if way[name]:
            story.then(told["day"] + way[name], _on_minutes, key=told["key"], deed=do)
    for wish in told.get("corrections", []):
        day = told["day"] + wish["after"]
        story.then(day, _on_minutes, key=told["key"], deed=minutes.correct, told=wish)


def _on_minutes(story: Story, key: str, deed: Callable[..., None], **told: Any) -> None:
    deed(story, story.meetings[key].pk, **told)


def _from_thread(item: dict) -> bool:
    return "issue" in item or "taken" in item


def _arrange(story: Story, told: dict) -> None:
    story.meetings[told["key"]] = verbs.plan_meeting(
        body=story.bodies[told["body"]], on=story.day(told["day"]), place=told["place"],
        starts_at=_clock(told["starts"]), ends_at=_clock(told["ends"]),
        link=told.get("link", ""), by=story.people["clerk"],
    )  # fmt: skip


def _item(story: Story, key: str, told: dict) -> None:
    """Put one thing on the agenda: an issue, what was proposed about one, or something new."""
    meeting, clerk = _meeting(story, key), story.people["clerk"]
    if "issue" in told:
        issue = story.issue(told["issue"])
        plain = told.get("plain", "")
        tabling = participation.table_issue(issue=issue, meeting=meeting, plain=plain, by=clerk)
        item = tabling.item
    elif "escalated" in told:
        item = AgendaItem.objects.get(escalated_here=story.escalations[told["escalated"]])
        verbs.accept_item(item=item, meeting=meeting, by=clerk)
    elif "taken" in told:
        item = _proposed(story, meeting, told["taken"])
        verbs.accept_item(item=item, meeting=meeting, by=clerk)
    else:
        item = verbs.add_agenda_item(
            meeting=meeting, kind=told["kind"], title=told["title"], plain=told.get("plain", ""),
            wording=told.get("wording", ""), restricted="restricted" in told,
            restricted_why=told.get("restricted", ""), by=clerk,
        )  # fmt: skip
    changes = {"minutes_allotted": told.get("minutes", 10)}
    if "lead" in told:
        changes["lead"] = story.post(told["lead"])
    verbs.change_item(item=item, by=clerk, **changes)
    if "paper" in told:
        title, pdf = papers.drawn(told["paper"])
        verbs.add_paper(item=item, title=title, upload=pdf, by=clerk)
    told["pk"] = item.pk


def _place_what_came_back(story: Story, key: str, *, held: bool) -> None:
    """What the threads brought to this body by themselves stands on its next agenda, as it would.

    On an agenda that is still to come only answers are placed: what children are owed waits for
    whoever plays the clerk, and so does the rule that no agenda goes out without it.
    """
    if key not in story.meetings:
        return
    meeting = _meeting(story, key)
    placed_by_name = [
        story.issues[issue].get_absolute_url()
        for body, issue in _taken()
        if issue in story.issues and story.bodies[body] == meeting.body
    ]
    came = AgendaItem.objects.filter(body=meeting.body, state=states.PROPOSED)
    for item in came.exclude(origin_path__in=placed_by_name).order_by("pk"):
        if _came_back(item) and (held or item.title.startswith(ANSWERED)):
            verbs.accept_item(item=item, meeting=meeting, by=story.people["clerk"])


def _tell_without_a_meeting(story: Story) -> None:
    """A group that plans no meeting here hears from its worker what became of what it raised."""
    meets = Meeting.objects.filter(state__in=(states.PLANNED, states.PUBLISHED)).values("body")
    came = AgendaItem.objects.filter(state=states.PROPOSED, title__startswith=ANSWERED)
    for item in came.exclude(body__in=meets).order_by("pk"):
        why = "No meeting is planned. Their worker tells them what became of it."
        verbs.decline_item(item=item, why=why, by=story.people["clerk"])


def _came_back(item: AgendaItem) -> dict[str, str] | None:
    """What is minuted and answered to an item that a thread brought by itself; None for others."""
    return next((told for told in _brought() if item.title.startswith(told["begins"])), None)


@cache
def _brought() -> list[dict[str, str]]:
    return read("meetings", "back")


@cache
def _taken() -> frozenset[tuple[str, str]]:
    """Body and issue, where the files themselves say when what came of it is placed."""
    return frozenset(
        (one["body"], item["taken"])
        for one in read("meetings", "meeting")
        for item in one.get("item", [])
        if "taken" in item
    )


def _proposed(story: Story, meeting: Meeting, issue: str) -> AgendaItem:
    """What waits longest of all that was proposed to this body about this issue."""
    path = story.issues[issue].get_absolute_url()
    waiting = AgendaItem.objects.filter(body=meeting.body, origin_path=path, state=states.PROPOSED)
    return waiting.order_by("pk").first()


def _propose(story: Story, told: dict) -> None:
    """A member asks for a place on an agenda."""
    told["pk"] = verbs.propose_item(
        body=story.bodies[told["body"]], kind=told["kind"], title=told["title"],
        wording=told["wording"], origin_path="", by=story.people[told["by"]],
    ).pk  # fmt: skip


def _decline(story: Story, told: dict) -> None:
    item = AgendaItem.objects.select_related("body").get(pk=told["pk"])
    verbs.decline_item(item=item, why=told["declined"]["why"], by=story.people["clerk"])


def _excuse(story: Story, key: str, told: dict) -> None:
    verbs.excuse_missing_voice(
        meeting=_meeting(story, key), reason=told["excuse"], by=story.people["chair"]
    )


def _publish(story: Story, key: str) -> None:
    verbs.publish_agenda(meeting=_meeting(story, key), by=story.people["clerk"])


def _cancel(story: Story, key: str, told: dict) -> None:
    verbs.cancel_meeting(
        meeting=_meeting(story, key), why=told["cancelled"], by=story.people["clerk"]
    )


def _hold(story: Story, key: str, told: dict) -> None:
    """Minute each item as it is dealt with, and record what came of it."""
    minutes.attend(story, _meeting(story, key), told)
    minutes.agree(story, _meeting(story, key))
    by_item = {item["pk"]: item for item in told.get("item", []) if "pk" in item}
    for item in _meeting(story, key).items.select_related("meeting", "body").order_by("order"):
        _minute(story, item, by_item.get(item.pk, {}), told)


def _minute(story: Story, item: AgendaItem, told: dict, meeting: dict) -> None:
    clerk = story.people["clerk"]
    verbs.minute_item(item=item, minute=told.get("minute") or _said(item), by=clerk)
    decision = None
    if "decision" in told:
        decision = verbs.record_decision(
            item=item, by=clerk, **{"outcome": "agreed", "alternatives": ""} | told["decision"]
        )
    for action in told.get("action", []):
        _assign(story, item, decision, action)
    answer = told.get("answer") or (_came_back(item) or {}).get("answer")
    if answer and (not told or "answer" in told):
        verbs.note_answer(item=item, answer=answer, by=clerk)
    if "young" in told:
        verbs.write_young_version(
            item=item, plain=item.plain, **{"young_title": ""} | told["young"], by=clerk
        )
    if meeting.get("closed", True):
        verbs.end_item(item=item, by=clerk)


def _assign(story: Story, item: AgendaItem, decision: Any, told: dict) -> None:
    due = workdays.add(item.meeting.on + timedelta(days=told["due"]), 0)
    told["pk"] = verbs.assign_action(
        what=told["what"], owner=story.post(told["owner"]), due_on=due, item=item,
        decision=decision, by=story.people["clerk"],
    ).pk  # fmt: skip


def _plan_action(story: Story, told: dict, day: int) -> None:
    """What its owner did about it, or not, in the weeks after the meeting."""
    for news in told.get("updates", []):
        story.then(day + news["after"], _update, told=told, text=news["text"])
    if "done" in told:
        story.then(day + told["done"]["after"], _complete, told=told)
    if "dropped" in told:
        story.then(day + told["dropped"]["after"], _drop, told=told)


def _update(story: Story, told: dict, text: str) -> None:
    verbs.update_action(action=_the(told), text=text, by=story.people[told["owner"]])


def _complete(story: Story, told: dict) -> None:
    verbs.complete_action(
        action=_the(told), evidence=told["done"]["evidence"], by=story.people[told["owner"]]
    )


def _drop(story: Story, told: dict) -> None:
    """Its owner asks, the chair agrees."""
    owner, why = story.people[told["owner"]], told["dropped"]["why"]
    verbs.ask_to_drop(action=_the(told), why=why, by=owner)
    verbs.drop_action(action=_the(told), by=story.people["chair"])


def _the(told: dict) -> Action:
    return Action.objects.select_related("owner", "item__body").get(pk=told["pk"])


def _close(story: Story, key: str, told: dict) -> None:
    verbs.close_meeting(
        meeting=_meeting(story, key), present=told.get("present"), by=story.people["clerk"]
    )


def _meeting(story: Story, key: str) -> Meeting:
    return Meeting.objects.select_related("body").get(pk=story.meetings[key].pk)


def _clock(words: str) -> time:
    return time.fromisoformat(words)


def _said(item: AgendaItem) -> str:
    """What the minutes say where the files say nothing: of answers, that they were read out."""
    if item.kind == item.Kind.MINUTES:
        return _usual()["Minutes of the last meeting"]
    if back := _came_back(item):
        return back["minute"]
    came = item.title.startswith("Answer from")
    return "The answer was read out and noted." if came else _usual()[item.title]


@cache
def _usual() -> dict[str, str]:
    """What minutes say of standing items when nothing special happened."""
    return whole("meetings")["usual"]
