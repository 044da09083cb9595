"""Items, editions and subscriptions."""

from saidanddone.bulletin.models.editions import Edition, Entry, Followed
from saidanddone.bulletin.models.items import MOST_WORDS, Item, word_count
from saidanddone.bulletin.models.subscriptions import ContactList, Subscription

__all__ = [
    "MOST_WORDS",
    "ContactList",
    "Edition",
    "Entry",
    "Followed",
    "Item",
    "Subscription",
    "word_count",
]
