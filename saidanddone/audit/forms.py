"""What one may ask of the audit."""

import re
from typing import Any

from django import forms

DAYS = ["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%Y-%m-%d"]
PERSON = re.compile(r"(?:person:)?(\d{1,18})")


class LogForm(forms.Form):
    """Whose deeds, which deed, to what, on which day: each may be left out."""

    who = forms.CharField(
        label="Who", required=False, max_length=60,
        help_text="Like 12, code or system:letters",
    )  # fmt: skip
    verb = forms.CharField(label="Deed", required=False, max_length=60, help_text="Like read voice")
    subject = forms.CharField(
        label="To what", required=False, max_length=120, help_text="Like participation.issue:7"
    )
    day = forms.DateField(
        label="Day", required=False, input_formats=DAYS, help_text="Like 4 December 2026",
        error_messages={"invalid": "Enter the day like 4 December 2026"},
    )  # fmt: skip
    before = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="ask_%s", **kwargs)
        for field in self.visible_fields():
            field.field.widget.attrs["autocomplete"] = "off"

    def clean_who(self) -> str:
        """A number alone is a person's."""
        who = self.cleaned_data["who"]
        person = PERSON.fullmatch(who)
        return f"person:{int(person[1])}" if person else who

    def clean_verb(self) -> str:
        """As it is written in the lines."""
        return "_".join(self.cleaned_data["verb"].lower().split())
