"""What a template must know of a form field to draw it: its shape, its control, its errors in words."""

from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup

SHORT_WIDGETS = (forms.NumberInput, forms.DateInput, forms.TimeInput, forms.DateTimeInput)
DEFAULTS = forms.Field.default_error_messages | forms.ModelChoiceField.default_error_messages
TILES = ("across", "small")


class Problem(NamedTuple):
    """One thing to fix: the control to jump to, and the cure in words."""

    href: str
    words: str


def layout_of(field: BoundField) -> str:
    """How the field is laid out: hidden, a set of tiles, a single tile, or label above control."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if widget.use_fieldset:
        return "set"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "plain"


def control(field: BoundField, kind: str = "") -> Markup:
    """The field's own input, with the class that its kind wears."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect):  # CheckboxSelectMultiple is one too
        return field.as_widget(
            attrs={"class": " ".join(f"choices--{k}" for k in TILES if k in kind)}
        )
    if widget.is_hidden or isinstance(widget, forms.CheckboxInput):
        return field.as_widget()
    classes = ["input"]
    if widget.attrs.get("own"):
        classes.append("input--own")
    elif isinstance(widget, SHORT_WIDGETS) or widget.attrs.get("short"):
        classes.append("input--short")
    elif isinstance(widget, forms.Textarea):
        classes.append("input--brief")
    if extra := widget.attrs.get("class"):
        classes.append(extra)
    return field.as_widget(attrs={"class": " ".join(classes)})


def errors_of(form: Any) -> list[Problem]:
    """Everything to fix in a form, or in the forms of a set, in the order of the page."""
    if hasattr(form, "forms"):
        inner = [problem for one in form.forms for problem in errors_of(one)]
        return [Problem("", words) for words in form.non_form_errors()] + inner
    problems = [Problem("", words) for words in form.non_field_errors()]
    for name in form.fields:
        field = form[name]
        place = "" if field.is_hidden else f"#{field.id_for_label or field.auto_id + '_0'}"
        problems += [Problem(place, words) for words in sentences(field)]
    return problems


def sentences(field: BoundField) -> list[str]:
    """The field's errors, with a cure where Django's own words would only say what is wrong."""
    found = field.form.errors.get(field.name)
    if not found:
        return []
    return [_cure(field, error) for error in found.as_data()]


def _cure(field: BoundField, error: forms.ValidationError) -> str:
    own = field.field.error_messages.get(error.code)
    if own is None or str(own) != str(DEFAULTS.get(error.code)):
        return " ".join(error.messages)
    if error.code != "required":
        return f"{field.label}: choose one of the answers shown"
    verb = (
        "Choose"
        if isinstance(field.field, forms.ChoiceField | forms.ModelChoiceField)
        else "Fill in"
    )
    return f"{verb}: {field.label}"
