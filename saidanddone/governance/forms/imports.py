"""The form for a file from another system."""

from typing import Any

from django import forms

from saidanddone.governance import permissions
from saidanddone.people.models import User
from saidanddone.ui.forms import OnceField


class MeetingsFileForm(forms.Form):
    """A file from ModernGov, and whose meetings it tells of if it does not say so itself."""

    upload = forms.FileField(
        label="File", max_length=200, allow_empty_file=True,  # its own sentence comes from the verb
        help_text="XML as ModernGov’s web service answers it, up to 10 MB.",
        error_messages={"required": "Choose a file"},
    )  # fmt: skip
    board = forms.ModelChoiceField(
        label="Whose meetings these are", queryset=None, required=False, to_field_name="slug",
        empty_label="The file says so",
    )  # fmt: skip
    once = OnceField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = permissions.visible_bodies(user).order_by("name")
