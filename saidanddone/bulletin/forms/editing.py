"""What an editor types into an edition."""

from typing import Any

from django import forms

from saidanddone.bulletin.forms.telling import TellingForm
from saidanddone.bulletin.models import Entry
from saidanddone.ui.forms import Brief

TOLD = ("title", "words", "who_for", "when", "cost", "how", "contact", "section")


class OpeningForm(forms.Form):
    """How the bulletin begins."""

    title = forms.CharField(label="Title", max_length=120)
    opening = forms.CharField(
        label="A few words to begin with", max_length=800, required=False, widget=Brief
    )


class EntryForm(TellingForm):
    """An entry's words in this edition."""

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(entry, name) for name in TOLD} | {
            "topics": entry.topics.all(), "areas": entry.areas.all(),
        }  # fmt: skip
        super().__init__(*args, **kwargs)
