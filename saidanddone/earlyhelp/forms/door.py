"""What one of a family types at their own door."""

from typing import Any

from django import forms

from saidanddone.earlyhelp.models import ChildsWords, FamilyMember, PlanAnswer, TeamMembership
from saidanddone.people.models import Organisation
from saidanddone.ui.forms import Brief, OnceField, OwnWords, Tiles

LONGEST = 4000
TEAM, DECIDE = ChildsWords.Audience.TEAM.value, ChildsWords.Audience.DECIDE.value
JUST = "just-"  # and the number of the worker's post


class OwnWordsForm(forms.Form):
    """Something in one's own words; a child also says who may read it."""

    words = forms.CharField(
        label="What do you want to say?", max_length=LONGEST, strip=False, widget=OwnWords(rows=6),
        help_text="Write it your way. Spelling does not matter. Nobody changes it.",
        error_messages={"required": "Write what you want to say"},
    )  # fmt: skip
    readers = forms.ChoiceField(
        label="Who may read it?", widget=Tiles,
        error_messages={"required": "Choose who may read it"},
    )  # fmt: skip
    once = OnceField()

    def __init__(
        self, *args: Any, member: FamilyMember, team: list[TeamMembership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.team = {f"{JUST}{one.post_id}": one.post for one in team}
        if not member.is_child:
            del self.fields["readers"]
            return
        alone = [(key, f"Just {post.user.name}") for key, post in self.team.items()]
        self.fields["readers"].choices = [
            *alone, (TEAM, "Everybody in my team"), (DECIDE, "To help decide, without my name"),
        ]  # fmt: skip
        self.fields["readers"].help_text = (
            "No grown-up in your family reads it here. If you are in danger, whoever reads it must "
            "get help, and tells you first."
        )

    def said(self) -> dict[str, Any]:
        """What the verb is told."""
        return self.told() | {"words": self.cleaned_data["words"]}

    def told(self) -> dict[str, Any]:
        """Whom the child chose."""
        chosen = self.cleaned_data.get("readers", TEAM)
        worker = self.team.get(chosen)
        audience = ChildsWords.Audience.WORKER if worker else chosen
        return {"audience": audience, "worker": worker, "once": self.cleaned_data["once"]}

    def clean_words(self) -> str:
        return _worded(self.cleaned_data["words"], "Write what you want to say")


class ScoreForm(forms.Form):
    """How things are, from 0 to 10."""

    score = forms.TypedChoiceField(
        label="How are things for you today?", coerce=int, widget=Tiles(attrs={"class": "choices--number"}),
        choices=[(number, str(number)) for number in range(11)],
        help_text="0 is as bad as it can be. 10 is as good as it can be.",
        error_messages={"required": "Choose a number from 0 to 10"},
    )  # fmt: skip
    words = forms.CharField(
        label="Why this number?", required=False, max_length=300, widget=Brief(rows=2)
    )
    once = OnceField()


class FeedbackForm(forms.Form):
    """How the help was, and how things are now."""

    words = forms.CharField(
        label="How was it for you?", max_length=LONGEST, strip=False, widget=OwnWords(rows=5),
        help_text="What helped? What did not? Your words stay as they are.",
        error_messages={"required": "Write a word or two"},
    )  # fmt: skip
    of_the_lead = forms.CharField(
        label="And whoever led your team?", required=False, max_length=LONGEST, strip=False,
        widget=OwnWords(rows=3), help_text="They read it too.",
    )  # fmt: skip
    score = forms.TypedChoiceField(
        label="How are things for you today?", coerce=int, required=False, empty_value=None,
        widget=Tiles(attrs={"class": "choices--number"}),
        choices=[(number, str(number)) for number in range(11)],
        help_text="0 is as bad as it can be. 10 is as good as it can be. You may leave it out.",
    )  # fmt: skip
    once = OnceField()


class PlanAnswerForm(forms.Form):
    """Agree with the plan, disagree, or say something about it."""

    kind = forms.ChoiceField(
        label="What do you say to this plan?", choices=PlanAnswer.Kind, widget=Tiles,
        error_messages={"required": "Choose one"},
    )  # fmt: skip
    words = forms.CharField(
        label="What do you want to say about it?", required=False, max_length=LONGEST,
        strip=False, widget=OwnWords(rows=4), help_text="If you do not agree, say what is wrong.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)  # the plan that was on the screen
    once = OnceField()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") in {"disagrees", "comment"} and not data.get("words", "").strip():
            self.add_error("words", "Say what you would like to be different")
        return data


class AgreementForm(forms.Form):
    """What one agrees to, said anew."""

    words = forms.CharField(
        label="What is all right for you?", max_length=LONGEST, strip=False,
        widget=OwnWords(rows=5), error_messages={"required": "Write what is all right for you"},
    )  # fmt: skip
    hold_back = forms.CharField(
        label="What should they not pass on?", required=False, max_length=2000, widget=Brief(rows=3)
    )
    once = OnceField()

    def clean_words(self) -> str:
        return _worded(self.cleaned_data["words"], "Write what is all right for you")


class StopForm(forms.Form):
    """For whom the agreement ends, and why, if they want to say."""

    ALL = "all"
    whom = forms.ChoiceField(
        label="Who should stop?",
        widget=Tiles,
        error_messages={"required": "Choose who should stop"},
    )
    words = forms.CharField(
        label="Do you want to say why?", required=False, max_length=LONGEST, strip=False,
        widget=OwnWords(rows=3), help_text="You do not have to.",
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        each = [(str(one.pk), f"Only {one.name}") for one in agencies]
        self.fields["whom"].choices = [*each, (self.ALL, "Everybody")]


def _worded(words: str, cure: str) -> str:
    if not words.strip():
        raise forms.ValidationError(cure)
    return words.replace("\r\n", "\n")
