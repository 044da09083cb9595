"""Cover sheets and papers as leads hand them in, and the paper that comes late."""

from datetime import time

from saidanddone.dev.demonstration import papers
from saidanddone.dev.demonstration.source import read
from saidanddone.dev.demonstration.story import Story
from saidanddone.governance import states, verbs
from saidanddone.governance.jobs.papers import make
from saidanddone.governance.models import AgendaItem, Pack

EVENING = time(16, 30)
OUT = -7  # days before a meeting on which its agenda goes out


def plan(story: Story) -> None:
    """Each cover sheet on its day; each late paper, between two editions of its pack."""
    days = {told["key"]: told["day"] for told in read("meetings", "meeting")}
    for told in read("covers", "cover"):
        story.then(days[told["meeting"]] + told["day"], _hand_in, at=EVENING, told=told)
    for told in read("covers", "late"):
        day = days[told["meeting"]]
        story.then(day + OUT, _print, at=EVENING, key=told["meeting"])
        story.then(day + told["day"], _come_late, at=EVENING, told=told)


def _hand_in(story: Story, told: dict) -> None:
    """The lead, acting for the post that leads; a young people's item by the clerk for them."""
    item = _item(story, told)
    by = next(
        (one for one in story.people.values() if one.acting_for.pk == item.lead_id),
        story.people["clerk"],
    )
    verbs.hand_in(
        item=item, decision_wanted=told["wanted"], plain=item.plain,
        children_said=told.get("said", ""), not_asked_why=told.get("not_asked", ""), by=by,
    )  # fmt: skip


def _come_late(story: Story, told: dict) -> None:
    """The clerk puts it behind its item and sends out what is new."""
    title, pdf = papers.drawn(told["paper"])
    clerk, item = story.people["clerk"], _item(story, told)
    verbs.add_paper(item=item, title=title, upload=pdf, late_why=told["why"], by=clerk)
    verbs.make_supplement(meeting=item.meeting, note=told["note"], by=clerk)
    _print(story, told["meeting"])


def _print(story: Story, key: str) -> None:
    """The worker's part, done at once: what comes late must find an edition that is out."""
    wanted = Pack.objects.filter(meeting=story.meetings[key].pk, state=states.WANTED)
    for pack in wanted.select_related("meeting__body"):
        make(pack)


def _item(story: Story, told: dict) -> AgendaItem:
    found = AgendaItem.objects.select_related("meeting__body", "body", "lead__user")
    return found.get(meeting=story.meetings[told["meeting"]].pk, title=told["item"])
