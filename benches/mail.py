"""How quickly letters leave: ./bench mail.

3,000 personalised letters go from the database through the product's own hand-over into a sink in
a process of its own. In the same run, in turn: Django's SMTP backend, which renders and builds each
person's letter over one connection, and ready-made bytes, which nothing on one connection can beat.
Floors, from the design: three times Django's, or 0.6 of ready-made bytes.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

LETTERS = 3000
ROUNDS = 6
TIMES_DJANGO = 3.0
OF_CEILING = 0.6
TEXT = """Hello {{ each.name }},

there is news from the partnership this week:

{% for item in items %}
{{ item }}
https://partnership.example/bulletin/{{ loop.index }}/

{% endfor %}
You get this letter because you asked for it as {{ each.role }}. To stop it:
https://partnership.example/unsubscribe/{{ each.token }}/
"""
HTML = """<!doctype html><html lang="en-GB"><body style="font-family:sans-serif">
<p>Hello <strong>{{ each.name }}</strong>,</p><p>there is news from the partnership this week:</p>
{% for item in items %}<h2 style="font-size:18px;margin:24px 0 8px">{{ item }}</h2>
<p style="margin:0"><a style="color:#7d1d66"
href="https://partnership.example/bulletin/{{ loop.index }}/">Read it</a></p>
{% endfor %}<p>You get this letter because you asked for it as {{ each.role }}.
<a href="https://partnership.example/unsubscribe/{{ each.token }}/">Stop it</a></p></body></html>
"""
ITEMS = [
    f"Item {n}: what schools, health and police found out together about sleep" for n in range(12)
]


def main() -> int:
    """Print letters a second of all three, and both ratios; 1 if both floors are missed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saidanddone.settings")
    import django  # noqa: PLC0415 -- the database is chosen at run time

    django.setup()
    with sink() as (port, count):
        aim_at(port)
        rounds = [one_round(LETTERS // ROUNDS) for _ in range(ROUNDS)]
    ours, djangos, ceiling = (statistics.median(column) for column in zip(*rounds, strict=True))
    times = statistics.median(a / b for a, b, _ in rounds)
    part = statistics.median(a / c for a, _, c in rounds)
    arrived = count()
    print(f"handed over by the product {ours:7.0f} letters a second")
    print(
        f"Django's backend           {djangos:7.0f}, of which it is {times:.1f} times (floor {TIMES_DJANGO})"
    )
    print(
        f"ready-made bytes           {ceiling:7.0f}, of which it is {part:.2f} (floor {OF_CEILING})"
    )
    print(f"arrived                    {arrived} of {3 * LETTERS}")
    kept = (times >= TIMES_DJANGO or part >= OF_CEILING) and arrived == 3 * LETTERS
    print("The floor is kept." if kept else "The floor is missed.")
    return 0 if kept else 1


@contextmanager
def sink() -> Iterator[tuple[int, Callable[[], int]]]:
    """A mail server beside us; its port, and how many letters it took once the block is over."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("sink.py"))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    taken: list[int] = []
    try:
        yield int(process.stdout.readline()), lambda: taken[0]
    finally:
        out, _ = process.communicate(timeout=20)
        taken.append(int(out))


def aim_at(port: int) -> None:
    """Let the product and Django hand their letters to the sink, and none but ours."""
    from django.conf import settings  # noqa: PLC0415

    from saidanddone.mail.models import Letter  # noqa: PLC0415

    if settings.LIVE:
        raise SystemExit("This is for a throw-away database, and here people's letters wait.")
    Letter.objects.due().move_all("cancel")
    settings.MAIL_HOST, settings.MAIL_PORT = "127.0.0.1", port
    settings.MAIL_TLS, settings.MAIL_USER = False, ""


def one_round(letters: int) -> tuple[float, float, float]:
    """Letters a second: ours, Django's, and of ready-made bytes."""
    people = [
        {"name": f"Zoë Example-{n} O’Brien", "role": "a school", "token": f"t{n:08}"}
        for n in range(letters)
    ]
    addresses = [f"person{n}@partner{n % 40}.example" for n in range(letters)]
    return ours(addresses, people), djangos(addresses, people), ready_made(addresses, people)


def ours(addresses: list[str], people: list[dict]) -> float:
    """From rows that wait to rows that are accepted."""
    from saidanddone.mail.models import Letter  # noqa: PLC0415
    from saidanddone.mail.postman import Postman  # noqa: PLC0415
    from saidanddone.mail.verbs import Recipient, queue  # noqa: PLC0415

    wording = drawn()
    queue(wording, [Recipient(a, fill=p) for a, p in zip(addresses, people, strict=True)])
    postman = Postman("bench")
    began = time.perf_counter()
    while postman.go_round():
        pass
    postman.rest()
    took = time.perf_counter() - began
    if Letter.objects.filter(wording=wording, state="accepted").count() != len(people):
        raise SystemExit("Not every letter was accepted.")
    return len(people) / took


def drawn():
    """The letter as `write` would draw it from a template file."""
    from django.template import engines  # noqa: PLC0415

    from saidanddone.mail import drawing  # noqa: PLC0415
    from saidanddone.mail.models import Wording  # noqa: PLC0415

    each, environment = drawing.Each(), engines["jinja2"].env
    text, html = (
        each.settle(
            environment.overlay(autoescape=escaping)
            .from_string(source)
            .render(each=each, items=ITEMS)
        )
        for source, escaping in ((TEXT, False), (HTML, True))
    )
    return Wording.objects.create(
        kind="bench", subject="News from the partnership", text=text, html=html
    )


def djangos(
    addresses: list[str], people: list[dict], words: str = TEXT, markup: str = HTML
) -> float:
    """Rendered, built and sent one by one over one connection, the usual way."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.mail import EmailMultiAlternatives  # noqa: PLC0415
    from django.core.mail.backends.smtp import EmailBackend  # noqa: PLC0415
    from django.template import engines  # noqa: PLC0415

    environment = engines["jinja2"].env
    text = environment.overlay(autoescape=False).from_string(words)
    html = environment.overlay(autoescape=True).from_string(markup)
    backend = EmailBackend(
        alias="bench", host=settings.MAIL_HOST, port=settings.MAIL_PORT, use_tls=False
    )
    began = time.perf_counter()
    backend.open()
    for address, person in zip(addresses, people, strict=True):
        context = {"each": person, "items": ITEMS}
        letter = EmailMultiAlternatives(
            "News from the partnership", text.render(context), settings.MAIL_FROM, [address],
            headers={"Auto-Submitted": "auto-generated"},
        )  # fmt: skip
        letter.attach_alternative(html.render(context), "text/html")
        backend.send_messages([letter])
    backend.close()
    return len(people) / (time.perf_counter() - began)


def ready_made(addresses: list[str], people: list[dict]) -> float:
    """Bytes that lie ready, over one connection, with nothing written down."""
    from saidanddone.mail.carrier import Carrier, Parcel  # noqa: PLC0415
    from saidanddone.mail.messages import Master  # noqa: PLC0415
    from saidanddone.mail.models import Letter  # noqa: PLC0415

    master = Master(drawn())
    parcels = [
        Parcel(
            n,
            address,
            master.filled(Letter(address=address, fill=person, message_id=f"{n}@bench.example")),
        )
        for n, (address, person) in enumerate(zip(addresses, people, strict=True))
    ]
    carrier = Carrier()
    began = time.perf_counter()
    carrier.open()
    taken = sum(1 for outcome in carrier.hand_over(parcels) if outcome.fate == "taken")
    carrier.close()
    if taken != len(people):
        raise SystemExit("Not every ready-made letter was taken.")
    return len(people) / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
