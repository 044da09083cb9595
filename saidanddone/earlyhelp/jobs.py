"""What early help does on a clock: it ends what is over, warns before, and forgets what was never sent."""

from procrastinate.contrib.django import app

from saidanddone.earlyhelp import permissions, verbs

CLOCK = "system:families"
DAYS = (permissions.WARNING_DAYS, 1)  # before the day: twice, and no more


@app.periodic(cron="20 6 * * *")
@app.task(queueing_lock="families-agencies", lock="families-agencies")
def warn_sponsors(timestamp: int) -> None:
    """Every morning: whose agency must speak for them in a fortnight, or tomorrow."""
    warn_of_closings()


@app.periodic(cron="10 0 * * *")
@app.task(queueing_lock="families-teams", lock="families-teams")
def keep_teams(timestamp: int) -> None:
    """Every night: whose time in a team is over is written down."""
    verbs.lapse_memberships(by=CLOCK)


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="families-typed", lock="families-typed")
def forget_unsent(timestamp: int) -> None:
    """Every night: what was never sent is taken away, once it is old or its form is shut."""
    verbs.forget_typing(by=CLOCK)


def warn_of_closings() -> int:
    """Find them, and write to each and to whoever answers for them."""
    posts = list(permissions.closing_posts(DAYS))
    for post in posts:
        verbs.warn_of_closing(post=post, by=CLOCK)
    return len(posts)
