"""What may still be asked or told when the door is shut, the answer, and whether a child is less safe."""

from typing import Any

from django import forms

from saidanddone.ui.forms import Brief, OnceField, Tiles

LONGEST = 4000


class AskOrTellForm(forms.Form):
    """Something about this child that must be asked or told."""

    kind = forms.ChoiceField(
        label="What is it?", widget=Tiles,
        choices=[("ask", "I must ask something"), ("tell", "I must tell something")],
        error_messages={"required": "Choose whether you ask or tell"},
    )  # fmt: skip
    words = forms.CharField(
        label="What must you ask or tell about this child?", max_length=LONGEST,
        widget=Brief(rows=6), error_messages={"required": "Write what you must ask or tell"},
    )  # fmt: skip
    once = OnceField()


class AnswerForm(forms.Form):
    """Share, or not; and why, either way."""

    shared = forms.TypedChoiceField(
        label="Do you share what they ask for, or take in what they tell?", widget=Tiles,
        choices=[("yes", "Yes"), ("no", "No")], coerce=lambda value: value == "yes",
        error_messages={"required": "Choose yes or no"},
    )  # fmt: skip
    answer = forms.CharField(
        label="What you tell them", required=False, max_length=LONGEST, widget=Brief(rows=4),
        help_text="They read this. Leave it out if you share nothing.",
    )  # fmt: skip
    why = forms.CharField(
        label="Why", max_length=LONGEST, widget=Brief(rows=3),
        help_text="They read this too. It stays with the record, whichever way you decide.",
        error_messages={"required": "Say why. It is kept, whichever way you decide."},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("shared") and not data.get("answer", "").strip():
            self.add_error("answer", "Write what you share, or what you took in")
        return data


class SafetyForm(forms.Form):
    """After a withdrawal: is a child less safe?"""

    words = forms.CharField(
        label="Is a child less safe now? Say why you think so, and what you will do",
        max_length=LONGEST, widget=Brief(rows=6),
        error_messages={"required": "Say whether a child is less safe, and why you think so"},
    )  # fmt: skip


class EndForm(forms.Form):
    """How it ends after everything was taken back."""

    words = forms.CharField(
        label="How did it go, and what was done for each child?", max_length=5000, widget=Brief(rows=5),
        help_text="The family reads this too.",
        error_messages={"required": "Write how it went"},
    )  # fmt: skip


class ResolvedForm(forms.Form):
    """How a difference between two grown-ups was resolved."""

    words = forms.CharField(
        label="How was it resolved?", max_length=LONGEST, widget=Brief(rows=4),
        error_messages={"required": "Write how it was resolved, or what comes next"},
    )  # fmt: skip
