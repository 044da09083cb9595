"""What an administrator types about the lists that pages choose from."""

import re
from typing import Any

from django import forms

from saidanddone.reference.models import AgeBand, Area, BulletinSection, ClosedDay, Forum, Topic
from saidanddone.ui.forms import DayField, Tiles

FIRST_HALF = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")


class TopicForm(forms.ModelForm):
    """What words are about."""

    starts_on = DayField(label="From", required=False, help_text="At once, if you leave it out.")
    ends_on = DayField(label="Until", required=False, help_text="Open, if you leave it out.")

    class Meta:
        model = Topic
        fields = ["name", "starts_on", "ends_on"]
        labels = {"name": "Name"}

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        starts, ends = told.get("starts_on"), told.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "This day comes before the first. Choose a later one.")
        return told


class AreaForm(TopicForm):
    """A town or neighbourhood, inside the borough or another area."""

    class Meta(TopicForm.Meta):
        model = Area
        fields = ["name", "parent", "postcodes", "starts_on", "ends_on"]
        labels = {"name": "Name", "parent": "Part of", "postcodes": "Postcodes that begin with"}
        help_texts = {
            "parent": "Leave it open for the borough itself.",
            "postcodes": "The first half of each, like BL8 M26. Organisations that come from a"
            " register find their area by it.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Area.objects.exclude(pk=self.instance.pk)

    def clean_postcodes(self) -> str:
        told = re.split(r"[\s,;]+", self.cleaned_data["postcodes"].upper().strip())
        if wrong := [one for one in told if one and not FIRST_HALF.fullmatch(one)]:
            raise forms.ValidationError(f"{wrong[0]} is no first half of a postcode, like M26.")
        return " ".join(dict.fromkeys(filter(None, told)))

    def clean_parent(self) -> Area | None:
        parent = above = self.cleaned_data["parent"]
        while above is not None and self.instance.pk:
            if above.pk == self.instance.pk:
                raise forms.ValidationError("An area cannot be part of itself. Choose another one.")
            above = above.parent
        return parent


class ForumForm(TopicForm):
    """A forum or alliance that organisations belong to."""

    class Meta(TopicForm.Meta):
        model = Forum
        fields = ["name", "kind", "starts_on", "ends_on"]
        labels = {"name": "Name", "kind": "What is it?"}
        widgets = {"kind": Tiles}


class AgeBandForm(TopicForm):
    """Ages that are shown together."""

    class Meta(TopicForm.Meta):
        model = AgeBand
        fields = ["name", "youngest", "oldest", "starts_on", "ends_on"]
        labels = {"name": "Name", "youngest": "Youngest", "oldest": "Oldest"}
        help_texts = {"name": "As the public reads it: 11 to 13."}

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        youngest, oldest = told.get("youngest"), told.get("oldest")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("oldest", "The oldest cannot be younger than the youngest.")
        return told


class BulletinSectionForm(TopicForm):
    """A part of the weekly bulletin, and what comes into it by itself."""

    class Meta(TopicForm.Meta):
        model = BulletinSection
        fields = ["name", "takes", "starts_on", "ends_on"]
        labels = {"name": "Name", "takes": "What comes here by itself"}


class ClosedDayForm(forms.ModelForm):
    """A day on which offices are closed beside weekends and bank holidays."""

    on = DayField(label="Which day?", error_messages={"unique": "This day is on the list already."})

    class Meta:
        model = ClosedDay
        fields = ["on", "why"]
        labels = {"why": "Why?"}
        help_texts = {"why": "For example: Town Hall closed between the years."}
