"""A manager says yes or no to a place that is held meanwhile, or the time for it runs out."""

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core.access import require
from saidanddone.events import emails, permissions
from saidanddone.events.models import Booking
from saidanddone.events.verbs.queue import pass_on


@transaction.atomic
def approve_booking(*, booking: Booking) -> None:
    """Say yes. Whoever holds the link in the manager's letter; the place is booked from now on."""
    require("approve_booking", permissions.manager_verbs(booking))
    booking.move("approve_booking")
    record("approve_booking", booking, by=None)
    emails.booked(booking, proven=True)


@transaction.atomic
def decline_booking(*, booking: Booking, why: str) -> None:
    """Say no, with a reason that whoever booked reads. The same manager; the place passes on."""
    require("decline_booking", permissions.manager_verbs(booking))
    booking.move("decline_booking", manager_why=why, needs="", question="")
    record("decline_booking", booking, by=None, detail=why)
    emails.not_approved(booking)
    pass_on(booking.session, by=None)


@transaction.atomic
def lapse_approval(*, booking: Booking, by: str) -> None:
    """Let a place go for which no manager has answered in time. By the clock; it passes on."""
    require("lapse_approval", permissions.booking_verbs(by, booking))
    booking.move("lapse_approval")
    record("lapse_approval", booking, by=by)
    emails.approval_lapsed(booking)
    pass_on(booking.session, by=by)
