"""What is known of somebody in a family: all of it may be left out but the name."""

from datetime import date
from typing import Any

from django import forms

from saidanddone.core import clock
from saidanddone.earlyhelp.forms.opening import BORN_LATER, OLDER
from saidanddone.earlyhelp.models import FamilyMember
from saidanddone.ui.forms import DayField, OnceField, Tiles

ETHNICITIES = [
    ("", "Not said"),
    ("Asian", [
        "Indian", "Pakistani", "Bangladeshi", "Chinese", "Any other Asian background",
    ]),
    ("Black", ["Caribbean", "African", "Any other Black, Black British or Caribbean background"]),
    ("Mixed", [
        "White and Black Caribbean", "White and Black African", "White and Asian",
        "Any other mixed or multiple ethnic background",
    ]),
    ("White", [
        "English, Welsh, Scottish, Northern Irish or British", "Irish", "Gypsy or Irish Traveller",
        "Roma", "Any other White background",
    ]),
    ("Other", ["Arab", "Any other ethnic group"]),
    ("Did not want to say", "Did not want to say"),
]  # fmt: skip
FIELDS = (
    "kind", "name", "known_as", "born_on", "due_on", "relation", "has_parental_responsibility",
    "lives_here", "language", "interpreter", "communication", "setting", "doctor", "gender",
    "ethnicity", "able",
)  # fmt: skip
NEVER_A_CHILD = (
    "A child never interprets for their family. Write who else does; we can book somebody."
)


def _census() -> list[tuple[str, Any]]:
    return [
        (name, [(one, one) for one in inner] if isinstance(inner, list) else inner)
        for name, inner in ETHNICITIES
    ]


class MemberForm(forms.Form):
    """Somebody of the family."""

    kind = forms.ChoiceField(label="Who they are", choices=FamilyMember.Kind, widget=Tiles)
    name = forms.CharField(label="Name", max_length=160)
    known_as = forms.CharField(label="Likes to be called", required=False, max_length=80)
    born_on = DayField(label="Born on", past=True, required=False)
    due_on = DayField(label="Or due on", required=False, help_text="For a child not born yet.")
    relation = forms.CharField(
        label="In the family’s words", required=False, max_length=120,
        help_text="Mum, grandad, the lady next door.",
    )  # fmt: skip
    has_parental_responsibility = forms.BooleanField(
        label="Has parental responsibility", required=False
    )
    lives_here = forms.BooleanField(label="Lives with the family", required=False, initial=True)
    able = forms.BooleanField(
        label="A child who can say yes or no for themselves", required=False,
        help_text="They understand what is asked. Then they have an agreement of their own.",
    )  # fmt: skip
    language = forms.CharField(label="Language at home", required=False, max_length=60)
    interpreter = forms.CharField(
        label="Who interprets", required=False, max_length=160,
        help_text="Never a child of the family.",
    )  # fmt: skip
    communication = forms.CharField(
        label="What helps to talk with them", required=False, max_length=300,
        help_text="Signing, pictures, large print, time.",
    )  # fmt: skip
    setting = forms.CharField(label="Nursery, school or work", required=False, max_length=160)
    doctor = forms.CharField(label="GP", required=False, max_length=160)
    gender = forms.ChoiceField(
        label="Gender, as they say it", required=False,
        choices=[("", "Not said"), *FamilyMember.Gender.choices],
    )  # fmt: skip
    ethnicity = forms.ChoiceField(
        label="Ethnic group, as they say it", required=False, choices=_census
    )
    once = OnceField()

    def __init__(
        self, *args: Any, known: list[FamilyMember], member: FamilyMember | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        if member is not None:
            kwargs["initial"] = {name: getattr(member, name) for name in FIELDS}
        super().__init__(*args, **kwargs)
        self.others = [one for one in known if member is None or one.pk != member.pk]

    def clean_born_on(self) -> date | None:
        born = self.cleaned_data["born_on"]
        if born and born > clock.today():
            raise forms.ValidationError(BORN_LATER)
        return born

    def clean_interpreter(self) -> str:
        said = self.cleaned_data["interpreter"]
        children = [one for one in self.others if one.is_child]
        names = {name.casefold() for one in children for name in (one.name, one.known_as) if name}
        names |= {name.split()[0] for name in names}
        if said and (said.casefold() in names or said.casefold().split()[0] in names):
            raise forms.ValidationError(NEVER_A_CHILD)
        return said

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("born_on") and told.get("due_on"):
            self.add_error("due_on", "Somebody who is born is no longer due. Keep one of the two.")
        if told.get("born_on"):
            self._check_ages(told)
        return told

    def _check_ages(self, told: dict[str, Any]) -> None:
        child = told.get("kind") == FamilyMember.Kind.CHILD
        for one in self.others:
            if one.born_on is None or one.is_child == child:
                continue
            if child and one.has_parental_responsibility and one.born_on >= told["born_on"]:
                words = OLDER.format(child=told.get("name", "this child"), parent=one.name)
                self.add_error("born_on", words)
                return
            parent = not child and told.get("has_parental_responsibility")
            if parent and told["born_on"] >= one.born_on:
                words = OLDER.format(child=one.name, parent=told.get("name", "this parent"))
                self.add_error("born_on", words)
                return

    def changes(self) -> dict[str, Any]:
        """What is to be written."""
        told = {name: self.cleaned_data[name] for name in FIELDS}
        told["has_parental_responsibility"] = told["has_parental_responsibility"] or None
        return told

    def more(self) -> dict[str, Any]:
        """What is written down beside kind, name and birth."""
        return {
            name: value for name, value in self.changes().items()
            if name not in ("kind", "name", "born_on")
        }  # fmt: skip
