"""The worker as a process: killed at any moment, left by the database, rung for and stopped."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from procrastinate.testing import InMemoryConnector

from saidanddone.audit.models import Line
from saidanddone.core import clock
from saidanddone.mail import jobs, states, verbs
from saidanddone.mail.carrier import Carrier
from saidanddone.mail.models import Letter, Worker
from saidanddone.mail.postman import Postman
from saidanddone.mail.worker import Pulse, deliver, give_patience
from tests.factories.mail import make_letter, make_wording
from tests.mail.server import HANG

# Deliveries as they are in production, on the test database. Django is set up once; then each line
# on its input makes a fresh process that delivers until it is killed, and says its number.
NURSERY = """
import json, os, signal, sys, threading
told = json.loads(sys.argv[1])
os.environ["SAID_KIND"] = "test"
from django.conf import settings
settings.DATABASES["default"] |= told["database"]
settings.MAIL_HOST, settings.MAIL_PORT = "127.0.0.1", told["port"]
settings.MAIL_TLS, settings.MAIL_USER = False, ""
import django
django.setup()
from saidanddone.mail.postman import Postman
from saidanddone.mail.worker import Pulse, deliver, own_name
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    number = os.fork()
    if number:
        print(number, flush=True)
        continue
    pulse = Pulse(own_name(), beat=0.1)
    pulse.strike()
    postman = Postman(pulse.name, alive=pulse.sure)
    threading.Thread(target=pulse.run, args=(threading.Event(),), daemon=True).start()
    deliver(postman, threading.Event())
"""


class Nursery:
    """Workers in processes of their own."""

    def __init__(self, port):
        keys = ("NAME", "USER", "HOST", "PORT", "PASSWORD", "OPTIONS")
        told = {"port": port, "database": {key: connection.settings_dict[key] for key in keys}}
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, json.dumps(told)],
            cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.living = set()

    def start(self):
        """One more; its number."""
        self.process.stdin.write("one\n")
        self.process.stdin.flush()
        number = int(self.process.stdout.readline())
        self.living.add(number)
        return number

    def kill(self, number):
        """At once, as a power cut would."""
        os.kill(number, signal.SIGKILL)
        self.living.remove(number)

    def close(self):
        """All of them, and the nursery."""
        for number in list(self.living):
            self.kill(number)
        self.process.communicate(timeout=10)


@pytest.fixture
def nursery(kept):
    """Starts workers for a mail server."""
    made = []

    def open_for(server):
        made.append(Nursery(server.port))
        return made[-1]

    yield open_for
    for one in made:
        one.close()


def wait_until(happened, seconds=20.0):
    """Look often, but not for ever."""
    until = time.monotonic() + seconds
    while not happened():
        now = Counter(Letter.objects.values_list("state", flat=True))
        assert time.monotonic() < until, f"It did not happen: {now}"
        time.sleep(0.02)


KILLS = 15


@pytest.mark.parametrize("pipelining", [True, False])
def test_killed_again_and_again_nobody_is_written_to_twice_or_missed(nursery, serve, pipelining):
    server = serve(pipelining=pipelining)
    workers = nursery(server)
    chance = random.Random(f"kills {pipelining}")
    addresses = [f"person{n}@example.org" for n in range(900)]
    verbs.queue(make_wording(), addresses)
    kills = 0
    while Letter.objects.due().exists() and kills < KILLS:
        before = len(server.bodies)
        number = workers.start()
        wait_until(lambda at=before: len(server.bodies) > at or not Letter.objects.due().exists())
        time.sleep(chance.uniform(0, 0.02))
        workers.kill(number)
        kills += 1
    workers.start()
    time.sleep(2)
    verbs.lose_sight(silent=timedelta(seconds=1.5))
    wait_until(
        lambda: not Letter.objects.filter(state__in=(states.QUEUED, states.HANDING_OVER)), 60
    )
    sent = Counter(address for address, _ in server.bodies)
    told = {letter.address: letter.state for letter in Letter.objects.all()}
    unknown = {address for address, state in told.items() if state == states.UNKNOWN}
    assert kills > 8
    assert max(sent.values()) == 1
    assert set(told.values()) <= {states.ACCEPTED, states.UNKNOWN}
    assert set(addresses) - set(sent) <= unknown
    assert len(unknown) <= 25 * kills


def test_two_workers_share_the_letters(nursery, serve):
    server = serve()
    workers = nursery(server)
    verbs.queue(make_wording(), [f"person{n}@example.org" for n in range(800)])
    for _ in range(2):
        workers.start()
    wait_until(lambda: not Letter.objects.exclude(state=states.ACCEPTED).exists())
    assert set(Counter(server.addresses()).values()) == {1}
    assert Letter.objects.values("worker").distinct().count() == 2


@pytest.fixture
def working(kept, serve):
    """A worker's thread on this side, with its server; stopped at the end."""
    server = serve()
    stopping = threading.Event()
    postman = Postman("tester")
    thread = threading.Thread(target=deliver, args=(postman, stopping))
    thread.start()
    yield server
    stopping.set()
    thread.join(10)
    assert not thread.is_alive()


def test_a_letter_leaves_at_once(working):
    time.sleep(1)  # it sleeps now, and would look again only in five seconds
    began = time.monotonic()
    verbs.queue(make_wording(), ["a@example.org"])
    wait_until(lambda: working.taken)
    assert time.monotonic() - began < 1


