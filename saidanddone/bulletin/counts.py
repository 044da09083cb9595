"""How many get the bulletin, in numbers."""

from saidanddone.bulletin.models import Subscription


def readers() -> int:
    """How many addresses get the next bulletin."""
    return Subscription.objects.live().count()
