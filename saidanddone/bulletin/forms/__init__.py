"""What people type: suggestions, what they want to get, and how an edition is put together."""

from saidanddone.bulletin.forms.contacts import ContactsForm
from saidanddone.bulletin.forms.editing import EntryForm, OpeningForm
from saidanddone.bulletin.forms.items import DeclineForm, ItemForm, StrangersItemForm
from saidanddone.bulletin.forms.readers import ArchiveSearch, AskForm, ChooseForm, MineForm

__all__ = [
    "ArchiveSearch", "AskForm", "ChooseForm", "ContactsForm", "DeclineForm", "EntryForm", "ItemForm",
    "MineForm", "OpeningForm", "StrangersItemForm",
]  # fmt: skip
