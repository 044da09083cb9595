"""Addresses that get no more letters to many, and those that asked for them again."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.crypto import salted_hmac

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.mail.models import Suppression

Why = Suppression.Why


def digest_of(address: str) -> str:
    """What an address is kept as: nobody can read it back, and the same one is known again."""
    told = address.strip().lower()
    return salted_hmac("mail.suppression", told, algorithm="sha256").hexdigest()


@transaction.atomic
def suppress(*, address: str, why: str) -> bool:
    """Send no more letters to many there. Whoever ends a subscription does, and what comes back."""
    _, new = Suppression.objects.get_or_create(
        digest=digest_of(address), why=why, lifted_at=None, defaults={"at": clock.now()}
    )
    if new:
        record("suppress", "mail.suppression:address", by="system: letters", detail=address)
    return new


@transaction.atomic
def lift(*, address: str) -> bool:
    """Write there again: its owner has asked and answered from it. A complaint stays for good."""
    standing = Suppression.objects.filter(digest=digest_of(address), lifted_at=None)
    lifted = standing.exclude(why=Why.COMPLAINED).update(lifted_at=clock.now())
    if lifted:
        record("lift", "mail.suppression:address", by="system: letters", detail=address)
    return not standing.exists()


def suppressed(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses that get no letters to many. One query for each ten thousand."""
    digests = {digest_of(address): address for address in addresses}
    found = Suppression.objects.filter(digest__in=list(digests), lifted_at=None)
    return {digests[digest] for digest in found.values_list("digest", flat=True)}
