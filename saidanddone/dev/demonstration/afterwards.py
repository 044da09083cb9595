"""What goes on beside people's deeds: the clock, the rota, the mail; and the visitors' codes."""

import json
from collections.abc import Callable
from datetime import time, timedelta

from django.conf import settings
from django.db.models import F

from saidanddone.dev.demonstration.story import Story
from saidanddone.mail.models import Letter
from saidanddone.mail.verbs import forget
from saidanddone.participation import verbs
from saidanddone.participation.jobs import issues as clock_jobs
from saidanddone.participation.models.codes import in_address

RISING = -370  # the day on which the rota begins
# On which days the clock has something to find, and what.
ROUNDS = {
    clock_jobs.bring_decisions_back: (-265, -170, -55, -25, 0),
    clock_jobs.end_judging: (-232, -170, -135, -100, -70, -46, -20, 0),
    clock_jobs.ask_for_late_answers: (-46, -40, -33, -20, -8, -4, 0),
}
EARLY = time(6, 10)
RECENT = timedelta(days=2)  # letters younger than this are still to be handed over
POSTMAN = "demonstration"

VISITORS = (
    ("park_1", "A young person, fourteen, who has an answer",
     "An answer has come about the park. Is it fair?"),
    ("quiet_1", "A young person, twelve, who is asked something",
     "Agree the title, or not; answer a question."),
    ("changing_1", "A parent",
     "Follow what you said to the meeting that will talk about it."),
)  # fmt: skip


def plan(story: Story) -> None:
    """The clock's rounds through the year, and the rota for held words."""
    for job, offsets in ROUNDS.items():
        for offset in offsets:
            story.then(offset, _look_round, at=EARLY, job=job)
    story.then(RISING, _keep_rota, at=EARLY)


def _look_round(story: Story, job: Callable[[], int]) -> None:
    """What the clock does each morning and every few minutes."""
    job()


def _keep_rota(story: Story) -> None:
    """Lead, deputy and manager, from a year ago to three months from now."""
    until = story.today + timedelta(days=92)
    for rank, key in enumerate(("safeguarding", "duty_deputy", "duty_manager"), start=1):
        verbs.set_duty(
            post=story.post(key), rank=rank, starts_on=story.day(RISING), ends_on=until,
            by=story.people["safeguarding"],
        )  # fmt: skip


def settle(story: Story) -> None:
    """Once all is told: last year's letters have long arrived, and visitors find their codes."""
    past = Letter.objects.filter(queued_at__lt=story.now - RECENT)
    past.move_all("hand_over", worker=POSTMAN, handed_at=F("queued_at"), attempts=1)
    Letter.objects.in_hands_of(POSTMAN).move_all("accept", accepted_at=F("handed_at"))
    forget()
    _leave_codes(story)


def _leave_codes(story: Story) -> None:
    """Three threads that /demo/ opens. Codes are random and kept nowhere else but as digests."""
    left = [
        {"who": who, "words": words, "code": story.codes[key],
         "address": f"/thread/{in_address(story.codes[key])}/"}
        for key, who, words in VISITORS
    ]  # fmt: skip
    path = settings.DATA / "demo-threads.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(left, ensure_ascii=False, indent=1))
