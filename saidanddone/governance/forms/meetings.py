"""Forms for planning, changing and closing a meeting."""

from typing import Any

from django import forms

from saidanddone.core import clock
from saidanddone.governance.models import PRECISIONS
from saidanddone.ui.forms import ClockField, DayField, OnceField


class ChangeMeetingForm(forms.Form):
    """When and where a body meets."""

    on = DayField(label="Day")
    starts_at = ClockField(label="From", required=False)
    ends_at = ClockField(label="Until", required=False)
    place = forms.CharField(label="Place", max_length=200, required=False)
    link = forms.URLField(
        label="Link to join online", required=False, assume_scheme="https", max_length=200,
        help_text="Only those who sit on it see the link.",
    )  # fmt: skip

    def __init__(self, *args: Any, held: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        day = typed.get("on")
        if (self.held or typed.get("source")) and day and day >= clock.today():
            self.add_error("on", "A meeting known from minutes lies behind us: choose its day")
        first, last = typed.get("starts_at"), typed.get("ends_at")
        if first and last and last <= first:
            self.add_error("ends_at", "Choose an end that comes after the beginning")
        return typed


class MeetingForm(ChangeMeetingForm):
    """A new meeting: to come, or held long ago and known from its minutes."""

    source = forms.CharField(
        label="Known from", max_length=200, required=False,
        help_text="Only for a meeting that has been held, as in: public minutes of 4 June 2025.",
    )  # fmt: skip
    precision = forms.ChoiceField(
        label="How exactly the day is known", choices=PRECISIONS[:-1], initial="day"
    )
    once = OnceField()

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("precision") != "day" and not typed.get("source"):
            self.add_error("precision", "Only a meeting known from minutes may have no exact day")
        return typed


class CloseForm(forms.Form):
    """Closing a meeting."""

    present = forms.IntegerField(label="How many came", min_value=0, max_value=2000, required=False)
