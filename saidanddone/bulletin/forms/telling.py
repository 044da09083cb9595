"""The fields that a suggestion and an entry of an edition share."""

from django import forms

from saidanddone.bulletin.models import MOST_WORDS, word_count
from saidanddone.reference.models import Area, BulletinSection, Topic
from saidanddone.ui.forms import Brief, Ticks

TOO_LONG = "These are {count} words. {most} are the most: leave out what the link can say."


class Listed(forms.Form):
    """Topics and areas, none of which must be chosen."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label="Topics", required=False, widget=Ticks,
        help_text="Nothing ticked: for everybody.",
    )  # fmt: skip
    areas = forms.ModelMultipleChoiceField(
        Area.objects.none(), label="Areas", required=False, widget=Ticks,
        help_text="Nothing ticked: everywhere.",
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = Topic.objects.current()
        self.fields["areas"].queryset = Area.objects.current().filter(parent__isnull=False)


class TellingForm(Listed):
    """Something told in few words, and what there is to know beside them."""

    title = forms.CharField(label="Title", max_length=120)
    words = forms.CharField(
        label="In a few words",
        help_text=f"What it is and why it matters. {MOST_WORDS} words at most.",
        widget=Brief(attrs={"data-words": MOST_WORDS}, rows=7),
    )
    who_for = forms.CharField(label="Who is it for?", max_length=160, required=False)
    when = forms.CharField(
        label="When?", max_length=160, required=False, help_text="Thursday 3 December, 12pm to 1pm."
    )
    cost = forms.CharField(label="What does it cost?", max_length=80, required=False)
    how = forms.CharField(
        label="How does one take part, or where is it?", max_length=300, required=False
    )
    contact = forms.CharField(
        label="Whom can one ask?", max_length=200, required=False,
        help_text="A name with a number or an address. It is shown in public.",
    )  # fmt: skip
    section = forms.ModelChoiceField(
        BulletinSection.objects.none(), label="Where does it belong?", required=False,
        empty_label="Let the editor choose",
    )  # fmt: skip

    field_order = ("title", "words", "who_for", "when", "cost", "how", "contact", "section")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = BulletinSection.objects.current()

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_words(self) -> str:
        words = self.cleaned_data["words"].strip()
        count = word_count(words)
        if count > MOST_WORDS:
            raise forms.ValidationError(TOO_LONG.format(count=count, most=MOST_WORDS))
        return words
