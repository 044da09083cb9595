"""What is typed to hold a record beyond its day, or not to let it go."""

from django import forms

from saidanddone.earlyhelp.forms.watching import ReferenceForm
from saidanddone.ui.forms import Brief


class HoldForm(ReferenceForm):
    """Whose record, and why it must be kept."""

    why = forms.CharField(
        label="Why must it be kept?", max_length=500, widget=Brief(rows=2),
        help_text="Like an inquiry, a claim, a court. No names.",
        error_messages={"required": "Say why it must be kept"},
    )  # fmt: skip
    field_order = ("reference", "why")


class StayForm(forms.Form):
    """Why it stays."""

    why = forms.CharField(
        label="Why should it stay?", max_length=500, widget=Brief(rows=2),
        error_messages={"required": "Say why it should stay"},
    )  # fmt: skip
