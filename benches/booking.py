"""How near a booking comes to its limit: ./bench booking.

A stranger looks at a session, opens the form and sends it: three requests, at most 20 queries in
all. Each such booking, with an address of its own, is made by wrk over 1 and 8 connections; its
limit (benches/limit.py) writes the same rows with the same SQL and answers as many bytes.
"""

import gzip
import json
import os
import secrets
import tempfile
from pathlib import Path
from typing import NamedTuple

from benches.against import CONNECTIONS, FLOOR, ask, in_turn, served, wrk_is_here

MOST_QUERIES = 20
REQUESTS = 3
TOKEN = "a" * 32  # both the cookie and the field: what Django compares
SCRIPT = """
local asked, people = 0, 0
local run = {run}  -- each call's people are new ones
local headers = {{
  ["Content-Type"] = "application/x-www-form-urlencoded", ["Cookie"] = "csrftoken={token}",
}}
function request()
  asked = asked + 1
  local step = asked % 3
  if step == 1 then return wrk.format("GET", "{look}", headers) end
  if step == 2 then return wrk.format("GET", "{form}", headers) end
  people = people + 1
  headers["X-Forwarded-For"] = run % 90 + 1 .. "." .. math.floor(people / 250) .. "."
    .. people % 250 .. ".9"
  local body = "name=Ada+Quill&organisation=A+school&csrfmiddlewaretoken={token}&email=p"
    .. run .. "-" .. people .. "@booked.example"
  return wrk.format("POST", "{form_to}", headers, body)
end
"""


class Way(NamedTuple):
    """The three addresses of one booking: look, form, and where the form goes."""

    look: str
    form: str
    form_to: str


def main() -> int:
    """Print bookings a second beside the limit's; 1 if a floor is missed, 2 if wrk is not here."""
    if not wrk_is_here():
        return 2
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "record.json"
        os.environ |= {
            "SAID_BENCH_RECORD": str(kept), "DJANGO_SETTINGS_MODULE": "benches.served",
            "SAID_PROXIES": "1",  # each of these people sits behind an address of their own
        }  # fmt: skip
        ours, queries, size = recorded(kept)
        limit = Way("/limit/public/look/", "/limit/open/form/", "/limit/open/done/")
        with served() as address:
            ratios = [measured(address, folder, ours, limit, many) for many in CONNECTIONS]
    print(f"{queries} queries in all (at most {MOST_QUERIES}), {size} bytes compressed")
    held = queries <= MOST_QUERIES and min(ratios) >= FLOOR["private"]
    print("Every floor is kept." if held else "A floor is missed.")
    return 0 if held else 1


def recorded(kept: Path) -> tuple[Way, int, int]:
    """A session with room for all, one booking made, and what it asked written down."""
    import django  # noqa: PLC0415 -- settings are chosen above, at run time

    django.setup()
    from django.test import Client  # noqa: PLC0415

    from benches.record import watched  # noqa: PLC0415
    from saidanddone.dev import demonstration  # noqa: PLC0415
    from tests.factories.events import make_session  # noqa: PLC0415

    demonstration.load()
    page = make_session(capacity=None).get_absolute_url()
    way = Way(page, f"{page}book/", f"{page}book/")
    visitor = Client(headers={"host": "127.0.0.1"})
    told = {"name": "Ada Quill", "organisation": "A school"}
    visitor.post(way.form_to, told | {"email": "first@booked.example"})  # templates are compiled
    steps = {
        "look": watched(lambda: visitor.get(way.look)),
        "form": watched(lambda: visitor.get(way.form)),
        "done": watched(
            lambda: visitor.post(way.form_to, told | {"email": "recorded@booked.example"})
        ),
    }
    kept.write_text(
        json.dumps({name: {"queries": q, "size": len(body)} for name, (q, body) in steps.items()})
    )
    asked = [query for queries, _ in steps.values() for query in queries]
    if len(asked) > MOST_QUERIES:
        print(*(query[:160] for query in asked), sep="\n")
    return way, len(asked), sum(len(gzip.compress(body, 6)) for _, body in steps.values())


def measured(address: str, folder: str, ours: Way, limit: Way, connections: int) -> float:
    """Bookings and their limit in turn; how near they come."""
    script = Path(folder) / "booking.lua"

    def made_by(way: Way) -> float:
        run = secrets.randbelow(10**9)
        script.write_text(SCRIPT.format(token=TOKEN, run=run, **way._asdict()))
        return ask(address, connections, ["-s", str(script)]) / REQUESTS

    made, most, ratio = in_turn(lambda: made_by(ours), lambda: made_by(limit))
    print(
        f"booking      {connections} at a time: {made:7.1f} of {most:7.1f} a second, "
        f"{ratio:.2f} (floor {FLOOR['private']})",
        flush=True,
    )
    return ratio
