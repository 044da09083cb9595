"""Bodies, meetings, items, decisions and actions for tests, made as rows and not by verbs."""

from datetime import timedelta
from itertools import count

from saidanddone.core import clock
from saidanddone.governance import states
from saidanddone.governance.models import (
    Action,
    AgendaItem,
    Appointment,
    Body,
    Decision,
    Meeting,
    Minutes,
    Paper,
    Seat,
)
from tests.factories.people import make_post, make_user

_numbers = count(1)


def make_body(**over):
    """A board that anybody may know of."""
    number = next(_numbers)
    given = {
        "kind": "board", "name": f"Board {number}", "slug": f"board-{number}",
        "short_name": f"B{number}", "purpose": "To look after children.",
    } | over  # fmt: skip
    return Body.objects.create(**given)


def make_seat(**over):
    """A seat of an office."""
    given = {"title": f"Office {next(_numbers)}"} | over
    given["body"] = given.get("body") or make_body()
    return Seat.objects.create(**given)


def make_appointment(**over):
    """Somebody in a seat since a month ago, through a post unless a pseudonym is given."""
    given = {"starts_on": clock.today() - timedelta(days=30)} | over
    body = given.pop("body", None)
    given["seat"] = given.get("seat") or make_seat(body=body)
    if not given.get("pseudonym"):
        given["post"] = given.get("post") or make_post()
    return Appointment.objects.create(**given)


def make_meeting(state=states.PLANNED, **over):
    """A meeting in two weeks."""
    given = {"on": clock.today() + timedelta(days=14), "state": state, "place": "Town Hall"} | over
    given["body"] = given.get("body") or make_body()
    if state in {states.PUBLISHED, states.MINUTED}:
        given.setdefault("published_at", clock.now())
        given["published_by"] = given.get("published_by") or make_user()
    if state == states.CANCELLED:
        given.setdefault("cancelled_why", "Snow")
    return Meeting.objects.create(**given)


def make_item(state=states.ON_AGENDA, **over):
    """An item; on the agenda of a published meeting unless it is proposed or told otherwise."""
    number = next(_numbers)
    given = {"kind": "discussion", "title": f"Item {number}", "state": state} | over
    loose = state in {states.PROPOSED, states.DECLINED}
    if not loose and not given.get("meeting"):
        given["meeting"] = make_meeting(states.PUBLISHED, body=given.get("body"))
    if given.get("meeting"):
        given["body"] = given["meeting"].body
    given["body"] = given.get("body") or make_body()
    if given["kind"] == "voice":
        given.setdefault("wording", "The bus should stop at our school.")
    if given.get("restricted"):
        given.setdefault("restricted_why", "About one child")
    if state == states.ENDED:
        given.setdefault("ended_at", clock.now())
    if state == states.DECLINED:
        given.setdefault("declined_why", "Not for this board")
    return AgendaItem.objects.create(**given)


def make_minutes(state=states.CIRCULATED, **over):
    """The minutes of a meeting that has ended, circulated unless told otherwise."""
    given = {"state": state} | over
    given["meeting"] = given.get("meeting") or make_meeting(states.MINUTED)
    if state != states.DRAFT:
        given = {"checked_at": clock.now(), "checked_by": make_user()} | given
    if state in {states.CIRCULATED, states.APPROVED}:
        given = {"circulated_at": clock.now(), "corrections_until": clock.today()} | given
    return Minutes.objects.create(**given)


def make_paper(**over):
    """A paper whose bytes nobody reads."""
    given = {
        "title": f"Paper {next(_numbers)}", "file": "papers/none.pdf", "size": 12,
        "media_type": "application/pdf",
    } | over  # fmt: skip
    given["item"] = given.get("item") or make_item()
    return Paper.objects.create(**given)


def make_decision(**over):
    """A decision at an item that has ended."""
    number = next(_numbers)
    given = {"wording": f"Wording {number}", "reasons": "Because", "on": clock.today()} | over
    given["item"] = given.get("item") or make_item(states.ENDED)
    given["body"] = given["item"].body
    given.setdefault("restricted", given["item"].restricted)
    given = {"number": f"X/{number}", "year": given["on"].year, "place": number} | given
    return Decision.objects.create(**given)


def make_action(**over):
    """Something to do in a month, for nobody in particular, from no item unless given."""
    given = {
        "what": f"Do thing {next(_numbers)}", "due_on": clock.today() + timedelta(days=30)
    } | over  # fmt: skip
    given["owner"] = given.get("owner") or make_post()
    if given.get("state") == states.DONE:
        given = {"evidence": "Seen", "ended_at": clock.now()} | given
    if given.get("state") == states.DROPPED:
        given = {"dropped_why": "No money", "ended_at": clock.now()} | given
    return Action.objects.create(**given)