def test_a_code_does_not_wait_for_a_bulletin_at_which_the_server_hangs(kept, serve):
    server = serve()
    server.answers["BODY", "0@example.org"] = HANG
    stopping = threading.Event()
    postmen = [
        Postman("tester", bulk=bulk, means=Carrier(answer_within=5)) for bulk in (False, True)
    ]
    threads = [threading.Thread(target=deliver, args=(one, stopping)) for one in postmen]
    verbs.queue(make_wording(), [f"{n}@example.org" for n in range(20)])
    for thread in threads:
        thread.start()
    wait_until(lambda: server.bodies)
    began = time.monotonic()
    verbs.queue(make_wording(), ["code@example.org"])
    wait_until(lambda: "code@example.org" in server.addresses())
    assert time.monotonic() - began < 2
    stopping.set()
    for thread in threads:
        thread.join(10)
    assert Letter.objects.get(address="0@example.org").state == states.UNKNOWN


def test_it_goes_on_when_the_database_comes_back(working, postgres):
    verbs.queue(make_wording(), ["a@example.org"])
    wait_until(lambda: working.taken)
    cut_all_connections(postgres)
    time.sleep(0.5)
    connection.close()
    verbs.queue(make_wording(), ["b@example.org"])
    wait_until(lambda: len(working.taken) == 2)
    wait_until(lambda: not Letter.objects.exclude(state=states.ACCEPTED).exists())


def cut_all_connections(postgres):
    """What a restart does to those who were connected."""
    import psycopg

    with psycopg.connect(postgres.server.address("postgres"), autocommit=True) as link:
        link.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


@pytest.mark.django_db
def test_letters_of_a_silent_worker_are_unknown_and_told_of():
    for name in ("silent", "living"):
        Pulse(name).strike()
        make_letter()
        verbs.hand_over(worker=name, most=1)
    long_ago = timedelta(minutes=5)
    for record in (*Worker.objects.filter(name="silent"),):
        record.seen_at -= long_ago
        record.save()
    for letter in Letter.objects.all():
        Letter.objects.filter(pk=letter.pk).update(handed_at=letter.handed_at - long_ago)
    assert verbs.lose_sight(silent=timedelta(seconds=75)) == 1
    assert dict(Letter.objects.values_list("worker", "state")) == {
        "silent": states.UNKNOWN,
        "living": states.HANDING_OVER,
    }
    line = Line.objects.latest("pk")
    assert (line.verb, line.actor) == ("lose_sight", "system:letters")


@pytest.mark.django_db
def test_a_pulse_that_is_not_struck_is_not_sure():
    pulse = Pulse("tester", sure_for=0.1)
    assert not pulse.sure()
    pulse.strike()
    assert pulse.sure()
    time.sleep(0.15)
    assert not pulse.sure()


@pytest.fixture
def command(kept, serve, postgres, tmp_path):
    """`./said worker` as it runs on a server, and the mail server that it hands to."""
    server = serve()
    address = f"postgresql://said_runtime@/{connection.settings_dict['NAME']}"
    told = {
        "SAID_KIND": "test", "SAID_DATA": str(tmp_path), "SAID_MAIL_HOST": "127.0.0.1",
        "SAID_MAIL_PORT": str(server.port), "DATABASE_URL": f"{address}?host={postgres.server.socket}",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "saidanddone.cli", "worker"],
        cwd=settings.ROOT, env={**os.environ, **told}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    yield server, process
    if process.poll() is None:
        process.kill()
        process.communicate()
    ProcrastinateJob.objects.all().delete()


def test_a_job_that_lost_the_database_is_tried_again_and_a_faulty_one_is_not():
    with app.replace_connector(InMemoryConnector()) as at_work:
        give_patience(at_work)
        late = at_work.tasks["saidanddone.governance.jobs.actions.remind_of_late_actions"]
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name=late.name, attempts=2)
    decide = late.retry_strategy.get_retry_decision
    assert decide(exception=OperationalError(), job=job).retry_at > clock.now()
    assert decide(exception=ValueError(), job=job) is None


def job_done(number):
    """Whether a job is over; those that succeed go at once."""
    return not ProcrastinateJob.objects.filter(pk=number).exists()


def asked_for(task):
    """The number of a job of this task: ours, or the clock's if that waits already."""
    try:
        return task.defer(timestamp=0)
    except AlreadyEnqueued:
        return ProcrastinateJob.objects.filter(task_name=task.name).latest("pk").pk


def leave_a_stalled_job():
    """A job in a dead worker's hands, whose next one waits already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, lock, queueing_lock, args) "
            "SELECT 'default', 'saidanddone.mail.jobs.lose_sight', status::procrastinate_job_status, "
            "'test', 'test', '{\"timestamp\": 0}' FROM unnest(ARRAY['doing', 'todo']) AS status "
            "RETURNING id"
        )
        return cursor.fetchone()[0]


def test_the_command_outlives_a_restart_of_the_database_and_stops_when_asked(command, postgres):
    server, process = command
    verbs.queue(make_wording(), ["a@example.org"])
    first = asked_for(jobs.take_up_jobs)
    stalled = leave_a_stalled_job()
    wait_until(lambda: server.taken and job_done(first), 60)
    again = asked_for(jobs.take_up_jobs)
    wait_until(lambda: job_done(again) and job_done(stalled), 60)
    cut_all_connections(postgres)
    time.sleep(0.5)
    connection.close()
    verbs.queue(make_wording(), ["b@example.org"])
    second = asked_for(jobs.lose_sight)
    wait_until(lambda: len(server.taken) == 2 and job_done(second), 60)
    wait_until(lambda: not Letter.objects.exclude(state=states.ACCEPTED).exists())
    assert Worker.objects.count() == 1
    process.terminate()
    _, said = process.communicate(timeout=30)
    assert (process.returncode, "Traceback" in said) == (0, False), said
    assert Worker.objects.count() == 0
