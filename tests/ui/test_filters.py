"""Dates, times, numbers and words as the pages write them."""

from datetime import UTC, date, datetime, time

import pytest
from markupsafe import Markup

from saidanddone.core import clock
from saidanddone.ui import filters

NOW = datetime(2026, 11, 17, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _november():
    with clock.stand_at(NOW):
        yield


def test_day_of_this_year_leaves_the_year_out():
    assert filters.day(date(2026, 12, 4)) == "4 December"
    assert filters.day(date(2027, 1, 4)) == "4 January 2027"


def test_day_of_a_moment_is_the_local_day():
    assert filters.day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July"


def test_shortday_fits_a_margin():
    assert filters.shortday(date(2026, 9, 29)) == "29 Sept"
    assert filters.shortday(date(2025, 6, 1)) == "1 June 2025"


def test_fullday_names_the_weekday():
    assert filters.fullday(date(2026, 12, 4)) == "Friday 4 December"
    assert filters.weekday(date(2026, 12, 4)) == "Friday"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (time(0), "12am"), (time(9, 5), "9.05am"), (time(12), "12pm"), (time(14, 20), "2.20pm"),
        (datetime(2026, 7, 1, 13, 0, tzinfo=UTC), "2pm"),
        (datetime(2026, 12, 1, 13, 0, tzinfo=UTC), "1pm"),
    ],
)  # fmt: skip
def test_clocktime_is_local_and_short(when, words):
    assert filters.clocktime(when) == words


def test_moment_joins_day_and_time():
    assert filters.moment(datetime(2026, 12, 4, 14, 20, tzinfo=UTC)) == "4 December, 2.20pm"


def test_isodate_is_for_machines():
    assert filters.isodate(date(2026, 12, 4)) == "2026-12-04"
    assert filters.isodate(datetime(2026, 7, 4, 13, tzinfo=UTC)) == "2026-07-04T14:00+01:00"


@pytest.mark.parametrize(("n", "words"), [(0, "0 days"), (1, "1 day"), (1200, "1,200 days")])
def test_plural_agrees_with_the_number(n, words):
    assert filters.plural(n, "day", "days") == words


def test_daysago_counts_local_days():
    assert filters.daysago(date(2026, 10, 29)) == "19 days"
    assert filters.daysago(datetime(2026, 11, 15, 23, 59, tzinfo=UTC)) == "2 days"
    assert filters.daysago(NOW) == "less than a day"


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        ("day", "14 November 2024"), ("month", "November 2024"), ("season", "autumn 2024"),
        ("year", "2024"), ("unknown", "date not known"),
    ],
)  # fmt: skip
def test_historic_says_only_what_is_known(precision, words):
    assert filters.historic(date(2024, 11, 14), precision) == words


def test_historic_winter_is_called_after_its_january():
    assert filters.historic(date(2023, 12, 20), "season") == "winter 2024"
    assert filters.historic(None, "day") == "date not known"


def test_paragraphs_escapes_and_parts():
    assert filters.paragraphs("<b>One</b>\ntwo\r\n\r\n\nthree ") == (
        '<p dir="auto">&lt;b&gt;One&lt;/b&gt;<br>two</p><p dir="auto">three</p>'
    )


def test_paragraphs_keeps_what_is_markup_already():
    covered = Markup('My friend <span class="covered">name covered</span> & I\n\nwalk')
    assert filters.paragraphs(covered) == (
        '<p dir="auto">My friend <span class="covered">name covered</span> & I</p>'
        '<p dir="auto">walk</p>'
    )


def test_tel_and_filesize():
    assert filters.tel("0161 496 0111 (day)") == "01614960111"
    assert filters.filesize(340_400) == "340 kB"
    assert filters.filesize(1_240_000) == "1.2 MB"
    assert filters.filesize(1) == "1 kB"
