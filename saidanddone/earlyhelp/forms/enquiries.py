"""What somebody types who asks for help, and what is answered."""

from typing import Any

from django import forms

from saidanddone.earlyhelp.models import Enquiry
from saidanddone.people.models import Post
from saidanddone.reference.models import Area
from saidanddone.ui.forms import Brief, OnceField, Tiles

LONG = 4000


class HelpForm(forms.Form):
    """Who asks, for whom, and what would help."""

    asked_as = forms.ChoiceField(
        label="Who are you?",
        choices=[
            (Enquiry.From.YOUNG, "I am a child or young person"),
            (Enquiry.From.PARENT, "I am a parent or carer"),
            (Enquiry.From.SCHOOL, "I work at a school or nursery"),
            (Enquiry.From.GP, "I work for a GP or a health service"),
            (Enquiry.From.OTHER, "Somebody else"),
        ],
        widget=Tiles(),
        error_messages={"required": "Choose who you are"},
    )
    asker_name = forms.CharField(
        label="What is your name?", max_length=160,
        error_messages={"required": "Write your name"},
    )  # fmt: skip
    who = forms.CharField(
        label="Who needs help?",
        max_length=1000,
        widget=Brief(rows=2),
        help_text="The names that you know. Do not write where they live.",
        error_messages={"required": "Write who needs help. You may say “me”"},
    )
    words = forms.CharField(
        label="What is hard, and what would help?",
        max_length=LONG,
        widget=Brief(rows=5),
        error_messages={"required": "Write a few words about what is hard"},
    )
    family_knows = forms.TypedChoiceField(
        label="Does the family know that you ask?",
        choices=[("yes", "Yes"), ("no", "No, or not yet")],
        coerce=lambda value: value == "yes",
        widget=Tiles(),
        error_messages={"required": "Choose yes or no"},
    )
    area = forms.ModelChoiceField(
        label="Where do they live or go to school?", queryset=Area.objects.none(), required=False,
        empty_label="I do not know",
    )  # fmt: skip
    asker_reach = forms.CharField(
        label="How do we reach you?",
        max_length=254,
        required=False,
        help_text="An e-mail address or a telephone number. You also get a code to look with.",
    )
    once = OnceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.current()


class TellForm(forms.Form):
    """What became of a request."""

    words = forms.CharField(
        label="What may they hear?", max_length=2000, widget=Brief(rows=3),
        help_text="Only what the family allows. If the family does not want help, say that, kindly.",
        error_messages={"required": "Write what they may hear"},
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The code that belongs to a request."""

    code = forms.CharField(
        label="Your code",
        max_length=40,
        widget=forms.TextInput(attrs={"short": True, "autocomplete": "off"}),
        help_text="Three groups of four letters and figures.",
        error_messages={"required": "Write the code that you were given"},
    )


class DecideForm(forms.Form):
    """Taken up or declined, and what the asker hears."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[("accept", "We take it up"), ("decline", "We do not take it up")],
        widget=Tiles(),
        error_messages={"required": "Choose what you decide"},
    )
    given_to = forms.ModelChoiceField(
        label="Who sees the family?", queryset=Post.objects.none(), required=False,
        help_text="If you take it up. They open a story once the family agrees.",
    )  # fmt: skip
    why = forms.CharField(
        label="If not: why?", max_length=2000, required=False, widget=Brief(rows=2),
        help_text="Kept here; the asker does not read this.",
    )  # fmt: skip
    told = forms.CharField(
        label="What do you tell the asker?",
        max_length=2000,
        widget=Brief(),
        help_text="They read exactly this. Say no more of the family than it allows.",
        error_messages={"required": "Everybody who asks hears what became of it. Write it here"},
    )

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_to"].queryset = posts
        self.fields["given_to"].label_from_instance = lambda one: (
            f"{one.user.name}, {one.organisation.name}"
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("decision") == "accept" and not data.get("given_to"):
            self.add_error("given_to", "Choose who sees the family")
        if data.get("decision") == "decline" and not data.get("why"):
            self.add_error("why", "Say why you do not take it up")
        return data
