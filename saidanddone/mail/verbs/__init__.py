"""Everything that can happen to a letter."""

from saidanddone.mail.verbs.deciding import (
    cancel,
    doubt,
    forget,
    lose_sight,
    send_again,
    take_as_sent,
)
from saidanddone.mail.verbs.handing import Fate, accept, hand_over, put_back, refuse, settle
from saidanddone.mail.verbs.writing import Recipient, queue, write

__all__ = [
    "Fate", "Recipient", "accept", "cancel", "doubt", "forget", "hand_over", "lose_sight", "put_back",
    "queue", "refuse", "send_again", "settle", "take_as_sent", "write",
]  # fmt: skip
