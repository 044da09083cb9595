"""What somebody tells of good practice."""

from typing import Any

from django import forms

from saidanddone.library.models import Practice
from saidanddone.library.models.practices import SECTORS
from saidanddone.reference.models import Topic
from saidanddone.ui.forms import Brief, OnceField, Ticks


class PracticeForm(forms.Form):
    """An example that others could follow."""

    title = forms.CharField(
        label="What would you call it?", max_length=160,
        help_text="As in: Patients aged 11 to 16 rewrote our letters.",
    )  # fmt: skip
    sector = forms.ChoiceField(label="Where was it?", choices=[("", "Choose"), *SECTORS])
    done = forms.CharField(
        label="What did you do?", max_length=6000, widget=Brief(rows=5),
        help_text="So that somebody elsewhere could do it too: how long, how many, what it cost.",
    )  # fmt: skip
    children = forms.CharField(
        label="How did children or young people take part?", max_length=4000,
        widget=Brief(rows=4), help_text="No names of children, and nothing that shows who they are.",
    )  # fmt: skip
    changed = forms.CharField(
        label="What changed?", max_length=4000, widget=Brief(rows=4),
        help_text="What is different now, and how you know. Also what did not work.",
    )  # fmt: skip
    topics = forms.ModelMultipleChoiceField(
        label="What is it about?", queryset=None, required=False,
        widget=Ticks(attrs={"class": "choices--small"}),
    )  # fmt: skip
    once = OnceField()

    def __init__(self, *args: Any, practice: Practice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = Topic.objects.current()
        if practice is None:
            return
        del self.fields["once"]
        told = {name: getattr(practice, name) for name in self.fields if name != "topics"}
        self.initial = told | {"topics": list(practice.topics.all())} | self.initial
