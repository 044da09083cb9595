"""What is typed to ask for an export, to refuse one, and to declare a relative."""

from typing import Any

from django import forms

from saidanddone.ui.forms import Brief, DayField, OnceField


class ReleaseForm(forms.Form):
    """For whom, why, and which stories."""

    requester = forms.CharField(
        label="Who asked us for it?", max_length=160, help_text="A name and an office.",
        error_messages={"required": "Write who asked for it"},
    )  # fmt: skip
    why = forms.CharField(
        label="What do they need it for?", max_length=500, widget=Brief(rows=2),
        error_messages={"required": "Write what they need it for"},
    )  # fmt: skip
    since = DayField(label="Stories opened from", past=True)
    until = DayField(label="Stories opened until", past=True)
    once = OnceField()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "This day is before the first one. Swap the two")
        return data


class RefuseForm(forms.Form):
    """Why it is not let go."""

    why = forms.CharField(
        label="Why not?", max_length=500, widget=Brief(rows=2),
        error_messages={"required": "Say why, so that whoever asked can tell the requester"},
    )  # fmt: skip


class RelativeForm(forms.Form):
    """Whom one is related to, and how."""

    name = forms.CharField(
        label="Their whole name", max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Write their first name and surname"},
    )  # fmt: skip
    born_on = DayField(
        label="Born on", past=True, error_messages={"required": "Write the day of their birth"}
    )
    relation = forms.CharField(
        label="How are you related?", max_length=160, help_text="Like aunt, former partner or neighbour.",
        error_messages={"required": "Say how you are related"},
    )  # fmt: skip
