"""What people type for a day and a time, and how forms say what to fix."""

from datetime import UTC, date, datetime, time

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.core import clock
from saidanddone.ui import drawing
from saidanddone.ui.forms import ClockField, DayField, OnceField, OwnWords, Ticks, Tiles

NOW = datetime(2026, 11, 17, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _november():
    with clock.stand_at(NOW):
        yield


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("4 December", date(2026, 12, 4)), ("4 dec", date(2026, 12, 4)),
        ("4th of December, 2027", date(2027, 12, 4)), ("Friday 4 December 2026", date(2026, 12, 4)),
        ("Sept 3", None), ("3 Sept", date(2027, 9, 3)), ("16 November", date(2027, 11, 16)),
        ("17 november", date(2026, 11, 17)), ("4/12/2026", date(2026, 12, 4)),
        ("4.12.26", date(2026, 12, 4)), ("4/12", date(2026, 12, 4)),
        ("2026-12-04", date(2026, 12, 4)), ("29 February", date(2028, 2, 29)),
        ("today", NOW.date()),
    ],
)  # fmt: skip
def test_day_is_read_as_people_write_it(typed, day):
    if day is None:
        with pytest.raises(forms.ValidationError):
            DayField().clean(typed)
    else:
        assert DayField().clean(typed) == day


def test_day_in_the_past_is_the_last_one():
    assert DayField(past=True).clean("4 December") == date(2025, 12, 4)
    assert DayField(past=True).clean("29 February") == date(2024, 2, 29)


@pytest.mark.parametrize("typed", ["31 February", "next week", "0/0/2026", "4 ma", "99999-01-01"])
def test_day_that_cannot_be_says_how(typed):
    with pytest.raises(forms.ValidationError, match="like 4 December"):
        DayField().clean(typed)


def test_day_left_out():
    assert DayField(required=False).clean("") is None


def test_day_is_shown_as_it_is_typed():
    assert DayField().prepare_value(date(2026, 12, 4)) == "4 December 2026"
    assert DayField().clean(DayField().prepare_value(date(2024, 2, 29))) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("2.20pm", time(14, 20)), ("2:20 PM", time(14, 20)), ("14:20", time(14, 20)),
        ("12am", time(0)), ("12pm", time(12)), ("noon", time(12)), ("9.30 a.m.", time(9, 30)),
    ],
)  # fmt: skip
def test_time_is_read_as_people_write_it(typed, at):
    assert ClockField().clean(typed) == at


@pytest.mark.parametrize("typed", ["2", "25:00", "13pm", "2.60pm", "soon"])
def test_time_that_cannot_be_says_how(typed):
    with pytest.raises(forms.ValidationError, match=r"like 2\.20pm"):
        ClockField().clean(typed)


@given(st.text(max_size=40))
def test_days_and_times_answer_anything_with_a_value_or_a_sentence(typed):
    for field in (DayField(required=False), DayField(past=True), ClockField()):
        try:
            value = field.clean(typed)
        except forms.ValidationError:
            continue
        assert value is None or isinstance(value, date | time)


class Deed(forms.Form):
    once = OnceField()
    what = forms.CharField(label="What will happen", max_length=5)
    own = forms.CharField(label="Their words", widget=OwnWords, required=False)
    who = forms.ChoiceField(label="Who does it", choices=[("1", "Nadia")])
    fair = forms.ChoiceField(
        label="Is it fair?", choices=[("yes", "Yes"), ("no", "No")],
        widget=Tiles(hints={"no": "Somebody else looks again"}),
        error_messages={"required": "Say whether it is fair"},
    )  # fmt: skip
    topics = forms.MultipleChoiceField(
        label="About", choices=[("bus", "Buses")], widget=Ticks, required=False
    )
    mail = forms.EmailField(label="Where to", required=False)
    count = forms.IntegerField(label="How many", required=False)


def test_errors_say_the_cure_and_lead_to_the_control():
    form = Deed({"what": "too long a thing", "who": "9", "mail": "me", "count": "few"})
    assert drawing.errors_of(form) == [
        ("#id_what", "Make this shorter: use 5 letters at most"),
        ("#id_who", "Choose one of the answers shown: Who does it"),
        ("#id_fair_0", "Say whether it is fair"),
        ("#id_mail", "Enter an e-mail address, like name@example.org"),
        ("#id_count", "Enter a number, like 12"),
    ]


def test_errors_name_what_is_missing():
    words = [problem.words for problem in drawing.errors_of(Deed({}))]
    assert words == ["Fill in: What will happen", "Choose: Who does it", "Say whether it is fair"]


def test_errors_of_a_set_of_forms_come_in_the_order_of_the_page():
    group = forms.formset_factory(Deed)(
        {
            "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "0",
            "form-0-what": "bus",
            "form-0-who": "1",
        }
    )
    assert drawing.errors_of(group) == [("#id_form-0-fair_0", "Say whether it is fair")]


def test_errors_of_an_untouched_form_are_none():
    assert drawing.errors_of(Deed()) == []


def test_form_draws_itself_with_our_components():
    html = str(Deed({"what": "", "own": "<3", "fair": "no", "topics": ["bus"]}))
    assert 'href="#id_what"' in html
    assert '<textarea name="own" rows="6" dir="auto" class="input input--own" id="id_own">' in html
    assert "&lt;3</textarea>" in html
    assert (
        'name="fair" value="no" id="id_fair_1" checked aria-describedby="id_fair_1_hint">' in html
    )
    assert 'type="checkbox" name="topics" value="bus"' in html
    assert " required" not in html
    assert html.count('type="hidden"') == 1


def test_once_is_a_new_mark_for_each_form():
    assert Deed()["once"].value() != Deed()["once"].value()
