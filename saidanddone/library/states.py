"""The states of documents, their versions and siblings, and of good practice: verb → from, to."""

DRAFT = "draft"
PUBLISHED = "published"
WITHDRAWN = "withdrawn"

# Document
DOCUMENT = {
    "change_document": ({DRAFT, PUBLISHED}, None),
    "add_version": ({DRAFT, PUBLISHED}, None),
    "publish_document": ({DRAFT}, PUBLISHED),  # with its latest draft
    "confirm_document": ({PUBLISHED}, None),
    "remind_of_review": ({PUBLISHED}, None),
    "withdraw_document": ({DRAFT, PUBLISHED}, WITHDRAWN),
}

# Version
VERSION = {
    "publish_version": ({DRAFT}, PUBLISHED),
    "add_sibling": ({DRAFT, PUBLISHED}, None),
    "withdraw_version": ({DRAFT, PUBLISHED}, WITHDRAWN),
}

# Sibling
SIBLING = {
    "publish_sibling": ({DRAFT}, PUBLISHED),
    "withdraw_sibling": ({DRAFT, PUBLISHED}, WITHDRAWN),
}

# Practice
WAITING = "waiting"
ASKED = "asked"
DECLINED = "declined"

PRACTICE = {
    "ask_for_change": ({WAITING}, ASKED),
    "mend_practice": ({WAITING, ASKED, PUBLISHED}, WAITING),  # it is read again
    "publish_practice": ({WAITING}, PUBLISHED),
    "decline_practice": ({WAITING, ASKED}, DECLINED),
    "confirm_practice": ({PUBLISHED}, None),
    "remind_of_practice": ({PUBLISHED}, None),
    "withdraw_practice": ({WAITING, ASKED, PUBLISHED}, WITHDRAWN),
}

NAMES = {
    DRAFT: "Not published yet", PUBLISHED: "Published", WITHDRAWN: "Taken back",
    WAITING: "Waiting to be read", ASKED: "A change is asked for", DECLINED: "Not taken",
}  # fmt: skip
