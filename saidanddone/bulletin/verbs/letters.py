"""A letter to the bulletin becomes a suggestion that its editor reads."""

from typing import Any
from uuid import UUID

from django.db import transaction

from saidanddone.bulletin import permissions, states
from saidanddone.bulletin.models import Item, Subscription
from saidanddone.bulletin.verbs.items import submit_item
from saidanddone.core import imports
from saidanddone.core.access import require
from saidanddone.core.imports import Report
from saidanddone.people.models import User

MACHINE = "No person wrote it: an automatic answer, a list or something that came back."


def look_at_letter(*, plan: dict[str, Any], by: str) -> Report:
    """Tell what a letter would become, and keep nothing. Whoever operates the place."""
    require("submit_item", permissions.item_verbs(by))
    return imports.rehearse(lambda: _suggested(plan))


@transaction.atomic
def take_letter(*, plan: dict[str, Any], by: str, file_name: str, digest: str) -> Report:
    """Make it a suggestion. Whoever operates the place; one whose address is unknown is asked first.

    The same letter, read again, counts once.
    """
    require("submit_item", permissions.item_verbs(by))
    return _suggested(plan)


def _suggested(plan: dict[str, Any]) -> Report:
    report, what, once = Report(), f"{plan['address']}: {plan['title']}", UUID(plan["mark"][:32])
    if plan["machine"] or not plan["words"]:
        why = MACHINE if plan["machine"] else "There are no words in it."
        report.add(what, imports.LEFT_OUT, why)
    elif Item.objects.filter(once=once).exists():
        report.add(what, imports.SAME, "It was read before.")
    else:
        item = submit_item(
            by=None, by_name=f"{plan['name'] or plan['address']} (by e-mail)"[:200],
            by_address=plan["address"], once=once, title=plan["title"], words=plan["words"],
            answered=_has_answered(plan["address"]),
        )  # fmt: skip
        waits = item.state == states.UNCONFIRMED
        cut = " Its words were cut." if plan["cut"] else ""
        told = "Waits until its address has answered." if waits else "The editor reads it."
        report.add(what, imports.NEW, told + cut)
    return report


def _has_answered(address: str) -> bool:
    """Whether somebody has shown that they read this address."""
    reads = Subscription.objects.filter(address=address, state=states.LIVE)
    known = User.objects.filter(email__iexact=address, joined_at__isnull=False, is_active=True)
    return known.exists() or reads.filter(confirmed_at__isnull=False).exists()
