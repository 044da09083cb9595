"""What the mail, and the queue of jobs itself, do on a clock, and what a restore means for letters."""

import sys

from procrastinate import exceptions, jobs
from procrastinate.contrib.django import app

from saidanddone.core import backups
from saidanddone.mail import verbs, worker

FAILED_KEPT = 24 * 30  # hours for which a failed job can be looked at


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="mail-dead-workers")
def lose_sight(timestamp: int) -> None:
    """Letters in dead workers' hands are unknown from now on."""
    worker.bury_the_dead()


@app.periodic(cron="41 2 * * *")
@app.task(queueing_lock="mail-forget")
def forget_letters(timestamp: int) -> None:
    """Old letters go, with their text and addresses."""
    verbs.forget()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="jobs-taken-up")
async def take_up_jobs(timestamp: int) -> None:
    """Jobs in the hands of workers that died wait again; every job here may run twice."""
    for job in await app.job_manager.get_stalled_jobs():
        try:
            await app.job_manager.retry_job(job)
        except exceptions.UniqueViolation:  # its next one waits already, and would wait for ever
            await app.job_manager.finish_job(job, status=jobs.Status.FAILED, delete_job=True)


@app.periodic(cron="23 3 * * *")
@app.task(queueing_lock="jobs-tidied")
async def tidy_jobs(timestamp: int) -> None:
    """Jobs that are over go; those that succeeded went at once."""
    await app.job_manager.delete_old_jobs(
        nb_hours=FAILED_KEPT, include_failed=True, include_cancelled=True, include_aborted=True
    )


def restore_command(words: list[str]) -> int:
    """./said restore: put a backup in place; then no letter leaves until a person has said so."""
    status = backups.restore(words)
    if status == 0 and (letters := verbs.doubt()):
        sys.stdout.write(
            f"{letters:,} letters waited when this backup was made and may have been sent since. "
            "They are not sent before an administrator decides, at /letters/.\n"
        )
    return status
