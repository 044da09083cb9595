"""For whom a door is opened, and by which address; and the code on a card."""

from typing import Any

from django import forms

from saidanddone.earlyhelp.models import FamilyMember
from saidanddone.ui.forms import Tiles


class DoorForm(forms.Form):
    """Who is let in, and where their codes go; without an address they are given a card."""

    who = forms.ChoiceField(
        label="Whose door?", widget=Tiles, error_messages={"required": "Choose whose door it is"}
    )
    email = forms.EmailField(
        label="Their own e-mail address", required=False,
        help_text="One that nobody else reads. Leave it out if they have none: then you give them a card.",
        error_messages={"invalid": "Enter an e-mail address, like name@place.example"},
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        self.fields["who"].choices = [
            (pk, one.known_as or one.name) for pk, one in self.people.items()
        ]

    def clean_who(self) -> FamilyMember:
        return self.people[self.cleaned_data["who"]]


class CardForm(forms.Form):
    """The code on the card."""

    code = forms.CharField(
        label="The code on your card", max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "short": True}),
        error_messages={"required": "Type the code on your card"},
    )  # fmt: skip
