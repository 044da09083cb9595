"""How quickly a bulletin is made, read and sent: ./bench bulletin.

An edition puts itself together from all that is new, held against the same SQL asked again; a page
of the archive, held as in ./bench pages; and 10,000 readers get theirs, written and handed over, in
turn with Django's SMTP backend, which renders and builds the very same letter for each of them.
"""

import contextlib
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from benches.against import FLOOR, hold_against_limit
from benches.mail import TIMES_DJANGO, aim_at, djangos, sink

READERS = 10_000
SLICES = 4
ROUNDS = 7


def main() -> int:
    """Print all three figures; 1 if one of their floors is missed, 2 if wrk is not here."""
    missing = hold_against_limit("archive")
    held = [assembled(), sent_to_many()]
    return missing or (0 if all(held) else 1)


# ------------------------------------------------------------- putting together


def assembled() -> bool:
    """Put a week together and undo it, in turn with the same SQL alone."""
    from django.db import connection  # noqa: PLC0415 -- the database is chosen at run time
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from benches.record import TRANSACTION  # noqa: PLC0415
    from saidanddone.bulletin.jobs import BULLETIN  # noqa: PLC0415
    from saidanddone.bulletin.verbs import compile_edition  # noqa: PLC0415

    week = free_week()

    def compiled() -> Any:
        return compile_edition(week=week, by=BULLETIN)

    with undone(), CaptureQueriesContext(connection) as captured:
        entries = compiled().entries.count()
    asked = [q["sql"] for q in captured if not TRANSACTION.search(q["sql"])][:-1]
    pairs = [(took(compiled), took(lambda: asked_again(asked))) for _ in range(ROUNDS)]
    ratio = statistics.median(least / ours for ours, least in pairs)
    ours, least = (1000 * statistics.median(column) for column in zip(*pairs, strict=True))
    kept = entries > 0 and ratio >= FLOOR["private"]
    print(
        f"assembling {entries} entries: {ours:.0f} ms, its SQL alone {least:.0f} ms, {ratio:.2f} "
        f"(floor {FLOOR['private']}), {len(asked)} queries"
    )
    return kept


def free_week() -> Any:
    """The week to come; a draft of it that is there makes way, once and for all."""
    from saidanddone.bulletin.models import Edition  # noqa: PLC0415
    from saidanddone.bulletin.verbs.editing import week_to_come  # noqa: PLC0415

    week = week_to_come()
    Edition.objects.filter(week=week).exclude(state="sent").delete()
    return week


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back."""
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def asked_again(queries: list[str]) -> None:
    """The same SQL with nothing around it."""
    from benches.limit import replay  # noqa: PLC0415

    replay(queries)


def took(do: Callable[[], Any]) -> float:
    """Seconds for something that is then undone."""
    with undone():
        began = time.perf_counter()
        do()
        return time.perf_counter() - began


# ------------------------------------------------------------------ handing over


def sent_to_many() -> bool:
    """Write and hand over 10,000 letters, a quarter at a time, in turn with Django's backend."""
    from saidanddone.bulletin.emails import about  # noqa: PLC0415
    from saidanddone.bulletin.jobs import BULLETIN  # noqa: PLC0415
    from saidanddone.bulletin.verbs import send_edition  # noqa: PLC0415
    from saidanddone.mail.models import Letter, Wording  # noqa: PLC0415

    edition = scheduled()
    with sink() as (port, count):
        aim_at(port)
        began = time.perf_counter()
        letters = send_edition(edition=edition, by=BULLETIN)
        written = time.perf_counter() - began
        wording = Wording.objects.filter(about=about(edition)).first()
        readers = list(Letter.objects.filter(wording=wording).values_list("address", "fill"))
        ours, theirs = in_turn(wording, readers[:letters])
    accepted = Letter.objects.filter(wording__about=about(edition), state="accepted").count()
    seconds = written + sum(ours)
    of_django = statistics.median(theirs)
    times = letters / seconds / of_django
    print(f"written by the product     {letters / written:7.0f} letters a second")
    print(f"written and handed over    {letters / seconds:7.0f} letters a second")
    floor = f"of which it is {times:.1f} times (floor {TIMES_DJANGO})"
    print(f"Django's backend           {of_django:7.0f}, {floor}")
    arrived = count()
    print(f"arrived                    {arrived}, {letters} of them ours")
    return times >= TIMES_DJANGO and accepted == letters and arrived == letters + len(readers)


def in_turn(wording: Any, readers: list[tuple[str, dict]]) -> tuple[list[float], list[float]]:
    """Seconds of each quarter of ours, and letters a second of each quarter of Django's."""
    from saidanddone.mail.models import Letter  # noqa: PLC0415
    from saidanddone.mail.postman import Postman  # noqa: PLC0415

    addresses, people = (list(column) for column in zip(*readers, strict=True))
    text, html = (as_template(words) for words in (wording.text, wording.html))
    postman, ours, theirs = Postman("bench"), [], []
    for quarter in range(SLICES):
        part = slice(quarter * READERS // SLICES, (quarter + 1) * READERS // SLICES)
        left = READERS - part.stop if quarter < SLICES - 1 else 0
        began = time.perf_counter()
        while postman.go_round() and Letter.objects.due().count() > left:
            pass
        if quarter == SLICES - 1:
            postman.rest()
        ours.append(time.perf_counter() - began)
        theirs.append(djangos(addresses[part], people[part], text, html))
    return ours, theirs


def as_template(words: str) -> str:
    """A letter with open places as a template of Django's usual kind."""
    from saidanddone.mail.drawing import PLACE  # noqa: PLC0415

    return PLACE.sub(lambda found: "{{ each." + found[1] + " }}", words)


def scheduled() -> Any:
    """This week's edition at its hour, with 10,000 readers and no others."""
    from saidanddone.bulletin.jobs import BULLETIN  # noqa: PLC0415
    from saidanddone.bulletin.models import Edition, Subscription  # noqa: PLC0415
    from saidanddone.bulletin.verbs import compile_edition  # noqa: PLC0415
    from saidanddone.core import clock  # noqa: PLC0415
    from saidanddone.dev import personas  # noqa: PLC0415

    edition = compile_edition(week=free_week(), by=BULLETIN)
    now = clock.now()
    Edition.objects.filter(pk=edition.pk).update(
        state="scheduled", send_at=now, handed_on_by=personas.person("editor"), handed_on_at=now
    )
    edition.refresh_from_db()
    Subscription.objects.all().delete()
    Subscription.objects.bulk_create(
        Subscription(address=f"r{n}@partner{n % 40}.example", kind="corporate", source="bench",
                     state="live", confirmed_at=now)
        for n in range(READERS)
    )  # fmt: skip
    return edition
