"""What is typed to hold a record beyond its day, or not to let it go."""

from collections.abc import Iterable
from typing import Any

from django import forms

from saidanddone.earlyhelp.forms.guarding import PeopleField
from saidanddone.earlyhelp.forms.watching import ReferenceForm
from saidanddone.people.models import Post
from saidanddone.ui.forms import Brief


class HoldForm(ReferenceForm):
    """Whose record, and why it must be kept."""

    why = forms.CharField(
        label="Why must it be kept?", max_length=500, widget=Brief(rows=2),
        help_text="Like an inquiry, a claim, a court. No names.",
        error_messages={"required": "Say why it must be kept"},
    )  # fmt: skip
    field_order = ("reference", "why")


class StayForm(forms.Form):
    """Why it stays."""

    why = forms.CharField(
        label="Why should it stay?", max_length=500, widget=Brief(rows=2),
        error_messages={"required": "Say why it should stay"},
    )  # fmt: skip


class KeepersForm(forms.Form):
    """Who is told that a sealed record's time is over."""

    people = PeopleField(
        label="Who may let it go?",
        help_text="A privacy officer and one other. Each learns its reference and its days, no word of it.",
        error_messages={"required": "Choose two: a privacy officer and one other"},
    )

    def __init__(self, *args: Any, posts: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {
            one.user_id: f"{one.user.name}, {one.title}, {one.organisation.name}" for one in posts
        }
        self.fields["people"].choices = list(named.items())
