"""An edition is handed on, approved, stopped, and sent once."""

from datetime import datetime, timedelta

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.bulletin import emails, permissions, states
from saidanddone.bulletin.models import Edition, Item
from saidanddone.bulletin.verbs.items import print_item
from saidanddone.bulletin.verbs.sources import no_longer_public
from saidanddone.core import clock
from saidanddone.core.access import Refused, require
from saidanddone.people.models import User
from saidanddone.reference.models import partnership


@transaction.atomic
def hand_edition_on(*, edition: Edition, by: User) -> None:
    """Say that it is finished. An editor; a second person approves it, if this place wants one.

    Otherwise it goes out at its hour, and never sooner than the minutes in which it can be stopped.
    """
    require("hand_edition_on", permissions.edition_verbs(by, edition))
    if not edition.entries.standing().exists():
        raise Refused("hand_edition_on")  # an empty bulletin is nobody's news
    place = partnership()
    seen = {"handed_on_by": by, "handed_on_at": clock.now(), "approved_by": None}
    if place.bulletin_approved:
        edition.move("hand_edition_on", to=states.READY, **seen)
        emails.edition_waits(edition)
    else:
        wait = timedelta(minutes=place.bulletin_wait_minutes)
        edition.move("hand_edition_on", to=states.SCHEDULED, send_at=_hour(edition, wait), **seen)
    record("hand_edition_on", edition, by=by)


@transaction.atomic
def approve_edition(*, edition: Edition, by: User) -> None:
    """Let it go. An editor who did not hand it on; it is sent at its hour and can be stopped till then."""
    require("approve_edition", permissions.edition_verbs(by, edition))
    edition.move(
        "approve_edition", approved_by=by, approved_at=clock.now(),
        send_at=_hour(edition, timedelta()),
    )  # fmt: skip
    record("approve_edition", edition, by=by)


@transaction.atomic
def stop_edition(*, edition: Edition, by: User) -> None:
    """Hold it back. Any editor; it is a draft again, and somebody hands it on again."""
    require("stop_edition", permissions.edition_verbs(by, edition))
    edition.move("stop_edition", send_at=None, approved_by=None, approved_at=None)
    record("stop_edition", edition, by=by)


@transaction.atomic
def send_edition(*, edition: Edition, by: str) -> int:
    """Send it to everybody who takes the bulletin, each what they chose. The clock, once; says how many.

    The letters are written in this transaction: either all wait for the workers, or none does.
    What has been taken back or called off since it was gathered does not go with them.
    """
    require("send_edition", permissions.edition_verbs(by, edition))
    edition.move("send_edition", sent_at=clock.now())
    standing = edition.entries.standing()
    gone = [entry.pk for entry in no_longer_public(standing)]
    edition.entries.filter(pk__in=gone).update(left_out=True)
    for item in Item.objects.filter(entries__in=standing, state=states.ACCEPTED):
        print_item(item=item, by=by)
    written = emails.edition_sent(edition)
    record("send_edition", edition, by=by, detail=str(written))
    return written


def _hour(edition: Edition, wait: timedelta) -> datetime:
    return max(edition.planned_for, clock.now() + wait)
