"""Forms for terms of reference, a series of meetings, the forward plan, and questions sent up."""

from datetime import date
from typing import Any

from django import forms

from saidanddone.core import clock
from saidanddone.governance import permissions
from saidanddone.governance.forms.agendas import MeetingChoice
from saidanddone.governance.forms.bodies import PostChoice
from saidanddone.governance.models import AgendaItem, Body, ForwardItem
from saidanddone.people.models import User
from saidanddone.people.permissions import visible_posts
from saidanddone.ui.forms import Brief, ClockField, DayField, OnceField, Ticks, Tiles

Kind = AgendaItem.Kind


class TermsForm(forms.Form):
    """A version of terms of reference."""

    text = forms.CharField(
        label="Terms of reference, as agreed", max_length=40_000, widget=Brief(rows=16),
        help_text="Purpose, who sits there and for how long, how it decides, who may stand in, how "
        "often it meets, how papers come, what happens with interests. Blank lines part paragraphs.",
    )  # fmt: skip
    what_changed = forms.CharField(
        label="What is different from the version before", max_length=500, widget=Brief()
    )
    agreed_by = forms.CharField(
        label="Agreed by", max_length=160, required=False,
        help_text="Leave this out if the body agreed them itself.",
    )  # fmt: skip
    agreed_on = DayField(label="Agreed on", past=True)
    review_on = DayField(
        label="To be looked at again by", help_text="You are told before that day."
    )
    once = OnceField()

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["what_changed"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        agreed, review = typed.get("agreed_on"), typed.get("review_on")
        if agreed and agreed > clock.today():
            self.add_error("agreed_on", "This day is still to come. Give the day it was agreed")
        if agreed and review and review <= agreed:
            self.add_error("review_on", "Choose a day after the one on which it was agreed")
        return typed


class StandingForm(forms.Form):
    """Something that stands on every agenda."""

    kind = forms.ChoiceField(label="What it is", choices=Kind.choices, initial=Kind.DISCUSSION)
    title = forms.CharField(label="Title", max_length=200)
    closing = forms.BooleanField(
        label="It closes the agenda", required=False, help_text="Whatever is added goes before it."
    )

    def __init__(self, *args: Any, there: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = {line["title"].casefold() for line in there}

    def clean_title(self) -> str:
        title = self.cleaned_data["title"].strip()
        if title.casefold() in self.there:
            raise forms.ValidationError("This stands on every agenda already")
        return title


WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
]
NTH = [("1", "First"), ("2", "Second"), ("3", "Third"), ("4", "Fourth"), ("-1", "Last")]
LONGEST = 800  # days that one series may span


class RhythmForm(forms.Form):
    """How often a body meets, and from when to when."""

    rhythm = forms.ChoiceField(
        label="How often", initial="weeks", widget=Tiles(),
        choices=[("weeks", "Every few weeks"), ("months", "On a weekday of the month")],
    )  # fmt: skip
    starts_on = DayField(label="The first may be on")
    until = DayField(label="The last may be on")
    weeks = forms.IntegerField(
        label="Weeks between them", min_value=1, max_value=26, initial=6, required=False
    )
    nth = forms.ChoiceField(label="Which of the month", choices=NTH, initial="2")
    weekday = forms.ChoiceField(label="Weekday", choices=WEEKDAYS, initial="1")
    months = forms.IntegerField(
        label="Months between them", min_value=1, max_value=12, initial=1, required=False
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        first, last = typed.get("starts_on"), typed.get("until")
        if first and first < clock.today():
            self.add_error("starts_on", "Choose a day that is still to come")
        if first and last and last < first:
            self.add_error("until", "Choose a last day that comes after the first")
        if first and last and (last - first).days > LONGEST:
            self.add_error("until", "Plan two years at most in one go")
        every = "weeks" if typed.get("rhythm") == "weeks" else "months"
        if typed.get("rhythm") and not typed.get(every) and every not in self.errors:
            self.add_error(every, "Say how many lie between two meetings")
        return typed


class SeriesForm(forms.Form):
    """The days that are really planned, and when and where."""

    days = forms.TypedMultipleChoiceField(
        label="Meetings", coerce=date.fromisoformat, widget=Ticks(),
        error_messages={"required": "Choose at least one day"},
    )  # fmt: skip
    starts_at = ClockField(label="From", required=False)
    ends_at = ClockField(label="Until", required=False)
    place = forms.CharField(label="Place", max_length=200, required=False)
    link = forms.URLField(
        label="Link to join online", required=False, assume_scheme="https", max_length=200
    )
    once = OnceField()

    def __init__(self, *args: Any, days: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = days
        self.initial.setdefault("days", [day for day, _ in days])

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        first, last = typed.get("starts_at"), typed.get("ends_at")
        if first and last and last <= first:
            self.add_error("ends_at", "Choose an end that comes after the beginning")
        return typed


class ForwardForm(forms.Form):
    """Something that a body is going to consider."""

    title = forms.CharField(label="Title", max_length=200)
    kind = forms.ChoiceField(label="What it is", choices=Kind.choices, initial=Kind.DECISION)
    meeting = MeetingChoice(
        label="At which meeting", queryset=None, required=False, empty_label="Not planned yet"
    )
    due_on = DayField(
        label="Or not before", required=False,
        help_text="It then goes to the first meeting after this day.",
    )  # fmt: skip
    plain = forms.CharField(
        label="What it means for children, in one plain sentence", max_length=500, required=False
    )
    decision_maker = forms.CharField(
        label="Who decides", max_length=160, required=False,
        help_text="Leave this out if the body itself decides.",
    )  # fmt: skip
    lead = PostChoice(
        label="Who leads it", queryset=None, required=False, empty_label="Nobody by name"
    )
    urgent = forms.BooleanField(label="It is urgent", required=False)
    restricted = forms.BooleanField(
        label="It will be discussed in private", required=False,
        help_text="Only those who sit there will see that it is planned.",
    )  # fmt: skip
    restricted_why = forms.CharField(
        label="Why it will not be open", max_length=300, required=False
    )
    once = OnceField()

    def __init__(
        self, *args: Any, user: User, body: Body, item: ForwardItem | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        coming = permissions.visible_meetings(user).to_come().filter(body=body)
        self.fields["meeting"].queryset = coming
        self.fields["lead"].queryset = visible_posts(user).order_by("user__name", "pk")
        if item:
            del self.fields["once"]
            self.initial = {name: getattr(item, name) for name in self.fields} | self.initial

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not typed.get("meeting") and not typed.get("due_on") and "due_on" not in self.errors:
            self.add_error(
                "meeting", "Choose a meeting, or give a day before which it does not come"
            )
        if typed.get("restricted") and not typed.get("restricted_why"):
            self.add_error("restricted_why", "Say why it will not be open")
        return typed


class EscalateForm(forms.Form):
    """A question for the body above."""

    question = forms.CharField(
        label="What do you ask?", max_length=2000, widget=Brief(),
        help_text="One question that can be answered with a decision.",
    )  # fmt: skip
    why = forms.CharField(
        label="Why can you not settle it yourselves?", max_length=2000, widget=Brief()
    )
    once = OnceField()


class UpAnswerForm(forms.Form):
    """What the body above answered."""

    answer = forms.CharField(
        label="What is the answer?", max_length=5000, widget=Brief(rows=5),
        help_text="It comes onto the group’s next agenda in these words.",
    )  # fmt: skip
