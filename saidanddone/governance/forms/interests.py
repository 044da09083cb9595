"""Forms for the register of interests, and for declaring one at an item."""

from django import forms

from saidanddone.core import clock
from saidanddone.governance.models.interests import Kind
from saidanddone.ui.forms import Brief, DayField, OnceField, Tiles

HINTS = {
    Kind.PECUNIARY.value: "You, or your household, may gain or lose money or property.",
    Kind.NON_PECUNIARY.value: "You are a governor, a trustee, a member, a campaigner.",
    Kind.INDIRECT.value: "Somebody close to you has it.",
}
PRIVATE = "Do not show what it is"
PRIVATE_WHY = (
    "For what concerns somebody else, such as a child at a school. Only you, the clerk and the "
    "chair read it; everybody else sees its kind."
)


class DeclareForm(forms.Form):
    """An interest in a coming item."""

    kind = forms.ChoiceField(label="What kind", choices=Kind.choices, widget=Tiles(hints=HINTS))
    nature = forms.CharField(label="What it is", max_length=300, widget=Brief(rows=2))
    private = forms.BooleanField(label=PRIVATE, required=False, help_text=PRIVATE_WHY)
    once = OnceField()


class InterestForm(DeclareForm):
    """An interest on one's own page."""

    starts_on = DayField(
        label="Since", past=True, required=False, help_text="Leave this out for today."
    )
    field_order = ("kind", "nature", "private", "starts_on")

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day and day > clock.today():
            raise forms.ValidationError("This day is still to come. Add it when it begins")
        return day
