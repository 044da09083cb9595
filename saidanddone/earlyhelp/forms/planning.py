"""What is typed for the plan: goals, steps, how a step went, what the family says to it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from saidanddone.core import clock
from saidanddone.earlyhelp.models import FamilyMember, PlanAnswer
from saidanddone.people.models import Post
from saidanddone.reference.models import StoryTerm
from saidanddone.ui.forms import Brief, DayField, OnceField, OwnWords, Ticks, Tiles

FRIEND = "friend"


def story_terms(kind: str) -> list[tuple[str, str]]:
    """The words of one list as they count today."""
    found = StoryTerm.objects.current().filter(kind=kind)
    return list(found.values_list("code", "name"))


def called(member: FamilyMember) -> str:
    """What somebody of the family is called at home."""
    return member.known_as or member.name


class GoalForm(forms.Form):
    """What the family wants to be different."""

    words = forms.CharField(
        label="What do you want to be different?", max_length=2000, widget=OwnWords(rows=3),
        help_text="In the family’s own words, as they say it.",
    )  # fmt: skip
    strength = forms.CharField(
        label="What is the family good at that helps here?", max_length=2000, required=False,
        widget=Brief(rows=2),
    )  # fmt: skip
    outcomes = forms.MultipleChoiceField(
        label="What it is part of", required=False, widget=Ticks,
        help_text="For the counts of this place. Nobody is found by them.",
    )  # fmt: skip
    once = OnceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcomes"].choices = story_terms(StoryTerm.Kind.OUTCOME)


class StepForm(forms.Form):
    """Who does what by when."""

    what = forms.CharField(
        label="What will be done?", max_length=300, help_text="One thing, in plain words."
    )
    owner = forms.ChoiceField(label="Who does it?", widget=Tiles)
    somebody = forms.CharField(
        label="Who is the friend or relative?", max_length=120, required=False,
        help_text="Only if it is somebody who is not named above.",
    )  # fmt: skip
    due_on = DayField(label="By when?", help_text="Like 4 December.")
    once = OnceField()

    def __init__(
        self, *args: Any, members: Iterable[FamilyMember], posts: Iterable[Post], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owners: dict[str, FamilyMember | Post] = {f"m{one.pk}": one for one in members}
        self.owners |= {f"p{one.pk}": one for one in posts}
        named = [
            (key, called(one) if isinstance(one, FamilyMember) else f"{one.user.name}, {one.organisation}")
            for key, one in self.owners.items()
        ]  # fmt: skip
        self.fields["owner"].choices = [*named, (FRIEND, "A friend or relative")]

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on < clock.today():
            raise forms.ValidationError("Choose a day that is still to come.")
        return due_on

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("owner") == FRIEND and not typed.get("somebody", "").strip():
            self.add_error("somebody", "Write who it is.")
        return typed

    def step(self) -> dict[str, Any]:
        """The step as the verb takes it: with one owner."""
        typed = self.cleaned_data
        one = self.owners.get(typed["owner"])
        owner = {
            "member": one if isinstance(one, FamilyMember) else None,
            "post": one if isinstance(one, Post) else None,
            "somebody": "" if one else typed["somebody"],
        }
        return owner | {name: typed[name] for name in ("what", "due_on", "once")}


class StepDoneForm(forms.Form):
    """How a step went."""

    deed = forms.ChoiceField(
        label="How is it?", widget=Tiles,
        choices=[
            ("finish_step", "It is done"), ("drop_step", "It will not be done"),
            ("take_up_step", "It is still to do"),
        ],
    )  # fmt: skip
    result = forms.CharField(
        label="How did it go?", max_length=2000, required=False, widget=Brief(rows=2)
    )

    def __init__(self, *args: Any, can: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deed = self.fields["deed"]
        deed.choices = [one for one in deed.choices if one[0] in can]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("deed") == "drop_step" and not typed.get("result", "").strip():
            self.add_error("result", "Say why it will not be done.")
        return typed


class AnswerForm(forms.Form):
    """What one of the family said aloud about the plan."""

    member = forms.ChoiceField(label="Who said it?", widget=Tiles)
    kind = forms.ChoiceField(label="What did they say?", choices=PlanAnswer.Kind, widget=Tiles)
    words = forms.CharField(
        label="In their words", max_length=2000, required=False, widget=OwnWords(rows=3)
    )
    witness = forms.CharField(
        label="Who else heard it?", max_length=160,
        help_text="Somebody beside you: an aunt, a colleague, a teacher.",
    )  # fmt: skip
    once = OnceField()

    def __init__(
        self, *args: Any, members: Iterable[FamilyMember], may_agree: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not may_agree:  # while the story rests nothing begins
            self.fields["kind"].choices = PlanAnswer.Kind.choices[1:]
        self.members = {str(one.pk): one for one in members}
        self.fields["member"].choices = [(pk, called(one)) for pk, one in self.members.items()]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("kind") not in {None, PlanAnswer.Kind.AGREES} and not typed.get("words"):
            self.add_error("words", "Write what they said.")
        return typed

    def answer(self) -> dict[str, Any]:
        """What the verbs take."""
        typed = self.cleaned_data
        kept = {name: typed[name] for name in ("words", "witness", "once")}
        return kept | {"member": self.members[typed["member"]]}
