"""Everything that can happen to documents, their versions and siblings, and to good practice."""

from saidanddone.library.verbs.documents import (
    add_document,
    change_document,
    confirm_document,
    publish_document,
    remind_of_review,
    withdraw_document,
)
from saidanddone.library.verbs.practices import (
    ask_for_change,
    confirm_practice,
    decline_practice,
    mend_practice,
    publish_practice,
    remind_of_practice,
    submit_practice,
    withdraw_practice,
)
from saidanddone.library.verbs.siblings import add_sibling, publish_sibling, withdraw_sibling
from saidanddone.library.verbs.versions import (
    OnlyVersion,
    add_version,
    publish_version,
    withdraw_version,
)
from saidanddone.library.verbs.words import keep_words

__all__ = [
    "OnlyVersion", "add_document", "add_sibling", "add_version", "ask_for_change",
    "change_document", "confirm_document", "confirm_practice", "decline_practice", "keep_words",
    "mend_practice", "publish_document", "publish_practice", "publish_sibling", "publish_version",
    "remind_of_practice", "remind_of_review", "submit_practice", "withdraw_document",
    "withdraw_practice", "withdraw_sibling", "withdraw_version",
]  # fmt: skip
