"""Issues: raised, routed, answered, judged, finished; what boards do about them is in meetings."""

from collections.abc import Callable
from datetime import time
from typing import Any

from saidanddone.dev.demonstration.lists import chosen
from saidanddone.dev.demonstration.source import read
from saidanddone.dev.demonstration.story import Story
from saidanddone.governance import verbs as governance
from saidanddone.participation import verbs
from saidanddone.participation.models import Issue, Voice

RAISED, NEXT = time(11), time(11, 30)


def plan(story: Story) -> None:
    """Each issue: raised on its day, and every deed that the file tells of it."""
    for told in read("issues", "issue"):
        story.then(told["day"], _raise, at=RAISED, told=told)
        for deed in told.get("then", []):
            story.then(deed["day"], _do, at=NEXT, key=told["key"], told=deed)


def _raise(story: Story, told: dict) -> None:
    story.issues[told["key"]] = verbs.raise_issue(
        title=told["title"], wording=told["wording"], agreed_how=told["agreed_how"],
        voices=[story.voice(key) for key in told["voices"]],
        raised_at_body=story.bodies[told["at"]] if "at" in told else None,
        by=story.people[told["by"]], **chosen(told),
    )  # fmt: skip


def _do(story: Story, key: str, told: dict) -> None:
    DEEDS[told["do"]](story, story.issue(key), told)


def _route(story: Story, issue: Issue, told: dict) -> None:
    verbs.route_issue(
        issue=issue, to=told["to"], outside=told.get("outside", ""), why=told.get("why", ""),
        owner=story.post(told["owner"]) if "owner" in told else None,
        body=story.bodies[told["body"]] if "body" in told else None, by=story.people["worker"],
    )  # fmt: skip


def _agree(story: Story, issue: Issue, told: dict) -> None:
    verbs.agree_title(
        issue=issue, voice=story.voice(told["voice"]), agrees="would_say" not in told,
        would_say=told.get("would_say", ""),
    )  # fmt: skip


def _ask(story: Story, issue: Issue, told: dict) -> None:
    verbs.ask_question(issue=issue, text=told["text"], by=story.people[told["by"]])


def _answer(story: Story, issue: Issue, told: dict) -> None:
    answer = verbs.answer_question(
        question=issue.questions.get(), voice=story.voice(told["voice"]), words=told["words"]
    )
    _read(story, answer.words)


def _step(story: Story, issue: Issue, told: dict) -> None:
    verbs.tell_step(issue=issue, kind=told["kind"], text=told["text"], by=story.people["worker"])


def _reply(story: Story, issue: Issue, told: dict) -> None:
    author = story.people[told["author"]]
    promised = {}
    if "promise" in told:
        promised = {"promise_what": told["promise"], "promise_owner": author.acting_for}
    by_when = story.day(told["by_when"]) if "by_when" in told else None
    verbs.reply_to_issue(
        issue=issue, by=author, by_when=by_when, keep_as_draft=told.get("draft", False),
        **_words(told), **promised,
    )  # fmt: skip


def _refuse(story: Story, issue: Issue, told: dict) -> None:
    verbs.refuse_issue(issue=issue, by=story.people[told["author"]], **_words(told))


def _judge(story: Story, issue: Issue, told: dict) -> None:
    judgement = verbs.judge_reply(
        issue=issue, voice=story.voice(told["voice"]), because=told.get("because", ""),
        verdict="fair" if told["fair"] else "not_fair",
    )  # fmt: skip
    _read(story, judgement.words)


def _judge_group(story: Story, issue: Issue, told: dict) -> None:
    meeting = story.meetings[told["meeting"]]
    verbs.judge_reply_as_group(
        issue=issue, body=meeting.body, meeting=meeting, fair=told["fair"],
        not_fair=told["not_fair"], not_said=told["not_said"], by=story.people["worker"],
    )  # fmt: skip


def _withdraw(story: Story, issue: Issue, told: dict) -> None:
    verbs.withdraw_issue(
        issue=issue, withdrawn_by=told["whose"], why=told["why"], by=story.people[told["by"]]
    )


def _update(story: Story, issue: Issue, told: dict) -> None:
    promise = issue.reply.promise
    governance.update_action(action=promise, text=told["text"], by=_owner(story, promise))


def _complete(story: Story, issue: Issue, told: dict) -> None:
    promise = issue.reply.promise
    governance.complete_action(action=promise, evidence=told["evidence"], by=_owner(story, promise))


def _drop(story: Story, issue: Issue, told: dict) -> None:
    promise = issue.reply.promise
    governance.drop_action(action=promise, why=told["why"], by=_owner(story, promise))


def _finish(story: Story, issue: Issue, told: dict) -> None:
    verbs.finish_issue(
        issue=issue, dropped_why=told.get("dropped_why", ""), by=story.people[told["by"]]
    )


def _happened(story: Story, issue: Issue, told: dict) -> None:
    happened = verbs.say_if_it_happened(
        issue=issue, voice=story.voice(told["voice"]), answer=told["answer"],
        because=told.get("because", ""),
    )  # fmt: skip
    _read(story, happened.words)


def _read(story: Story, words: Voice | None) -> None:
    """Reasons and answers are words of their own, and somebody reads them like all others."""
    if words is not None:
        verbs.read_voice(voice=words, public_words=words.words, by=story.people["worker"])


DEEDS: dict[str, Callable[[Story, Issue, dict], None]] = {
    "route": _route, "agree": _agree, "ask": _ask, "answer": _answer, "step": _step,
    "reply": _reply, "refuse": _refuse, "judge": _judge, "judge_group": _judge_group,
    "withdraw": _withdraw, "update": _update, "complete": _complete, "drop": _drop,
    "finish": _finish, "happened": _happened,
}  # fmt: skip


def _words(told: dict) -> dict[str, Any]:
    """The parts of a reply by their names on the page."""
    parts = {
        name: told[name] for name in ("said", "why", "could_not", "next", "who") if name in told
    }
    return parts | {"decided": told["reply"]}


def _owner(story: Story, action: Any):
    return next(one for one in story.people.values() if one.acting_for.pk == action.owner_id)
