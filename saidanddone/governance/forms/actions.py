"""Forms for actions: who does what by when, and how far it is."""

from typing import Any

from django import forms

from saidanddone.governance.forms.bodies import PostChoice
from saidanddone.governance.models import Decision
from saidanddone.people.models import User
from saidanddone.people.permissions import visible_posts
from saidanddone.ui.forms import Brief, DayField, OnceField


class AssignForm(forms.Form):
    """Something to do."""

    what = forms.CharField(label="What will happen", max_length=400)
    owner = PostChoice(label="Who does it", queryset=None, empty_label="Choose a person")
    due_on = DayField(label="By")
    decision = forms.ModelChoiceField(
        label="From which decision", queryset=None, required=False, empty_label="None"
    )
    restricted = forms.BooleanField(label="Only for those who sit on it", required=False)
    once = OnceField()

    def __init__(
        self, *args: Any, user: User, decisions: list[Decision] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = visible_posts(user).order_by("user__name", "pk")
        self.known = {str(decision.pk): decision for decision in decisions or []}
        if not self.known:
            del self.fields["decision"]
            return
        choices = [("", "None"), *((pk, one.number) for pk, one in self.known.items())]
        # The page has these decisions already: they are not asked for again.
        self.fields["decision"] = forms.TypedChoiceField(
            label="From which decision", choices=choices, required=False, coerce=self.known.get,
            empty_value=None,
        )  # fmt: skip


class UpdateForm(forms.Form):
    """How far an action is."""

    text = forms.CharField(label="How far it is", max_length=5000, widget=Brief(rows=3))
    once = OnceField()


class EvidenceForm(forms.Form):
    """That an action is done."""

    evidence = forms.CharField(
        label="How can one tell that it is done?", max_length=5000, widget=Brief(rows=3),
        help_text="A link, a figure, a day, who has seen it.",
    )  # fmt: skip


class HandOnForm(forms.Form):
    """To whom an action goes."""

    to = PostChoice(label="Who does it now", queryset=None, empty_label="Choose a person")
    why = forms.CharField(label="Why", max_length=500, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = visible_posts(user).order_by("user__name", "pk")
