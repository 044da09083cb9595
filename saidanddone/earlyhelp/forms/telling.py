"""What a worker writes down after a visit: words, numbers, a contact, a judgement, supervision."""

from datetime import date
from typing import Any

from django import forms

from saidanddone.core import clock
from saidanddone.earlyhelp.models import ChildsWords, Contact, FamilyMember
from saidanddone.reference.models import StoryTerm
from saidanddone.ui.forms import Brief, DayField, OnceField, OwnWords, Ticks, Tiles

AUDIENCES = {
    "worker": "Nobody else reads it, unless somebody is in danger.",
    "team": "Those who help the family. No grown-up of the family.",
    "decide": "The team, and those who decide, who are not told whose words they are.",
}
TO_COME = "This day is still to come. Write it down when it has happened."


def whose(people: list[FamilyMember], label: str, **kwargs: Any) -> forms.TypedChoiceField:
    """A choice among people of the family that the page knows already."""
    known = {str(one.pk): one for one in people}
    choices = [(pk, one.known_as or one.name) for pk, one in known.items()]
    if not kwargs.get("required", True):
        choices = [("", kwargs.pop("nobody")), *choices]
    kwargs.setdefault("widget", Tiles)
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=known.get, empty_value=None, **kwargs
    )


class PastDay(DayField):
    """A day that is not still to come; today, unless somebody says otherwise."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(past=True, initial=clock.today, **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > clock.today():
            raise forms.ValidationError(TO_COME)


class WordsForm(forms.Form):
    """A child's own words."""

    words = forms.CharField(
        label="What they said, word for word", max_length=10_000, widget=OwnWords(),
        help_text="Their spelling, their language. Of a child who does not speak: what they showed.",
    )  # fmt: skip
    audience = forms.ChoiceField(
        label="Who may read it: ask the child", choices=ChildsWords.Audience,
        widget=Tiles(hints=AUDIENCES),
    )  # fmt: skip
    how = forms.CharField(
        label="How they told you", max_length=160,
        help_text="Talking on a walk, a drawing, cards, watching them play.",
    )  # fmt: skip
    said_on = PastDay(label="When")
    once = OnceField()
    field_order = ["child"]

    def __init__(self, *args: Any, members: list[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["child"] = whose([one for one in members if one.is_child], "Whose words")
        self.order_fields(["child"])


class ParentsWordsForm(forms.Form):
    """The words of a grown-up of the family."""

    words = forms.CharField(
        label="What they said, word for word", max_length=10_000, widget=OwnWords()
    )
    how = forms.CharField(
        label="How they told you", max_length=160, help_text="At the table, on the phone, by text."
    )
    said_on = PastDay(label="When")
    once = OnceField()

    def __init__(self, *args: Any, members: list[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grown = [one for one in members if not one.is_child]
        self.fields["member"] = whose(grown, "Whose words")
        self.order_fields(["member"])


class LevelForm(forms.Form):
    """How much help one child needs, as somebody judges today."""

    level = forms.TypedChoiceField(label="How much help is needed", coerce=int, widget=Tiles)
    why = forms.CharField(
        label="Why", max_length=5000, widget=Brief(rows=4),
        help_text="What you saw and heard. It stays, with your name and today’s date.",
    )  # fmt: skip

    def __init__(self, *args: Any, members: list[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = StoryTerm.objects.current().filter(kind=StoryTerm.Kind.LEVEL)
        known = [(one.code, one.name, one.words) for one in terms]
        self.fields["level"].choices = [(code, f"{code}. {name}") for code, name, _ in known]
        self.fields["level"].widget.hints = {code: words for code, _, words in known}
        self.fields["child"] = whose([one for one in members if one.is_child], "Which child")
        self.order_fields(["child"])


class ScaleForm(forms.Form):
    """How things are, from 0 to 10, as one person sees it."""

    score = forms.TypedChoiceField(
        label="How are things, from 0 to 10?", coerce=int, choices=[(n, n) for n in range(11)],
        widget=Tiles(attrs={"class": "choices--number"}),
        help_text="0 is as hard as it can be, 10 is all right as it is.",
    )  # fmt: skip
    words = forms.CharField(label="In a few words", required=False, max_length=300)
    once = OnceField()

    def __init__(self, *args: Any, members: list[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = whose(
            members, "Who says so", required=False, nobody="I do, as a worker"
        )
        children = [one for one in members if one.is_child]
        self.fields["about"] = whose(
            children, "About whom", required=False, nobody="The whole family",
            widget=forms.Select,
        )  # fmt: skip
        self.order_fields(["member", "about"])


class ContactForm(forms.Form):
    """A visit, a call, a message: in under a minute."""

    kind = forms.ChoiceField(label="What it was", choices=Contact.Kind, widget=Tiles)
    what = forms.CharField(label="What happened", max_length=10_000, widget=Brief(rows=3))
    child_seen = forms.BooleanField(label="I saw a child", required=False)
    seen_alone = forms.BooleanField(label="I saw a child alone", required=False)
    next = forms.CharField(label="What next", required=False, max_length=5000, widget=Brief(rows=2))
    on = PastDay(label="When")
    who_else = forms.CharField(label="Who else was there", required=False, max_length=300)
    once = OnceField()

    def __init__(self, *args: Any, members: list[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in members}
        self.fields["who"] = forms.MultipleChoiceField(
            label="With whom", required=False, widget=Ticks,
            choices=[(pk, one.known_as or one.name) for pk, one in self.known.items()],
        )  # fmt: skip
        self.order_fields(["kind", "who"])

    def clean_who(self) -> list[FamilyMember]:
        return [self.known[pk] for pk in self.cleaned_data["who"]]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("seen_alone"):
            told["child_seen"] = True
        if told.get("child_seen") and not any(one.is_child for one in told.get("who", [])):
            self.add_error("who", "You saw a child: tick which.")
        return told


class OversightForm(forms.Form):
    """What was talked through in supervision."""

    words = forms.CharField(
        label="What you talked through", max_length=10_000, widget=Brief(rows=5)
    )
    to_do = forms.CharField(
        label="What is to be done", required=False, max_length=5000, widget=Brief(rows=3)
    )
    once = OnceField()
