"""Who decides about letters that are unknown or refused: administrators, who see no words of them."""

from typing import Any

from django.db.models import QuerySet

from saidanddone.mail.models import Letter


def visible_letters(user: Any) -> QuerySet[Letter]:
    """Letters that wait for a decision: their kind, address and state; never their text."""
    if not user.has_role("administrator"):
        return Letter.objects.none()
    return (
        Letter.objects.undecided()
        .select_related("wording")
        .defer("fill", "wording__text", "wording__html")
    )


def letter_verbs(user: Any, letter: Letter) -> set[str]:
    """What this person may do about a letter now. One that was called back is not sent again."""
    if not user.has_role("administrator"):
        return set()
    theirs = {"send_again", "take_as_sent"} if not letter.called_back else {"take_as_sent"}
    return theirs & letter.open_verbs()
