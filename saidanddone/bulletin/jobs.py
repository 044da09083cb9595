"""What the bulletin does on a clock: puts the week together, sends what is due, forgets."""

from procrastinate.contrib.django import app

from saidanddone.bulletin import verbs
from saidanddone.bulletin.models import Edition
from saidanddone.core.lifecycle import Moved

BULLETIN = "system: bulletin"


@app.periodic(cron="0 6 * * 1")
@app.task(queueing_lock="bulletin-compile", lock="bulletin-compile")
def compile_week(timestamp: int) -> None:
    """On Monday mornings the week's bulletin waits for its editor."""
    verbs.compile_edition(week=verbs.week_to_come(), by=BULLETIN)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="bulletin-send", lock="bulletin-send")
def send_what_is_due(timestamp: int) -> None:
    """Each minute: editions whose hour has come."""
    send_due()


@app.periodic(cron="33 3 * * *")
@app.task(queueing_lock="bulletin-forget", lock="bulletin-forget")
def forget(timestamp: int) -> None:
    """Nightly: suggestions whose address never answered."""
    verbs.forget_unconfirmed(by=BULLETIN)


def send_due() -> int:
    """Find them, and call one verb on each; one that was just stopped is left alone."""
    done = 0
    for edition in Edition.objects.due():
        try:
            verbs.send_edition(edition=edition, by=BULLETIN)
        except Moved:
            continue
        done += 1
    return done
