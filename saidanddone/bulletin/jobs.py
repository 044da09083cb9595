"""What the bulletin does on a clock: puts the week together, sends what is due, forgets."""

from procrastinate.contrib.django import app

from saidanddone.bulletin import permissions, verbs
from saidanddone.bulletin.models import Edition, Subscription
from saidanddone.core.lifecycle import Moved

BULLETIN = "system: bulletin"
LEFT = Subscription.How.ACCOUNT


@app.periodic(cron="0 6 * * 1")
@app.task(queueing_lock="bulletin-compile", lock="bulletin-compile")
def compile_week(timestamp: int) -> None:
    """On Monday mornings the week's bulletin waits for its editor."""
    verbs.compile_edition(week=verbs.week_to_come(), by=BULLETIN)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="bulletin-send", lock="bulletin-send")
def send_what_is_due(timestamp: int) -> None:
    """Each minute: whoever left the network gets no more; editions whose hour has come."""
    end_for_leavers()
    send_due()


@app.periodic(cron="33 3 * * *")
@app.task(queueing_lock="bulletin-forget", lock="bulletin-forget")
def forget(timestamp: int) -> None:
    """Nightly: suggestions whose address never answered."""
    verbs.forget_unconfirmed(by=BULLETIN)


def end_for_leavers() -> int:
    """Subscriptions that hung on a place here which has ended."""
    left = list(permissions.of_leavers())
    for subscription in left:
        verbs.end_subscription(subscription=subscription, how=LEFT, by=BULLETIN)
    return len(left)


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
