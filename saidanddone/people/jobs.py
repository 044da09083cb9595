"""What is done from the command line or on a clock: the first administrator, worn-out sessions."""

import sys

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from procrastinate.contrib.django import app

from saidanddone.core.access import Refused
from saidanddone.people import verbs
from saidanddone.people.signin import SessionStore

USAGE = "Usage: ./said first-administrator EMAIL NAME [ORGANISATION]"
FORGETS = "system:registers"
DONE, REFUSED, WRONG_USE = 0, 1, 2


def first_administrator(words: list[str]) -> int:
    """Invite the administrator of a new place, who then invites everybody else."""
    if len(words) not in (2, 3):
        print(USAGE, file=sys.stderr)  # noqa: T201 -- a command speaks to its caller
        return WRONG_USE
    email, name, organisation = words[0].strip().lower(), words[1], (*words, "The council")[2]
    try:
        validate_email(email)
        invitation = verbs.invite_first_administrator(
            email=email, name=name, organisation=organisation
        )
    except ValidationError:
        print(f"{email!r} is not an e-mail address.", file=sys.stderr)  # noqa: T201
        return REFUSED
    except Refused:
        print("This place has an administrator, who invites others at /people/.", file=sys.stderr)  # noqa: T201
        return REFUSED
    path = reverse("invitation", args=[invitation.token])
    print(f"{name} is invited. The letter is on its way to {email}; its link is {path}")  # noqa: T201
    return DONE


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="people-clear-sessions")
def clear_sessions(timestamp: int) -> None:
    """Sessions that are long over are forgotten."""
    SessionStore.clear_expired()


@app.periodic(cron="43 3 * * *")
@app.task(queueing_lock="people-forget-registers", lock="people-forget-registers")
def forget_registers(timestamp: int) -> None:
    """Every night: register files that were read and that nobody has decided on for a week."""
    verbs.forget_undecided_registers(by=FORGETS)
