"""What is typed to look after organisations and posts."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from saidanddone.core import clock
from saidanddone.people.models import Organisation, Post
from saidanddone.people.permissions import memberships_of
from saidanddone.people.roles import ALONE, BY_CODE, Role
from saidanddone.reference.models import Area, Forum
from saidanddone.ui.forms import Brief, DayField, OnceField, Ticks, Tiles


class OrganisationForm(forms.ModelForm):
    """An organisation that works with us."""

    forums = forms.ModelMultipleChoiceField(
        Forum.objects.none(), label="Which forums and alliances does it belong to?", required=False,
        widget=Ticks,
    )  # fmt: skip
    since = DayField(
        past=True, label="It belongs to those newly chosen since", required=False,
        help_text="Today, if you leave it out.",
    )  # fmt: skip
    once = OnceField()

    class Meta:
        model = Organisation
        fields = ["name", "sector", "contact_name", "contact_email", "areas", "once"]
        labels = {
            "sector": "What kind of organisation is it?",
            "areas": "Where does it work?",
            "contact_name": "Who is the contact there?",
            "contact_email": "The contact’s e-mail address",
        }
        help_texts = {"contact_email": "Told when somebody there does not answer and has no lead."}
        widgets = {"sector": Tiles, "areas": Ticks}
        error_messages = {"name": {"unique": "There is already an organisation of this name."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = [
            choice for choice in Organisation.Sector.choices if choice[0] != "network"
        ]
        self.fields["areas"].queryset = _offered(Area, self.initial.get("areas", ()))
        belongs_to = memberships_of(self.instance).values("forum") if self.instance.pk else ()
        self.initial["forums"] = [one["forum"] for one in belongs_to]
        self.fields["forums"].queryset = _offered(Forum, self.initial["forums"])
        if not self.fields["forums"].queryset:
            del self.fields["forums"], self.fields["since"]

    def clean_since(self) -> date | None:
        since = self.cleaned_data["since"]
        if since and since > clock.today():
            raise forms.ValidationError("This day is still to come. Give the day it joined.")
        return since


def _offered(kind: type[Area | Forum], held: Iterable) -> QuerySet:
    """What counts today, and what this organisation has of earlier."""
    held = [getattr(one, "pk", one) for one in held]
    return kind.objects.filter(Q(pk__in=kind.objects.current().values("pk")) | Q(pk__in=held))


class PostForm(forms.Form):
    """A post: where, as what, with which roles, from when to when."""

    organisation = forms.ModelChoiceField(queryset=Organisation.objects.none())
    title = forms.CharField(
        label="What is the post called?", max_length=200, help_text="For example: School nurse."
    )
    roles = forms.MultipleChoiceField(
        label="What may they do?",
        required=False,
        widget=Ticks,
        help_text="Leave all open for somebody who only sits on a board.",
    )
    lead = forms.ModelChoiceField(
        label="Who leads them?",
        queryset=Post.objects.none(),
        required=False,
        help_text="Told when an answer is late.",
    )
    starts_on = DayField(label="From", required=False, help_text="Today, if you leave it out.")
    ends_on = DayField(label="Until", required=False, help_text="Open, if you leave it out.")
    once = OnceField()

    def __init__(
        self, *args: Any, organisations: Any, leads: Any, givable: tuple[type[Role], ...],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["lead"].queryset = leads
        choices = self.fields["roles"]
        choices.choices = [(role.code, role.name) for role in givable]
        choices.widget.hints = {role.code: role.sentence for role in givable}

    def clean_roles(self) -> list[str]:
        held = self.cleaned_data["roles"]
        for alone in ALONE:
            if alone in held and len(held) > 1:
                name = BY_CODE[alone].name
                raise forms.ValidationError(
                    f"A post with the role {name} carries no other role. Give a second post."
                )
        return held

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "This day comes before the first. Choose a later one.")
        return cleaned


class InviteForm(PostForm):
    """Somebody to invite, and the post that waits for them."""

    field_order = [
        "name",
        "email",
        "organisation",
        "title",
        "roles",
        "lead",
        "starts_on",
        "ends_on",
    ]
    name = forms.CharField(label="Their name", max_length=200)
    email = forms.EmailField(label="Their e-mail address", help_text="The invitation goes there.")

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


class ChangePost(PostForm):
    """What may change of a post; where it is and since when stays as it was."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fixed in ("organisation", "starts_on", "once"):
            self.fields.pop(fixed)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("ends_on") and told["ends_on"] < self.initial["starts_on"]:
            self.add_error("ends_on", "The post began later than this day. Choose a later one.")
        return told


class EndPost(forms.Form):
    """Why a post ends."""

    why = forms.CharField(
        label="Why does it end?",
        max_length=500,
        widget=Brief,
        help_text="Kept with the post. For example: left the council on 30 April.",
    )
