"""What is typed by those who answer for an agency: who still looks, and what was signed."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from saidanddone.core import clock
from saidanddone.people.models import Organisation, Post
from saidanddone.ui.filters import day
from saidanddone.ui.forms import DayField, OnceField, Ticks

LONGEST = timedelta(days=3 * 366)


def _called(post: Post, *, with_agency: bool) -> str:
    where = f", {post.organisation.name}" if with_agency else ""
    return f"{post.user.name}, {post.title}{where}"


def _hint(post: Post) -> str:
    return f"Closed since {day(post.until)}" if post.lapsed else f"Until {day(post.until)}"


class StillNeedForm(forms.Form):
    """Those who still need to see families' records."""

    posts = forms.TypedMultipleChoiceField(
        label="Who still needs to see families’ records?", widget=Ticks, coerce=int,
        help_text="Tick only those whose work needs it. Nobody else keeps it.",
        error_messages={"required": "Tick at least one person"},
    )  # fmt: skip

    def __init__(
        self, *args: Any, posts: Iterable[Post], with_agency: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["posts"]
        field.choices = [(one.pk, _called(one, with_agency=with_agency)) for one in posts]
        field.widget.hints = {str(one.pk): _hint(one) for one in posts}


class NoMoreForm(forms.Form):
    """Somebody who needs it no more."""

    post = forms.TypedChoiceField(
        label="Who needs it no more?", coerce=int,
        error_messages={"required": "Choose a person"},
    )  # fmt: skip

    def __init__(
        self, *args: Any, posts: Iterable[Post], with_agency: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.pk, _called(one, with_agency=with_agency)) for one in posts if not one.lapsed]
        self.fields["post"].choices = [("", "Choose a person"), *named]


class SigningForm(forms.Form):
    """An agency signed: which text, who for it, and when it is looked at again."""

    organisation = forms.ModelChoiceField(
        label="Which agency", queryset=None, empty_label="Choose an agency",
        error_messages={"required": "Choose an agency"},
    )  # fmt: skip
    version = forms.CharField(
        label="Which text they signed", max_length=60, help_text="Like “Early help, version 3”.",
        error_messages={"required": "Write which text they signed"},
    )  # fmt: skip
    signed_by = forms.CharField(
        label="Who signed for them", max_length=160, help_text="A name and an office.",
        error_messages={"required": "Write who signed for them"},
    )  # fmt: skip
    signed_on = DayField(
        label="Signed on", past=True, error_messages={"required": "Write the day of the signature"}
    )
    review_on = DayField(
        label="To be looked at again by",
        help_text="From this day it counts no more. Three years after the signature at the most.",
        error_messages={"required": "Write by when it is looked at again"},
    )
    once = OnceField()

    def __init__(self, *args: Any, agencies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = agencies.order_by("name")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        signed, review = data.get("signed_on"), data.get("review_on")
        if signed and signed > clock.today():
            self.add_error(
                "signed_on", "This day is still to come. Write it down once it is signed"
            )
        if signed and review and review <= signed:
            self.add_error("review_on", "Choose a day after the signature")
        if signed and review and review > signed + LONGEST:
            self.add_error("review_on", "Three years after the signature at the most")
        return data
