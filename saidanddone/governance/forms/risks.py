"""Forms for risks and their scores."""

from typing import Any

from django import forms

from saidanddone.core import clock
from saidanddone.governance.forms.bodies import PostChoice
from saidanddone.governance.models import Risk
from saidanddone.people.models import User
from saidanddone.people.permissions import visible_posts
from saidanddone.ui.forms import Brief, DayField, OnceField

LIKELIHOOD = [(1, "1: hardly ever"), (2, "2: not likely"), (3, "3: may well happen"),
              (4, "4: likely"), (5, "5: almost certain")]  # fmt: skip
IMPACT = [
    (1, "1: very small"),
    (2, "2: small"),
    (3, "3: felt"),
    (4, "4: grave"),
    (5, "5: very grave"),
]


def scale(label: str, choices: list[tuple[int, str]], **more: Any) -> forms.TypedChoiceField:
    """One to five, each with its word."""
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, initial=3, **more)


class RiskForm(forms.Form):
    """A risk: what might happen, why and what then."""

    title = forms.CharField(label="In a few words", max_length=200)
    cause = forms.CharField(label="Because", max_length=2000, widget=Brief())
    event = forms.CharField(label="This might happen", max_length=2000, widget=Brief())
    effect = forms.CharField(label="And then", max_length=2000, widget=Brief())
    controls = forms.CharField(
        label="What is already done about it", max_length=5000, widget=Brief(), required=False
    )
    owner = PostChoice(label="Who watches it", queryset=None, empty_label="Choose a person")
    likelihood_before = scale("If nothing were done: how likely", LIKELIHOOD)
    impact_before = scale("If nothing were done: how bad for children", IMPACT)
    likelihood_now = scale("As it stands now: how likely", LIKELIHOOD)
    impact_now = scale("As it stands now: how bad for children", IMPACT)
    likelihood_wanted = scale("Where you want it: how likely", LIKELIHOOD)
    impact_wanted = scale("Where you want it: how bad for children", IMPACT)
    review_on = DayField(label="Look at it again by")
    restricted = forms.BooleanField(label="Only for those who sit on it", required=False)
    once = OnceField()

    def __init__(self, *args: Any, user: User, risk: Risk | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = visible_posts(user).order_by("user__name", "pk")
        if risk is None:
            return
        for name in ("once", "likelihood_now", "impact_now", "review_on"):
            del self.fields[name]  # what it is now is scored on its page, with what was done
        self.initial = {name: getattr(risk, name) for name in self.fields} | self.initial

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("review_on") and typed["review_on"] < clock.today():
            self.add_error("review_on", "Choose a day that is still to come")
        return typed


class ScoreForm(forms.Form):
    """A risk looked at again."""

    likelihood = scale("How likely is it now?", LIKELIHOOD)
    impact = scale("How bad for children would it be?", IMPACT)
    text = forms.CharField(
        label="What has been done, or has changed", max_length=2000, widget=Brief()
    )
    review_on = DayField(label="Look at it again by")
    once = OnceField()

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("review_on") and typed["review_on"] < clock.today():
            self.add_error("review_on", "Choose a day that is still to come")
        return typed
