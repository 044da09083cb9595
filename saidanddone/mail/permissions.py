"""Who decides about letters that are unknown or refused: administrators, who see no words of them."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from saidanddone.mail.models import Letter


def visible_letters(user: Any) -> QuerySet[Letter]:
    """Letters that wait for a decision: their kind, address and state; never their text."""
    if not user.has_role("administrator"):
        return Letter.objects.none()
    wordless = ("fill", "wording__text", "wording__html", "wording__subject", "wording__headers")
    return Letter.objects.undecided().select_related("wording").defer(*wordless)


def mail_verbs(user: Any) -> set[str]:
    """What this person may do with letters as a whole."""
    return {"see_letters"} if user.has_role("administrator") else set()


def letter_verbs(user: Any, letter: Letter) -> set[str]:
    """What this person may do about a letter now. One that was called back is not sent again."""
    if not user.has_role("administrator"):
        return set()
    theirs = {"take_as_sent"} if letter.called_back else {"send_again", "take_as_sent"}
    return theirs & letter.open_verbs()


def shown_letters(address: str = "") -> QuerySet[Letter]:
    """All that a demonstration would have sent, for everybody who tries it; none in a live place."""
    if settings.LIVE:
        return Letter.objects.none()
    letters = Letter.objects.select_related("wording").order_by("-pk")
    return letters.to(address) if address else letters
