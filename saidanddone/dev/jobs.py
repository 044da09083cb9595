"""What the demonstration does on a clock."""

import importlib

from procrastinate.contrib.django import app

FAMILIES = "saidanddone.dev.demonstration.families_later"


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="demonstration-agencies", lock="demonstration-agencies")
def agencies_answer(timestamp: int) -> None:
    """Every ten minutes: nobody loses sight of the invented families because nobody real is there."""
    importlib.import_module(FAMILIES).answer_for_the_lapsed()  # the demonstration is large
