"""What every test stands on: a database of its own, the product's role, and no way outside."""

import os
import shutil
import sys

from tests.database import TestServer, temporary_folder

# Before settings are read: no test may ever meet a real database or real letters.
for name in [name for name in os.environ if name.startswith(("SAID_", "DATABASE_"))]:
    del os.environ[name]
DATA = temporary_folder()
STATIC = DATA / "static"
STATIC.mkdir()
os.environ.update(
    DJANGO_SETTINGS_MODULE="saidanddone.settings",
    SAID_KIND="test",
    SAID_DATA=str(DATA),
    SAID_STATIC=str(STATIC),
)

import django  # noqa: E402
import hypothesis  # noqa: E402
import pytest  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.db import connection, connections  # noqa: E402

django.setup()

from playwright.sync_api import sync_playwright  # noqa: E402

from saidanddone.core import identity, questions, rights  # noqa: E402
from saidanddone.reference import models as reference  # noqa: E402
from saidanddone.settings import database  # noqa: E402
from tests.client import CheckingClient  # noqa: E402
from tests.journeys.visitor import FLAGS  # noqa: E402

# No test is timed: a slow machine finds no other faults, and asks no more questions, than a fast one.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")
reference._KEPT_SECONDS = 3600.0

HERE = {"127.0.0.1", "::1", "localhost"}


def stay_inside(event: str, arguments: tuple) -> None:
    """Python tells of each connection before it is made: only this machine is answered."""
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and address[0] not in HERE:
            raise PermissionError(
                f"A test tried to reach {address[0]}: nothing outside is reached."
            )


def pytest_configure() -> None:
    """Close the way outside for the whole run."""
    sys.addaudithook(stay_inside)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL for this run alone; tests of pages and files alone never start it."""
    made = TestServer()
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def django_db_keepdb():
    """A kept copy of the cluster has the test database in it already, up to date."""
    return True


def connect_as(address: str, role: str = "") -> None:
    """From here on this alias logs in with that address; other threads do so too."""
    connection.close()
    told = database(address, role=role)
    connection.settings_dict.update(
        {part: told[part] for part in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres, django_db_modify_db_settings):
    """The test database is made and migrated by the owner."""
    settings.OWNER_DATABASE = database(postgres.owner())
    connect_as(postgres.owner())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, postgres):
    """Then everything runs as the role that serves people, as it does in a real place."""
    with django_db_blocker.unblock():
        assert connection.settings_dict["NAME"].startswith("test_")
        rights.grant_runtime("said_runtime")
        identity.set_key()
        connection.close()
        postgres.keep()
        settings.OWNER_DATABASE = database(postgres.owner())  # keeping moves the socket
        connect_as(postgres.product(), "said_runtime")
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a process keeps between requests is forgotten between tests."""
    caches["pages"].clear()
    questions.kept.forget()
    reference.forget_partnership()


@pytest.fixture
def client():
    """A browser without a screen that looks at each page as an inspector would."""
    return CheckingClient()


@pytest.fixture
def kept(db):
    """What the test writes is committed, so that other threads and processes see it.

    Nothing takes it away again: a test that leaves more than audit lines tidies up after itself.
    """
    rolled_back_later = connections["default"]
    del connections["default"]
    yield
    connection.close()
    connections["default"] = rolled_back_later


@pytest.fixture(scope="session")
def chromium():
    """One browser for all; each visitor has a window that shares nothing with the others."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        yield browser
        browser.close()
