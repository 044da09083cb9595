"""What an administrator types about this place: name, look, periods, words."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator

from saidanddone.core.files import FileRefused, emblem
from saidanddone.reference import models
from saidanddone.reference.models import Partnership
from saidanddone.ui.filters import WEEKDAYS
from saidanddone.ui.forms import Brief, ClockField

COLOUR = RegexValidator(
    r"^#[0-9a-fA-F]{6}$", "Write a colour as # and six signs, like #5a1f4e", code="colour"
)


class NameForm(forms.ModelForm):
    """How this place is called and reached."""

    class Meta:
        model = Partnership
        fields = [
            "name", "short_name", "place", "contact_email", "contact_address", "front_door_number",
            "front_door_hours", "story_name",
        ]  # fmt: skip
        labels = {
            "name": "Name of the partnership",
            "short_name": "Short name",
            "place": "The place",
            "contact_email": "Address for questions",
            "contact_address": "Where to write by post",
            "front_door_number": "Number to ring about a child",
            "front_door_hours": "When that number answers",
            "story_name": "What your early help record is called",
        }
        help_texts = {
            "short_name": "For letters and small screens.",
            "place": "As in: worried about a child in …",
            "front_door_number": "On every page. Ring it once after you change it.",
            "front_door_hours": "For example: Monday to Friday, 9am to 5pm.",
        }


class LookForm(forms.ModelForm):
    """Colours and logo. Each colour is measured before it is taken."""

    remove_logo = forms.BooleanField(label="Use the ampersand instead of a logo", required=False)

    class Meta:
        model = Partnership
        fields = ["brand", "on_brand", "accent", "ink", "logo"]
        labels = {
            "brand": "Main colour",
            "on_brand": "Words on the main colour",
            "accent": "Links and quiet buttons",
            "ink": "Text",
            "logo": "Logo",
        }
        help_texts = {
            "brand": "Bars, buttons and threads. 7 to 1 or more on white.",
            "on_brand": "7 to 1 or more on the main colour.",
            "accent": "7 to 1 or more on white.",
            "ink": "12 to 1 or more on white.",
            "logo": "A picture, JPEG or PNG, about as high as it is wide.",
        }
        widgets = {
            "logo": forms.FileInput,
            **{name: forms.TextInput(attrs={"short": True}) for name in models.LEAST_CONTRAST},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in models.LEAST_CONTRAST:
            self.fields[name].validators = [COLOUR]

    def clean_logo(self) -> Any:
        upload = self.cleaned_data["logo"]
        if not upload or "logo" not in self.files:
            return None
        try:
            return emblem(upload)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if all(told.get(name) for name in models.LEAST_CONTRAST):
            for name, sentence in models.colour_faults(told).items():
                self.add_error(name, sentence)
        return told

    def changes(self) -> dict[str, Any]:
        """What is to be written: the colours, and the logo only where it is new or taken away."""
        told = {name: self.cleaned_data[name].lower() for name in models.LEAST_CONTRAST}
        if self.cleaned_data["logo"]:
            told["logo"] = self.cleaned_data["logo"]
        elif self.cleaned_data["remove_logo"]:
            told["logo"] = ""
        return told


class TimesForm(forms.ModelForm):
    """How long things may take, and when somebody is there."""

    opens_at = ClockField(label="Words are read from")
    closes_at = ClockField(
        label="Until", help_text="Monday to Friday. Told to children beforehand."
    )

    class Meta:
        model = Partnership
        fields = [
            "answer_days", "judgement_days", "late_lead_days", "late_board_days", "reading_age",
            "opens_at", "closes_at", "unopened_minutes", "small_group", "second_reader",
            "tell_us_open",
        ]  # fmt: skip
        labels = {
            "answer_days": "Working days to answer an issue",
            "judgement_days": "Working days to say whether an answer was fair",
            "late_lead_days": "Working days late before their lead is told",
            "late_board_days": "Working days late before the board is told",
            "reading_age": "Reading age of answers",
            "unopened_minutes": "Working minutes until held words pass to the next on duty",
            "small_group": "Groups smaller than this are shown as the whole borough",
            "second_reader": "A second person reads each answer before it is sent",
            "tell_us_open": "“Tell us” is open",
        }
        help_texts = {
            "reading_age": "In years. An answer that is harder needs a reason.",
            "tell_us_open": "Closed, the page says so and shows the numbers to ring.",
        }

    LIMITS = {
        "answer_days": (1, 120), "judgement_days": (1, 120), "late_lead_days": (1, 60),
        "late_board_days": (1, 120), "reading_age": (6, 16), "unopened_minutes": (5, 480),
        "small_group": (3, 20),
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound(self, self.LIMITS)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        opens, closes = told.get("opens_at"), told.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", "This comes before the first time. Choose a later one.")
        lead, board = told.get("late_lead_days"), told.get("late_board_days")
        if lead and board and board < lead:
            self.add_error(
                "late_board_days", "The lead is told before the board. Give a larger number."
            )
        return told


class BulletinForm(forms.ModelForm):
    """When the weekly bulletin goes out, and who lets it go."""

    DAYS = tuple(enumerate(WEEKDAYS))
    LIMITS = {"bulletin_wait_minutes": (5, 240), "soft_bounces": (1, 20)}

    bulletin_day = forms.TypedChoiceField(label="It goes out on", choices=DAYS, coerce=int)
    bulletin_at = ClockField(label="At")
    bulletin_due_day = forms.TypedChoiceField(
        label="What comes into it is suggested by", choices=DAYS, coerce=int
    )
    bulletin_due_at = ClockField(label="And by")

    class Meta:
        model = Partnership
        fields = [
            "bulletin_name", "bulletin_due_day", "bulletin_due_at", "bulletin_day", "bulletin_at",
            "bulletin_approved", "bulletin_wait_minutes", "bulletin_counts", "soft_bounces",
        ]  # fmt: skip
        labels = {
            "bulletin_name": "What it is called",
            "bulletin_approved": "A second person lets each one go",
            "bulletin_wait_minutes": "Otherwise: minutes in which it can be stopped",
            "bulletin_counts": "Count how often each link is followed, as a total and without names",
            "soft_bounces": "Letters in a row that come back before an address gets no more",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound(self, self.LIMITS)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        names = ("bulletin_due_day", "bulletin_due_at", "bulletin_day", "bulletin_at")
        if all(told.get(name) is not None for name in names):
            due, out = [told[name] for name in names[:2]], [told[name] for name in names[2:]]
            if due >= out:
                self.add_error("bulletin_due_day", "This comes after it has gone out.")
        return told


def bound(form: forms.Form, limits: dict[str, tuple[int, int]]) -> None:
    """Let each of these numbers be no smaller and no larger than makes sense."""
    for name, (least, most) in limits.items():
        words = f"Give a number from {least} to {most}"
        form.fields[name].validators = [
            MinValueValidator(least, words), MaxValueValidator(most, words)
        ]  # fmt: skip


class LibraryForm(forms.ModelForm):
    """When documents are looked at again, and how long an example stands without a word."""

    LIMITS = {
        "review_notice_days": (1, 180), "review_lead_days": (0, 180), "practice_years": (1, 10),
        "practice_grace_days": (1, 365),
    }  # fmt: skip

    class Meta:
        model = Partnership
        fields = [
            "review_notice_days", "review_lead_days", "practice_years", "practice_grace_days",
        ]  # fmt: skip
        labels = {
            "review_notice_days": "Days before its review that a document’s owner is reminded",
            "review_lead_days": "Days late before the owner’s lead is told",
            "practice_years": "Years until an example of good practice is confirmed again",
            "practice_grace_days": "Days late before it leaves the list",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound(self, self.LIMITS)


class BoardsForm(forms.ModelForm):
    """When papers, packs and minutes are due, and when terms and interests are looked at again."""

    LIMITS = {
        "papers_due_days": (1, 40), "pack_days": (1, 20), "minutes_days": (1, 60),
        "corrections_days": (1, 60), "terms_warning_days": (7, 365), "interests_months": (1, 24),
    }  # fmt: skip

    class Meta:
        model = Partnership
        fields = [
            "papers_due_days", "pack_days", "minutes_days", "corrections_days",
            "terms_warning_days", "interests_months",
        ]  # fmt: skip
        labels = {
            "papers_due_days": "Working days before a meeting by which papers are handed in",
            "pack_days": "Clear working days between the pack and the meeting",
            "minutes_days": "Working days after a meeting until its minutes go round",
            "corrections_days": "Working days in which members may ask for corrections",
            "terms_warning_days": "Days before terms of reference are due that the clerk is told",
            "interests_months": "Months until members confirm their interests again",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound(self, self.LIMITS)


class SessionsForm(forms.ModelForm):
    """When reminders of sessions go, how long an offer stands, what a certificate asks."""

    LIMITS = {
        "session_opens_minutes": (0, 120), "session_first_days": (2, 60),
        "session_second_days": (1, 30), "session_last_minutes": (10, 720),
        "session_cancel_days": (0, 20), "offer_hours": (1, 168), "approval_hours": (1, 336),
        "certificate_share": (1, 100), "impact_days": (14, 365),
    }  # fmt: skip

    class Meta:
        model = Partnership
        fields = [
            "session_opens_minutes", "session_first_days", "session_second_days",
            "session_last_minutes", "session_cancel_days", "offer_hours", "approval_hours",
            "certificate_share", "impact_days",
        ]  # fmt: skip
        labels = {
            "session_opens_minutes": "Minutes before a session at which sign-in opens",
            "session_first_days": "Days before it: the first reminder",
            "session_second_days": "Days before it: the second reminder",
            "session_last_minutes": "Minutes before it: the last reminder",
            "session_cancel_days": "Working days before it until which giving up is in time",
            "offer_hours": "Hours for which a place that became free is kept for somebody",
            "approval_hours": "Hours for which a place is kept while a manager is asked",
            "certificate_share": "How much of it a certificate asks for, of 100",
            "impact_days": "Days after it until we ask what came of it",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound(self, self.LIMITS)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        first, second = told.get("session_first_days"), told.get("session_second_days")
        if first and second and second >= first:
            self.add_error("session_second_days", "The first comes before it. Give fewer days.")
        return told


class WordsForm(forms.ModelForm):
    """Words that hold what somebody says until the safeguarding lead has read it."""

    class Meta:
        model = Partnership
        fields = ["triage_words"]
        labels = {"triage_words": "Words that may tell of harm"}
        help_texts = {
            "triage_words": "One word or phrase on each line. Too many is better than too few: a "
            "person reads what is held, and lets it go on."
        }
        widgets = {"triage_words": Brief(rows=16)}
