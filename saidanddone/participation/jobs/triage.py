"""What the clock does for held words: nobody's lunch break leaves a child waiting."""

import structlog
from procrastinate.contrib.django import app

from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.participation import verbs

log = structlog.get_logger("saidanddone.participation")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="held-words", lock="held-words")
def watch_held_words(timestamp: int) -> None:
    """Every minute: unopened words go to the next in line."""
    pass_on_unopened()


def pass_on_unopened() -> int:
    """How many holds went to the next rank. One that somebody opens meanwhile stays with them."""
    passed = 0
    for hold in verbs.holds_to_pass_on():
        try:
            verbs.pass_held_voice_on(hold=hold)
        except (Moved, Refused):
            continue
        passed += 1
    if passed:
        log.info("held words passed on", count=passed)
    return passed
