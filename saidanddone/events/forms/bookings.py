"""What people type to book a place, change it, or send a colleague; and who walks in."""

from typing import Any

from django import forms

from saidanddone.events.models import Booking, Session
from saidanddone.people.models import Organisation
from saidanddone.ui.forms import Brief, NameField, OnceField, Tiles

NONE_OF_THEM = "none"
SECTORS = [
    (code, words) for code, words in Organisation.Sector.choices if code != "network"
]  # fmt: skip


class Whoever(forms.Form):
    """A name, an address, and where they work."""

    name = NameField(label="Your name", max_length=120)
    email = forms.EmailField(
        label="Your e-mail address", max_length=254,
        help_text="Your own, not one that a team shares: the way in on the day is behind it.",
    )  # fmt: skip
    organisation = NameField(
        label="Where do you work or volunteer?", max_length=160,
        help_text="A school, a charity, a team.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = {"name": "name", "email": "email", "organisation": "organization"}
        for field, fills in told.items():
            if field in self.fields:
                self.fields[field].widget.attrs["autocomplete"] = fills

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


class BookForm(Whoever):
    """A place at a session; those for whom it is must say that they are."""

    sector = forms.ChoiceField(
        label="What kind of organisation is that?", required=False,
        choices=[("", "Choose one"), *SECTORS],
    )  # fmt: skip
    manager_email = forms.EmailField(
        label="Your manager’s e-mail address", max_length=254,
        help_text="We ask them. Your place is kept until they answer.",
    )  # fmt: skip
    role = forms.ChoiceField(label="Which of these are you?", widget=Tiles())
    needs = forms.CharField(
        label="What do you need to join well?", max_length=500, required=False, widget=Brief(rows=2),
        help_text="Captions, a signer, a step-free way in: we read it before the day.",
    )  # fmt: skip
    question = forms.CharField(
        label="A question for whoever is talking", max_length=500, required=False,
        widget=Brief(rows=2),
    )  # fmt: skip
    once = OnceField()

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        if session.only_sectors:
            self.fields["sector"].required = True
        else:
            del self.fields["sector"]
        self.fields["manager_email"].widget.attrs["autocomplete"] = "off"
        if not session.asks_manager:
            del self.fields["manager_email"]
        if session.roles_asked:
            roles = [(role, role) for role in session.roles_asked]
            self.fields["role"].choices = [*roles, (NONE_OF_THEM, "None of these")]
        else:
            del self.fields["role"]

    def clean_sector(self) -> str:
        sector = self.cleaned_data["sector"]
        if sector not in self.session.only_sectors:
            raise forms.ValidationError(
                "This session is for other organisations. Look for one that is open to yours"
            )
        return sector

    def clean_manager_email(self) -> str:
        manager = self.cleaned_data["manager_email"].strip().lower()
        if manager == self.cleaned_data.get("email"):
            raise forms.ValidationError("This is your own address. Give your manager’s")
        return manager

    def clean_role(self) -> str:
        role = self.cleaned_data["role"]
        if role == NONE_OF_THEM:
            raise forms.ValidationError(
                "This session is for these posts only. Look for one that is open to yours"
            )
        return role


class ChangeForm(forms.Form):
    """What may be changed about a booking."""

    name = NameField(label="Name", max_length=120)
    organisation = NameField(label="Where you work or volunteer", max_length=160)
    needs = forms.CharField(
        label="What you need to join well", max_length=500, required=False, widget=Brief(rows=2)
    )
    question = forms.CharField(
        label="A question for whoever is talking", max_length=500, required=False,
        widget=Brief(rows=2),
    )  # fmt: skip

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(booking, name) for name in self.fields}


class ColleagueForm(Whoever):
    """Who comes instead."""

    def __init__(self, *args: Any, booking: Booking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Your colleague’s name"
        self.fields["email"].label = "Your colleague’s e-mail address"
        self.fields["email"].help_text = "They get a letter with a link of their own."
        self.fields["organisation"].label = "Where they work or volunteer"
        self.initial = {"organisation": booking.organisation}
        for name in ("name", "email", "organisation"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class WalkInForm(Whoever):
    """Somebody who came without a booking."""

    once = OnceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Name"
        self.fields["email"].label = "E-mail address"
        self.fields["email"].help_text = "For the fact sheet and the certificate."
        self.fields["organisation"].label = "Where they work"
        self.fields["organisation"].help_text = ""
        for name in ("email", "organisation"):
            self.fields[name].required = False
        for name in ("name", "email", "organisation"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class ApprovalForm(forms.Form):
    """A manager's answer; a no needs its reason."""

    answer = forms.ChoiceField(
        label="May they come?", widget=Tiles(),
        choices=[("yes", "Yes, they may"), ("no", "No, not this time")],
    )  # fmt: skip
    why = forms.CharField(
        label="If not, why?", max_length=500, required=False, widget=Brief(rows=2),
        help_text="They read this, and nobody else does.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("answer") == "no" and not told.get("why"):
            self.add_error("why", "Say in a few words why not")
        return told
