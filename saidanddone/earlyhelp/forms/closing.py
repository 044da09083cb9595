"""What is typed to authorise, give back, pause, refer up and close."""

from collections.abc import Iterable
from typing import Any

from django import forms

from saidanddone.earlyhelp.forms.planning import called, story_terms
from saidanddone.earlyhelp.forms.reviewing import number_field
from saidanddone.earlyhelp.models import FamilyMember
from saidanddone.people.models import User
from saidanddone.people.permissions import visible_organisations
from saidanddone.reference.models import StoryTerm
from saidanddone.ui.forms import Brief, OnceField, OwnWords, Tiles

NO_POWER = "none"  # of a decision not to share


class SecondForm(forms.Form):
    """Yes, or back with a reason."""

    deed = forms.ChoiceField(label="What do you decide?", widget=Tiles)
    why = forms.CharField(
        label="What is missing?", max_length=2000, required=False, widget=Brief(rows=3),
        help_text="If you give it back. The lead reads it.",
    )  # fmt: skip

    def __init__(self, *args: Any, deeds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.back = deeds[-1][0]
        self.fields["deed"].choices = deeds

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("deed") == self.back and not typed.get("why", "").strip():
            self.add_error("why", "Say what is missing, so that it can be put right.")
        return typed


class PauseForm(forms.Form):
    """Why a story rests."""

    why = forms.CharField(
        label="Why does it rest, and until when?", max_length=2000, widget=Brief()
    )


class StepUpForm(forms.Form):
    """A referral to social work, kept as a share of its own."""

    organisation = forms.ModelChoiceField(
        None, label="Who was told?", empty_label="Choose the organisation"
    )
    power = forms.ChoiceField(label="By which power or duty?")
    what = forms.CharField(label="What was told?", max_length=5000, widget=Brief())
    why = forms.CharField(label="Why?", max_length=5000, widget=Brief())
    family_told = forms.ChoiceField(
        label="Does the family know?", widget=Tiles,
        choices=[("yes", "Yes, we told them"), ("no", "No, it is not safe to tell them")],
    )  # fmt: skip
    not_told_why = forms.CharField(
        label="Why is it not safe?", max_length=500, required=False, widget=Brief(rows=2)
    )
    once = OnceField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = visible_organisations(user).filter(ended_on__isnull=True)
        self.fields["organisation"].queryset = found.order_by("name")
        powers = [one for one in story_terms(StoryTerm.Kind.POWER) if one[0] != NO_POWER]
        self.fields["power"].choices = [("", "Choose the power"), *powers]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("family_told") == "no" and not typed.get("not_told_why", "").strip():
            self.add_error("not_told_why", "Say why it is not safe to tell them.")
        typed["family_told"] = typed.get("family_told") == "yes"
        return typed


class CloseForm(forms.Form):
    """How it went, and what each of the family says at the end."""

    reason = forms.ChoiceField(label="Why does it end?", widget=Tiles)
    words = forms.CharField(label="How did it go?", max_length=5000, widget=Brief(rows=4))
    continues = forms.CharField(
        label="What goes on without us?", max_length=5000, required=False, widget=Brief(rows=3),
        help_text="Who helps from now on, and whom the family can ask.",
    )  # fmt: skip

    def __init__(self, *args: Any, members: Iterable[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = story_terms(StoryTerm.Kind.CLOSING)
        self.members = {str(one.pk): one for one in members}
        for key, one in self.members.items():
            name = called(one)
            self.fields[f"said-{key}"] = forms.CharField(
                label=f"What {name} says about the help", max_length=5000, required=False,
                widget=OwnWords(rows=2),
            )  # fmt: skip
            self.fields[f"lead-{key}"] = forms.CharField(
                label=f"What {name} says about whoever led it", max_length=2000, required=False,
                widget=OwnWords(rows=2),
            )  # fmt: skip
            self.fields[f"score-{key}"] = number_field(f"How things are now, as {name} sees it")

    def said(self) -> list[dict[str, Any]]:
        """What each who spoke said."""
        typed = self.cleaned_data
        return [
            {"member": one, "words": typed[f"said-{key}"], "of_the_lead": typed[f"lead-{key}"]}
            for key, one in self.members.items() if typed[f"said-{key}"]
        ]  # fmt: skip

    def felt(self) -> list[dict[str, Any]]:
        """The last number of each who gave one."""
        typed = self.cleaned_data
        return [
            {"member": one, "score": int(typed[f"score-{key}"])}
            for key, one in self.members.items() if typed[f"score-{key}"]
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        for key in self.members:
            if typed.get(f"lead-{key}") and not typed.get(f"said-{key}"):
                self.add_error(f"said-{key}", "Write a word about the help too.")
        return typed
