"""A list of contacts, and where it is from."""

from django import forms

from saidanddone.ui.forms import Brief


class ContactsForm(forms.Form):
    """Names and addresses, as Outlook or a spreadsheet gives them."""

    words = forms.CharField(
        label="Names and addresses", max_length=200_000, widget=Brief(rows=8),
        help_text="Copy them from Outlook or from a spreadsheet and paste them here.",
    )  # fmt: skip
    source = forms.CharField(
        label="Where is this list from?", max_length=160,
        help_text="They read this: people who came to the conference in June.",
    )  # fmt: skip
