"""Forms for handing papers in, and for what joins late."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from saidanddone.governance.models import AgendaItem, CoverSheet
from saidanddone.ui.forms import Brief, OnceField
from saidanddone.ui.reading import Reading, read

MOST_FILES = 10
WHAT_WE_TAKE = "PDF, Word, Excel, PowerPoint or pictures, up to 20 MB each."


class Several(forms.ClearableFileInput):
    """Choose one file or many."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, each looked at by the verb that takes it."""

    widget = Several

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [file for file in given if file]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"Send {MOST_FILES} at a time at most")
        return files


class LateWhy(forms.CharField):
    """Why something joins an agenda that is out already."""

    def __init__(self, **kwargs: Any) -> None:
        told = {
            "label": "Why does it come late?", "max_length": 300,
            "help_text": "The agenda is out. Everybody who reads it will read this too.",
        }  # fmt: skip
        super().__init__(**told | kwargs)


class PaperForm(forms.Form):
    """A file behind an item."""

    title = forms.CharField(label="Title", max_length=200)
    upload = forms.FileField(
        label="File", max_length=200, allow_empty_file=True,  # its own sentence comes from the verb
        help_text="PDF, Word, Excel, PowerPoint or a picture, up to 20 MB.",
        error_messages={"required": "Choose a file"},
    )  # fmt: skip
    late_why = LateWhy()
    restricted = forms.BooleanField(label="Only for those who sit on it", required=False)
    once = OnceField()

    def __init__(self, *args: Any, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["late_why"]


class HandInForm(forms.Form):
    """The cover sheet of an item, and its papers."""

    decision_wanted = forms.CharField(
        label="What is the board asked to do?", max_length=2000, widget=Brief(),
        help_text="One or two sentences: agree, choose, look at, know.",
    )  # fmt: skip
    plain = forms.CharField(
        label="What does it mean for children, in one plain sentence?", max_length=500,
        widget=Brief(rows=2),
        help_text="Young people read this on their own agenda. Short words help.",
    )  # fmt: skip
    children_said = forms.CharField(
        label="What did children say about it?", max_length=4000, widget=Brief(rows=4),
        required=False, help_text="In their own words if you can, and how they were asked.",
    )  # fmt: skip
    not_asked_why = forms.CharField(
        label="Or why were they not asked?", max_length=500, widget=Brief(rows=2), required=False
    )
    uploads = FilesField(label="Papers", required=False, help_text=WHAT_WE_TAKE)
    once = OnceField()

    def __init__(
        self, *args: Any, item: AgendaItem, cover: CoverSheet | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = {"plain": item.plain}
        if cover:
            names = ("decision_wanted", "children_said", "not_asked_why")
            known |= {name: getattr(cover, name) for name in names}
        self.initial = known | self.initial

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not (typed.get("children_said") or typed.get("not_asked_why")):
            self.add_error("children_said", "Write what children said, or why they were not asked")
        return typed

    def reading(self) -> Reading:
        """How hard the plain sentence is as it stands, valid or not."""
        return read(str(self["plain"].value() or ""))

    def written(self) -> dict[str, str]:
        """The cover sheet's own words."""
        names = ("decision_wanted", "plain", "children_said", "not_asked_why")
        return {name: self.cleaned_data[name] for name in names}


class SupplementForm(forms.Form):
    """A further edition of the pack."""

    note = forms.CharField(
        label="What is new?", max_length=500, widget=Brief(rows=2),
        help_text="It stands on the front of the pack. Name nothing that is not for everybody.",
    )  # fmt: skip
    once = OnceField()
