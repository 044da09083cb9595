"""A mailbox of what came back is read: looked at first, then for good."""

from typing import Any

from django.db import transaction

from saidanddone.bulletin import states
from saidanddone.bulletin.models import Subscription
from saidanddone.bulletin.verbs.subscribing import end_subscription
from saidanddone.core import imports
from saidanddone.core.imports import Report
from saidanddone.mail.bounces import Returned
from saidanddone.mail.models import Bounce, Suppression
from saidanddone.mail.verbs import note_bounce, suppressed
from saidanddone.reference.models import partnership

How, Why = Subscription.How, Suppression.Why
NOT_OURS = "no letter of ours is named in it"


def look_at_bounces(*, plan: dict[str, Any], by: str) -> Report:
    """Tell what each message would mean, and keep nothing of it. Whoever operates the place."""
    return imports.rehearse(lambda: _taken(plan, by))


@transaction.atomic
def take_bounces(*, plan: dict[str, Any], by: str, file_name: str, digest: str) -> Report:
    """Write down what came back; dead addresses and complaints end at once. Whoever operates it.

    The same message, read again, counts once.
    """
    return _taken(plan, by)


def _taken(plan: dict[str, Any], by: str) -> Report:
    report, soft = Report(), partnership().soft_bounces
    for number, returned in enumerate(plan["messages"], start=1):
        bounce, new = note_bounce(returned=returned, soft=soft, by=by)
        ended = new and _ended(bounce, by)
        fate = imports.NEW if new and bounce.letter else imports.LEFT_OUT if new else imports.SAME
        report.add(f"Message {number}: {_words(bounce, returned)}", fate, _why(bounce, ended))
    return report


def _ended(bounce: Bounce, by: str) -> bool:
    """End the subscription of an address that gets no more letters to many."""
    letter = bounce.letter
    if letter is None or not suppressed([letter.address]):
        return False
    found = Subscription.objects.filter(address__iexact=letter.address).exclude(state=states.ENDED)
    how = How.COMPLAINED if bounce.kind == Bounce.Kind.COMPLAINT else How.BOUNCED
    return any(end_subscription(subscription=one, how=how, by=by) for one in found)


def _words(bounce: Bounce, returned: Returned) -> str:
    told = bounce.get_kind_display().lower()
    where = returned.verdicts[0].address or "an address that it does not name"
    return f"{where}: {told}{f' ({bounce.code})' if bounce.code else ''}"


def _why(bounce: Bounce, ended: bool) -> str:
    if bounce.letter is None:
        return NOT_OURS
    return "gets no more bulletins" if ended else ""
