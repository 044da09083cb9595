"""Board craft through the year: terms, a forward plan, questions sent up, interests, risks."""

from datetime import date, time, timedelta

from saidanddone.dev.demonstration.source import read
from saidanddone.dev.demonstration.story import Story
from saidanddone.governance import verbs
from saidanddone.governance.models import Escalation, ForwardItem, Meeting, Risk

EARLY, LATER, LAST = time(8, 30), time(10, 45), time(15, 15)


def plan(story: Story) -> None:
    """Everything of it, each at its day."""
    for told in read("craft", "terms"):
        story.then(told["day"], _terms, at=EARLY, told=told)
    for told in read("craft", "series"):
        story.then(told["day"], _series, at=EARLY, told=told)
    for told in read("craft", "forward"):
        story.then(told["day"], _foretell, at=LATER, told=told)
        if "let_go" in told:
            story.then(told["let_go"]["day"], _let_go, at=LATER, told=told)
    for told in read("craft", "escalation"):
        story.then(told["day"], _send_up, at=LAST, told=told)
        if "withdrawn" in told:
            story.then(told["withdrawn"]["day"], _take_back, at=LAST, told=told)
    for told in read("craft", "interest"):
        story.then(told["day"], _interest, at=LAST, told=told)
    for told in read("craft", "risk"):
        _plan_risk(story, told)


def _plan_risk(story: Story, told: dict) -> None:
    story.then(told["day"], _risk, at=LATER, told=told)
    for news in told.get("scored", []):
        story.then(news["day"], _score, at=LATER, told=told, news=news)
    if "told" in told:
        story.then(told["told"]["day"], _tell, at=LATER, told=told)
    if "over" in told:
        story.then(told["over"]["day"], _end, at=LATER, told=told)


def _terms(story: Story, told: dict) -> None:
    verbs.add_terms(
        body=story.bodies[told["body"]], text=told["text"], agreed_by=told.get("by", ""),
        agreed_on=_in(story, told["agreed_in"]), review_on=_in(story, told["review_in"]),
        what_changed=told.get("changed", ""), by=story.people["clerk"],
    )  # fmt: skip


def _series(story: Story, told: dict) -> None:
    verbs.plan_series(
        body=story.bodies[told["body"]], days=[story.day(day) for day in told["days"]],
        starts_at=time.fromisoformat(told["starts"]), ends_at=time.fromisoformat(told["ends"]),
        place=told["place"], by=story.people["clerk"],
    )  # fmt: skip


def _foretell(story: Story, told: dict) -> None:
    meeting = told.get("meeting")
    told["pk"] = verbs.add_forward_item(
        body=story.bodies[told["body"]], kind=told["kind"], title=told["title"],
        plain=told.get("plain", ""), decision_maker=told.get("decided_by", ""),
        lead=story.post(told["lead"]) if "lead" in told else None,
        meeting=Meeting.objects.get(pk=story.meetings[meeting].pk) if meeting else None,
        due_on=_in(story, told["in_days"]) if "in_days" in told else None,
        urgent=told.get("urgent", False), restricted="restricted" in told,
        restricted_why=told.get("restricted", ""), by=story.people["clerk"],
    ).pk  # fmt: skip


def _let_go(story: Story, told: dict) -> None:
    item = ForwardItem.objects.select_related("body").get(pk=told["pk"])
    verbs.drop_forward_item(item=item, why=told["let_go"]["why"], by=story.people["clerk"])


def _send_up(story: Story, told: dict) -> None:
    meeting = Meeting.objects.get(pk=story.meetings[told["from"]].pk)
    item = meeting.items.select_related("body__parent", "meeting").get(title=told["item"])
    story.escalations[told["key"]] = verbs.escalate_item(
        item=item, question=told["question"], why=told["why"], by=story.people[told["by"]]
    )


def _take_back(story: Story, told: dict) -> None:
    """Those who asked have found the answer by themselves."""
    verbs.withdraw_escalation(
        escalation=Escalation.objects.get(pk=story.escalations[told["key"]].pk),
        why=told["withdrawn"]["why"], by=story.people[told["by"]],
    )  # fmt: skip


def _interest(story: Story, told: dict) -> None:
    who = story.people[told["who"]]
    if "kind" in told:
        verbs.add_interest(
            kind=told["kind"], nature=told["nature"], private=told.get("private", False), by=who
        )
    if "confirmed" in told:
        verbs.confirm_interests(by=who)


def _risk(story: Story, told: dict) -> None:
    names = ("title", "cause", "event", "effect", "controls")
    scores = {}
    for when in ("before", "now", "wanted"):
        scores[f"likelihood_{when}"], scores[f"impact_{when}"] = told[when]
    told["pk"] = verbs.add_risk(
        body=story.bodies[told["body"]], owner=story.post(told["owner"]),
        review_on=_in(story, told["review_in"]), restricted=told.get("restricted", False),
        by=story.people["clerk"], **{name: told[name] for name in names}, **scores,
    ).pk  # fmt: skip


def _score(story: Story, told: dict, news: dict) -> None:
    likelihood, impact = news["score"]
    verbs.score_risk(
        risk=_the(told), likelihood=likelihood, impact=impact, text=news["text"],
        review_on=_in(story, told["review_in"]), by=story.people[told["owner"]],
    )  # fmt: skip


def _tell(story: Story, told: dict) -> None:
    verbs.tell_risk(risk=_the(told), why=told["told"]["why"], by=story.people["clerk"])


def _end(story: Story, told: dict) -> None:
    verbs.close_risk(risk=_the(told), why=told["over"]["why"], by=story.people["clerk"])


def _the(told: dict) -> Risk:
    return Risk.objects.select_related("body__parent", "owner").get(pk=told["pk"])


def _in(story: Story, count: int) -> date:
    return story.today + timedelta(days=count)
