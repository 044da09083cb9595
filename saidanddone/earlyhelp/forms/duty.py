"""What the duty desk answers."""

from django import forms

from saidanddone.earlyhelp.models import DutyCheck
from saidanddone.ui.forms import Brief, Tiles


class DutyForm(forms.Form):
    """Whether it is one child, and whether the two who lead are joined up."""

    outcome = forms.ChoiceField(
        label="Is it the same child?",
        choices=[
            (DutyCheck.Outcome.SAME, "Yes: join the two workers up"),
            (DutyCheck.Outcome.KEPT, "Yes, and they must not know of each other"),
            (DutyCheck.Outcome.APART, "No, another child"),
        ],
        widget=Tiles(hints={"same": "Each finds a note with the name and address of the other."}),
        error_messages={"required": "Choose what you found"},
    )
    why = forms.CharField(
        label="How do you know?",
        max_length=2000,
        widget=Brief(),
        error_messages={"required": "Say how you know"},
    )
