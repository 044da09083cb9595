"""What is typed at the kitchen table: who is in the family, why now, what they agree to."""

from datetime import date, timedelta
from typing import Any

from django import forms

from saidanddone.core import clock
from saidanddone.earlyhelp.models import Agreement, Enquiry, FamilyMember
from saidanddone.earlyhelp.models.stories import LONGEST_MEMBERSHIP
from saidanddone.earlyhelp.permissions import enquiries_given
from saidanddone.people.models import User
from saidanddone.people.permissions import visible_organisations
from saidanddone.reference.models import Area
from saidanddone.ui.filters import day
from saidanddone.ui.forms import Brief, DayField, OnceField, OwnWords, Tiles

PARENT, CHILD, OTHER = "parent", "child", "other"
KINDS = [
    (CHILD, "A child or young person"),
    (PARENT, "A parent or carer"),
    (OTHER, "Somebody else who matters"),
]
ROWS = 9  # people on the first page; others are added later
NOBODY_AGREED = (
    "Nobody has agreed yet, and without that there is no story. Ask a grown-up of the family, or a "
    "child who understands it, what is all right for them, and write down their answer."
)
BORN_LATER = "This day is still to come. Is the child not born yet? Then say when they are due."
OLDER = "This makes {child} older than {parent}. Look at both days again."


class Several(forms.MultiWidget):
    """A few of a long list: one short choice after another, all under one name."""

    def __init__(self, *, count: int = 5, nobody: str = "Nobody else") -> None:
        labels = [f"Choice {n} of {count}" for n in range(1, count + 1)]
        super().__init__([forms.Select(attrs={"aria-label": label}) for label in labels])
        self.widgets_names, self.nobody = [""] * count, nobody

    @property
    def choices(self) -> list[tuple[Any, str]]:
        return list(self.widgets[0].choices)

    @choices.setter
    def choices(self, known: Any) -> None:
        for one in self.widgets:
            one.choices = [("", self.nobody), *known]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [one for one in data.getlist(name) if one]

    def decompress(self, value: Any) -> list[Any]:
        return list(value or [])


