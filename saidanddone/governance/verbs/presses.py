"""Who pressed the button; that it counts once is core's matter."""

from saidanddone.core.presses import earlier, queue_up
from saidanddone.people.models import User

__all__ = ["earlier", "person", "queue_up"]


def person(by: User | str | None) -> User | None:
    """Whoever did it, if it was a person who signed in."""
    return by if isinstance(by, User) else None
