"""Files that were read in and not decided on are forgotten after a week."""

from procrastinate.contrib.django import app

from saidanddone.governance import verbs

FORGETS = "system:imports"


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="imports-undecided", lock="imports-undecided")
def forget_imports(timestamp: int) -> None:
    """Every night."""
    verbs.forget_undecided_imports(by=FORGETS)
