"""What people type to join, by themselves or by invitation."""

from typing import Any

from django import forms

from saidanddone.people.forms.wording import ADDRESS, CODE_HINT, worded
from saidanddone.people.models import User
from saidanddone.ui.forms import NameField, Tiles


class Join(forms.Form):
    """Who joins the network, as they tell us themselves."""

    name = NameField(label="Your name", max_length=200)
    email = forms.EmailField(label=ADDRESS, help_text="We send a code to it, once a day at most.")
    organisation = NameField(
        label="Where do you work or volunteer?",
        max_length=160,
        help_text="A school, a charity, a team. Shown as you type it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["organisation"].widget.attrs["autocomplete"] = "organization"

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


class JoinCode(forms.Form):
    """The code that proves the address of somebody who joins."""

    code = forms.CharField(label="Code", help_text=CODE_HINT, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"short": True, "autocomplete": "one-time-code"}


class Welcome(forms.Form):
    """What an invited person tells us first."""

    WAYS = {
        "passkey": ("A passkey", "By finger, face or PIN. Nothing to remember."),
        "password": ("A password and an app", "The app on your phone shows a code each time."),
        "code": (
            "A code by e-mail",
            "Enough to read what is public and to tick off an action. Add a passkey for the rest.",
        ),
    }
    name = NameField(label="Your name, as colleagues know it", max_length=200)
    way = forms.ChoiceField(
        label="How will you sign in?",
        choices=[(key, words) for key, (words, _) in WAYS.items()],
        widget=Tiles(hints={key: hint for key, (_, hint) in WAYS.items()}),
    )


class Name(forms.ModelForm):
    """One's own name."""

    class Meta:
        model = User
        fields = ["name"]
        field_classes = {"name": NameField}
        labels = {"name": "Your name, as colleagues know it"}
