"""Who comes into a family's team, goes, or leads it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from saidanddone.core import clock
from saidanddone.earlyhelp.models import TeamMembership
from saidanddone.earlyhelp.models.stories import LONGEST_MEMBERSHIP
from saidanddone.people.models import Post
from saidanddone.ui.forms import Brief, DayField, OnceField, Tiles


class Colleague(forms.ModelChoiceField):
    """Somebody in a post, by name and organisation."""

    def label_from_instance(self, post: Post) -> str:
        return f"{post.user.name}, {post.organisation.name}"


class InviteForm(forms.Form):
    """A colleague, for a purpose and until a day."""

    post = Colleague(
        label="Who", queryset=None, empty_label="Choose a person",
        help_text="Only people at agencies that the family agreed to, or with whom a share is recorded.",
    )  # fmt: skip
    purpose = forms.CharField(label="What for", max_length=300, help_text="The family reads this.")
    until = DayField(
        label="Until when",
        error_messages={"required": "Say until when. Nobody is in a team without an end."},
    )
    once = OnceField()

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts.order_by("user__name", "pk")
        self.fields["until"].initial = clock.today() + timedelta(days=LONGEST_MEMBERSHIP)

    def clean_until(self) -> date:
        until = self.cleaned_data["until"]
        if until < clock.today():
            raise forms.ValidationError("This day is over. Choose one that is still to come.")
        if until > clock.today() + timedelta(days=LONGEST_MEMBERSHIP):
            raise forms.ValidationError("Six months at the most. A review can make it longer.")
        return until

    def told(self) -> dict[str, Any]:
        """As the verb wants it."""
        told = dict(self.cleaned_data)
        return {
            "post": told["post"], "purpose": told["purpose"], "once": told["once"],
            "days": (told["until"] - clock.today()).days,
        }  # fmt: skip


class HandOverForm(forms.Form):
    """Who leads from now on."""

    to = forms.TypedChoiceField(label="Who leads from now on", widget=Tiles)
    why = forms.CharField(
        label="What the family says to it", max_length=2000, widget=Brief(rows=3),
        help_text="It is their choice who leads.",
    )  # fmt: skip

    def __init__(self, *args: Any, team: list[TeamMembership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {str(one.post_id): one.post for one in team}
        self.fields["to"].choices = [
            (pk, f"{one.user.name}, {one.organisation.name}") for pk, one in known.items()
        ]
        self.fields["to"].coerce = known.get


class StandInForm(forms.Form):
    """Who leads too, and until when."""

    to = Colleague(
        label="Who stands in", queryset=None, empty_label="Choose a person",
        error_messages={"required": "Choose who stands in"},
    )  # fmt: skip
    until = DayField(
        label="Until when",
        help_text="28 days at the most. Then it ends by itself.",
        error_messages={"required": "Say until when. It ends by itself on that day"},
    )
    why = forms.CharField(label="Why", max_length=300, required=False)

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = posts

    def clean_until(self) -> date:
        until = self.cleaned_data["until"]
        if not clock.today() <= until <= clock.today() + timedelta(days=28):
            raise forms.ValidationError("Choose a day within the next 28 days")
        return until


class LeaveForm(forms.Form):
    """Why somebody goes."""

    why = forms.CharField(label="Why", max_length=300)
