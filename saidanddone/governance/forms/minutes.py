"""Forms for what is written down at an item."""

from django import forms

from saidanddone.governance.models import Decision
from saidanddone.ui.forms import Brief, OnceField, Tiles


class DecisionForm(forms.Form):
    """A decision."""

    wording = forms.CharField(
        label="What was decided", max_length=5000, widget=Brief(rows=4),
        help_text="So that somebody who was not there understands it.",
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label="Outcome", choices=Decision.Outcome.choices, initial=Decision.Outcome.AGREED,
        widget=Tiles(attrs={"class": "choices--small"}),
    )  # fmt: skip
    reasons = forms.CharField(label="Why", max_length=5000, widget=Brief())
    alternatives = forms.CharField(
        label="What else was looked at", max_length=5000, widget=Brief(rows=2), required=False
    )
    restricted = forms.BooleanField(
        label="Only for those who sit on it", required=False,
        help_text="It is numbered apart, so that nothing is missing from the open numbers.",
    )  # fmt: skip
    once = OnceField()


class AnswerForm(forms.Form):
    """An answer given there and then to what children said."""

    answer = forms.CharField(
        label="What was answered", max_length=5000, widget=Brief(rows=4),
        help_text="In plain words: those who asked may read it.",
    )  # fmt: skip
