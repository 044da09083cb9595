"""The states of a letter, and the verbs that lead from one to the next."""

QUEUED = "queued"
HANDING_OVER = "handing_over"
ACCEPTED = "accepted"
UNKNOWN = "unknown"  # handed over when a worker died: only the mail server knows
REFUSED = "refused"  # the mail server said no, for good
CANCELLED = "cancelled"

# A worker that was thought dead may still tell what became of a letter in its hands.
IN_HAND = {HANDING_OVER, UNKNOWN}

LETTER = {
    "hand_over": ({QUEUED}, HANDING_OVER),
    "accept": (IN_HAND, ACCEPTED),
    "put_back": (IN_HAND, QUEUED),
    "refuse": (IN_HAND, REFUSED),
    "lose_sight": ({HANDING_OVER}, UNKNOWN),
    "doubt": ({QUEUED, HANDING_OVER}, UNKNOWN),
    "send_again": ({UNKNOWN, REFUSED}, QUEUED),
    "take_as_sent": ({UNKNOWN}, ACCEPTED),
    "cancel": ({QUEUED}, CANCELLED),
}
NAMES = {
    QUEUED: "waiting", HANDING_OVER: "being handed over", ACCEPTED: "accepted",
    UNKNOWN: "not known", REFUSED: "refused", CANCELLED: "called back",
}  # fmt: skip
