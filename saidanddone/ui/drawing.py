"""What a template must know of a form field: its shape, its control, its errors in words."""

from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup

SHORT_WIDGETS = (forms.NumberInput, forms.DateInput, forms.TimeInput, forms.DateTimeInput)
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
        tiles = [*(f"choices--{k}" for k in TILES if k in kind), widget.attrs.get("class", "")]
        return field.as_widget(attrs={"class": " ".join(filter(None, tiles))})
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
    """A form's own message stands; Django's is put into words that say what to do."""
    kind = field.field
    if str(kind.error_messages.get(error.code)) != str(_djangos(kind).get(error.code)):
        return " ".join(error.messages)
    return _cures(field).get(error.code, " ".join(error.messages))


def _cures(field: BoundField) -> dict[str, str]:
    kind, label = field.field, field.label
    verb = "Choose" if isinstance(kind, forms.ChoiceField | forms.ModelChoiceField) else "Fill in"
    cures = {
        "required": f"{verb}: {label}",
        "invalid_choice": f"Choose one of the answers shown: {label}",
        "max_length": f"Make this shorter: use {getattr(kind, 'max_length', 0)} letters at most",
    }
    if isinstance(kind, forms.EmailField):
        cures["invalid"] = "Enter an e-mail address, like name@example.org"
    elif isinstance(kind, forms.IntegerField):
        cures["invalid"] = "Enter a number, like 12"
    return cures


def _djangos(field: forms.Field) -> dict[str, Any]:
    """The messages that the field would have if nobody had written better ones."""
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            found |= getattr(kind, "default_error_messages", {})
    return found
