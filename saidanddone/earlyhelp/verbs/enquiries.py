"""Requests for help in: asked by anybody, accepted or declined with a reason, and always answered."""

import base64
import hashlib
import re
from typing import Any
from uuid import UUID, uuid4

from django.core.validators import EmailValidator
from django.db import transaction
from django.utils.crypto import salted_hmac

from saidanddone.audit.verbs import record
from saidanddone.core import clock, identity
from saidanddone.core.access import Refused, require
from saidanddone.core.presses import earlier
from saidanddone.earlyhelp import emails, permissions
from saidanddone.earlyhelp.models import Enquiry, Story
from saidanddone.people.models import Post, User
from saidanddone.ui.filters import day

SALT = "earlyhelp.enquiry"
LENGTH = 12  # letters and figures of a code: 2^60 of them


@transaction.atomic
def ask_for_help(*, by: User | None, once: UUID | None = None, **asked: Any) -> str:
    """Ask for help for a child or a family. Anybody, without an account.

    Whoever coordinates the area finds it. The code is answered with which the asker hears what
    became of it; sent twice, the same form has the same code.
    """
    once = once or uuid4()
    code = _code(once)
    post = by.acting_for if by is not None and by.acting_for is not None and by.strong else None
    with identity.as_system("enquiry"):
        if earlier(Enquiry, once):
            return code
        made = Enquiry.objects.create(from_post=post, code=_digest(code), once=once, **asked)
        record("ask_for_help", made, by=by)
        emails.at_a_desk(made, "enquiries", permissions.coordinators(made.area))
    return code


@transaction.atomic
def accept_enquiry(*, enquiry: Enquiry, given_to: Post, told: str, by: User) -> None:
    """Take a request up: somebody who works with children sees the family. Who coordinates the area.

    They are written to, and open a story if the family agrees; the asker is told what is written.
    """
    require("accept_enquiry", permissions.enquiry_verbs(by, enquiry))
    enquiry.move("accept_enquiry", given_to=given_to, **_decided(told, by))
    record("accept_enquiry", enquiry, by=by, detail=told)
    emails.at_a_desk(enquiry, "enquiries", Post.objects.filter(pk=given_to.pk))
    _tell(enquiry)


@transaction.atomic
def decline_enquiry(*, enquiry: Enquiry, why: str, told: str, by: User) -> None:
    """Decline a request, for a reason, and tell the asker what else helps. Who coordinates the area."""
    require("decline_enquiry", permissions.enquiry_verbs(by, enquiry))
    enquiry.move("decline_enquiry", declined_why=why, **_decided(told, by))
    record("decline_enquiry", enquiry, by=by, detail=why)
    _tell(enquiry)


@transaction.atomic
def tell_asker(*, enquiry: Enquiry, words: str, by: User, story: Story | None = None) -> None:
    """Tell whoever asked what became of it, within what the family allows. Whoever it was given to.

    What they were told before stays above it. The story that grew from it is kept beside it.
    """
    require("tell_asker", permissions.enquiry_verbs(by, enquiry))
    told, grew = enquiry.told, story or enquiry.story
    if words.strip():
        told = f"{told}\n\n{day(clock.today())}: {words.strip()}"
    enquiry.move("tell_asker", told=told, told_at=clock.now(), story=grew)
    record("tell_asker", enquiry, by=by, detail=words)
    if words.strip():
        _tell(enquiry)


@transaction.atomic
def hear_answer(*, code: str) -> Enquiry | None:
    """What became of a request, for whoever holds its code; None if no request has it."""
    with identity.as_system("answer"):
        found = Enquiry.objects.filter(code=_digest(code)).first() if code.strip() else None
    if found is not None:
        record("hear_answer", found, by=None)
    return found


@transaction.atomic
def read_enquiry(*, enquiry: Enquiry, by: User) -> None:
    """Read a request for help. Who coordinates its area, was given it, or asked; it is kept."""
    if not permissions.visible_enquiries(by).filter(pk=enquiry.pk).exists():
        raise Refused("read_enquiry")
    record("read_enquiry", enquiry, by=by)


def _decided(told: str, by: User) -> dict[str, Any]:
    now = clock.now()
    return {"told": told, "told_at": now, "decided_at": now, "decided_by": by.acting_for}


def _tell(enquiry: Enquiry) -> None:
    """A letter without a word of it, where the asker gave an address for letters."""
    reach = enquiry.asker_reach.strip()
    if re.search(EmailValidator.user_regex, reach.partition("@")[0]) and "@" in reach:
        emails.enquiry_answered(enquiry, reach)


def _code(once: UUID) -> str:
    whole = salted_hmac(SALT, str(once), algorithm="sha256").digest()
    letters = base64.b32encode(whole).decode()[:LENGTH]
    return "-".join(letters[n : n + 4] for n in range(0, LENGTH, 4))


def _digest(code: str) -> str:
    plain = re.sub(r"[^A-Z2-7]", "", code.upper().replace("0", "O").replace("1", "I"))
    return hashlib.sha256(plain.encode()).hexdigest()
