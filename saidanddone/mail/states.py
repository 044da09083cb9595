"""The states of a letter, and the verbs that lead from one to the next."""

QUEUED = "queued"
HANDING_OVER = "handing_over"
ACCEPTED = "accepted"
UNKNOWN = "unknown"  # handed over when a worker died: only the mail server knows
REFUSED = "refused"  # the mail server said no, for good
CANCELLED = "cancelled"

LETTER = {
    "hand_over": ({QUEUED}, HANDING_OVER),
    "accept_letter": ({HANDING_OVER}, ACCEPTED),
    "put_back": ({HANDING_OVER}, QUEUED),
    "refuse_letter": ({HANDING_OVER}, REFUSED),
    "lose_sight": ({HANDING_OVER}, UNKNOWN),
    "send_again": ({UNKNOWN, REFUSED}, QUEUED),
    "take_as_sent": ({UNKNOWN}, ACCEPTED),
    "cancel": ({QUEUED}, CANCELLED),
}
NAMES = {
    QUEUED: "waiting", HANDING_OVER: "being handed over", ACCEPTED: "accepted",
    UNKNOWN: "not known", REFUSED: "refused", CANCELLED: "cancelled",
}  # fmt: skip
