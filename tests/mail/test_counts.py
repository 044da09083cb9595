"""Numbers for the status page."""

from datetime import timedelta

import pytest
from django.db import connection

from saidanddone.core import clock
from saidanddone.mail import counts, states
from saidanddone.mail.models import Worker
from saidanddone.mail.worker import Pulse
from tests.factories.mail import make_letter

pytestmark = pytest.mark.django_db
EARLIER = timedelta(hours=1)


@pytest.fixture
def worker():
    """One that lives."""
    Pulse("living").strike()
    return Worker.objects.get()


def test_an_idle_place_is_well(worker):
    found = counts.backlog()
    assert found == counts.Backlog(0, None, 0, 0, 0, 1, "")
    assert found.well


def test_without_a_worker_nothing_is_well():
    assert not counts.backlog().well


def test_letters_are_counted_by_what_became_of_them(worker):
    for state in (states.QUEUED, states.HANDING_OVER, states.UNKNOWN, states.REFUSED):
        make_letter(state=state)
    make_letter(state=states.ACCEPTED, accepted_at=clock.now())
    make_letter(state=states.ACCEPTED, accepted_at=clock.now() - timedelta(days=2))
    found = counts.backlog()
    assert (found.queued, found.unknown, found.refused, found.accepted_today) == (2, 1, 1, 1)
    assert not found.well


def test_a_letter_that_waits_long_is_late_unless_it_should_wait(worker):
    make_letter(not_before=clock.now() + EARLIER)
    assert counts.backlog().well
    make_letter(not_before=clock.now() - EARLIER)
    found = counts.backlog()
    assert found.late
    assert clock.now() - found.oldest >= EARLIER


def test_a_worker_s_trouble_is_told(worker):
    worker.trouble = "ConnectionRefusedError"
    worker.save()
    assert counts.backlog().trouble == "ConnectionRefusedError"
    worker.seen_at -= EARLIER
    worker.save()
    assert counts.backlog().workers == 0


def test_few_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        counts.backlog()
        counts.jobs()


def insert_job(status, events=1):
    """A job as procrastinate keeps it, with what happened to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) "
            "VALUES ('default', 'test', %s) RETURNING id",
            [status],
        )
        (number,) = cursor.fetchone()
        for _ in range(events):
            cursor.execute(
                "INSERT INTO procrastinate_events (job_id, type) VALUES (%s, 'deferred')", [number]
            )


def test_jobs_are_counted_once_however_much_happened_to_them():
    insert_job("todo", events=3)
    insert_job("doing", events=2)
    insert_job("failed")
    found = counts.jobs()
    assert (found.waiting, found.doing, found.failed) == (1, 1, 1)
    assert found.oldest is not None
    assert not found.well
