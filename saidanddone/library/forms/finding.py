"""What people choose to narrow the library or the list of good practice."""

from typing import Any

from django import forms

from saidanddone.library.models import Document
from saidanddone.library.models.practices import SECTORS
from saidanddone.reference.models import Topic

WORDS = forms.TextInput(attrs={"type": "search"})


class DocumentFilter(forms.Form):
    """Words, kind and topic; anything that makes no sense is left out."""

    q = forms.CharField(label="Words in it", max_length=120, required=False, widget=WORDS)
    kind = forms.ChoiceField(
        label="What it is", required=False, choices=[("", "Anything"), *Document.Kind.choices]
    )
    topic = forms.ChoiceField(label="About", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = _topics()


class PracticeFilter(forms.Form):
    """Words, sector and topic; anything that makes no sense is left out."""

    q = forms.CharField(label="Words in it", max_length=120, required=False, widget=WORDS)
    sector = forms.ChoiceField(label="Where", required=False, choices=[("", "Anywhere"), *SECTORS])
    topic = forms.ChoiceField(label="About", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = _topics()


def _topics() -> list[tuple[str, str]]:
    """Anything, or one of the topics that count today."""
    return [("", "Anything"), *Topic.objects.current().values_list("code", "name")]
