"""What people say after a session, add to their record, and ask for."""

from typing import Any

from django import forms

from saidanddone.events.models import Impact
from saidanddone.events.models.learning import SURE
from saidanddone.ui.forms import Brief, DayField, OnceField, Tiles

CHOOSE = {"required": "Choose one of the five"}


class EvaluationForm(forms.Form):
    """How it was: sure before, sure after, what follows, what next."""

    sure_before = forms.TypedChoiceField(
        label="How sure were you of this subject before?", choices=SURE, coerce=int,
        widget=Tiles(), error_messages=CHOOSE,
    )  # fmt: skip
    sure_after = forms.TypedChoiceField(
        label="And now?", choices=SURE, coerce=int, widget=Tiles(), error_messages=CHOOSE
    )
    differently = forms.CharField(
        label="What will you do differently?", max_length=1000, widget=Brief(rows=3),
        error_messages={"required": "Write one thing, however small"},
    )  # fmt: skip
    wish = forms.CharField(
        label="What should we hold a session on next?", max_length=200, required=False
    )


class ImpactForm(forms.Form):
    """What came of it, months later."""

    used = forms.ChoiceField(
        label="Have you done what you set out to do?", choices=Impact.Used.choices,
        widget=Tiles(), error_messages={"required": "Choose one of the three"},
    )  # fmt: skip
    changed = forms.CharField(
        label="What changed for a child or family?", max_length=1000, required=False,
        help_text="No names, nothing by which somebody could be known.", widget=Brief(rows=3),
    )  # fmt: skip


class LearningForm(forms.Form):
    """Something that was learned elsewhere."""

    title = forms.CharField(label="What was it about?", max_length=200)
    on = DayField(label="When?", past=True, help_text="Like 4 December.")
    minutes = forms.IntegerField(label="How many minutes?", min_value=1, max_value=6000)
    provider = forms.CharField(label="Who held it?", max_length=160, required=False)
    reflection = forms.CharField(
        label="What do you take from it?", max_length=1000, required=False, widget=Brief(rows=3)
    )
    once = OnceField()


class LinkForm(forms.Form):
    """The address whose record somebody wants to see."""

    email = forms.EmailField(
        label="The e-mail address that you book with", max_length=254,
        help_text="We send the link to it, once a day at most.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class AskForm(forms.Form):
    """What a session should be held on, and whom to tell."""

    words = forms.CharField(
        label="What should the session be about?", max_length=200,
        error_messages={"required": "Write a few words: what do you want to learn?"},
    )  # fmt: skip
    email = forms.EmailField(
        label="Your e-mail address", max_length=254, required=False,
        help_text="Only if you want to hear when there is one. Then we forget it.",
    )  # fmt: skip
    once = OnceField()
