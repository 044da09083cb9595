"""Whether 500 people who book within ten seconds are all answered: ./bench rush.

Each looks at the session, opens the form and sends it, over real HTTP, at a moment of their own.
Floors: every answer is one; exactly as many places go as there are; everybody else stands in line
and was told a number that nobody else was told.
"""

import http.client
import os
import random
import re
import statistics
import threading
import time
from urllib.parse import urlencode, urlsplit

from benches.against import served

PEOPLE = 500
PLACES = 120
SECONDS = 10.0
PATIENCE = 120.0  # seconds for one answer, before it counts as none
FIELD = re.compile(r'name="(csrfmiddlewaretoken|once)" value="([^"]*)"')
NUMBER = re.compile(r"You are number (\d+)")


def main() -> int:
    """Print how long people waited and what they got; 1 if somebody was not answered well."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "saidanddone.settings", "SAID_PROXIES": "1"}
    import django  # noqa: PLC0415 -- the database is chosen at run time

    django.setup()
    from tests.factories.events import make_session  # noqa: PLC0415

    session = make_session(capacity=PLACES)
    with served() as address:
        people = [Person(address, session.get_absolute_url(), n) for n in range(PEOPLE)]
        began = time.monotonic()
        for person in people:
            person.start()
        for person in people:
            person.join()
        took = time.monotonic() - began
    waits = sorted(wait for person in people for wait in person.waits)
    wrong = [status for person in people for status in person.statuses if status != 200]
    print(
        f"{PEOPLE} people within {SECONDS:.0f} s: all answered after {took:.1f} s; an answer took "
        f"{statistics.median(waits):.2f} s, the longest {waits[-1]:.2f} s"
    )
    kept = not wrong and in_order(session)
    print("Everybody was answered." if kept else f"Not answered well: {wrong[:20]}")
    return 0 if kept else 1


def in_order(session: object) -> bool:
    """Whether all places went, once each, and each number in the queue was told to one."""
    from saidanddone.events.models import Booking, Session  # noqa: PLC0415
    from saidanddone.mail.models import Letter  # noqa: PLC0415

    bookings = Booking.objects.filter(session=session)
    booked, waiting = (bookings.filter(state=one).count() for one in ("booked", "waiting"))
    taken = Session.objects.values_list("taken", flat=True).get(pk=session.pk)
    letters = Letter.objects.filter(
        wording__kind="place_waited_for", address__endswith="@rush.example"
    )
    told = [
        int(NUMBER.search(words)[1]) for words in letters.values_list("wording__text", flat=True)
    ]
    print(f"{booked} of {PLACES} places went, {waiting} people wait, each with their own number")
    return (
        booked == taken == PLACES
        and waiting == PEOPLE - PLACES
        and sorted(told) == list(range(1, waiting + 1))
    )


class Person(threading.Thread):
    """Somebody who books, at some moment of the ten seconds."""

    def __init__(self, address: str, page: str, number: int) -> None:
        super().__init__()
        self.address, self.page, self.number = urlsplit(address).netloc, page, number
        self.cookie, self.waits, self.statuses = "", [], []

    def run(self) -> None:
        """Look, open the form, send it."""
        time.sleep(random.uniform(0, SECONDS))
        try:
            self.ask("GET", self.page)
            fields = dict(FIELD.findall(self.ask("GET", f"{self.page}book/")))
            told = {
                "name": f"Person {self.number}", "email": f"p{self.number}@rush.example",
                "organisation": "A school",
            }  # fmt: skip
            self.ask("POST", f"{self.page}book/", urlencode(fields | told))
        except (OSError, http.client.HTTPException) as trouble:
            self.statuses.append(type(trouble).__name__)

    def ask(self, method: str, path: str, body: str | None = None) -> str:
        """One request over a connection of its own; what was answered."""
        headers = {
            "X-Forwarded-For": f"10.0.{self.number // 250}.{self.number % 250}",
            "Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        began = time.monotonic()
        door = http.client.HTTPConnection(self.address, timeout=PATIENCE)
        door.request(method, path, body, headers)
        answer = door.getresponse()
        words = answer.read().decode()
        self.waits.append(time.monotonic() - began)
        self.statuses.append(answer.status)
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
        door.close()
        return words
