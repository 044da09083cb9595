"""Wordings and letters."""

import secrets
from typing import Any

from saidanddone.mail.models import Letter, Wording


def make_wording(**over: Any) -> Wording:
    """A short letter about nothing."""
    return Wording.objects.create(
        **{"kind": "test", "subject": "Something needs you", "text": "Look here.\n"} | over
    )


def make_letter(**over: Any) -> Letter:
    """One copy that waits."""
    given = {"address": "somebody@example.org", "message_id": f"{secrets.token_hex(8)}@example.org"}
    if "wording" not in over:
        given["wording"] = make_wording()
    return Letter.objects.create(**given | over)
