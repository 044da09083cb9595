"""What a family agreed to anew, takes back, and what is shared outside it."""

from typing import Any

from django import forms

from saidanddone.earlyhelp.forms.opening import AgreedForm
from saidanddone.earlyhelp.forms.telling import whose
from saidanddone.earlyhelp.models import FamilyMember
from saidanddone.people.models import Organisation, User
from saidanddone.people.permissions import visible_organisations
from saidanddone.reference.models import StoryTerm
from saidanddone.ui.forms import Brief, OnceField, OwnWords, Tiles

YES_NO = [("yes", "Yes"), ("no", "No")]


def _yes(value: str) -> bool:
    return value == "yes"


class AgreementForm(AgreedForm):
    """A new version of what one grown-up, or one able child, agrees to."""

    words = forms.CharField(
        label="What they agree to, in their own words", max_length=5000, widget=OwnWords(rows=4)
    )
    disagreement = forms.CharField(
        label="Where another grown-up sees it differently", required=False, max_length=2000,
        widget=Brief(rows=2), help_text="Each agreement stands for itself. Say how it was resolved.",
    )  # fmt: skip
    once = OnceField()

    def __init__(self, *args: Any, members: list[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [one for one in members if one.able or not one.is_child]
        self.fields["member"] = whose(able, "Who agrees")
        self.order_fields(["member", "words"])


class WithdrawForm(forms.Form):
    """That the family takes its agreement back, for one agency or for all."""

    ALL = "all"
    agency = forms.ChoiceField(
        label="For whom", widget=Tiles, error_messages={"required": "Choose for whom it ends"}
    )
    words = forms.CharField(
        label="What they said", max_length=5000, widget=OwnWords(rows=3),
        help_text="In their words. They need give no reason.",
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in agencies}
        self.fields["agency"].choices = [
            *((pk, one.name) for pk, one in self.known.items()),
            (self.ALL, "Everybody: the help ends"),
        ]  # fmt: skip

    def clean_agency(self) -> Organisation | None:
        return self.known.get(self.cleaned_data["agency"])  # none of them: all


class ShareForm(forms.Form):
    """A share outside the agreement, or the decision not to make it: one page each."""

    organisation = forms.ModelChoiceField(
        label="With whom", queryset=None, empty_label="Choose an organisation"
    )
    shared = forms.TypedChoiceField(
        label="Is it shared?", choices=YES_NO, coerce=_yes, widget=Tiles, empty_value=None
    )
    power = forms.ChoiceField(label="Which power or duty")
    what = forms.CharField(
        label="What exactly", max_length=2000, widget=Brief(rows=2),
        help_text="Only what is needed.",
    )  # fmt: skip
    why = forms.CharField(label="Why", max_length=5000, widget=Brief(rows=3))
    authorised_by = forms.CharField(
        label="With whom you talked it through", required=False, max_length=160
    )
    family_told = forms.TypedChoiceField(
        label="Does the family know?", choices=YES_NO, coerce=_yes, widget=Tiles, empty_value=None
    )
    told_how = forms.CharField(label="How they were told", required=False, max_length=300)
    not_told_why = forms.CharField(
        label="Why telling them is not safe", required=False, max_length=500, widget=Brief(rows=2),
        help_text="Then nothing that the family sees betrays it.",
    )  # fmt: skip
    once = OnceField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = visible_organisations(user).filter(ended_on__isnull=True)
        self.fields["organisation"].queryset = found.order_by("name")
        terms = StoryTerm.objects.current().filter(kind=StoryTerm.Kind.POWER)
        self.fields["power"].choices = [(one.name, one.name) for one in terms]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("family_told") is False and not told.get("not_told_why"):
            self.add_error("not_told_why", "Say why telling them is not safe. If it is, tell them.")
        return told
