"""The form for a file of a public register."""

from django import forms

from saidanddone.ui.forms import OnceField

REGISTERS = {
    "schools": "Schools, from GIAS", "nhs": "NHS bodies, from ODS",
    "charities": "Charities, from the Charity Commission",
}  # fmt: skip


class RegisterForm(forms.Form):
    """Which register, its file, and whose organisations of it are ours."""

    register = forms.ChoiceField(
        label="Which register", choices=list(REGISTERS.items()), widget=forms.RadioSelect,
        error_messages={"required": "Say which register it is"},
    )  # fmt: skip
    upload = forms.FileField(
        label="File", max_length=200, allow_empty_file=True,  # its own sentence comes from the verb
        help_text="As the register gives it: CSV, text or JSON, better in a zip. A whole country "
        "takes some ten seconds to read.",
        error_messages={"required": "Choose a file"},
    )  # fmt: skip
    only = forms.CharField(
        label="Only these places", max_length=300, required=False,
        help_text="The council’s number for schools (351 is Bury), the commissioner’s code for the "
        "NHS, or beginnings of postcodes, like BL9 M26. Postcodes cross borders: look who comes.",
    )  # fmt: skip
    once = OnceField()

    def clean_only(self) -> str:
        """Letters and numbers with gaps between; anything else is said at once."""
        told = self.cleaned_data["only"].replace(",", " ").replace(";", " ")
        if told.strip() and not told.replace(" ", "").isalnum():
            raise forms.ValidationError("Write numbers, codes or beginnings of postcodes only")
        return told