class AgreedForm(forms.Form):
    """Whom the family's agreement names, until when, and how it was given."""

    agencies = forms.MultipleChoiceField(
        label="Who else may help, and know", required=False, widget=Several,
        help_text="Only those whom the family names. Your own organisation is among them.",
    )  # fmt: skip
    hold_back = forms.CharField(
        label="What is to be held back", required=False, max_length=2000, widget=Brief(rows=2),
        help_text="What they do not want passed on, or not to somebody.",
    )  # fmt: skip
    until = DayField(
        label="Until when",
        error_messages={
            "required": "Say until when. Nothing stays open without an end; six months is longest."
        },
    )
    how = forms.ChoiceField(label="How they said yes", choices=Agreement.How, widget=Tiles)
    witness = forms.CharField(
        label="Who heard it", required=False, max_length=160, help_text="If they said it aloud."
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = user.acting_for.organisation_id
        found = visible_organisations(user).filter(ended_on__isnull=True).exclude(pk=self.own)
        self.fields["agencies"].choices = found.order_by("name").values_list("pk", "name")
        self.fields["until"].initial = clock.today() + timedelta(days=LONGEST_MEMBERSHIP)

    def clean_agencies(self) -> list[int]:
        return [self.own, *map(int, self.cleaned_data["agencies"])]

    def clean_until(self) -> date:
        until = self.cleaned_data["until"]
        if until < clock.today():
            raise forms.ValidationError("This day is over. Choose one that is still to come.")
        if until > clock.today() + timedelta(days=LONGEST_MEMBERSHIP):
            raise forms.ValidationError(
                "Six months at the most. At a review the family can say yes again."
            )
        return until

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("how") == Agreement.How.SPOKEN and not told.get("witness"):
            self.add_error("witness", "Write who heard them say it: you, or somebody with you.")
        return told


class RequestForHelp(forms.ModelChoiceField):
    """A request that was given to them, by who asked and when; not by whom it is about."""

    def label_from_instance(self, enquiry: Enquiry) -> str:
        return f"{enquiry.get_asked_as_display()}, {day(enquiry.asked_at)}"


class OpenForm(AgreedForm):
    """A new story, beside its people."""

    called = forms.CharField(
        label="What the family calls itself", max_length=120,
        help_text="The name that they use. It stands in no letter and on no list.",
    )  # fmt: skip
    why_now = forms.CharField(
        label="Why now", max_length=5000, widget=Brief(rows=4),
        help_text="What brings them to it today, as far as they can, in what they say.",
    )  # fmt: skip
    area = forms.ModelChoiceField(
        label="Where they live", queryset=None, required=False, empty_label="Not said"
    )
    enquiry = RequestForHelp(
        label="It grew from a request for help", queryset=None, required=False, empty_label="No",
    )  # fmt: skip
    told = forms.CharField(
        label="What may whoever asked hear?", max_length=2000, required=False, widget=Brief(rows=2),
        help_text="Ask the family. Like “The family has help now”. Leave it empty if they say no.",
    )  # fmt: skip
    once = OnceField()
    field_order = ["called", "why_now", "area"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.current()
        self.fields["enquiry"].queryset = enquiries_given(kwargs["user"])

    def agreement(self) -> dict[str, Any]:
        """What every agreement made here has in common; the words are each person's own."""
        names = ("agencies", "hold_back", "until", "how", "witness")
        return {name: self.cleaned_data[name] for name in names}


class PersonForm(forms.Form):
    """Somebody of the family; a name is enough."""

    name = forms.CharField(
        label="Name", max_length=160,
        error_messages={"required": "Write what this person is called. A first name is enough."},
    )  # fmt: skip
    kind = forms.ChoiceField(label="Who they are", choices=KINDS, initial=CHILD)
    born_on = DayField(label="Born on", past=True, required=False)
    due_on = DayField(label="Or due on", required=False, help_text="For a child not born yet.")
    relation = forms.CharField(
        label="In the family’s words", required=False, max_length=120,
        help_text="Mum, grandad, the lady next door.",
    )  # fmt: skip
    lives_elsewhere = forms.BooleanField(label="Lives elsewhere", required=False)
    has_parental_responsibility = forms.BooleanField(
        label="Has parental responsibility", required=False
    )
    words = forms.CharField(
        label="What they agree to, in their own words", required=False, max_length=5000,
        widget=OwnWords(rows=3),
        help_text="Leave it empty for whoever has not agreed, or is too young to.",
    )  # fmt: skip

    def clean_born_on(self) -> date | None:
        born = self.cleaned_data["born_on"]
        if born and born > clock.today():
            raise forms.ValidationError(BORN_LATER)
        return born

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("born_on") and told.get("due_on"):
            self.add_error("due_on", "Somebody who is born is no longer due. Keep one of the two.")
        return told

    def member(self) -> dict[str, Any]:
        """As the verb wants it."""
        told = dict(self.cleaned_data)
        child = told["kind"] == CHILD
        return {
            "kind": FamilyMember.Kind.CHILD if child else FamilyMember.Kind.ADULT,
            "name": told["name"], "born_on": told["born_on"], "agrees": bool(told["words"].strip()),
            "words": told["words"],
            "more": {
                "due_on": told["due_on"], "relation": told["relation"],
                "lives_here": not told["lives_elsewhere"],
                "has_parental_responsibility": told["has_parental_responsibility"] or None,
                "able": child and bool(told["words"].strip()),
            },
        }  # fmt: skip


class People(forms.BaseFormSet):
    """The family at the table: rows left empty are nobody."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if index == 0:
            form.fields["kind"].initial = PARENT

    def those(self) -> list[PersonForm]:
        """The rows that somebody is in."""
        return [form for form in self.forms if form.is_valid() and form.has_changed()]

    def clean(self) -> None:
        there = self.those()
        parents = [form.cleaned_data for form in there if form.cleaned_data["kind"] == PARENT]
        for form in there:
            _no_older(form, parents)
        if not any(self.errors) and not any(one.cleaned_data["words"].strip() for one in there):
            raise forms.ValidationError(NOBODY_AGREED)

    def members(self) -> list[dict[str, Any]]:
        """Those who were written down."""
        return [form.member() for form in self.those()]


def _no_older(form: PersonForm, parents: list[dict[str, Any]]) -> None:
    told = form.cleaned_data
    if told["kind"] != CHILD or not told["born_on"]:
        return
    for parent in parents:
        if parent["born_on"] and parent["born_on"] >= told["born_on"]:
            form.add_error("born_on", OLDER.format(child=told["name"], parent=parent["name"]))
            return


PeopleSet = forms.formset_factory(
    PersonForm, formset=People, extra=ROWS, max_num=ROWS, validate_max=True
)
