"""Terms of reference in versions, and the warning before they are due or before seats lapse."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.governance import counts, emails, permissions
from saidanddone.governance.models import Body, Seat, Terms
from saidanddone.governance.verbs.presses import earlier, person, queue_up
from saidanddone.people.models import User


@transaction.atomic
def add_terms(
    *, body: Body, text: str, by: User, agreed_by: str = "", agreed_on: date | None = None,
    precision: str = "day", review_on: date | None = None, what_changed: str = "",
    once: UUID | None = None,
) -> Terms:  # fmt: skip
    """Put a version of a body's terms of reference in force. The clerk; older ones stay beside it."""
    require("add_terms", permissions.terms_verbs(by, body))
    if found := earlier(Terms, once):
        return found
    queue_up(f"terms:{body.pk}")
    last = body.versions_of_terms.aggregate(last=Max("number"))["last"] or 0
    terms = Terms.objects.create(
        body=body, number=last + 1, text=text, agreed_by=agreed_by, agreed_on=agreed_on,
        precision=precision if agreed_on else "unknown", review_on=review_on,
        what_changed=what_changed, recorded_by=person(by), once=once,
    )  # fmt: skip
    record("add_terms", terms, by=by, detail=text)
    return terms


@transaction.atomic
def warn_of_terms(*, terms: Terms, by: str) -> None:
    """Tell the clerk that terms of reference are due to be looked at. The clock, once a version."""
    require("warn_of_terms", permissions.terms_verbs(by, terms.body))
    terms.warned_on = clock.today()
    terms.save(update_fields=["warned_on"])
    record("warn_of_terms", terms, by=by)
    emails.terms_due(terms)


@transaction.atomic
def warn_of_seats(*, body: Body, by: str) -> bool:
    """Tell the clerk what a body lacks to decide: empty seats, sectors, terms that end. The clock.

    Once for each lack; what has been told is kept, so that only something new writes again.
    """
    require("warn_of_seats", permissions.terms_verbs(by, body))
    now = lacks_now(body)
    new = set(now) - set(body.lacks_told)
    if now != body.lacks_told:
        body.lacks_told = now
        body.save(update_fields=["lacks_told"])
    if not new:
        return False
    record("warn_of_seats", body, by=by, detail=", ".join(sorted(new)))
    emails.seats_lapse(body)
    return True


def lacks_now(body: Body) -> list[str]:
    """What a body lacks today, by code."""
    seats = Seat.objects.standing().filter(body=body).with_holders()
    return sorted(lack.code for lack in counts.lacks(body, list(seats)))
