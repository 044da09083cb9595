"""What readers type: what they want to get, and what they look for."""

from typing import Any

from django import forms

from saidanddone.bulletin.forms.telling import Listed
from saidanddone.bulletin.models import Subscription
from saidanddone.ui.forms import Tiles

KINDS = {
    Subscription.Kind.CORPORATE: (
        "Where I work",
        "A council, school, NHS, charity or company address.",
    ),
    Subscription.Kind.INDIVIDUAL: ("My own", "Childminder, sole trader, volunteer, parent."),
}


class ChooseForm(Listed):
    """What it should be about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].help_text = "Nothing ticked: all of them."
        self.fields["areas"].help_text = "Nothing ticked: all of them."


class MineForm(ChooseForm):
    """What somebody who signs in wants to get."""

    kind = forms.ChoiceField(
        label="Whose address is it?", choices=[(key, words) for key, (words, _) in KINDS.items()],
        widget=Tiles(hints={str(key): hint for key, (_, hint) in KINDS.items()}),
    )  # fmt: skip

    field_order = ("kind", "topics", "areas")


class AskForm(MineForm):
    """An address that asks for the bulletin."""

    address = forms.EmailField(label="Your e-mail address")

    field_order = ("address", "kind", "topics", "areas")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].widget.attrs["autocomplete"] = "email"


class ArchiveSearch(forms.Form):
    """Words to look for in every bulletin."""

    q = forms.CharField(max_length=120, required=False)
