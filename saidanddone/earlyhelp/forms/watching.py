"""What is typed to break the glass, to review that, and to ask who has looked."""

from datetime import date

from django import forms

from saidanddone.core import clock
from saidanddone.earlyhelp.models import BreakGlass
from saidanddone.ui.forms import Brief, DayField, OnceField, Tiles


class GlassForm(forms.Form):
    """One child by name and birth date, and why."""

    name = forms.CharField(
        label="The child’s whole name",
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Write the child’s first name and surname"},
    )
    born_on = DayField(
        label="Born on", past=True, help_text="Like 4 December 2016.",
        error_messages={"required": "Write the day on which the child was born"},
    )  # fmt: skip
    why = forms.CharField(
        label="Why must you read it now?",
        min_length=10,
        max_length=2000,
        widget=Brief(),
        help_text="What may happen to the child if you do not. A privacy officer reads this.",
        error_messages={
            "required": "Say why you must read it now",
            "min_length": "Say a little more: what may happen to the child?",
        },
    )
    once = OnceField()

    def clean_born_on(self) -> date:
        day = self.cleaned_data["born_on"]
        if day > clock.today():
            raise forms.ValidationError("This day is still to come. Write the day of birth")
        return day


class GlassReviewForm(forms.Form):
    """Whether it was right, and why."""

    outcome = forms.ChoiceField(
        label="Was it right to open it?", choices=BreakGlass.Outcome.choices, widget=Tiles()
    )
    words = forms.CharField(
        label="Why do you think so, and what follows?",
        max_length=2000,
        widget=Brief(),
        error_messages={"required": "Say why you think so"},
    )


class ReferenceForm(forms.Form):
    """Whose record."""

    reference = forms.CharField(
        label="The family’s reference",
        max_length=12,
        help_text="Like KD-4821. The family, or whoever leads, can tell you.",
        widget=forms.TextInput(attrs={"short": True, "autocomplete": "off"}),
        error_messages={"required": "Write the family’s reference"},
    )
