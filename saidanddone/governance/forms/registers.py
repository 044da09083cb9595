"""What people choose to narrow a register."""

from typing import Any

from django import forms

from saidanddone.core import clock
from saidanddone.governance.models import Body, Decision

FIRST_YEAR = 2000


class DecisionFilter(forms.Form):
    """Words, body, year and outcome; anything that makes no sense is left out."""

    q = forms.CharField(
        label="Words or number", max_length=100, required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    body = forms.TypedChoiceField(label="Decided by", required=False)
    year = forms.TypedChoiceField(label="Year", required=False, coerce=int, empty_value=None)
    outcome = forms.ChoiceField(
        label="Outcome", required=False, choices=[("", "Any"), *Decision.Outcome.choices]
    )

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [("", "Anybody"), *((b.slug, b.name) for b in bodies)]
        years = range(clock.today().year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [("", "Any"), *((str(year), str(year)) for year in years)]


class ActionFilter(forms.Form):
    """Whose actions, and in which state."""

    whose = forms.ChoiceField(required=False, choices=[("mine", "Mine"), ("all", "All")])
    show = forms.ChoiceField(
        required=False, choices=[("open", "To do"), ("late", "Late"), ("ended", "Done or dropped")]
    )
