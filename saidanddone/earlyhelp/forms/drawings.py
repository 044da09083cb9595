"""A child's drawing as it is sent: a picture that is written anew, and what is on it."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile

from saidanddone.core.files import FileRefused, picture
from saidanddone.earlyhelp.forms.door import OwnWordsForm
from saidanddone.earlyhelp.forms.telling import AUDIENCES, PastDay, whose
from saidanddone.earlyhelp.models import ChildsWords, FamilyMember
from saidanddone.ui.forms import Brief, OnceField, Tiles

ONCE_MORE = "Choose the picture again: it is not kept until the rest is right."


class PictureField(forms.FileField):
    """A photo or a drawing, drawn anew: no place, no time and no camera is left in it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.FileInput(attrs={"accept": "image/*"}),
            error_messages={
                "required": "Choose the picture",
                "empty": "This file is empty. Choose another one",
            },
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> ContentFile:
        sent = super().clean(data, initial)
        try:
            return picture(sent)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused


class Sent(forms.Form):
    """Says that a picture must be chosen once more, when something else was not right."""

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if self.errors and "picture" not in self.errors:
            self.add_error("picture", ONCE_MORE)
        return told


class DrawingForm(Sent):
    """What a child drew, kept by a worker."""

    picture = PictureField(label="The drawing, or a photo of it", help_text="No faces.")
    described = forms.CharField(
        label="What is on it?", max_length=300, widget=Brief(rows=2),
        help_text="For somebody who cannot see it. As the child told it, if the child did.",
    )  # fmt: skip
    audience = forms.ChoiceField(
        label="Who may see it: ask the child", choices=ChildsWords.Audience,
        widget=Tiles(hints={key: words.replace("reads", "sees") for key, words in AUDIENCES.items()}),
    )  # fmt: skip
    drawn_on = PastDay(label="When")
    once = OnceField()

    def __init__(self, *args: Any, members: list[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["child"] = whose([one for one in members if one.is_child], "Whose drawing")
        self.order_fields(["child"])


class OwnDrawingForm(Sent, OwnWordsForm):
    """What a child drew and sends, with who may see it."""

    words = None
    picture = PictureField(label="Your drawing, or a photo of it", help_text="No faces.")
    described = forms.CharField(
        label="What is on it?", max_length=300, widget=Brief(rows=2),
        help_text="Some people cannot see pictures.",
        error_messages={"required": "Say what is on it, in a few words"},
    )  # fmt: skip
    field_order = ["picture", "described", "readers"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readers = self.fields["readers"]
        readers.label = "Who may see it?"
        readers.help_text = readers.help_text.replace("reads it", "sees it")

    def said(self) -> dict[str, Any]:
        """What the verb is told."""
        told = self.told()
        return told | {key: self.cleaned_data[key] for key in ("picture", "described")}
