"""What a member of the network tells of themselves, looks for, and writes to another."""

from typing import Any
from urllib.parse import urlencode

from django import forms

from saidanddone.people.models import Organisation, Profile
from saidanddone.reference.models import Area, Forum, Topic
from saidanddone.ui.forms import Brief, NameField, Ticks

OPEN = [Profile.Part.WORKS_AT, Profile.Part.DOES, Profile.Part.AREAS, Profile.Part.TOPICS]


class ProfileForm(forms.Form):
    """Who I am to colleagues."""

    works_at = NameField(
        label="Where do you work or volunteer?", max_length=200,
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "organization"}),
        help_text="Type a few letters and choose it; a new one may be written out.",
    )  # fmt: skip
    does = forms.CharField(
        label="What do you do there?", max_length=300, required=False,
        help_text="As you would tell somebody on the phone: I run the young carers’ group.",
    )  # fmt: skip
    areas = forms.ModelMultipleChoiceField(
        Area.objects.none(), label="Where do you do it?", required=False, widget=Ticks
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label="What can people ask you about?", required=False, widget=Ticks
    )
    phone = forms.CharField(
        label="Telephone at work", max_length=40, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )  # fmt: skip
    shares = forms.MultipleChoiceField(
        label="What may colleagues see?", choices=Profile.Part.choices, required=False, widget=Ticks,
        help_text="Colleagues are people in this network. They can always write to you through us.",
    )  # fmt: skip
    listed = forms.BooleanField(label="Colleagues may find me", required=False)

    def __init__(
        self, *args: Any, profile: Profile | None, works_at: str = "", **kwargs: Any
    ) -> None:
        initial = {"works_at": works_at, "shares": OPEN, "listed": True}
        if profile is not None:
            initial = {
                name: getattr(profile, name)
                for name in ("works_at", "does", "phone", "shares", "listed")
            } | {"areas": profile.areas.all(), "topics": profile.topics.all()}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["areas"].queryset = Area.objects.current().filter(parent__isnull=False)
        self.fields["topics"].queryset = Topic.objects.current()


class MemberSearch(forms.Form):
    """Who does what, where; anything that makes no sense is left out."""

    q = forms.CharField(
        label="Who does what? Try: young carers Radcliffe", max_length=120, required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    area = forms.ChoiceField(label="Where", required=False)
    forum = forms.ChoiceField(label="Forum or alliance", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model, anything in (("area", Area, "Anywhere"), ("forum", Forum, "Any or none")):
            known = model.objects.current().values_list("code", "name")
            self.fields[name].choices = [("", anything), *known]
            if len(self.fields[name].choices) == 1:
                del self.fields[name]

    def chosen(self) -> dict[str, str]:
        """What somebody has chosen, as far as it makes sense."""
        self.is_valid()
        return {name: told for name, told in self.cleaned_data.items() if told}

    def address(self) -> str:
        """The same question as an address, up to the number of its page."""
        return f"?{urlencode(self.chosen())}&" if self.chosen() else "?"


class OrganisationSearch(MemberSearch):
    """Which organisations; anything that makes no sense is left out."""

    field_order = ("q", "kind", "area", "forum")
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Any"), *Organisation.Sector.choices[:-1]]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = "Words in its name"


class WriteForm(forms.Form):
    """A few words to a member."""

    words = forms.CharField(
        label="What would you like to say or ask?", max_length=1500, widget=Brief(rows=6),
        help_text="Name no child or family. They see your name and your address, to answer you.",
    )  # fmt: skip
