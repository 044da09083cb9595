"""What somebody types who suggests something for the bulletin, and an editor who does not take it."""

from typing import Any

from django import forms

from saidanddone.bulletin.forms.telling import TellingForm
from saidanddone.bulletin.models import Item
from saidanddone.core import clock
from saidanddone.core.files import FileRefused, picture
from saidanddone.ui.forms import Brief, DayField, NameField, OnceField

TOLD = (
    "title", "words", "who_for", "when", "cost", "how", "contact", "section", "expires_on",
    "picture_words",
)  # fmt: skip


class ItemForm(TellingForm):
    """A suggestion by somebody who is signed in."""

    expires_on = DayField(
        label="When is it over?", required=False,
        help_text="After this day it goes into no bulletin.",
    )  # fmt: skip
    picture = forms.FileField(
        label="Picture", required=False, help_text="A photo as JPEG or PNG that you may share."
    )
    picture_words = forms.CharField(
        label="What does the picture show?", max_length=300, required=False,
        help_text="For those who do not see it.",
    )  # fmt: skip
    once = OnceField()

    field_order = (*TellingForm.field_order, "expires_on", "picture", "picture_words", "topics",
                   "areas")  # fmt: skip

    def __init__(self, *args: Any, item: Item | None = None, **kwargs: Any) -> None:
        self.item = item
        if item is not None:
            kwargs["initial"] = {name: getattr(item, name) for name in TOLD} | {
                "topics": item.topics.all(), "areas": item.areas.all(),
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        if item is not None:
            del self.fields["once"]

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        if day is not None and day < clock.today():
            raise forms.ValidationError("This day has passed. Give one that is to come.")
        return day

    def clean_picture(self) -> Any:
        upload = self.cleaned_data["picture"]
        if not upload:
            return None
        try:
            return picture(upload)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        there = told.get("picture") or (self.item is not None and self.item.picture)
        if there and not told.get("picture_words"):
            self.add_error(
                "picture_words", "Say what the picture shows, for those who do not see it"
            )
        return told


class StrangersItemForm(ItemForm):
    """A suggestion by somebody without an account: also who they are."""

    by_name = NameField(label="Your name", max_length=200, help_text="It is not shown.")
    by_address = forms.EmailField(
        label="Your e-mail address", help_text="We send a letter to it and ask if it was you."
    )

    field_order = ("by_name", "by_address", *ItemForm.field_order)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by_name"].widget.attrs["autocomplete"] = "name"
        self.fields["by_address"].widget.attrs["autocomplete"] = "email"


class DeclineForm(forms.Form):
    """Why an item is not taken."""

    why = forms.CharField(
        label="Why is it not taken?", max_length=500, widget=Brief,
        help_text="They read this. Say what could be put right.",
    )  # fmt: skip
