"""Everything that can happen to a letter."""

from saidanddone.mail.verbs.deciding import (
    cancel,
    doubt,
    forget,
    lose_sight,
    remove,
    send_again,
    take_as_sent,
)
from saidanddone.mail.verbs.handing import Fate, accept, hand_over, put_back, refuse, settle
from saidanddone.mail.verbs.returning import note_bounce
from saidanddone.mail.verbs.suppressing import digest_of, lift, suppress, suppressed
from saidanddone.mail.verbs.writing import Recipient, queue, write

__all__ = [
    "Fate", "Recipient", "accept", "cancel", "digest_of", "doubt", "forget", "hand_over", "lift",
    "lose_sight", "note_bounce", "put_back", "queue", "refuse", "remove", "send_again", "settle",
    "suppress", "suppressed", "take_as_sent", "write",
]  # fmt: skip
