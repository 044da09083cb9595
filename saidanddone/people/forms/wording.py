"""Our labels and hints, in place of those that a library brings."""

from django import forms

ADDRESS = "E-mail address"
NO_ADDRESS = "Write the address like name@place.example"
STRENGTH = "At least 12 characters. Three or four words that do not belong together work well."
CODE_HINT = "Eight letters, from the letter that we sent. Capitals and the dash do not matter."
STEP_HINT = "Six figures from your app, or one of your recovery codes."


def worded(form: forms.BaseForm, **words: tuple[str, str]) -> None:
    """Give fields our label and hint, and no placeholder: a label must stay when one types."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in words:
            field.label, field.help_text = words[name]
            field.error_messages["required"] = f"Fill in: {field.label.lower()}"
        if isinstance(field, forms.EmailField):
            field.error_messages["invalid"] = NO_ADDRESS
