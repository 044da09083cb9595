"""What comes back is written down, once, and an address that is dead or unwilling gets no more."""

from datetime import timedelta

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.mail.bounces import Returned, Verdict
from saidanddone.mail.models import Bounce, Letter, Suppression
from saidanddone.mail.verbs.suppressing import digest_of, suppress

Kind, Why = Bounce.Kind, Suppression.Why
IN_A_ROW = timedelta(days=60)  # within which letters that came back count together


@transaction.atomic
def note_bounce(*, returned: Returned, soft: int, by: str) -> tuple[Bounce, bool]:
    """Write down what came back. Whoever reads the mailbox; True if it is new.

    Only for a letter of ours, known by its Message-ID, anything follows: a dead address and a
    complaint at once, letters that come back for now after `soft` of them; answers that no person
    wrote and refusals by rule never.
    """
    if (there := Bounce.objects.filter(mark=returned.mark).first()) is not None:
        return there, False
    letter = Letter.objects.filter(message_id__in=returned.message_ids).order_by("pk").first()
    verdict = meant(returned, letter)
    bounce = Bounce.objects.create(
        mark=returned.mark, kind=verdict.kind, code=verdict.code, letter=letter,
        digest=digest_of(letter.address) if letter else "",
    )  # fmt: skip
    record("note_bounce", bounce, by=by)
    if letter is not None and (why := reason_to_stop(bounce, soft)):
        suppress(address=letter.address, why=why)
    return bounce, True


def reason_to_stop(bounce: Bounce, soft: int) -> str:
    """Why nothing more is sent there; empty if there is no reason yet."""
    if bounce.kind == Kind.COMPLAINT:
        return Why.COMPLAINED
    if bounce.kind == Kind.HARD:
        return Why.DEAD
    if bounce.kind != Kind.SOFT:
        return ""
    lately = Bounce.objects.filter(
        digest=bounce.digest, kind=Kind.SOFT, at__gt=clock.now() - IN_A_ROW
    )
    return Why.FULL if lately.values("letter").distinct().count() >= soft else ""


def meant(returned: Returned, letter: Letter | None) -> Verdict:
    """Of several addresses in one report, the one that our letter went to."""
    if letter is not None:
        for verdict in returned.verdicts:
            if verdict.address.lower() == letter.address.lower():
                return verdict
    return returned.verdicts[0]
