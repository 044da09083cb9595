"""What a young person says on their thread."""

from typing import Any

from django import forms

from saidanddone.participation.forms.tell_us import LineField, WordsField
from saidanddone.participation.models import Happened, Judgement
from saidanddone.ui.forms import OnceField, OwnWords, Tiles

MOST = 2000


class FairForm(forms.Form):
    """Is the answer fair?"""

    LATER = "later"
    fair = forms.ChoiceField(
        label="Is the answer fair?",
        choices=[
            (Judgement.Verdict.FAIR, "Yes, fair"),
            (Judgement.Verdict.NOT_FAIR, "No, not really"),
            (LATER, "Ask me later"),
        ],
        widget=Tiles(icons={"fair": "fair", "not_fair": "unfair", "later": "wait"}),
        error_messages={"required": "Choose one of the three"},
    )
    because = WordsField(
        label="Because …", required=False, max_length=MOST,
        help_text="If it is not fair, say why. Then a different person looks at it again.",
        widget=OwnWords(rows=3),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        unfair = data.get("fair") == Judgement.Verdict.NOT_FAIR
        if unfair and "because" in data and not data["because"]:
            self.add_error("because", "Say why it is not fair, so that somebody can mend it")
        return data


class HappenedForm(forms.Form):
    """Did it happen?"""

    answer = forms.ChoiceField(
        label="Did it happen?",
        choices=Happened.Answer.choices,
        widget=Tiles(icons={"yes": "tick", "partly": "s-track", "no": "close"}),
        error_messages={"required": "Choose one of the three"},
    )
    because = WordsField(
        label="Do you want to say more?", required=False, max_length=MOST, widget=OwnWords(rows=3)
    )


class TitleForm(forms.Form):
    """Is the title what they mean?"""

    agrees = forms.TypedChoiceField(
        label="Is this title what you mean?",
        choices=[("yes", "Yes"), ("no", "No, I would say …")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=Tiles(),
        error_messages={"required": "Choose yes or no"},
    )
    would_say = LineField(
        label="What would you say?", required=False, max_length=300,
        widget=OwnWords(rows=2),
        error_messages={"max_length": "Keep it under 300 letters"},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("agrees") is False and "would_say" in data and not data["would_say"].strip():
            self.add_error("would_say", "Write what you would say")
        return data


class MoreForm(forms.Form):
    """More words, or the answer to a question."""

    words = WordsField(
        label="What do you want to add?", error_messages={"required": "Write something first"}
    )
    once = OnceField()
