"""What people want to learn is asked for, answered with a session, or let go."""

from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core.access import require
from saidanddone.core.presses import earlier
from saidanddone.events import emails, permissions
from saidanddone.events.models import Session, Wish
from saidanddone.people.models import User


@transaction.atomic
def ask_for_session(
    *, words: str, by: User | None, email: str = "", once: UUID | None = None
) -> Wish:
    """Ask for a session on something. Anybody; the clerk reads it when the next are planned."""
    require("ask_for_session", permissions.wish_verbs(by))
    if found := earlier(Wish, once):
        return found
    wish = Wish.objects.create(words=words, email=email.strip().lower(), once=once)
    record("ask_for_session", wish, by=by)
    return wish


@transaction.atomic
def answer_wish(*, wish: Wish, session: Session, by: User) -> None:
    """Say that a session answers a wish. The clerk; whoever left an address hears of it."""
    require("answer_wish", permissions.wish_verbs(by, wish))
    wish.move("answer_wish", session=session)
    record("answer_wish", wish, by=by)
    emails.wish_answered(wish)
    _forget(wish)


@transaction.atomic
def let_wish_go(*, wish: Wish, by: User) -> None:
    """Let a wish go. The clerk; the address that came with it is forgotten."""
    require("let_wish_go", permissions.wish_verbs(by, wish))
    wish.move("let_wish_go")
    record("let_wish_go", wish, by=by)
    _forget(wish)


def _forget(wish: Wish) -> None:
    """The address was given for one answer only."""
    Wish.objects.filter(pk=wish.pk).update(email="")
