"""What is typed to seal a record, to look at a seal again, and to keep or open a safe address."""

from collections.abc import Iterable
from typing import Any

from django import forms

from saidanddone.earlyhelp.models import FamilyMember
from saidanddone.people.models import User
from saidanddone.ui.forms import Brief, OnceField, Ticks, Tiles

LONG = 4000
PURPOSES = [
    ("visit", "To visit or to meet them"), ("transport", "To arrange transport"),
    ("handing on", "To tell the police or a social worker"), ("checking", "To check that it is right"),
]  # fmt: skip


class PeopleField(forms.TypedMultipleChoiceField):
    """Some of the people who work with the family, or belong to it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, widget=Ticks(), **kwargs)


class SealForm(forms.Form):
    """What is sealed, for whom it stays open, and why."""

    subject = forms.ChoiceField(label="What do you seal?", required=False, widget=Tiles())
    readers = PeopleField(
        label="Who may still see it?",
        required=False,
        help_text="You are named yourself. Name at least one other who works with the family.",
    )
    why = forms.CharField(
        label="Why?",
        max_length=LONG,
        widget=Brief(),
        help_text="Only those whom you name read this.",
        error_messages={"required": "Say why, so that whoever looks at the seal again can judge"},
    )
    once = OnceField()

    def __init__(
        self, *args: Any, people: Iterable[User], parts: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = [(one.pk, one.name) for one in people]
        self.fields["subject"].choices = [("", "The whole record"), *parts]


class SealReviewForm(forms.Form):
    """Whether a seal stays on."""

    decision = forms.ChoiceField(
        label="Is the seal still needed?",
        choices=[("keep", "Yes, keep it on"), ("lift", "No, take it off")],
        widget=Tiles(),
    )
    why = forms.CharField(
        label="If you take it off: why is that safe now?",
        max_length=500,
        required=False,
        widget=Brief(),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("decision") == "lift" and not data.get("why"):
            self.add_error("why", "Say why it is safe to take the seal off")
        return data


class AddressForm(forms.Form):
    """Whose address, where it is, and for whom it opens."""

    member = forms.ModelChoiceField(
        label="Whose address is it?", queryset=FamilyMember.objects.none(), widget=Tiles(),
        empty_label=None,
    )  # fmt: skip
    words = forms.CharField(
        label="Where are they?",
        max_length=500,
        widget=Brief({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Write the address"},
    )
    readers = PeopleField(
        label="For whom does it open?",
        required=False,
        help_text="For you, and for those you choose here. Nobody else learns that it is kept.",
    )

    def __init__(self, *args: Any, people: Iterable[User], members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = [(one.pk, one.name) for one in people]
        self.fields["member"].queryset = members
        self.fields["member"].label_from_instance = lambda one: one.known_as or one.name


class OpenForm(forms.Form):
    """What an address is opened for."""

    purpose = forms.ChoiceField(
        label="What do you need it for?", choices=PURPOSES, widget=Tiles(),
        error_messages={"required": "Choose what you need it for"},
    )  # fmt: skip
