"""Whose unsent words are kept: their author's, while the form is open to them."""

from saidanddone.earlyhelp.models import Story
from saidanddone.earlyhelp.permissions.agencies import spoken_for
from saidanddone.earlyhelp.permissions.rights import READ, Asker, holds
from saidanddone.people.models import User


def typing_verbs(user: Asker, story: Story | None = None) -> set[str]:
    """Their author keeps and drops them; of a story, while they may read it. A clock forgets them."""
    if isinstance(user, str):
        return {"forget_typing"}
    if not isinstance(user, User):
        return set()
    opened = holds(user, story, READ) if story is not None else spoken_for(user)
    return {"drop_typing", "keep_typing"} if opened else {"drop_typing"}
