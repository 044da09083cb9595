"""How forms draw themselves, and the fields for what people type: days, times, their own words."""

import re
import uuid
from datetime import date, time
from pathlib import Path
from typing import Any

from django import forms
from django.forms.renderers import EngineMixin, TemplatesSetting
from django.template.backends.jinja2 import Jinja2
from django.utils.functional import cached_property

from saidanddone.core import clock
from saidanddone.ui.filters import MONTHS, clocktime

HERE = Path(__file__).parent / "jinja2"
THEIRS = Path(forms.__file__).parent / "jinja2"
DAY_CURE = "Enter the date as a day and a month, like 4 December"
# Signs that nobody sees and that show the rest of a line backwards.
TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TIME_CURE = "Enter the time like 2.20pm or 14:20"


class Renderer(EngineMixin, TemplatesSetting):
    """Forms, fields and widgets drawn by the same components as the pages."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    backend = Jinja2

    @cached_property
    def engine(self) -> Jinja2:
        """Our own widget templates are found before Django's."""
        return self.backend(
            {
                "NAME": "forms",
                "DIRS": [HERE, THEIRS],
                "APP_DIRS": True,
                "OPTIONS": {"environment": "saidanddone.ui.environment.environment"},
            }
        )


# ------------------------------------------------------------------ widgets


class Tiles(forms.RadioSelect):
    """One of a few answers, each a whole tile. `hints` and `icons` are by the answer's value."""

    def __init__(
        self, *args: Any, hints: dict | None = None, icons: dict | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hints, self.icons = hints or {}, icons or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict:
        option = super().create_option(name, value, *args, **kwargs)
        plain = str(value)
        return option | {"hint": self.hints.get(plain, ""), "icon": self.icons.get(plain, "")}


class Ticks(Tiles, forms.CheckboxSelectMultiple):
    """Any of a few answers, each a whole tile."""

    input_type = "checkbox"
    allow_multiple_selected = True
    template_name = forms.CheckboxSelectMultiple.template_name
    option_template_name = forms.CheckboxSelectMultiple.option_template_name


class OwnWords(forms.Textarea):
    """The field that a child's own words are typed in: it looks like nothing else."""

    def __init__(self, attrs: dict | None = None, *, rows: int = 6) -> None:
        super().__init__({"own": True, "rows": rows, "cols": False, "dir": "auto"} | (attrs or {}))


class Brief(forms.Textarea):
    """A few lines."""

    def __init__(self, attrs: dict | None = None, *, rows: int = 3) -> None:
        super().__init__({"rows": rows, "cols": False} | (attrs or {}))


# ------------------------------------------------------------------- fields


class DayField(forms.Field):
    """A day as people write it: 4 December, 4 Dec 2026, 4/12/2026, 4.12.26 or 2026-12-04.

    Without a year it is the next such day, or with `past=True` the last one.
    """

    default_error_messages = {"invalid": DAY_CURE}

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"short": True, "autocomplete": "off"}))
        super().__init__(**kwargs)
        self.past = past

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            found = parse_day(str(value), past=self.past)
        except (ValueError, OverflowError):
            found = None
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        return (
            f"{value.day} {MONTHS[value.month - 1]} {value.year}"
            if isinstance(value, date)
            else value
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except forms.ValidationError:
            return True


class ClockField(forms.Field):
    """A time of day as people write it: 2.20pm, 2pm, 14:20 or noon."""

    default_error_messages = {"invalid": TIME_CURE}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"short": True, "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return value if isinstance(value, time) else None
        found = parse_time(str(value))
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        return clocktime(value) if isinstance(value, time) else value


class NameField(forms.CharField):
    """What somebody or something is called: one line, and nothing that turns round what follows."""

    def to_python(self, value: Any) -> str:
        return " ".join(TURNS.sub("", super().to_python(value)).split())


class OnceField(forms.UUIDField):
    """Hidden: the same form sent twice carries the same mark, so that it counts once."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"initial": uuid.uuid4, "required": False, "widget": forms.HiddenInput} | kwargs
        super().__init__(**kwargs)


# ------------------------------------------------------- reading what is typed

SLASHED = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?")
WORDED = re.compile(
    r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,})\.?,?(?: (\d{4}))?"
)
CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))? ?(am|pm|a\.m\.|p\.m\.)?")


def parse_day(typed: str, *, past: bool) -> date | None:
    """The day that somebody typed, or None; raises ValueError for a 31 February."""
    words = " ".join(typed.lower().split())
    if words in {"today", "now"}:
        return clock.today()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words, re.ASCII):
        return date.fromisoformat(words)
    if found := re.fullmatch(SLASHED, words):
        return _with_year(int(found[1]), int(found[2]), found[3], past=past)
    if found := re.fullmatch(WORDED, words):
        months = [n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(found[2])]
        if len(months) == 1:
            return _with_year(int(found[1]), months[0], found[3], past=past)
    return None


def _with_year(day: int, month: int, year: str | None, *, past: bool) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    today = clock.today()
    years = range(today.year, today.year + (-9 if past else 9), -1 if past else 1)
    for candidate in years:  # 29 February waits for its year
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if (found <= today) if past else (found >= today):
            return found
    raise ValueError(day, month)


def parse_time(typed: str) -> time | None:
    """The time of day that somebody typed, or None."""
    words = " ".join(typed.lower().split())
    if words in {"noon", "midday", "12 noon"}:
        return time(12)
    found = re.fullmatch(CLOCK, words)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif found[2] is None:  # "2" alone may be night or day
        return None
    return time(hour, minute) if hour < 24 and minute < 60 else None
